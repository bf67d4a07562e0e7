// SPDX-License-Identifier: Apache-2.0

//! The days in March 2023 on which USDC lost its peg, over the peg of this chain: the recorded
//! Chainlink rounds, an arbitrageur who brings the broken dollar for good ones, and holders who
//! leave every hour.
//!
//! The results are committed as `docs/peg/replay.csv` and a figure beside it; the tests fail if
//! they differ. With `CALIBER_WRITE_DOCS=1` the tests write the files instead.
//!
//! Both rules run on the same runtime. The rule of edition 1 is had by values outside of their
//! ranges: a floor of 0.98, no freeze, no inflow limit, a fuse of 50 million. It took a price
//! however old; here every price is fresh, so that this makes no difference.

#![allow(missing_docs)]

#[path = "../../pallets/appraisal/src/tests/replay/chart.rs"]
#[allow(dead_code)]
mod chart;
mod common;

/// Times as the chart shows them.
mod series {
	pub const DAY: u64 = 86_400;
	/// Midnight of 2023-03-10.
	const TENTH_OF_MARCH: u64 = 1_678_406_400;

	/// Returns year, month, day, hour and minute of a time of March 2023.
	pub fn civil(time: u64) -> (u64, u64, u64, u64, u64) {
		let since = time - TENTH_OF_MARCH;
		(2023, 3, 10 + since / DAY, since % DAY / 3_600, since % 3_600 / 60)
	}
}

use caliber_primitives::{appraisal::OracleKey, Balance, Seconds, USD};
use caliber_runtime::{
	genesis_config_presets as presets, AccountId, ForeignAssets, Reserves, Runtime,
};
use chart::{Chart, Line, Style};
use common::{peg::*, *};
use polkadot_sdk::{
	frame_support::traits::{
		fungibles::Mutate,
		tokens::{Fortitude, Precision, Preservation},
	},
	sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::{FixedU128, Perbill},
	staging_xcm::latest::Location,
};
use std::{fs, path::PathBuf, sync::LazyLock};

const ROUNDS: &str = include_str!("../../data/usdc_usd_chainlink_rounds_2022_2023.csv");
const HOUR: u64 = 3_600;
/// Start of the replay: noon of 10 March 2023. The bank failed in that afternoon.
const FROM: u64 = 1_678_449_600;
/// Debts of the peg at the start, in whole dollars: USDC, USDT, PYUSD.
const DEBTS: [Balance; 3] = [50_000_000, 30_000_000, 20_000_000];
/// USDai that leaves every hour.
const LEAVING: Balance = 250_000 * USD;

/// Rule of the peg.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Rule {
	Edition1,
	Edition2,
}

/// What the arbitrageur does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Arbitrage {
	/// Nothing.
	None,
	/// Takes every gain in each round.
	Each,
	/// Waits, by hindsight, for the lowest price on the way down at which the peg is open.
	Lowest,
}

/// State of the peg after a round.
struct Sample {
	/// Time of the record, unix seconds.
	at: u64,
	/// Recorded price, USD with 18 decimals.
	price: Balance,
	/// Market value behind a dollar of USDai, with 18 decimals.
	behind: Balance,
}

/// What a replay ends with, in whole dollars.
struct Outcome {
	samples: Vec<Sample>,
	/// Gain of the arbitrageur, and the USDC that it brought in.
	gain: Balance,
	brought: Balance,
	/// USDai of those who left, and the market value that they got.
	left: Balance,
	got: Balance,
	/// Share of the debt that is USDC in the end, in hundredths.
	usdc_share: Balance,
}

/// Returns the rounds from the start on: time, and price in 18 decimals.
fn rounds() -> Vec<(u64, Balance)> {
	let all: Vec<(u64, Balance)> = ROUNDS
		.lines()
		.skip(1)
		.map(|line| {
			let fields: Vec<_> = line.split(',').collect();
			(fields[1].parse().unwrap(), fields[3].parse::<Balance>().unwrap() * 10_000_000_000)
		})
		.collect();
	let first = all.partition_point(|(at, _)| *at <= FROM) - 1;
	let before = (FROM, all[first].1);
	[before].into_iter().chain(all[first + 1..].iter().copied()).collect()
}

