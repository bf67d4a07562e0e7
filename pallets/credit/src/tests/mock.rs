// SPDX-License-Identifier: Apache-2.0

//! A runtime of real balances, assets and clock, in which other pallets of ours are stood in for.

use crate::{
	self as pallet_caliber_credit,
	frame_support::{
		self, assert_ok, derive_impl, ord_parameter_types, parameter_types, storage_alias,
		traits::{
			tokens::{
				fungible::{HoldConsideration, Inspect, InspectHold, ItemOf, Mutate},
				Preservation,
			},
			AsEnsureOriginWithArg, ConstU128, ConstU32, ConstU64, LinearStoragePrice,
		},
		PalletId, Twox64Concat,
	},
	frame_system::{self, EnsureRoot, EnsureSigned, EnsureSignedBy},
	sp_runtime::{BuildStorage, DispatchError, DispatchResult, FixedU128, Perbill},
	types::accrues,
	Event, HoldReason, LineRecordOf, Lines, LoanRecord, Loans, NextLineId, NextLoanId, Titles,
	TotalBadDebt, TotalImpairment,
};
use caliber_math::{
	calendar::Calendar,
	schedule::{Amortization, Fee},
};
use caliber_primitives::{
	appraisal::{AppraisalError, OracleKey, Valuation},
	credit::{
		Breach, BreachReason, FeeRecipient, FeeTerm, LineState, LineTerms, LoanFees, LoanTerms,
	},
	titles::Ineligibility,
	traits::{Accrual, Encumber, SeniorLender, TitleInspect, TitleValue},
	Balance, LineId, LoanId, ModelId, Seconds, TitleId, USD, USDAI,
};
use polkadot_sdk::{pallet_assets, pallet_assets_holder, pallet_balances, pallet_timestamp, sp_io};

use std::cell::Cell;

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

pub const ADMIN: AccountId = 1;
pub const CURATOR: AccountId = 2;
pub const BORROWER: AccountId = 3;
pub const ANYONE: AccountId = 4;
pub const TREASURY: AccountId = 5;
pub const VAULT: AccountId = 6;
pub const OTHER_CURATOR: AccountId = 7;
pub const OTHER_BORROWER: AccountId = 8;

/// When every test begins: 2026-01-01 00:00 UTC.
pub const START: Seconds = 1_767_225_600;
pub const DAY: Seconds = 86_400;
/// A payment period of the usual terms.
pub const PERIOD: Seconds = 30 * DAY;
/// One CLBR.
pub const CLBR: Balance = 1_000_000_000_000;
pub const DEPOSIT: Balance = 10 * CLBR;
/// What each account of the tests begins with.
pub const FUNDS: Balance = 10_000_000 * USD;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Assets: pallet_assets,
		AssetsHolder: pallet_assets_holder,
		Credit: pallet_caliber_credit,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
}

impl pallet_timestamp::Config for Test {
	type Moment = u64;
	type OnTimestampSet = ();
	type MinimumPeriod = ConstU64<0>;
	type WeightInfo = ();
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetDeposit = ConstU128<0>;
	type AssetAccountDeposit = ConstU128<0>;
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type ApprovalDeposit = ConstU128<0>;
	type Holder = AssetsHolder;
	type Freezer = ();
}

impl pallet_assets_holder::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeEvent = RuntimeEvent;
}

parameter_types! {
	pub const LineDepositReason: RuntimeHoldReason =
		RuntimeHoldReason::Credit(HoldReason::LineDeposit);
	pub const CreditPalletId: PalletId = PalletId(*b"clbr/crd");
	pub const TreasuryAccount: AccountId = TREASURY;
	pub const MaxAdvanceRate: Perbill = Perbill::from_percent(80);
	pub const MinFirstLoss: Perbill = Perbill::from_percent(5);
	pub const MaxApr: FixedU128 = FixedU128::from_u32(1);
	pub const MaxFee: Perbill = Perbill::from_percent(10);
	pub const MaxServicingFee: Perbill = Perbill::from_percent(12);
	pub const LiquidationCost: Perbill = Perbill::from_percent(5);
	pub const StaleValueHaircut: Perbill = Perbill::from_percent(20);
	pub const AuctionReserve: Perbill = Perbill::from_percent(80);
	pub const MinIncrement: Perbill = Perbill::from_percent(2);
	pub const RelistDiscount: Perbill = Perbill::from_percent(20);
	pub storage LineDeposit: Balance = DEPOSIT;
	pub storage MinSeniorApr: FixedU128 = FixedU128::from_rational(1, 100);
	pub storage AuctionDuration: Seconds = 3 * DAY;
	pub storage GlobalCeiling: Balance = 5_000_000 * USD;
	pub storage BorrowerCeiling: Balance = 2_000_000 * USD;
}

