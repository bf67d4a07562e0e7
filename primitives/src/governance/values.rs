// SPDX-License-Identifier: Apache-2.0

//! Governed values of each area, with their defaults, hard ranges, risky directions and kinds.

use super::area::governed_values;
use crate::{
	titles::{AssetClass, DocumentKind, DocumentKinds},
	Balance, Seconds, USD,
};
use alloc::vec::Vec;
use caliber_math::{SECONDS_PER_DAY as DAY, SECONDS_PER_HOUR as HOUR};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::sp_runtime::{FixedU128, Perbill};
use scale_info::TypeInfo;

/// Returns `x` percent.
const fn percent(x: u32) -> Perbill {
	Perbill::from_percent(x)
}

/// A warehouse receipt.
const RECEIPT: DocumentKinds = DocumentKinds::NONE.with(DocumentKind::WarehouseReceipt);
/// Papers that computers need: a receipt, the agreement with the bailee, and a public filing.
const COMPUTE_PAPERS: DocumentKinds =
	RECEIPT.with(DocumentKind::BailmentAgreement).with(DocumentKind::LienFiling);

impl RuleValues {
	/// Returns the kinds of papers that a title to machines of a class needs.
	pub fn required_papers(&self, class: AssetClass) -> DocumentKinds {
		match class {
			AssetClass::Compute => self.required_papers_compute,
			AssetClass::Storage => self.required_papers_storage,
			AssetClass::Bandwidth => self.required_papers_bandwidth,
			AssetClass::Power => self.required_papers_power,
		}
	}

	/// Sets the kinds of papers that titles of every class need.
	pub fn require_papers(&mut self, kinds: DocumentKinds) {
		self.required_papers_compute = kinds;
		self.required_papers_storage = kinds;
		self.required_papers_bandwidth = kinds;
		self.required_papers_power = kinds;
	}
}

/// Returns `x` percent a year.
fn apr(x: u128) -> FixedU128 {
	FixedU128::from_rational(x, 100)
}

