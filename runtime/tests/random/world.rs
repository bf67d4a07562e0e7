// SPDX-License-Identifier: Apache-2.0

//! Participants, markets, and the start of a history.

use super::{
	chance::Chance,
	op::{By, Kind, Op, KINDS},
};
use crate::common::*;
use caliber_primitives::{
	appraisal::OracleKey,
	governance::values::{AppraisalValue, ReserveValue, RuleValue, TitleValue},
	titles::Surety,
	Balance, LoanId, RequestId, USD, USDAI,
};
use caliber_runtime::{
	configs::governance::origins::Origin, genesis_config_presets as presets, AccountId,
	RuntimeCall, RuntimeOrigin,
};
use pallet_caliber_governance::Change;
use pallet_caliber_titles::{CustodianInfo, PartyInfo};
use polkadot_sdk::{
	frame_support::assert_ok,
	pallet_assets,
	sp_core::H256,
	sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::{traits::Dispatchable, MultiAddress, Perbill},
	staging_xcm::latest::Location,
};

/// Sealed bid with what its owner needs to reveal it.
#[derive(Clone)]
pub struct SealedBid {
	pub request: RequestId,
	pub owner: AccountId,
	pub commitment: H256,
	pub tick: u16,
	pub salt: [u8; 32],
}

/// True prices of a model, which the oracle reports.
#[derive(Clone)]
struct Market {
	resale: Balance,
	rental: Balance,
	utilisation: u128,
}

/// State of the world outside the chain.
pub struct World {
	pub chance: Chance,
	pub devices: u64,
	pub sealed: Vec<SealedBid>,
	markets: Vec<Market>,
	bill: Balance,
	/// Price of USDC, which breaks at times.
	usdc: Balance,
	/// Number of rounds for which each operator is silent.
	silent: [u64; 3],
	/// Number of rounds for which the last operator lies.
	lies: u64,
	kinds: Vec<Kind>,
	/// Time of the last move of the price of the bills.
	bill_moved_at: u64,
	/// Kinds of the next steps, the last one first.
	follows: Vec<Kind>,
}

/// Time for which an attestation may be confirmed.
pub const ATTESTATION_PERIOD: u64 = 90 * DAY;

/// Number of models of the machines: H100 and the next one.
pub const MODELS: u32 = 2;

pub fn custodians() -> [AccountId; 2] {
	[custodian(), account(Keyring::One)]
}

/// Returns the owners of machines, who borrow against them.
pub fn borrowers() -> [AccountId; 3] {
	[Keyring::Alice, Keyring::Bob, Keyring::Ferdie].map(account)
}

pub fn curators() -> [AccountId; 2] {
	[curator(), account(Keyring::DaveStash)]
}

/// Returns the accounts with dollars: savers, bidders, buyers of machines.
pub fn people() -> [AccountId; 6] {
	[Keyring::Alice, Keyring::Bob, Keyring::Dave, Keyring::Eve, Keyring::Ferdie, Keyring::DaveStash]
		.map(account)
}

/// Returns the account that trades bills.
pub fn trader() -> AccountId {
	account(Keyring::FerdieStash)
}

/// Returns an unrelated account that makes the calls open to anyone.
pub fn keeper() -> AccountId {
	account(Keyring::Two)
}

/// Returns true for one loan of four, whose borrower never repays.
pub fn has_vanished(loan_id: LoanId) -> bool {
	(loan_id.line + loan_id.number) % 4 == 3
}

pub fn as_root(call: impl Into<RuntimeCall>) {
	assert_ok!(call.into().dispatch(RuntimeOrigin::root()));
}

impl World {
	pub fn new(seed: u64) -> Self {
		let market =
			|resale, rental| Market { resale, rental, utilisation: 880_900_000_000_000_000 };
		Self {
			chance: Chance::new(seed),
			devices: 0,
			sealed: Vec::new(),
			markets: vec![market(23_500 * USD, 2 * USD), market(29_500 * USD, 3 * USD)],
			bill: 100 * USD,
			usdc: USD,
			silent: [0; 3],
			lies: 0,
			bill_moved_at: START,
			follows: Vec::new(),
			kinds: KINDS.iter().flat_map(|(kind, weight, _)| (0..*weight).map(|_| *kind)).collect(),
		}
	}