/// Returns the rounds, and the last round once more at every full hour between: operators report
/// at least every hour.
fn steps() -> Vec<(u64, Balance)> {
	let rounds = rounds();
	let end = rounds.last().unwrap().0;
	let mut times: Vec<u64> = rounds.iter().map(|(at, _)| *at).collect();
	times.extend((FROM..=end).step_by(HOUR as usize));
	times.sort_unstable();
	times.dedup();
	let at = |time| rounds[rounds.partition_point(|(at, _)| *at <= time) - 1].1;
	times.into_iter().map(|time| (time, at(time))).collect()
}

/// Returns the lowest price at which USDai is minted against USDC, before the lowest of the record.
fn lowest_open(rule: Rule) -> Balance {
	let floor = match rule {
		Rule::Edition1 => 980 * USD / 1_000,
		Rule::Edition2 => 997 * USD / 1_000,
	};
	let prices: Vec<Balance> = steps().into_iter().map(|(_, price)| price).collect();
	let lowest = prices.iter().min().unwrap();
	let down = prices.iter().take_while(|price| *price != lowest);
	*down.filter(|price| **price >= floor).min().unwrap()
}

fn arbitrageur() -> AccountId {
	account(Keyring::Two)
}

fn holder() -> AccountId {
	account(Keyring::Alice)
}

/// Sets the values of the rule of edition 1.
fn return_to_edition_1() {
	pallet_caliber_governance::ReserveArea::<Runtime>::mutate(|area| {
		area.values.peg_floor = FixedU128::from_rational(98, 100);
		area.values.peg_freeze = FixedU128::from_u32(0);
		area.values.peg_silence = Seconds::MAX;
		area.values.inflow_share = Perbill::one();
		area.values.inflow_floor = Balance::MAX;
		area.values.mint_limit_floor = 50_000_000 * USD;
	});
}

/// Sells all that an account has of a stablecoin, and returns the units.
fn sell(coin: &Location, who: &AccountId) -> Balance {
	let units = coins_of(coin, who);
	ForeignAssets::burn_from(
		coin.clone(),
		who,
		units,
		Preservation::Expendable,
		Precision::Exact,
		Fortitude::Force,
	)
	.unwrap();
	units
}

/// Lets the arbitrageur bring as much USDC as it can for the good dollars, at the price of the
/// market. Returns the units of USDC that it brought, and those of good dollars that it got.
fn arbitrage() -> (Balance, Balance) {
	let who = arbitrageur();
	let usdc = presets::usdc();
	let (mut brought, mut got) = (0, 0);
	for (coin, _) in &coins()[1..] {
		loop {
			let proof = Reserves::proof_of_reserves();
			let most = proof
				.mint_rate_limit
				.room
				.min(reserve(presets::PRICED_USDC).inflow_room)
				.min(debt(coin));
			let units = most / (USD / UNIT);
			if units < UNIT {
				break;
			}
			give(&usdc, &who, units);
			let swap = polkadot_sdk::pallet_utility::Call::batch_all {
				calls: vec![mint(&usdc, units), redeem(coin, units * (USD / UNIT))],
			};
			if submit(&who, swap).is_err() {
				sell(&usdc, &who);
				return (brought, got);
			}
			brought += units;
			got += sell(coin, &who);
		}
	}
	(brought, got)
}

/// Lets holders leave: into the best dollar that they can get alone, or by the basket. Returns the
/// USDai that left and its value on the market, in millionths of a dollar.
fn leave(price: Balance) -> (Balance, Balance) {
	let who = holder();
	let before = usdai_of(&who);
	// At a dollar all are as good; below, the others are better.
	let [usdc, usdt, pyusd] = coins().map(|(coin, _)| coin);
	let mut best = [usdt, pyusd, usdc.clone()];
	if price >= 999 * USD / 1_000 {
		best.rotate_right(1);
	}
	let left = best.iter().any(|coin| {
		let enough = debt(coin) >= LEAVING;
		// Into a frozen dollar nobody goes who can have the basket.
		let fair = *coin != usdc || !Reserves::proof_of_reserves().basket_only;
		enough && fair && submit(&who, redeem(coin, LEAVING)).is_ok()
	});
	if !left {
		submit_ok(&who, basket(LEAVING));
	}
	let got: Balance = coins()
		.iter()
		.map(|(coin, _)| {
			let units = sell(coin, &who);
			if *coin == usdc {
				units * (price / 1_000_000) / (USD / 1_000_000)
			} else {
				units
			}
		})
		.sum();
	(before - usdai_of(&who), got)
}