governed_values! {
	/// Limits of lines and loans, and the marks of the credit book.
	CreditValues, CreditValue {
		/// Largest principal outstanding on all lines, in USDai.
		0 => global_ceiling, GlobalCeiling: Balance =
			500_000_000 * USD, 0 => 100_000_000_000 * USD, Higher, Plain;
		/// Largest principal that one borrower may owe, in USDai.
		1 => borrower_ceiling, BorrowerCeiling: Balance =
			50_000_000 * USD, 0 => 10_000_000_000 * USD, Higher, Plain;
		/// Smallest draw, in USDai.
		2 => min_draw, MinDraw: Balance = 1_000 * USD, USD => 1_000_000 * USD, Lower, Plain;
		/// Largest advance rate: principal per dollar of title value.
		3 => max_advance_rate, MaxAdvanceRate: Perbill =
			percent(80), percent(0) => percent(80), Higher, Plain;
		/// Smallest share of each draw that a curator funds.
		4 => min_first_loss, MinFirstLoss: Perbill =
			percent(5), percent(1) => percent(50), Lower, Plain;
		/// Highest annual rate of a tranche.
		5 => max_apr, MaxApr: FixedU128 = apr(100), apr(1) => apr(300), Higher, Plain;
		/// Lowest annual rate of the senior tranche.
		6 => min_senior_apr, MinSeniorApr: FixedU128 = apr(1), apr(0) => apr(50), Lower, Plain;
		/// Largest fee, as a share of the amount it is charged on.
		7 => max_fee, MaxFee: Perbill = percent(10), percent(0) => percent(20), Higher, Plain;
		/// Largest annual cost of servicing, as a share of the debt.
		8 => max_servicing_fee, MaxServicingFee: Perbill =
			percent(5), percent(0) => percent(20), Higher, Plain;
		/// Longest grace period.
		9 => max_grace_period, MaxGracePeriod: Seconds =
			90 * DAY, DAY => 180 * DAY, Higher, Wait;
		/// Longest cure period.
		10 => max_cure_period, MaxCurePeriod: Seconds =
			90 * DAY, 3 * DAY => 180 * DAY, Higher, Wait;
		/// Expected cost of a sale of titles, as a share of its proceeds.
		11 => liquidation_cost, LiquidationCost: Perbill =
			percent(10), percent(0) => percent(50), Lower, Price;
		/// Discount on the last known value of a title without a current value.
		12 => stale_value_haircut, StaleValueHaircut: Perbill =
			percent(20), percent(0) => percent(100), Lower, Price;
		/// Interval between two checks of all lines without a new price.
		13 => sweep_interval, SweepInterval: Seconds = 600, 60 => DAY, Higher, Plain;
		/// Largest number of lines that the idle time of a block checks. Zero leaves them to keepers.
		14 => max_sweep_steps, MaxSweepSteps: u32 = 16, 0 => 256, Either, Plain;
		/// Part of a line's shortfall that is provisioned at the breach of its custody, insurance or
		/// papers. It grows to all of it over the cure period.
		27 => lapse_weight, LapseWeight: Perbill =
			percent(5), percent(0) => percent(100), Lower, Price;
		/// Part of a line's shortfall that is provisioned at the breach of its coverage. It grows to
		/// all of it over the cure period.
		28 => coverage_weight, CoverageWeight: Perbill =
			percent(25), percent(0) => percent(100), Lower, Price;
		/// Part of a line's shortfall that is provisioned while its coverage is less than 1.1 times
		/// its maintenance coverage.
		29 => low_coverage_weight, LowCoverageWeight: Perbill =
			percent(10), percent(0) => percent(100), Lower, Price;
		/// Coverage that a draw leaves, as a multiple of the maintenance coverage.
		30 => draw_cushion, DrawCushion: FixedU128 = apr(115), apr(100) => apr(200), Lower, Plain;
		/// Shortest term of a loan.
		35 => min_loan_term, MinLoanTerm: Seconds = DAY, HOUR => 90 * DAY, Lower, Wait;
		/// Longest time for which an offer of a line, or of new terms, may stand.
		36 => offer_validity, OfferValidity: Seconds =
			30 * DAY, DAY => 90 * DAY, Higher, Plain;
		/// Longest time for which a line may be drawn.
		37 => max_availability, MaxAvailability: Seconds =
			730 * DAY, 30 * DAY => 3_650 * DAY, Higher, Plain;
	}
}

governed_values! {
	/// Rules that can put a line into breach, and those of its auction. They are kept by version,
	/// and a line names the version that it opened under.
	RuleValues, RuleValue {
		/// Time for which a policy still covers when its premium is not paid.
		0 => premium_grace, PremiumGrace: Seconds = 10 * DAY, DAY => 60 * DAY, Higher, Wait;
		/// Validity of a custodian's heartbeat.
		1 => custody_validity, CustodyValidity: Seconds = 7 * DAY, DAY => 31 * DAY, Higher, Plain;
		/// First reserve price of an auction, as a share of the liquidation value.
		2 => auction_reserve, AuctionReserve: Perbill =
			percent(80), percent(30) => percent(100), Either, Plain;
		/// Smallest increase of a bid, as a share of the best bid.
		3 => min_increment, MinIncrement: Perbill =
			percent(2), Perbill::from_parts(1_000_000) => percent(20), Either, Plain;
		/// Length of a round of an auction.
		4 => auction_duration, AuctionDuration: Seconds =
			30 * DAY, DAY => 90 * DAY, Either, Wait;
		/// Shortest time that a round stays open after a bid.
		5 => bid_extension, BidExtension: Seconds = 600, 60 => DAY, Either, Wait;
		/// Discount on the reserve price when a lot is listed again.
		6 => relist_discount, RelistDiscount: Perbill =
			percent(20), percent(0) => percent(50), Either, Plain;
		/// Number of times that an unsold lot is listed again.
		7 => max_relistings, MaxRelistings: u32 = 3, 0 => 10, Either, Plain;
		/// Period in which the curator may take an unsold lot at its reserve price.
		8 => curator_option_period, CuratorOptionPeriod: Seconds =
			7 * DAY, DAY => 60 * DAY, Either, Wait;
		/// Period for which an offer binds that is made when the curator's option is over. A
		/// referendum that accepts it is enacted a redemption window and a day after its decision.
		9 => offer_binding, OfferBinding: Seconds = 60 * DAY, 35 * DAY => 180 * DAY, Either, Wait;
		/// Kinds of papers that a title to computers needs.
		10 => required_papers_compute, RequiredPapersCompute: DocumentKinds =
			COMPUTE_PAPERS, DocumentKinds::NONE => DocumentKinds::ALL, Either, Plain;
		/// Kinds of papers that a title to storage systems needs.
		11 => required_papers_storage, RequiredPapersStorage: DocumentKinds =
			RECEIPT, DocumentKinds::NONE => DocumentKinds::ALL, Either, Plain;
		/// Kinds of papers that a title to network equipment needs.
		12 => required_papers_bandwidth, RequiredPapersBandwidth: DocumentKinds =
			RECEIPT, DocumentKinds::NONE => DocumentKinds::ALL, Either, Plain;
		/// Kinds of papers that a title to power equipment needs.
		13 => required_papers_power, RequiredPapersPower: DocumentKinds =
			RECEIPT, DocumentKinds::NONE => DocumentKinds::ALL, Either, Plain;
		/// Time after a default from which titles are sold.
		25 => auction_delay, AuctionDelay: Seconds = DAY, DAY => 30 * DAY, Either, Wait;
		/// Smallest increase of a bid, in USDai.
		26 => min_increment_amount, MinIncrementAmount: Balance =
			100 * USD, USD => 10_000 * USD, Either, Plain;
		/// Cost of a sale of titles, which the treasury receives, as a share of the price.
		27 => sale_cost, SaleCost: Perbill = percent(2), percent(0) => percent(5), Either, Plain;
	}
}