ord_parameter_types! {
	pub const Admin: AccountId = ADMIN;
}

type UsdAiId = ConstU32<USDAI>;
pub type UsdAi = ItemOf<Assets, UsdAiId, AccountId>;
pub type UsdAiHold = ItemOf<AssetsHolder, UsdAiId, AccountId>;

impl pallet_caliber_credit::Config for Test {
	type AdminOrigin = EnsureSignedBy<Admin, AccountId>;
	type RuntimeHoldReason = RuntimeHoldReason;
	type UsdAi = UsdAi;
	type UsdAiHold = UsdAiHold;
	type Titles = TitlesMock;
	type Value = ValueMock;
	type Senior = SeniorMock;
	type Time = Timestamp;
	type PalletId = CreditPalletId;
	type TreasuryAccount = TreasuryAccount;
	type GlobalCeiling = GlobalCeiling;
	type BorrowerCeiling = BorrowerCeiling;
	type MinDraw = ConstU128<{ 1_000 * USD }>;
	type MaxAdvanceRate = MaxAdvanceRate;
	type MinFirstLoss = MinFirstLoss;
	type MaxApr = MaxApr;
	type MinSeniorApr = MinSeniorApr;
	type MaxFee = MaxFee;
	type MaxServicingFee = MaxServicingFee;
	type MaxGracePeriod = ConstU64<{ 30 * DAY }>;
	type MaxCurePeriod = ConstU64<{ 60 * DAY }>;
	type LiquidationCost = LiquidationCost;
	type StaleValueHaircut = StaleValueHaircut;
	type SweepInterval = ConstU64<3_600>;
	type MaxSweepSteps = ConstU32<4>;
	type AuctionReserve = AuctionReserve;
	type MinIncrement = MinIncrement;
	type AuctionDuration = AuctionDuration;
	type BidExtension = ConstU64<600>;
	type RelistDiscount = RelistDiscount;
	type MaxRelistings = ConstU32<2>;
	type CuratorOptionPeriod = ConstU64<{ 7 * DAY }>;
	type LineConsideration = HoldConsideration<
		AccountId,
		Balances,
		LineDepositReason,
		LinearStoragePrice<LineDeposit, ConstU128<0>, Balance>,
	>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Clock;
}

/// Sets the clock for benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub struct Clock;

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper for Clock {
	fn set_time(now: Seconds) {
		set_time(now);
	}
}

#[storage_alias]
type TitleOwner = StorageMap<TitlesMock, Twox64Concat, TitleId, AccountId>;
#[storage_alias]
type TitleLine = StorageMap<TitlesMock, Twox64Concat, TitleId, LineId>;
#[storage_alias]
type TitleIneligible = StorageMap<TitlesMock, Twox64Concat, TitleId, Ineligibility>;
#[storage_alias]
type TitleRevenue = StorageMap<TitlesMock, Twox64Concat, TitleId, Balance>;
#[storage_alias]
type TitleWorth = StorageMap<TitlesMock, Twox64Concat, TitleId, Result<Balance, AppraisalError>>;
#[storage_alias]
type TitleLastWorth = StorageMap<ValueMock, Twox64Concat, TitleId, Balance>;
#[storage_alias]
type TitleModel = StorageMap<ValueMock, Twox64Concat, TitleId, ModelId>;
#[storage_alias]
type TitleRate = StorageMap<TitlesMock, Twox64Concat, TitleId, u32>;

std::thread_local! {
	/// How often titles were asked for their eligibility, and the appraisal for a value of today.
	static LOOKS: Cell<(u32, u32)> = const { Cell::new((0, 0)) };
}