/// Replays the record.
fn replay(rule: Rule, behaviour: Arbitrage) -> Outcome {
	let mut outcome =
		Outcome { samples: Vec::new(), gain: 0, brought: 0, left: 0, got: 0, usdc_share: 0 };
	run_live(|| {
		fill_peg(&holder(), DEBTS);
		for (coin, _) in coins() {
			sell(&coin, &holder());
		}
		if rule == Rule::Edition1 {
			return_to_edition_1();
		}
		let lowest = lowest_open(rule);
		let (mut spent, mut earned) = (0, 0);
		let (mut left, mut got) = (0, 0);
		for (at, price) in steps() {
			set_time(START + at - FROM);
			report(vec![
				(OracleKey::Price(presets::PRICED_USDC), price),
				(OracleKey::Price(presets::PRICED_USDT), USD),
				(OracleKey::Price(presets::PRICED_PYUSD), USD),
			]);
			// The fee of a redemption is a thousandth.
			let pays = price < 999 * USD / 1_000;
			let acts = match behaviour {
				Arbitrage::None => false,
				Arbitrage::Each => pays,
				Arbitrage::Lowest => pays && price == lowest,
			};
			if acts {
				let (brought, out) = arbitrage();
				outcome.brought += brought / UNIT;
				spent += brought * (price / 1_000_000) / (USD / 1_000_000);
				earned += out;
			}
			if (at - FROM).is_multiple_of(HOUR) {
				let (usdai, value) = leave(price);
				left += usdai;
				got += value;
			}
			let proof = Reserves::proof_of_reserves();
			assert!(proof.backed);
			let behind = proof.market_value / (proof.supply / USD);
			outcome.samples.push(Sample { at, price, behind });
		}
		// The state that is checked at the end has values within their ranges.
		pallet_caliber_governance::ReserveArea::<Runtime>::mutate(|area| {
			area.values = Default::default();
		});
		outcome.gain = (earned - spent) / UNIT;
		outcome.left = left / USD;
		outcome.got = got / UNIT;
		let all: Balance = coins().iter().map(|(coin, _)| debt(coin)).sum();
		outcome.usdc_share = debt(&presets::usdc()) * 100 / all;
	});
	outcome
}

/// All replays, in the order of the table.
static REPLAYS: LazyLock<Vec<(Rule, Arbitrage, Outcome)>> = LazyLock::new(|| {
	let rules = [Rule::Edition1, Rule::Edition2];
	let behaviours = [Arbitrage::None, Arbitrage::Each, Arbitrage::Lowest];
	rules
		.into_iter()
		.flat_map(|rule| behaviours.map(|behaviour| (rule, behaviour)))
		.map(|(rule, behaviour)| (rule, behaviour, replay(rule, behaviour)))
		.collect()
});

fn outcome(rule: Rule, behaviour: Arbitrage) -> &'static Outcome {
	let found = REPLAYS.iter().find(|(of, does, _)| *of == rule && *does == behaviour);
	&found.unwrap().2
}

impl Outcome {
	/// Returns the least and the last value behind a dollar, in hundredths of a cent.
	fn behind(&self) -> (Balance, Balance) {
		let least = self.samples.iter().map(|sample| sample.behind).min().unwrap();
		(least / (USD / 10_000), self.samples.last().unwrap().behind / (USD / 10_000))
	}
}

/// Returns a value in hundredths of a cent as dollars.
fn dollars(value: Balance) -> String {
	format!("{}.{:04}", value / 10_000, value % 10_000)
}

/// Asserts that a committed file has this content, or writes the file.
fn assert_committed(file: &str, content: &str) {
	let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/peg").join(file);
	if std::env::var_os("CALIBER_WRITE_DOCS").is_some() {
		fs::create_dir_all(path.parent().unwrap()).unwrap();
		fs::write(&path, content).unwrap();
		return;
	}
	let committed = fs::read_to_string(&path).unwrap_or_default();
	assert!(
		committed == content,
		"docs/peg/{file} differs from the replay: run the test with CALIBER_WRITE_DOCS=1, review the \
		 change, and commit the file if the change is intended",
	);
}