governed_values! {
	/// Rules of titles and of the parties behind them.
	TitleValues, TitleValue {
		/// Smallest bond of a custodian that has titles, in USDai.
		0 => min_bond, MinBond: Balance =
			25_000 * USD, 1_000 * USD => 10_000_000 * USD, Lower, Plain;
		/// Period for which a cancelled policy still covers.
		1 => cancellation_notice, CancellationNotice: Seconds =
			30 * DAY, DAY => 180 * DAY, Either, Wait;
		/// Period after its end for which a policy stays open to claims.
		2 => claims_tail, ClaimsTail: Seconds = 90 * DAY, DAY => 365 * DAY, Either, Wait;
		/// Longest validity of an independent appraisal.
		3 => max_appraisal_validity, MaxAppraisalValidity: Seconds =
			365 * DAY, 30 * DAY => 365 * DAY, Either, Plain;
		/// Period in which a custodian must answer an owner's request for redemption.
		4 => redemption_period, RedemptionPeriod: Seconds =
			14 * DAY, DAY => 90 * DAY, Either, Wait;
		/// Period for which the title of lost machines stays with its owner.
		5 => loss_period, LossPeriod: Seconds = 90 * DAY, 30 * DAY => 365 * DAY, Either, Wait;
		/// Smallest bond of a custodian, as a share of what is in its custody.
		6 => bond_share, BondShare: Perbill =
			percent(1), Perbill::from_parts(1_000_000) => percent(50), Lower, Plain;
		/// Smallest bond with which a verifier confirms, in USDai.
		7 => min_verifier_bond, MinVerifierBond: Balance =
			10_000 * USD, 1_000 * USD => 10_000_000 * USD, Lower, Plain;
		/// Smallest capital of an insurer, as a share of the limits that it has bound.
		8 => capital_share, CapitalShare: Perbill =
			percent(10), percent(1) => percent(100), Lower, Plain;
		/// Period after a custodian's word that the machines were handed over, in which their owner
		/// may dispute it. Its silence is a yes.
		9 => release_period, ReleasePeriod: Seconds = 7 * DAY, DAY => 30 * DAY, Either, Wait;
		/// Period for which the last owner of a burnt title may still claim, and for which a
		/// verifier's bond stays after a confirmation.
		10 => claim_tail, ClaimTail: Seconds = 90 * DAY, 30 * DAY => 365 * DAY, Either, Wait;
		/// Deposit of who asks for machines or claims for them, as a share of their value in custody.
		11 => claim_deposit, ClaimDeposit: Perbill =
			percent(1), Perbill::from_parts(1_000_000) => percent(10), Either, Plain;
		/// Smallest deposit of who asks for machines or claims for them, in USDai.
		12 => min_claim_deposit, MinClaimDeposit: Balance =
			100 * USD, 10 * USD => 10_000 * USD, Either, Plain;
		/// Period for which an attestation may be confirmed.
		13 => attestation_period, AttestationPeriod: Seconds =
			30 * DAY, DAY => 90 * DAY, Either, Plain;
		/// Shortest validity of an independent appraisal.
		14 => min_appraisal_validity, MinAppraisalValidity: Seconds =
			30 * DAY, DAY => 30 * DAY, Either, Plain;
		/// Time after its filing from which an independent appraisal counts.
		15 => appraisal_delay, AppraisalDelay: Seconds = DAY, HOUR => 7 * DAY, Either, Wait;
		/// Least that off-takers have to pay for a title in each period of a twelfth of a year before
		/// what they pay caps its income approach, as a share of its value in custody.
		16 => min_revenue, MinRevenue: Perbill =
			percent(1), Perbill::from_parts(1_000_000) => percent(5), Either, Plain;
	}
}

