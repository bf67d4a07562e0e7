// SPDX-License-Identifier: Apache-2.0

//! A chain with the real balances, assets, NFTs and clock. Models and line reserves stand in for
//! the pallets that bring them.

use crate as pallet_caliber_titles;
use crate::*;
use caliber_primitives::{
	appraisal::AppraisalError,
	titles::{
		AppraisalId, AssetClass, Condition, DocumentKind, Ineligibility, PolicyId, TitleStatus,
	},
	traits::{InspectModels, RevenueSink},
	Balance, LineId, ModelId, Seconds, TitleId, USD, USDAI,
};
use codec::{Decode, Encode};
use polkadot_sdk::{
	frame_support::{
		assert_ok, derive_impl,
		dispatch::{DispatchResult, DispatchResultWithPostInfo},
		parameter_types,
		traits::{
			fungible::{HoldConsideration, Inspect, InspectHold, ItemOf, Mutate},
			tokens::Preservation,
			AsEnsureOriginWithArg, ConstU128, ConstU32, ConstU64, ConstantStoragePrice, Footprint,
		},
		PalletId,
	},
	frame_system::{mocking::MockBlock, EnsureRoot, EnsureSigned},
	sp_core::H256,
	sp_io::TestExternalities,
	sp_runtime::{
		traits::{Convert, IdentifyAccount, IdentityLookup, Verify},
		AccountId32, BuildStorage, MultiSignature, Perbill,
	},
	*,
};

pub type AccountId = AccountId32;

/// Keeps machines; bonded from genesis on.
pub const CUSTODIAN: AccountId = AccountId::new([1; 32]);
/// Keeps machines too; bonded from genesis on.
pub const RIVAL: AccountId = AccountId::new([2; 32]);
/// Confirms; registered from genesis on.
pub const VERIFIER: AccountId = AccountId::new([3; 32]);
/// Owns machines.
pub const OWNER: AccountId = AccountId::new([4; 32]);
/// Would like to own them.
pub const BUYER: AccountId = AccountId::new([5; 32]);
/// Rents machines.
pub const PAYER: AccountId = AccountId::new([6; 32]);
/// Insures; registered from genesis on.
pub const INSURER: AccountId = AccountId::new([8; 32]);
/// Insures too; registered from genesis on.
pub const SECOND_INSURER: AccountId = AccountId::new([9; 32]);
/// Appraises; registered from genesis on.
pub const APPRAISER: AccountId = AccountId::new([10; 32]);
/// Has CLBR and no part in anything.
pub const STRANGER: AccountId = AccountId::new([7; 32]);

pub const CLBR: Balance = 1_000_000_000_000;
pub const EXISTENTIAL_DEPOSIT: Balance = CLBR / 100;
pub const ENDOWMENT: Balance = 1_000_000 * CLBR;
pub const USDAI_ENDOWMENT: Balance = 1_000_000 * USD;
pub const MIN_BOND: Balance = 10_000 * CLBR;
pub const BOND: Balance = 25_000 * CLBR;
pub const DEPOSIT_BASE: Balance = 2 * CLBR;
pub const DEPOSIT_PER_ITEM: Balance = CLBR / 10;
pub const DAY: Seconds = 24 * 60 * 60;
pub const VALIDITY: Seconds = 7 * DAY;
pub const REDEMPTION_PERIOD: Seconds = 14 * DAY;
pub const REDEMPTION_DEPOSIT: Balance = CLBR / 2;
pub const LOSS_PERIOD: Seconds = 90 * DAY;
/// The share of its value for which a title has to be insured: 80 %.
pub const COVERAGE_PERCENT: u32 = 80;
pub const NOTICE: Seconds = 30 * DAY;
pub const CLAIMS_TAIL: Seconds = 90 * DAY;
pub const APPRAISAL_VALIDITY: Seconds = 180 * DAY;
pub const POLICY_DEPOSIT: Balance = 3 * CLBR;
pub const APPRAISAL_DEPOSIT: Balance = 4 * CLBR;
/// The first moment of the 700th period of 30 days: 2027-06-29.
pub const START: Seconds = 700 * 30 * DAY;