/// How often a step, which succeeds, asks for the eligibility of titles, and for values.
pub fn looks_of<R, E: core::fmt::Debug>(step: impl FnOnce() -> Result<R, E>) -> (u32, u32) {
	LOOKS.set((0, 0));
	step().map(|_| ()).expect("the step succeeds");
	LOOKS.get()
}

/// Titles as owner, line and reason of ineligibility.
pub struct TitlesMock;

impl TitleInspect<AccountId> for TitlesMock {
	fn owner(title: TitleId) -> Option<AccountId> {
		TitleOwner::get(title)
	}
	fn encumbrance(title: TitleId) -> Option<LineId> {
		TitleLine::get(title)
	}
	fn eligibility(title: TitleId, holder: Option<LineId>) -> Result<(), Ineligibility> {
		LOOKS.with(|looks| looks.set((looks.get().0 + 1, looks.get().1)));
		TitleOwner::get(title).ok_or(Ineligibility::Unknown)?;
		if TitleLine::get(title).is_some_and(|line| Some(line) != holder) {
			return Err(Ineligibility::Encumbered);
		}
		TitleIneligible::get(title).map_or(Ok(()), Err)
	}
	fn trailing_revenue(title: TitleId) -> Balance {
		TitleRevenue::get(title).unwrap_or_default()
	}
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_title(owner: &AccountId) -> TitleId {
		let title = TitleOwner::iter().count() as TitleId + 1_000;
		new_title(title, *owner, 10_000_000 * USD);
		title
	}
}

impl Encumber<AccountId> for TitlesMock {
	fn encumber(title: TitleId, owner: &AccountId, line: LineId) -> DispatchResult {
		if Self::owner(title) != Some(*owner) {
			return Err(DispatchError::Other("not the owner"));
		}
		Self::eligibility(title, None).map_err(|_| DispatchError::Other("not eligible"))?;
		TitleLine::insert(title, line);
		Ok(())
	}
	fn release(title: TitleId, line: LineId) -> DispatchResult {
		if TitleLine::take(title) != Some(line) {
			return Err(DispatchError::Other("not the holder"));
		}
		Ok(())
	}
	fn seize(title: TitleId, line: LineId, to: &AccountId) -> DispatchResult {
		Self::release(title, line)?;
		TitleOwner::insert(title, to);
		Ok(())
	}
}

/// A value, of which a forced sale brings half.
fn valuation(value: Balance) -> Valuation {
	Valuation {
		cost: Some(value),
		market: None,
		income: None,
		independent: None,
		value,
		liquidation_value: value / 2,
		as_of: now(),
	}
}

/// Values as they were set; each title is its own model unless it was given one.
pub struct ValueMock;

impl TitleValue for ValueMock {
	fn appraise(title: TitleId) -> Result<Valuation, AppraisalError> {
		LOOKS.with(|looks| looks.set((looks.get().0, looks.get().1 + 1)));
		let value = TitleWorth::get(title).ok_or(AppraisalError::UnknownTitle)??;
		Ok(valuation(value))
	}
	fn last_known(title: TitleId) -> Result<Valuation, AppraisalError> {
		let value = TitleLastWorth::get(title).ok_or(AppraisalError::UnknownTitle)?;
		Ok(valuation(value))
	}
	fn max_advance_rate(model: ModelId) -> Option<Perbill> {
		TitleRate::get(model).map(Perbill::from_parts)
	}
	fn model_of(title: TitleId) -> Option<ModelId> {
		TitleOwner::get(title).map(|_| TitleModel::get(title).unwrap_or(title))
	}
}

#[storage_alias]
pub type SeniorPrincipal =
	StorageValue<SeniorMock, Balance, frame_support::pallet_prelude::ValueQuery>;
#[storage_alias]
pub type SeniorInterest =
	StorageValue<SeniorMock, Balance, frame_support::pallet_prelude::ValueQuery>;
#[storage_alias]
pub type SeniorRate = StorageValue<SeniorMock, Balance, frame_support::pallet_prelude::ValueQuery>;
#[storage_alias]
pub type SeniorOffset =
	StorageValue<SeniorMock, Balance, frame_support::pallet_prelude::ValueQuery>;

#[storage_alias]
pub type SeniorImpairment =
	StorageValue<SeniorMock, Balance, frame_support::pallet_prelude::ValueQuery>;