governed_values! {
	/// Conditions on which values of the oracle are accepted and used.
	AppraisalValues, AppraisalValue {
		/// True if the cost approach is required and counts in the value.
		0 => require_cost, RequireCost: bool = true, false => true, Either, Plain;
		/// True if the market approach is required and counts in the value.
		1 => require_market, RequireMarket: bool = true, false => true, Either, Plain;
		/// True if the income approach is required and counts in the value.
		2 => require_income, RequireIncome: bool = true, false => true, Either, Plain;
		/// Fewest fresh values from which a median is accepted.
		3 => min_feeders, MinFeeders: u32 = 3, 3 => 64, Either, Plain;
		/// Greatest age of a fresh value.
		4 => max_age, MaxAge: Seconds = HOUR, 60 => DAY, Either, Plain;
		/// Period of `max_move_per_update`.
		5 => update_period, UpdatePeriod: Seconds = 600, 1 => DAY, Either, Plain;
		/// Greatest difference of a new value to each value in force within the update period
		/// before it, as a share of the earlier value.
		6 => max_move_per_update, MaxMovePerUpdate: Perbill =
			percent(10), percent(1) => percent(50), Either, Plain;
		/// Greatest difference of a new value to each value in force within the day before it, as a
		/// share of the earlier value.
		7 => max_move_per_day, MaxMovePerDay: Perbill =
			percent(25), percent(1) => percent(90), Either, Plain;
		/// Time of history after which a value is fit for new debt. It counts from the last time
		/// that the value was unusable for more than a day.
		8 => seasoning_period, SeasoningPeriod: Seconds = DAY, HOUR => 30 * DAY, Lower, Wait;
	}
}