/// A listed model of computers.
pub const GPU: ModelId = 7;
/// A listed model of storage.
pub const DISK: ModelId = 8;
/// A listed model of network equipment.
pub const SWITCH: ModelId = 9;
/// A listed model of power equipment.
pub const BATTERY: ModelId = 10;
/// What a title is worth unless a test says otherwise.
pub const WORTH: Balance = 100_000 * USD;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Assets: pallet_assets,
		Nfts: pallet_nfts,
		Titles: pallet_caliber_titles,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = MockBlock<Test>;
	type AccountData = pallet_balances::AccountData<Balance>;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<EXISTENTIAL_DEPOSIT>;
	type AccountStore = System;
	type RuntimeHoldReason = RuntimeHoldReason;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type AssetId = u32;
	type AssetIdParameter = u32;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
}

parameter_types! {
	pub NftFeatures: pallet_nfts::PalletFeatures = pallet_nfts::PalletFeatures::all_enabled();
}

impl pallet_nfts::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type CollectionId = u32;
	type ItemId = u32;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type Locker = ();
	// The account of the titles has no CLBR: were one of these asked of it, nothing would work.
	type CollectionDeposit = ConstU128<CLBR>;
	type ItemDeposit = ConstU128<CLBR>;
	type MetadataDepositBase = ConstU128<CLBR>;
	type AttributeDepositBase = ConstU128<CLBR>;
	type DepositPerByte = ConstU128<CLBR>;
	type StringLimit = ConstU32<64>;
	type KeyLimit = ConstU32<64>;
	type ValueLimit = ConstU32<64>;
	type ApprovalsLimit = ConstU32<4>;
	type ItemAttributesApprovalsLimit = ConstU32<4>;
	type MaxTips = ConstU32<4>;
	type MaxDeadlineDuration = ConstU64<10_000>;
	type MaxAttributesPerCall = ConstU32<4>;
	type Features = NftFeatures;
	type OffchainSignature = MultiSignature;
	type OffchainPublic = <MultiSignature as Verify>::Signer;
	#[cfg(feature = "runtime-benchmarks")]
	type Helper = ();
	type WeightInfo = ();
	type BlockNumberProvider = System;
}

/// The account type of the signatures is that of the chain.
const _: fn(<<MultiSignature as Verify>::Signer as IdentifyAccount>::AccountId) -> AccountId =
	|account| account;

parameter_types! {
	pub const TitlesPalletId: PalletId = PalletId(*b"clbr/ttl");
	/// Whether the two models are listed.
	pub storage ModelsListed: bool = true;
	/// What the models say against a title.
	pub storage ModelObjection: Option<Ineligibility> = None;
	/// The share of its value for which a title has to be insured.
	pub storage MinCoverage: Perbill = Perbill::from_percent(COVERAGE_PERCENT);
	/// How long a cancelled policy goes on covering.
	pub storage CancellationNotice: Seconds = NOTICE;
	/// What a title is worth, in USD.
	pub storage TitleWorth: Balance = WORTH;
	/// Why the appraisal has no value.
	pub storage AppraisalFailure: Option<AppraisalError> = None;
	/// How long a custodian has to answer a request for machines.
	pub storage RedemptionPeriod: Seconds = REDEMPTION_PERIOD;
	/// Whether the reserves of lines take revenue.
	pub storage ReservesOpen: bool = true;
}

pub struct Models;
impl InspectModels for Models {
	fn listed_class(model: ModelId) -> Option<AssetClass> {
		match model {
			_ if !ModelsListed::get() => None,
			GPU => Some(AssetClass::Compute),
			DISK => Some(AssetClass::Storage),
			SWITCH => Some(AssetClass::Bandwidth),
			BATTERY => Some(AssetClass::Power),
			_ => None,
		}
	}

	fn ineligibility(_: ModelId) -> Option<Ineligibility> {
		ModelObjection::get()
	}