#[storage_alias]
pub type SeniorBadDebt =
	StorageValue<SeniorMock, Balance, frame_support::pallet_prelude::ValueQuery>;

/// A lender whose money lies in one account.
pub struct SeniorMock;

impl SeniorLender<AccountId> for SeniorMock {
	fn liquidity() -> Balance {
		UsdAi::balance(&VAULT)
	}
	fn lend(to: &AccountId, amount: Balance) -> DispatchResult {
		SeniorPrincipal::mutate(|out| *out += amount);
		UsdAi::transfer(&VAULT, to, amount, Preservation::Expendable).map(|_| ())
	}
	fn receive(from: &AccountId, principal: Balance, interest: Balance) -> DispatchResult {
		SeniorPrincipal::mutate(|out| *out -= principal);
		SeniorInterest::mutate(|earned| *earned += interest);
		UsdAi::transfer(from, &VAULT, principal + interest, Preservation::Expendable).map(|_| ())
	}
	fn update_accrual(old: Option<Accrual>, new: Option<Accrual>) -> DispatchResult {
		let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
		SeniorRate::mutate(|rate| *rate = *rate + new.per_second - old.per_second);
		SeniorOffset::mutate(|offset| {
			*offset = *offset + new.per_second * Balance::from(new.since)
				- old.per_second * Balance::from(old.since)
		});
		Ok(())
	}
	fn update_impairment(old: Balance, new: Balance) -> DispatchResult {
		SeniorImpairment::mutate(|total| *total = *total + new - old);
		assert!(new <= old || SeniorImpairment::get() <= SeniorPrincipal::get());
		Ok(())
	}
	fn write_off(principal: Balance) -> DispatchResult {
		SeniorPrincipal::mutate(|out| *out -= principal);
		SeniorBadDebt::mutate(|total| *total += principal);
		Ok(())
	}
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_liquidity(amount: Balance) {
		assert_ok!(UsdAi::mint_into(&VAULT, amount));
	}
}

pub fn now() -> Seconds {
	Timestamp::get() / 1_000
}

pub fn set_time(now: Seconds) {
	Timestamp::set_timestamp(now * 1_000);
}

pub fn new_title(title: TitleId, owner: AccountId, worth: Balance) {
	TitleOwner::insert(title, owner);
	set_worth(title, Ok(worth));
	TitleRate::insert(title, Perbill::from_percent(75).deconstruct());
}

/// What is refused for a time is remembered from before.
pub fn set_worth(title: TitleId, worth: Result<Balance, AppraisalError>) {
	if let Ok(worth) = worth {
		TitleLastWorth::insert(title, worth);
	}
	TitleWorth::insert(title, worth);
}

/// As if no value of the title had ever been accepted.
pub fn forget_worth(title: TitleId) {
	TitleLastWorth::remove(title);
}

pub fn set_model_rate(title: TitleId, rate: Option<Perbill>) {
	TitleRate::set(title, rate.map(|rate| rate.deconstruct()));
}

pub fn set_model(title: TitleId, model: ModelId) {
	TitleModel::insert(title, model);
}

pub fn set_ineligible(title: TitleId, reason: Option<Ineligibility>) {
	TitleIneligible::set(title, reason);
}

pub fn set_revenue(title: TitleId, revenue: Balance) {
	TitleRevenue::insert(title, revenue);
}

pub fn line_of_title(title: TitleId) -> Option<LineId> {
	TitleLine::get(title)
}

pub fn some_key() -> OracleKey {
	OracleKey::Resale(1)
}

/// No fee.
pub fn free() -> FeeTerm {
	FeeTerm { fee: Fee::None, recipient: FeeRecipient::Treasury }
}

/// A fee of so many percent.
pub fn percent(share: u32, recipient: FeeRecipient) -> FeeTerm {
	FeeTerm { fee: Fee::Share(Perbill::from_percent(share).deconstruct()), recipient }
}

pub fn apr(percent: u32) -> FixedU128 {
	FixedU128::from_rational(percent.into(), 100)
}