governed_values! {
	/// Terms of the savers' vault.
	VaultValues, VaultValue {
		/// Share of the interest for the treasury.
		0 => yield_fee, YieldFee: Perbill = percent(10), percent(0) => percent(50), Higher, Price;
		/// Largest assets of the vault after a deposit, in USDai.
		1 => deposit_cap, DepositCap: Balance =
			500_000_000 * USD, 0 => 100_000_000_000 * USD, Either, Plain;
		/// Annual rate of the savings that governance aims at.
		2 => target_apr, TargetApr: FixedU128 = apr(10), apr(0) => apr(100), Either, Plain;
		/// Last part of a redemption window, in which bids are revealed.
		3 => reveal_period, RevealPeriod: Seconds = DAY, HOUR => 15 * DAY, Either, Wait;
		/// Largest provisions at which shares are sold without the buyer's word that they are known,
		/// as a share of the net asset value for deposits.
		10 => max_provisions, MaxProvisions: Perbill =
			percent(1), percent(0) => percent(100), Higher, Plain;
		/// Longest time after the close of a window in which money is raised for its requests. A
		/// sixth of the window at most.
		20 => raising_period, RaisingPeriod: Seconds = DAY, HOUR => 7 * DAY, Either, Wait;
		/// Longest time after the raising period in which a settlement waits for a round over the
		/// lines. A sixth of the window at most.
		21 => round_wait, RoundWait: Seconds = 6 * HOUR, HOUR => 2 * DAY, Either, Wait;
		/// Fall of the redemption price since requests could be cancelled, as a share of it, beyond
		/// which they can be cancelled again before a settlement.
		22 => reopening_drop, ReopeningDrop: Perbill =
			percent(2), Perbill::from_parts(1_000_000) => percent(20), Either, Plain;
		/// Time for which requests can then be cancelled. A sixth of the window at most.
		23 => reopening_period, ReopeningPeriod: Seconds = DAY, HOUR => 7 * DAY, Either, Wait;
		/// Least share of a request that a bid costs which was sealed and not revealed.
		24 => unrevealed_share, UnrevealedShare: Perbill =
			Perbill::from_parts(5_000_000), percent(0) => percent(5), Either, Plain;
		/// Least distance of a request's least redemption price from the price of that moment, as a
		/// share of it.
		25 => least_price_gap, LeastPriceGap: Perbill =
			Perbill::from_parts(5_000_000), percent(0) => percent(10), Either, Plain;
		/// Time after the begin of a round over the lines in which shares are redeemed at once.
		26 => exit_validity, ExitValidity: Seconds = 2 * HOUR, 600 => DAY, Either, Plain;
		/// Share of the assets that may be redeemed at once within a day.
		27 => exit_share, ExitShare: Perbill =
			percent(2), percent(0) => percent(20), Either, Plain;
		/// Fee of who redeems at once, which stays with the other savers.
		28 => exit_fee, ExitFee: Perbill =
			Perbill::from_parts(5_000_000), percent(0) => percent(5), Either, Plain;
		/// Storage deposit of a request whose owner has no native tokens for it, in USDai.
		29 => request_deposit, RequestDeposit: Balance = USD, USD / 10 => 100 * USD, Either, Plain;
	}
}