	fn title_value(title: TitleId) -> Result<Balance, AppraisalError> {
		if let Some(failure) = AppraisalFailure::get() {
			return Err(failure);
		}
		let worth = TitleWorth::get();
		// As the appraisal does it: an independent appraisal may lower the value.
		Ok(<Titles as TitleFactsSource>::independent_value(title)
			.map_or(worth, |said| said.min(worth)))
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_model(class: AssetClass) -> ModelId {
		match class {
			AssetClass::Compute => GPU,
			AssetClass::Storage => DISK,
			AssetClass::Bandwidth => SWITCH,
			AssetClass::Power => BATTERY,
		}
	}
}

pub struct Reserves;
impl RevenueSink<AccountId> for Reserves {
	fn receive_revenue(line: LineId, payer: &AccountId, amount: Balance) -> DispatchResult {
		frame_support::ensure!(ReservesOpen::get(), "the line takes nothing");
		UsdAi::transfer(payer, &reserve_account(line), amount, Preservation::Expendable)?;
		Ok(())
	}

	fn receive_insurance_proceeds(
		line: LineId,
		_: TitleId,
		payer: &AccountId,
		amount: Balance,
	) -> DispatchResult {
		Self::receive_revenue(line, payer, amount)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_line(owner: &AccountId, title: TitleId) -> Option<LineId> {
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, owner, 9));
		Some(9)
	}
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Clock;
#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkHelper for Clock {
	fn set_time(now: Seconds) {
		set_time(now);
	}
}

pub type UsdAi = ItemOf<Assets, ConstU32<USDAI>, AccountId>;

parameter_types! {
	pub const TitleHold: RuntimeHoldReason = RuntimeHoldReason::Titles(HoldReason::TitleDeposit);
	pub const PolicyHold: RuntimeHoldReason = RuntimeHoldReason::Titles(HoldReason::PolicyDeposit);
	pub const AppraisalHold: RuntimeHoldReason =
		RuntimeHoldReason::Titles(HoldReason::AppraisalDeposit);
	pub const RedemptionHold: RuntimeHoldReason =
		RuntimeHoldReason::Titles(HoldReason::RedemptionDeposit);
}

/// The same price whatever the footprint.
type Price<const AMOUNT: Balance> = ConstantStoragePrice<ConstU128<AMOUNT>, Balance>;

/// The base for a title, and a price for each serial and each document.
pub struct TitlePrice;
impl Convert<Footprint, Balance> for TitlePrice {
	fn convert(footprint: Footprint) -> Balance {
		match footprint.count.checked_sub(TITLE_FOOTPRINT.count) {
			Some(serials) => DEPOSIT_BASE + Balance::from(serials) * DEPOSIT_PER_ITEM,
			None => DEPOSIT_PER_ITEM,
		}
	}
}

impl Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type UsdAi = UsdAi;
	type Nfts = Nfts;
	type Models = Models;
	type RevenueSink = Reserves;
	type Time = Timestamp;
	type AdminOrigin = EnsureRoot<AccountId>;
	type PalletId = TitlesPalletId;
	type MinCustodianBond = ConstU128<MIN_BOND>;
	type TitleConsideration = HoldConsideration<AccountId, Balances, TitleHold, TitlePrice>;
	type PolicyConsideration =
		HoldConsideration<AccountId, Balances, PolicyHold, Price<POLICY_DEPOSIT>>;
	type AppraisalConsideration =
		HoldConsideration<AccountId, Balances, AppraisalHold, Price<APPRAISAL_DEPOSIT>>;
	type RedemptionConsideration =
		HoldConsideration<AccountId, Balances, RedemptionHold, Price<REDEMPTION_DEPOSIT>>;
	type CustodyValidity = ConstU64<VALIDITY>;
	type MinCoverage = MinCoverage;
	type CancellationNotice = CancellationNotice;
	type ClaimsTail = ConstU64<CLAIMS_TAIL>;
	type MaxAppraisalValidity = ConstU64<APPRAISAL_VALIDITY>;
	type RedemptionPeriod = RedemptionPeriod;
	type LossPeriod = ConstU64<LOSS_PERIOD>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Clock;
	type WeightInfo = ();
}