/// A million over twelve payment periods of 30 days, 12 % senior and 20 % junior, a tenth of it
/// junior.
pub fn terms() -> LineTerms {
	LineTerms {
		limit: 1_000_000 * USD,
		revolving: false,
		availability_end: START + 180 * DAY,
		advance_rate: Perbill::from_percent(70),
		maintenance_coverage: FixedU128::from_rational(11, 10),
		cure_period: 14 * DAY,
		reserve_installments: 3,
		loan: LoanTerms {
			calendar: Calendar::Every { seconds: PERIOD, periods: 12 },
			amortization: Amortization::Linear,
			stub_amortizes: false,
			senior_apr: apr(12),
			junior_apr: apr(20),
			first_loss: Perbill::from_percent(10),
			grace_apr: apr(5),
			grace_period: 10 * DAY,
			fees: LoanFees {
				origination: percent(1, FeeRecipient::Treasury),
				servicing: free(),
				exit: free(),
				liquidation: free(),
			},
		},
	}
}

/// Terms that cost nothing but interest and keep nothing back.
pub fn bare_terms() -> LineTerms {
	let mut terms = terms();
	terms.reserve_installments = 0;
	terms.loan.fees.origination = free();
	terms
}

pub fn offer_by(curator: AccountId, borrower: AccountId, terms: LineTerms) -> LineId {
	let line = NextLineId::<Test>::get();
	assert_ok!(Credit::offer_line(
		RuntimeOrigin::signed(curator),
		borrower,
		terms,
		now() + 7 * DAY
	));
	line
}

pub fn offer(terms: LineTerms) -> LineId {
	offer_by(CURATOR, BORROWER, terms)
}

pub fn titles(ids: &[TitleId]) -> Titles {
	ids.to_vec().try_into().expect("few titles")
}

pub fn accept(
	borrower: AccountId,
	line: LineId,
	terms: &LineTerms,
	ids: &[TitleId],
) -> DispatchResult {
	let hash = Credit::terms_hash(terms);
	Credit::accept_line(RuntimeOrigin::signed(borrower), line, hash, titles(ids))
}

/// A line of the borrower over title 1, worth two millions.
pub fn open(terms: LineTerms) -> LineId {
	let line = offer(terms);
	assert_ok!(accept(BORROWER, line, &terms, &[1]));
	line
}

/// Take an open line to a state in trouble, as if what leads there had happened.
pub fn bring_to(line_id: LineId, state: LineState) {
	let steps = [LineState::Breached, LineState::Defaulted, LineState::Liquidating];
	let mut line = line(line_id);
	let from = steps.iter().position(|step| *step == line.state).map_or(0, |at| at + 1);
	let until = steps.iter().position(|step| *step == state).expect("a state in trouble");
	for step in &steps[from..=until] {
		if *step == LineState::Liquidating {
			Lines::<Test>::insert(line_id, &line);
			// A line that is whole is not sold.
			set_ineligible(line.titles[0], Some(Ineligibility::CustodyStale));
			assert_ok!(Credit::start_auction(RuntimeOrigin::signed(ANYONE), line_id));
			set_ineligible(line.titles[0], None);
			return;
		}
		let cure_until = now() + line.terms.cure_period;
		line.breach = Some(Breach { reason: BreachReason::Coverage, since: now(), cure_until });
		assert_ok!(Credit::transition(line_id, &mut line, *step));
	}
	Lines::<Test>::insert(line_id, line);
}

pub fn draw(line: LineId, amount: Balance) -> LoanId {
	let loan = NextLoanId::<Test>::get();
	assert_ok!(Credit::draw(RuntimeOrigin::signed(BORROWER), line, amount));
	loan
}

pub fn repay(loan: LoanId, max_amount: Balance) -> Result<Balance, DispatchError> {
	let before = usd(ANYONE);
	Credit::repay(RuntimeOrigin::signed(ANYONE), loan, max_amount).map_err(|e| e.error)?;
	Ok(before - usd(ANYONE))
}

pub fn usd(who: AccountId) -> Balance {
	UsdAi::balance(&who)
}

pub fn junior_held(who: AccountId) -> Balance {
	UsdAiHold::balance_on_hold(&HoldReason::JuniorCapital.into(), &who)
}

pub fn deposit_held(who: AccountId) -> Balance {
	<Balances as InspectHold<_>>::balance_on_hold(&HoldReason::LineDeposit.into(), &who)
}