	/// Sets up dollars, savings, a second custodian and curator, and redemption windows of three days.
	pub fn begin(&mut self) {
		// Bonds that last for a fleet; attestations and prices for the days that pass in one step.
		let changes = vec![
			Change::Titles(TitleValue::BondShare(Perbill::from_parts(1_000_000))),
			Change::Titles(TitleValue::AttestationPeriod(ATTESTATION_PERIOD)),
			Change::Appraisal(AppraisalValue::MaxAge(DAY)),
			Change::Appraisal(AppraisalValue::SeasoningPeriod(3_600)),
			// Rounds that end within a step.
			Change::Rules(RuleValue::AuctionDuration(3 * DAY)),
			// Room for the dollars of the begin.
			Change::Reserves(ReserveValue::MintLimitFloor(50_000_000 * USD)),
			Change::Reserves(ReserveValue::InflowFloor(50_000_000 * USD)),
		];
		let changes = changes.try_into().unwrap();
		as_root(pallet_caliber_governance::Call::set { changes });
		for who in people().into_iter().chain([insurer()]) {
			buy_usdai(&who, 2_500_000);
		}
		buy_usdai(&trader(), 4_400_000);
		buy_usdai(&custodian(), 2_000_000);
		for who in people() {
			submit_ok(
				&who,
				pallet_caliber_vault::Call::deposit { assets: 1_200_000 * USD, min_shares: 0 },
			);
		}
		as_root(pallet_caliber_titles::Call::register_party {
			account: account(Keyring::One),
			info: PartyInfo::Custodian(CustodianInfo {
				facility: b"Reykjavik 1".to_vec().try_into().unwrap(),
				tier: 2,
				jurisdiction: *b"IS",
			}),
		});
		submit_ok(
			&trader(),
			RuntimeCall::Assets(pallet_assets::Call::transfer {
				id: USDAI.into(),
				target: MultiAddress::Id(account(Keyring::One)),
				amount: 300_001 * USD,
			}),
		);
		submit_ok(
			&custodian(),
			RuntimeCall::Assets(pallet_assets::Call::transfer {
				id: USDAI.into(),
				target: MultiAddress::Id(account(Keyring::One)),
				amount: 1_000_000 * USD,
			}),
		);
		submit_ok(
			&account(Keyring::One),
			pallet_caliber_titles::Call::post_bond {
				surety: Surety::CustodianBond,
				amount: 300_000 * USD,
			},
		);
		as_root(pallet_caliber_credit::Call::approve_curator {
			curator: account(Keyring::DaveStash),
			capacity: 20_000_000 * USD,
		});
		as_root(pallet_caliber_vault::Call::set_window_length { length: 3 * DAY });
		// The operators have reported the stablecoins in this block.
		set_time(now());
		for (who, said) in self.truth() {
			submit_ok(
				&who,
				pallet_caliber_appraisal::Call::feed { values: said.try_into().unwrap() },
			);
		}
		season_prices();
	}

	/// Chooses the kind of the next step.
	pub fn kind(&mut self) -> Kind {
		if let Some(kind) = self.follows.pop() {
			return kind;
		}
		let kind = self.chance.one(&self.kinds);
		if kind == Kind::Pass {
			// Reports of the oracle and heartbeats usually follow a passing of time.
			for (usual, often) in [(Kind::Heartbeat, 50), (Kind::Heartbeat, 50), (Kind::Oracle, 90)]
			{
				if self.chance.percent(often) {
					self.follows.push(usual);
				}
			}
		}
		kind
	}

	/// Queues kinds of the next steps.
	pub fn follow(&mut self, kinds: &[Kind]) {
		self.follows.extend(kinds);
	}

	pub fn person(&mut self) -> AccountId {
		self.chance.one(&people())
	}