pub struct ExtBuilder {
	custodians: Vec<(AccountId, Vec<u8>, u8, [u8; 2], u128)>,
	verifiers: Vec<AccountId>,
	insurers: Vec<(AccountId, Vec<u8>, [u8; 2])>,
	appraisers: Vec<(AccountId, Vec<u8>, [u8; 2])>,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self {
			custodians: vec![
				(CUSTODIAN, b"Reykjavik 1".to_vec(), 3, *b"IS", BOND),
				(RIVAL, b"Boden 4".to_vec(), 4, *b"SE", BOND),
			],
			verifiers: vec![VERIFIER],
			insurers: vec![
				(INSURER, b"Hekla Mutual".to_vec(), *b"IS"),
				(SECOND_INSURER, b"Trondheim Re".to_vec(), *b"NO"),
			],
			appraisers: vec![(APPRAISER, b"Geysir Valuers".to_vec(), *b"IS")],
		}
	}
}

impl ExtBuilder {
	pub fn custodians(mut self, custodians: Vec<(AccountId, Vec<u8>, u8, [u8; 2], u128)>) -> Self {
		self.custodians = custodians;
		self
	}

	pub fn verifiers(mut self, verifiers: Vec<AccountId>) -> Self {
		self.verifiers = verifiers;
		self
	}

	pub fn insurers(mut self, insurers: Vec<(AccountId, Vec<u8>, [u8; 2])>) -> Self {
		self.insurers = insurers;
		self
	}

	pub fn appraisers(mut self, appraisers: Vec<(AccountId, Vec<u8>, [u8; 2])>) -> Self {
		self.appraisers = appraisers;
		self
	}

	pub fn build(self) -> TestExternalities {
		let accounts = [
			CUSTODIAN,
			RIVAL,
			VERIFIER,
			OWNER,
			BUYER,
			PAYER,
			STRANGER,
			INSURER,
			SECOND_INSURER,
			APPRAISER,
		];
		let storage = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig {
				balances: accounts.iter().map(|who| (who.clone(), ENDOWMENT)).collect(),
				..Default::default()
			},
			assets: pallet_assets::GenesisConfig {
				assets: vec![(USDAI, STRANGER, true, 1)],
				accounts: [PAYER, OWNER, INSURER, SECOND_INSURER]
					.map(|who| (USDAI, who, USDAI_ENDOWMENT))
					.to_vec(),
				..Default::default()
			},
			titles: pallet_caliber_titles::GenesisConfig {
				custodians: self.custodians,
				verifiers: self.verifiers,
				insurers: self.insurers,
				appraisers: self.appraisers,
			},
			..Default::default()
		}
		.build_storage()
		.unwrap();

		let mut ext = TestExternalities::new(storage);
		ext.execute_with(|| {
			System::set_block_number(1);
			set_time(START);
		});
		ext
	}

	/// Run a test, then check every invariant.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			assert_ok!(Titles::do_try_state());
		});
	}
}

pub fn set_time(seconds: Seconds) {
	Timestamp::set_timestamp(seconds * 1_000);
}

pub fn serial(number: u64) -> H256 {
	H256::from_low_u64_be(number)
}

/// Two GPUs with the serials `first` and `first + 1`, and two papers.
pub fn spec(first: u64) -> TitleSpec {
	TitleSpec {
		class: AssetClass::Compute,
		model: GPU,
		serials: vec![serial(first), serial(first + 1)].try_into().unwrap(),
		facility: b"Reykjavik 1, hall B".to_vec().try_into().unwrap(),
		condition: Condition::New,
		commissioned_at: START - 90 * DAY,
		documents: vec![
			(DocumentKind::WarehouseReceipt, H256::repeat_byte(0xaa)),
			(DocumentKind::PurchaseInvoice, H256::repeat_byte(0xbb)),
		]
		.try_into()
		.unwrap(),
	}
}

/// The deposit for `spec`: two serials and two papers.
pub const SPEC_DEPOSIT: Balance = DEPOSIT_BASE + 4 * DEPOSIT_PER_ITEM;

/// Attest machines of `OWNER` with the serials `first` and `first + 1`.
pub fn attested(first: u64) -> TitleId {
	let title = NextTitleId::<Test>::get();
	assert_ok!(Titles::attest(RuntimeOrigin::signed(CUSTODIAN), OWNER, spec(first)));
	title
}

/// Terms of a policy that lasts for `seconds` from now on, the premium paid for all of it.
pub fn terms(limit: Balance, seconds: Seconds) -> PolicyTerms {
	let until = Titles::now() + seconds;
	PolicyTerms {
		limit,
		premium_paid_until: until,
		expires_at: until,
		document: H256::repeat_byte(0xcc),
		reference: b"HM-1042".to_vec().try_into().unwrap(),
	}
}