#[test]
fn table_should_be_as_committed_when_the_record_is_replayed() {
	let mut table = String::from(
		"rule,arbitrageur,usdc_brought,gain_usd,left_usdai,left_usd_per_usdai,\
		 stayed_least_usd_per_usdai,stayed_last_usd_per_usdai,usdc_share_pct\n",
	);
	for (rule, behaviour, outcome) in REPLAYS.iter() {
		let (least, last) = outcome.behind();
		let each = outcome.got * 10_000 / outcome.left;
		table += &format!(
			"{rule:?},{behaviour:?},{},{},{},{},{},{},{}\n",
			outcome.brought,
			outcome.gain,
			outcome.left,
			dollars(each),
			dollars(least),
			dollars(last),
			outcome.usdc_share,
		);
	}
	assert_committed("replay.csv", &table);
}

#[test]
fn figure_should_be_as_committed_when_the_record_is_replayed() {
	const OLD: Style = chart::MAJORITY;
	let line = |label, style, rule, behaviour, of: fn(&Sample) -> Balance| Line {
		label,
		style,
		points: outcome(rule, behaviour).samples.iter().map(|s| (s.at, Some(of(s)))).collect(),
	};
	let behind = |sample: &Sample| sample.behind;
	let lines = vec![
		line("price of a USDC", chart::RECORDED, Rule::Edition2, Arbitrage::None, |s| s.price),
		line("edition 1, arbitrage at the lowest", OLD, Rule::Edition1, Arbitrage::Lowest, behind),
		line("edition 1, no arbitrage", chart::MEDIAN, Rule::Edition1, Arbitrage::None, behind),
		line(
			"edition 2, arbitrage in each round",
			chart::HONEST,
			Rule::Edition2,
			Arbitrage::Each,
			behind,
		),
		line("edition 2, no arbitrage", chart::MINORITY, Rule::Edition2, Arbitrage::None, behind),
	];
	let chart = Chart {
		title: "March 2023: market value behind a dollar of USDai, for those who stay",
		unit: "USD",
		from: 1_678_482_000,
		to: 1_678_611_600,
		tick: 6 * HOUR,
		low: 86,
		high: 101,
		step: 1,
		shaded: None,
		lines,
	};
	assert_committed("march-2023.svg", &chart.svg());
}

#[test]
fn arbitrageur_should_take_almost_nothing_under_the_guard() {
	// At the lowest open price, by hand: 50 million of good dollars, but for those who left before.
	let old = outcome(Rule::Edition1, Arbitrage::Lowest);
	assert!(old.gain > 500_000, "{}", old.gain);
	assert!(old.brought > 40_000_000, "{}", old.brought);
	// A tenth of the supply at 0.99755917, and what refills in the hours until the price is below
	// the floor: (0.999 - 0.99755917) of at most 15 million.
	for behaviour in [Arbitrage::Each, Arbitrage::Lowest] {
		let new = outcome(Rule::Edition2, behaviour);
		assert!(new.gain > 0 && new.gain < 21_613, "{}", new.gain);
		assert!(new.brought < 15_000_000, "{}", new.brought);
	}
}

#[test]
fn those_who_stay_should_bear_no_more_than_their_share_under_the_guard() {
	for behaviour in [Arbitrage::None, Arbitrage::Each, Arbitrage::Lowest] {
		let (least, _) = outcome(Rule::Edition2, behaviour).behind();
		let (before, _) = outcome(Rule::Edition1, behaviour).behind();
		// Half of the reserves are USDC at 0.88, and with the arbitrage six tenths.
		let share = if behaviour == Arbitrage::None { 53 } else { 66 };
		assert!(least >= 10_000 - 12 * share, "{behaviour:?}: {least}");
		assert!(least > before, "{behaviour:?}: {least} {before}");
	}
	// All of them, when the good dollars are gone: 0.88 a dollar.
	let (least, _) = outcome(Rule::Edition1, Arbitrage::Lowest).behind();
	assert!((8_800..8_810).contains(&least), "{least}");
}