governed_values! {
	/// Limits of the peg and of the Treasury bills.
	ReserveValues, ReserveValue {
		/// Share of the vault's assets that stays idle.
		0 => liquidity_buffer, LiquidityBuffer: Perbill =
			percent(10), percent(0) => percent(100), Either, Plain;
		/// Amount of bills that may be traded on one side, in USDai. As much becomes free again in
		/// each hour, and a fill of it takes the price of the offer back to the begin of its path.
		4 => hourly_limit, HourlyLimit: Balance =
			1_000_000 * USD, 0 => 1_000_000_000 * USD, Either, Plain;
		/// Discount on the last price of bills without a fresh price, beside their own haircut.
		5 => stale_bill_haircut, StaleBillHaircut: Perbill =
			percent(2), percent(0) => percent(50), Lower, Price;
		/// Time in which the mint rate limit (fuse) and the inflow limits refill.
		6 => mint_limit_period, MintLimitPeriod: Seconds = DAY, HOUR => 7 * DAY, Either, Plain;
		/// Share of its supply by which USDai may grow within a period.
		7 => mint_limit_share, MintLimitShare: Perbill =
			percent(10), percent(0) => percent(100), Higher, Plain;
		/// Amount by which USDai may always grow within a period.
		8 => mint_limit_floor, MintLimitFloor: Balance =
			5_000_000 * USD, 0 => 10_000_000_000 * USD, Higher, Plain;
		/// Lowest price of a stablecoin against which USDai is issued, in USD. Its range is above that
		/// of `peg_freeze`.
		9 => peg_floor, PegFloor: FixedU128 =
			FixedU128::from_rational(997, 1_000),
			FixedU128::from_rational(995, 1_000) => apr(100), Lower, Plain;
		/// Price of a stablecoin below which it freezes, in USD. It thaws at `peg_floor`, which is
		/// higher.
		20 => peg_freeze, PegFreeze: FixedU128 =
			apr(99), apr(95) => FixedU128::from_rational(994, 1_000), Either, Plain;
		/// Age of its last price from which a stablecoin is frozen.
		21 => peg_silence, PegSilence: Seconds = 6 * HOUR, HOUR => DAY, Either, Plain;
		/// Share of the supply of USDai by which the debt against one stablecoin may grow within a
		/// period.
		22 => inflow_share, InflowShare: Perbill =
			percent(10), percent(0) => percent(100), Higher, Plain;
		/// Amount by which the debt against one stablecoin may always grow within a period.
		23 => inflow_floor, InflowFloor: Balance =
			5_000_000 * USD, 0 => 10_000_000_000 * USD, Higher, Plain;
		/// Time within which the price of an offer of bills moves from its first to its last.
		30 => offer_period, OfferPeriod: Seconds = HOUR, 600 => DAY, Either, Plain;
		/// Share of the oracle's price by which an offer of bills begins better for the vault.
		31 => offer_start, OfferStart: Perbill =
			Perbill::from_parts(1_000_000), percent(0) => percent(1), Either, Plain;
		/// Largest share of the oracle's price by which bills are sold below it.
		32 => max_sell_discount, MaxSellDiscount: Perbill =
			Perbill::from_parts(2_500_000), percent(0) => percent(1), Either, Plain;
		/// Largest share of the oracle's price by which bills are bought above it.
		33 => max_buy_premium, MaxBuyPremium: Perbill =
			Perbill::from_parts(200_000), percent(0) => Perbill::from_parts(5_000_000),
			Higher, Plain;
		/// Time that USDai lies idle before bills are bought with it, in whole days.
		34 => idle_period, IdlePeriod: Seconds = 3 * DAY, DAY => 7 * DAY, Either, Wait;
		/// Smallest fill of an offer of bills, in USDai.
		35 => min_fill, MinFill: Balance = 100 * USD, USD => 1_000_000 * USD, Either, Plain;
		/// Share of the vault's assets that trades of bills may lose against the oracle's price. As
		/// much becomes free again in each day. It never stops sales for the redemption queue.
		36 => max_daily_loss, MaxDailyLoss: Perbill =
			Perbill::from_parts(200_000), percent(0) => Perbill::from_parts(2_000_000),
			Higher, Plain;
	}
}