/// Have a title insured by `INSURER` for `limit` and `seconds` from now on.
pub fn insured(title: TitleId, limit: Balance, seconds: Seconds) -> PolicyId {
	let policy = NextPolicyId::<Test>::get();
	let terms = terms(limit, seconds);
	assert_ok!(Titles::bind_policy(RuntimeOrigin::signed(INSURER), title, terms));
	policy
}

/// Have a title appraised by `who` for `seconds` from now on.
pub fn appraised(who: AccountId, title: TitleId, value: Balance, seconds: Seconds) -> AppraisalId {
	let appraisal = NextAppraisalId::<Test>::get();
	let document = H256::repeat_byte(0xee);
	let until = Titles::now() + seconds;
	assert_ok!(Titles::file_appraisal(RuntimeOrigin::signed(who), title, value, document, until));
	appraisal
}

/// The same, insured for all it is worth for a hundred years, and confirmed.
pub fn active(first: u64) -> TitleId {
	let title = attested(first);
	insured(title, WORTH, 36_525 * DAY);
	assert_ok!(Titles::confirm(RuntimeOrigin::signed(VERIFIER), title));
	title
}

/// The same, pledged to `line`.
pub fn pledged(first: u64, line: LineId) -> TitleId {
	let title = active(first);
	assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, line));
	title
}

pub fn reserve_account(line: LineId) -> AccountId {
	AccountId::new([100 + line as u8; 32])
}

pub fn owner_of(title: TitleId) -> Option<AccountId> {
	<Titles as TitleInspect<AccountId>>::owner(title)
}

pub fn usdai(who: &AccountId) -> Balance {
	UsdAi::balance(who)
}

pub fn bond_held(who: &AccountId) -> Balance {
	Balances::balance_on_hold(&HoldReason::CustodianBond.into(), who)
}

pub fn policy_deposit_held(who: &AccountId) -> Balance {
	Balances::balance_on_hold(&HoldReason::PolicyDeposit.into(), who)
}

pub fn appraisal_deposit_held(who: &AccountId) -> Balance {
	Balances::balance_on_hold(&HoldReason::AppraisalDeposit.into(), who)
}

pub fn deposit_held(who: &AccountId) -> Balance {
	Balances::balance_on_hold(&HoldReason::TitleDeposit.into(), who)
}

/// The ticket of a deposit of this amount.
pub fn ticket<Ticket: Decode>(amount: Balance) -> Ticket {
	Ticket::decode(&mut &amount.encode()[..]).expect("a ticket is the amount that it holds")
}

/// The amount that a ticket holds.
pub fn ticket_amount(ticket: &impl Encode) -> Balance {
	Balance::decode(&mut &ticket.encode()[..]).expect("a ticket is the amount that it holds")
}

pub fn is_suspended(kind: PartyKind, account: AccountId) -> bool {
	Parties::<Test>::get(kind, account).expect("the party is registered").suspended
}

pub fn redemption_held(who: &AccountId) -> Balance {
	Balances::balance_on_hold(&HoldReason::RedemptionDeposit.into(), who)
}

pub fn status_of(title: TitleId) -> TitleStatus {
	pallet_caliber_titles::Titles::<Test>::get(title).expect("the title exists").status
}

/// End the insurance of a title.
pub fn drop_policies(title: TitleId) {
	assert_ok!(Titles::remove_policies(title));
}

/// The outcome of a call, whatever it weighed.
pub fn plain(result: DispatchResultWithPostInfo) -> DispatchResult {
	result.map(|_| ()).map_err(|failure| failure.error)
}

/// Send the NFT of a title as its owner would.
pub fn send_nft(from: AccountId, title: TitleId, to: AccountId) -> DispatchResult {
	let collection = Titles::collection().unwrap();
	Nfts::transfer(RuntimeOrigin::signed(from), collection, title, to)
}

pub fn last_event() -> Event<Test> {
	System::events()
		.into_iter()
		.rev()
		.find_map(|record| match record.event {
			RuntimeEvent::Titles(event) => Some(event),
			_ => None,
		})
		.expect("the pallet has told something")
}