pub fn line(id: LineId) -> LineRecordOf<Test> {
	Lines::<Test>::get(id).expect("the line exists")
}

pub fn loan(id: LoanId) -> LoanRecord {
	Loans::<Test>::get(id).expect("the loan exists")
}

pub fn balance_of(id: LoanId) -> Balance {
	Loans::<Test>::get(id).map_or(0, |loan| loan.outstanding.senior + loan.outstanding.junior)
}

/// The events of this pallet, oldest first, which are then forgotten.
pub fn take_events() -> Vec<Event<Test>> {
	let events = System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Credit(event) => Some(event),
			_ => None,
		})
		.collect();
	System::reset_events();
	events
}

/// Every USDai there is: free, on hold, anyone's.
pub fn everything() -> Balance {
	pallet_assets::Account::<Test>::iter_prefix(USDAI)
		.map(|(who, account)| account.balance + UsdAiHold::total_balance_on_hold(&who))
		.sum()
}

/// What must be true after every test and every step of one.
pub fn check_all() {
	Credit::do_try_state().expect("the invariants of the pallet hold");
	assert_eq!(Credit::senior_principal(), SeniorPrincipal::get());
	assert_eq!(TotalImpairment::<Test>::get(), SeniorImpairment::get());
	assert_eq!(TotalBadDebt::<Test>::get(), SeniorBadDebt::get());
	for who in [CURATOR, OTHER_CURATOR] {
		let lines = Lines::<Test>::iter_values().filter(|line| line.curator == who).count();
		let deposits = LineDeposit::get() * lines as Balance;
		assert_eq!(deposit_held(who), deposits, "a deposit for each line");
	}
	let earning = Loans::<Test>::iter_values().filter(|loan| accrues(line(loan.line).state));
	let rates: (Balance, Balance) = earning.fold((0, 0), |sums, loan| {
		let terms = line(loan.line).terms.loan;
		let accrual = loan.accrual(&terms).expect("it fits").expect("it is outstanding");
		let offset = accrual.per_second * Balance::from(accrual.since);
		(sums.0 + accrual.per_second, sums.1 + offset)
	});
	assert_eq!(rates, (SeniorRate::get(), SeniorOffset::get()));
}

pub struct ExtBuilder {
	curators: Vec<(AccountId, Balance)>,
	vault: Balance,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self {
			curators: vec![(CURATOR, 5_000_000 * USD), (OTHER_CURATOR, 2_000_000 * USD)],
			vault: FUNDS,
		}
	}
}

impl ExtBuilder {
	/// How much the senior lender has.
	pub fn vault(mut self, vault: Balance) -> Self {
		self.vault = vault;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		let people = [CURATOR, BORROWER, ANYONE, OTHER_CURATOR, OTHER_BORROWER];
		let funds = people.map(|who| (USDAI, who, FUNDS));
		let storage = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig {
				balances: people.map(|who| (who, 1_000 * CLBR)).to_vec(),
				..Default::default()
			},
			assets: pallet_assets::GenesisConfig {
				assets: vec![(USDAI, ADMIN, true, 1)],
				accounts: [funds.to_vec(), vec![(USDAI, VAULT, self.vault)]].concat(),
				..Default::default()
			},
			credit: pallet_caliber_credit::GenesisConfig { curators: self.curators },
			..Default::default()
		}
		.build_storage()
		.expect("the genesis is sound");
		let mut ext = sp_io::TestExternalities::from(storage);
		ext.execute_with(|| {
			System::set_block_number(1);
			set_time(START);
			for title in 1..=4 {
				new_title(title, BORROWER, 2_000_000 * USD);
			}
			new_title(5, OTHER_BORROWER, 2_000_000 * USD);
		});
		ext
	}

	/// Run a test and check what must be true after it; no USDai may come or go.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			let issued = UsdAi::total_issuance();
			test();
			check_all();
			assert_eq!(everything(), issued, "USDai came or went");
			assert_eq!(UsdAi::total_issuance(), issued);
		});
	}
}

/// For benchmarks as tests.
#[cfg(feature = "runtime-benchmarks")]
pub fn new_test_ext() -> sp_io::TestExternalities {
	ExtBuilder::default().build()
}