governed_values! {
	/// Times of governance itself.
	GovernanceValues, GovernanceValue {
		/// Time for which a brake lasts.
		0 => brake_duration, BrakeDuration: Seconds = 14 * DAY, DAY => 30 * DAY, Either, Wait;
		/// Time after a brake in which it cannot be set again.
		1 => brake_rest, BrakeRest: Seconds = 30 * DAY, 7 * DAY => 90 * DAY, Either, Wait;
		/// Time over which a value that moves the price of a share changes.
		2 => ramp_period, RampPeriod: Seconds = 30 * DAY, 7 * DAY => 90 * DAY, Either, Wait;
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::governance::{Area, Direction, Kind, Risk};

	/// Calls `check` for each area.
	macro_rules! each_area {
		($check:ident) => {
			$check::<CreditValues>();
			$check::<RuleValues>();
			$check::<TitleValues>();
			$check::<AppraisalValues>();
			$check::<VaultValues>();
			$check::<ReserveValues>();
			$check::<GovernanceValues>();
		};
	}

	#[test]
	fn defaults_should_be_within_their_ranges_at_every_tempo() {
		fn check<A: Area>() {
			for [default, least, greatest] in A::bounds() {
				for value in [default, least, greatest] {
					assert!(A::is_in_range(&value), "{value:?}");
				}
				assert_eq!(A::default().current(&default), default);
			}
			for tempo in [1, 1_000, 21_600] {
				for report in A::reports(&A::default(), &A::default(), tempo) {
					let name = alloc::string::String::from_utf8(report.name.clone()).unwrap();
					assert!(report.least <= report.default, "{name} at {tempo}");
					assert!(report.default <= report.greatest, "{name} at {tempo}");
					assert_eq!(report.value, report.default, "{name} at {tempo}");
				}
			}
		}
		each_area!(check);
	}

	#[test]
	fn indices_should_count_up() {
		fn check<A: Area>() {
			let indices: Vec<u8> = A::bounds().iter().map(|[value, ..]| A::index(value)).collect();
			assert!(indices.is_sorted_by(|one, next| one < next), "{indices:?}");
			assert_eq!(indices.len(), usize::from(A::COUNT));
		}
		each_area!(check);
	}

	#[test]
	fn risk_should_follow_the_direction_and_the_kind() {
		let credit = CreditValues::default();
		let risk = |value| credit.risk(&value);
		assert_eq!(risk(CreditValue::GlobalCeiling(500_000_001 * USD)), Some(Risk::Raises));
		assert_eq!(risk(CreditValue::GlobalCeiling(499_999_999 * USD)), Some(Risk::Lowers));
		assert_eq!(risk(CreditValue::GlobalCeiling(500_000_000 * USD)), None);
		assert_eq!(risk(CreditValue::MinFirstLoss(percent(4))), Some(Risk::Raises));
		assert_eq!(risk(CreditValue::MinFirstLoss(percent(6))), Some(Risk::Lowers));
		// What moves a price needs notice both ways.
		assert_eq!(risk(CreditValue::LiquidationCost(percent(11))), Some(Risk::Raises));
		assert_eq!(risk(CreditValue::LiquidationCost(percent(9))), Some(Risk::Raises));
		assert_eq!(risk(CreditValue::MaxSweepSteps(15)), Some(Risk::Raises));
		assert_eq!(risk(CreditValue::MaxSweepSteps(17)), Some(Risk::Raises));
	}

	/// At a freeze of 0.995 and a floor of 0.990, a stablecoin at 0.992 would be minted against.
	#[test]
	fn stablecoin_should_freeze_below_every_floor_that_may_be_set() {
		let in_range = |value| ReserveValues::is_in_range(&value);
		let thousandths = |x| FixedU128::from_rational(x, 1_000);
		let floors = (900..=1_000).filter(|x| in_range(ReserveValue::PegFloor(thousandths(*x))));
		let freezes = (900..=1_000).filter(|x| in_range(ReserveValue::PegFreeze(thousandths(*x))));
		assert_eq!((freezes.max(), floors.min()), (Some(994), Some(995)));
	}

	#[test]
	fn is_in_range_should_refuse_what_is_outside() {
		assert!(!CreditValues::is_in_range(&CreditValue::MaxAdvanceRate(percent(81))));
		assert!(!CreditValues::is_in_range(&CreditValue::MaxSweepSteps(257)));
		assert!(!RuleValues::is_in_range(&RuleValue::AuctionDuration(0)));
		assert!(!ReserveValues::is_in_range(&ReserveValue::MaxSellDiscount(percent(2))));
	}

	#[test]
	fn tighten_should_only_move_the_safe_way() {
		let mut credit = CreditValues::default();
		credit.tighten(&CreditValue::GlobalCeiling(7));
		credit.tighten(&CreditValue::GlobalCeiling(8));
		assert_eq!(credit.global_ceiling, 7);
		credit.tighten(&CreditValue::MinFirstLoss(percent(1)));
		assert_eq!(credit.min_first_loss, percent(5));
		credit.tighten(&CreditValue::StaleValueHaircut(percent(99)));
		credit.tighten(&CreditValue::MaxSweepSteps(1));
		assert_eq!((credit.stale_value_haircut, credit.max_sweep_steps), (percent(20), 16));
	}

	#[test]
	fn stricter_should_take_each_field_from_the_stricter_set() {
		let one = RuleValues { premium_grace: DAY, max_relistings: 1, ..Default::default() };
		let other = RuleValues { custody_validity: DAY, ..Default::default() };
		let both = one.clone().stricter(&other);
		assert_eq!((both.premium_grace, both.custody_validity), (DAY, DAY));
		assert_eq!(both.max_relistings, 1);
		// Papers of both, though either way risks something.
		let [filing, waiver] = [DocumentKind::LienFiling, DocumentKind::LienWaiver]
			.map(|kind| DocumentKinds::NONE.with(kind));
		let [mut one, mut other] = [one, other];
		one.require_papers(filing);
		other.require_papers(waiver);
		assert_eq!(one.stricter(&other).required_papers_power, filing.union(waiver));
	}

	#[test]
	fn at_tempo_should_divide_waits_alone() {
		let rules = RuleValues::default().at_tempo(21_600);
		assert_eq!((rules.auction_duration, rules.custody_validity), (120, 7 * DAY));
		assert_eq!(rules.auction_delay, 12);
		assert_eq!(rules.premium_grace, 40);
		assert_eq!(TitleValues::default().at_tempo(21_600).cancellation_notice, 120);
		let appraisal = AppraisalValues { seasoning_period: 12, ..Default::default() };
		assert_eq!(AppraisalValues::default().at_tempo(21_600), appraisal);
	}

	#[test]
	fn between_should_interpolate_a_field() {
		let [from, to] = [10, 20].map(|x| VaultValue::YieldFee(percent(x)));
		assert_eq!(VaultValues::between(&from, &to, 1, 2), VaultValue::YieldFee(percent(15)));
		assert_eq!(VaultValues::between(&from, &to, 2, 2), to);
		let cap = VaultValue::DepositCap(7);
		assert_eq!(VaultValues::between(&from, &cap, 1, 2), cap);
	}

	#[test]
	fn reports_should_tell_direction_and_kind() {
		let (counting, governed) = (
			VaultValues { deposit_cap: 5, ..Default::default() },
			VaultValues { deposit_cap: 9, ..Default::default() },
		);
		let reports = VaultValues::reports(&counting, &governed, 21_600);
		assert_eq!(reports[1].name, b"DepositCap");
		assert_eq!((reports[1].value, reports[1].governed), (5, 9));
		assert_eq!((reports[1].direction, reports[1].kind), (Direction::Either, Kind::Plain));
		assert_eq!((reports[0].direction, reports[0].kind), (Direction::Higher, Kind::Price));
		assert_eq!((reports[3].value, reports[3].least, reports[3].kind), (12, 12, Kind::Wait));
	}

	/// A brake lets in less debt and fewer dollars, for a time. What would move a price, keep
	/// somebody in, or outlast the brake is none.
	#[test]
	fn brakes_should_be_possible_on_these_values_alone() {
		fn brakable<A: Area>() -> Vec<Vec<u8>> {
			let reports = A::reports(&A::default(), &A::default(), 1);
			let values = A::bounds().into_iter().zip(reports);
			values
				.filter(|([default, ..], _)| A::is_brakable(default))
				.map(|(_, report)| report.name)
				.collect()
		}
		fn names(names: &[&str]) -> Vec<Vec<u8>> {
			names.iter().map(|name| name.as_bytes().to_vec()).collect()
		}
		let credit = [
			"GlobalCeiling",
			"BorrowerCeiling",
			"MinDraw",
			"MaxAdvanceRate",
			"MinFirstLoss",
			"MaxApr",
			"MinSeniorApr",
			"MaxFee",
			"MaxServicingFee",
			"MaxGracePeriod",
			"MaxCurePeriod",
			"SweepInterval",
			"DrawCushion",
			"MinLoanTerm",
			"OfferValidity",
			"MaxAvailability",
		];
		assert_eq!(brakable::<CreditValues>(), names(&credit));
		assert_eq!(brakable::<RuleValues>(), names(&["PremiumGrace", "CustodyValidity"]));
		let reserves = [
			"MintLimitShare",
			"MintLimitFloor",
			"PegFloor",
			"InflowShare",
			"InflowFloor",
			"MaxBuyPremium",
			"MaxDailyLoss",
		];
		assert_eq!(brakable::<ReserveValues>(), names(&reserves));
		let titles = ["MinBond", "BondShare", "MinVerifierBond", "CapitalShare"];
		assert_eq!(brakable::<TitleValues>(), names(&titles));
		assert_eq!(brakable::<AppraisalValues>(), names(&["SeasoningPeriod"]));
		assert_eq!(brakable::<VaultValues>(), names(&["MaxProvisions"]));
		assert_eq!(brakable::<GovernanceValues>(), names(&[]));
	}
}