	/// Returns the true report of every operator.
	fn truth(&self) -> Vec<(AccountId, Vec<(OracleKey, u128)>)> {
		let mut said = vec![(OracleKey::Price(presets::PRICED_TBILL), self.bill)];
		for coin in [presets::PRICED_USDC, presets::PRICED_USDT, presets::PRICED_PYUSD] {
			let price = if coin == presets::PRICED_USDC { self.usdc } else { USD };
			said.push((OracleKey::Price(coin), price));
		}
		for (model, market) in (0..).zip(&self.markets) {
			said.push((OracleKey::Resale(model), market.resale));
			said.push((OracleKey::Rental(model), market.rental));
			said.push((OracleKey::Utilisation(model), market.utilisation));
		}
		operators().into_iter().map(|operator| (operator, said.clone())).collect()
	}

	/// Moves the markets, and returns the reports of the operators. Some are silent, and one may
	/// lie.
	pub fn oracle(&mut self) -> Op {
		for market in 0..self.markets.len() {
			self.move_market(market);
		}
		// Bills yield four percent per year, with some noise.
		let elapsed = now() - self.bill_moved_at;
		self.bill += self.bill / 1_000_000_000 * Balance::from(elapsed * 40_000 / 31_536);
		self.bill = self.bill / 1_000_000 * Balance::from(self.chance.within(999_900, 1_000_100));
		self.bill_moved_at = now();
		self.usdc = match self.chance.within(0, 99) {
			0 => self.chance.usd(880, 996) / 1_000,
			1..=20 => USD,
			_ => self.usdc,
		};
		for operator in 0..3 {
			if self.silent[operator] > 0 {
				self.silent[operator] -= 1;
			} else if self.chance.percent(1) {
				self.silent[operator] = self.chance.within(1, 8);
			}
		}
		if self.lies > 0 {
			self.lies -= 1;
		} else if self.chance.percent(3) {
			self.lies = self.chance.within(1, 10);
		}
		let mut said = self.truth();
		if self.lies > 0 {
			let factor = self.chance.one(&[1, 20, 90, 110, 300, 5_000]);
			for (key, value) in &mut said[2].1 {
				*value = match key {
					OracleKey::Utilisation(_) => u128::from(self.chance.next()) % 10u128.pow(18),
					_ => (*value / 100 * factor).max(1),
				};
			}
		}
		let mut down = self.silent.iter().map(|rounds| *rounds > 0);
		said.retain(|_| !down.next().expect("there are three operators"));
		Op::Oracle { said }
	}

	/// Moves the prices of a model.
	fn move_market(&mut self, market: usize) {
		let Market { resale, rental, utilisation } = self.markets[market].clone();
		let usual = if market == 0 { 23_500 * USD } else { 29_500 * USD };
		// Most moves are small. A crash is rare, and later moves recover it.
		let change = match self.chance.within(0, 99) {
			0 => self.chance.within(50, 80),
			1..=3 => self.chance.within(103, 120),
			_ => self.chance.within(98, 102),
		};
		let resale = (resale / 100 * u128::from(change)).clamp(usual / 4, usual * 3 / 2);
		let change = u128::from(self.chance.within(97, 103));
		self.markets[market] = Market {
			resale,
			rental: (rental / 100 * change).clamp(USD, 4 * USD),
			utilisation: (utilisation / 100 * change).clamp(USD * 6 / 10, USD),
		};
	}

	/// Returns the location of one of the three stablecoins.
	pub fn location_of(&self, coin: u64) -> Location {
		match coin % 3 {
			0 => presets::usdc(),
			1 => presets::usdt(),
			_ => presets::pyusd(),
		}
	}
}

/// Returns a step that is a transaction.
pub fn by(who: &AccountId, call: impl Into<RuntimeCall>) -> Option<Op> {
	Some(Op::Call { by: By::Account(who.clone()), call: Box::new(call.into()) })
}

/// Returns a step that is a referendum.
pub fn voted(origin: Origin, call: impl Into<RuntimeCall>) -> Option<Op> {
	Some(Op::Call { by: By::Referendum(origin), call: Box::new(call.into()) })
}
