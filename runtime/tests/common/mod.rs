// SPDX-License-Identifier: Apache-2.0

//! Runtime in externalities, from a genesis preset, with a clock that tests set.

#![allow(dead_code, missing_docs)]

pub mod bills;
pub mod lines;
pub mod peg;
pub mod server;
pub mod voting;

use caliber_primitives::{
	appraisal::OracleKey,
	titles::{AssetClass, Condition, DocumentKind, Paper, PolicyKind},
	traits::PriceSource,
	TitleId, USD,
};
use caliber_runtime::{
	assets::local_asset, constants::time::SLOT_DURATION, genesis_config_presets as presets,
	invariants, AccountId, AllPalletsWithSystem, Appraisal, Balance, Governance, Runtime,
	RuntimeCall, RuntimeGenesisConfig, RuntimeOrigin, System, Vault,
};
use polkadot_sdk::{
	frame_support::{
		assert_ok,
		traits::{fungible::Inspect as _, Hooks, OnTimestampSet, TryState, TryStateSelect},
		weights::Weight,
	},
	pallet_aura, pallet_timestamp, sp_consensus_aura,
	sp_core::H256,
	sp_genesis_builder::PresetId,
	sp_io::TestExternalities,
	sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::{
		traits::Dispatchable, BuildStorage, DispatchError, DispatchResultWithInfo, Permill, Storage,
	},
	staging_xcm::latest::Location,
};

/// Start of the clock of every test, 2026-01-01T00:00:00Z.
pub const START: u64 = 1_767_225_600;
pub const DAY: u64 = 86_400;

pub fn account(key: Keyring) -> AccountId {
	key.to_account_id()
}

pub fn borrower() -> AccountId {
	account(Keyring::Bob)
}
pub fn custodian() -> AccountId {
	account(Keyring::Charlie)
}
pub fn verifier() -> AccountId {
	account(Keyring::Dave)
}
pub fn curator() -> AccountId {
	account(Keyring::Eve)
}
pub fn saver() -> AccountId {
	account(Keyring::Ferdie)
}
pub fn off_taker() -> AccountId {
	account(Keyring::DaveStash)
}
pub fn insurer() -> AccountId {
	account(Keyring::EveStash)
}
pub fn appraiser() -> AccountId {
	account(Keyring::FerdieStash)
}
pub fn operators() -> [AccountId; 3] {
	[Keyring::AliceStash, Keyring::BobStash, Keyring::CharlieStash].map(account)
}

/// Merges `patch` into `base`, object by object.
fn merge(base: &mut serde_json::Value, patch: serde_json::Value) {
	match (base, patch) {
		(serde_json::Value::Object(base), serde_json::Value::Object(patch)) => {
			for (key, value) in patch {
				merge(base.entry(key).or_insert(serde_json::Value::Null), value);
			}
		}
		(base, patch) => *base = patch,
	}
}

/// Returns the storage of a preset.
pub fn genesis_storage(preset: &str) -> Storage {
	storage_with(preset, serde_json::json!({}))
}

/// Returns the storage of a preset with another patch on it.
fn storage_with(preset: &str, patch: serde_json::Value) -> Storage {
	let base = presets::get_preset(&PresetId::from(preset)).expect("the preset exists");
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
	merge(&mut config, serde_json::from_slice(&base).unwrap());
	merge(&mut config, patch);
	let config: RuntimeGenesisConfig = serde_json::from_value(config).unwrap();
	config.build_storage().unwrap()
}

/// Returns externalities with the genesis state of a preset.
pub fn genesis(preset: &str) -> TestExternalities {
	genesis_storage(preset).into()
}

/// Returns externalities with the genesis state of the development chain at the tempo of a live
/// chain: its accounts and parties, and no wait is divided.
pub fn live_genesis() -> TestExternalities {
	storage_with("development", serde_json::json!({ "governance": { "tempo": 1 } })).into()
}

/// Runs a test on the development chain, whose waits are divided by its tempo, then checks the
/// state of every pallet.
pub fn run(test: impl FnOnce()) {
	run_on(genesis("development"), test);
}

/// Runs a test on the development chain at the tempo of a live chain, then checks the state of
/// every pallet.
pub fn run_live(test: impl FnOnce()) {
	run_on(live_genesis(), test);
}

fn run_on(mut ext: TestExternalities, test: impl FnOnce()) {
	ext.execute_with(|| {
		System::set_block_number(1);
		set_time(START);
		test();
		check_state();
	});
}

/// Checks the invariants (`try_state`) of every pallet, and those between them.
pub fn check_state() {
	<AllPalletsWithSystem as TryState<_>>::try_state(System::block_number(), TryStateSelect::All)
		.expect("every pallet's state is sound");
	invariants::check().expect("the books of the pallets agree");
}

/// Returns the time of the chain, in Unix seconds.
pub fn now() -> u64 {
	pallet_timestamp::Now::<Runtime>::get() / 1_000
}

/// Block of the relay chain at [`START`].
pub const FIRST_RELAY_BLOCK: u32 = 30_000_000;

/// Sets the clock and begins a new block. The chain is taken to have made blocks meanwhile: no
/// outage is noted.
pub fn set_time(seconds: u64) {
	let millis = seconds * 1_000;
	let passed = (seconds.max(START) - START) / 6;
	Governance::note_relay_block(FIRST_RELAY_BLOCK + passed as u32);
	pallet_timestamp::Now::<Runtime>::put(millis);
	pallet_aura::CurrentSlot::<Runtime>::put(sp_consensus_aura::Slot::from(millis / SLOT_DURATION));
	System::set_block_number(System::block_number() + 1);
	System::reset_events();
	Vault::on_timestamp_set(millis);
}

pub fn signed(who: &AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.clone())
}

/// Dispatches a call through the call filter, as a transaction does.
pub fn submit(
	who: &AccountId,
	call: impl Into<RuntimeCall>,
) -> DispatchResultWithInfo<polkadot_sdk::frame_support::dispatch::PostDispatchInfo> {
	call.into().dispatch(signed(who))
}

/// Dispatches a call and asserts that it succeeds.
#[track_caller]
pub fn submit_ok(who: &AccountId, call: impl Into<RuntimeCall>) {
	assert_ok!(submit(who, call));
}

/// Dispatches a call and asserts that it fails with this error and changes nothing.
#[track_caller]
pub fn submit_err(
	who: &AccountId,
	call: impl Into<RuntimeCall>,
	expected: impl Into<DispatchError>,
) {
	let call = call.into();
	polkadot_sdk::frame_support::assert_noop!(
		call.dispatch(signed(who)).map(drop).map_err(|e| e.error),
		expected.into()
	);
}

pub fn usdai_of(who: &AccountId) -> Balance {
	caliber_runtime::assets::UsdAi::balance(who)
}

pub fn susdai_of(who: &AccountId) -> Balance {
	caliber_runtime::assets::SUsdAi::balance(who)
}

pub fn usdai_supply() -> Balance {
	caliber_runtime::assets::UsdAi::total_issuance()
}

pub fn usdai() -> Location {
	local_asset(caliber_primitives::USDAI)
}

/// Reports a dollar for each stablecoin by every operator.
pub fn report_stablecoins() {
	let dollars = [presets::PRICED_USDC, presets::PRICED_USDT, presets::PRICED_PYUSD];
	report(dollars.map(|coin| (OracleKey::Price(coin), USD)).to_vec());
}

/// Reports values by every operator, in another block if they have reported in this one.
pub fn report(values: Vec<(OracleKey, u128)>) {
	use pallet_caliber_appraisal::LastFed;
	let block = System::block_number();
	if operators().iter().any(|operator| LastFed::<Runtime>::get(operator) == Some(block)) {
		System::set_block_number(block + 1);
	}
	for operator in operators() {
		submit_ok(
			&operator,
			pallet_caliber_appraisal::Call::feed { values: values.clone().try_into().unwrap() },
		);
	}
}

/// Mints USDai for USDC, one for one. The operators report a dollar first if their price is old.
pub fn buy_usdai(who: &AccountId, dollars: Balance) {
	if <Appraisal as PriceSource>::price(presets::PRICED_USDC).is_err() {
		report_stablecoins();
	}
	submit_ok(
		who,
		polkadot_sdk::pallet_psm::Call::mint {
			internal_asset: usdai(),
			external_asset: presets::usdc(),
			external_amount: dollars * 1_000_000,
			max_fee: Permill::zero(),
		},
	);
}

/// Reports resale, rental and utilisation of the H100 (model 0) by every operator, and lets the
/// prices have a long history, so that new debt may be taken against them.
pub fn feed_h100(resale: Balance, rental: Balance, utilisation: Balance) {
	report_h100(resale, rental, utilisation);
	season_prices();
}

/// Lets each accepted value have a long history.
pub fn season_prices() {
	use pallet_caliber_appraisal::{Median, Medians};
	Medians::<Runtime>::translate_values(|median: Median| {
		Some(Median { usable_since: 0, ..median })
	});
}

/// Reports resale, rental and utilisation of the H100 (model 0) by every operator.
pub fn report_h100(resale: Balance, rental: Balance, utilisation: Balance) {
	report(vec![
		(OracleKey::Resale(0), resale),
		(OracleKey::Rental(0), rental),
		(OracleKey::Utilisation(0), utilisation),
	]);
}

/// Reports prices near those of the first quarter of 2026.
pub fn feed_usual_prices() {
	feed_h100(23_500 * USD, 2 * USD, 880_900_000_000_000_000);
}

/// Returns the attestation of a server with 8 GPUs of model 0, a year in service.
pub fn server_spec(devices: [H256; 8]) -> pallet_caliber_titles::TitleSpec {
	pallet_caliber_titles::TitleSpec {
		class: AssetClass::Compute,
		model: 0,
		devices: devices.to_vec().try_into().unwrap(),
		condition: Condition::Used,
		commissioned_at: now() - 365 * DAY,
		documents: papers().to_vec().try_into().unwrap(),
	}
}

/// Returns the papers that a server needs. The lien filing is good for five years.
pub fn papers() -> [Paper; 3] {
	[DocumentKind::WarehouseReceipt, DocumentKind::BailmentAgreement, DocumentKind::LienFiling].map(
		|kind| Paper {
			kind,
			hash: H256::repeat_byte(0xd0),
			dated: now(),
			lapses: (kind == DocumentKind::LienFiling).then(|| now() + 5 * 365 * DAY),
		},
	)
}

/// Attests and confirms such a server for `owner`, and insures it for a million dollars and five
/// years. Returns the title.
pub fn server(owner: &AccountId, first_device: u8) -> TitleId {
	insured_server(owner, first_device, 1_000_000 * USD)
}

/// Attests and confirms such a server for `owner`, and insures it for `limit` and five years.
/// Returns the title.
pub fn insured_server(owner: &AccountId, first_device: u8, limit: Balance) -> TitleId {
	let title = pallet_caliber_titles::NextTitleId::<Runtime>::get();
	let devices = core::array::from_fn(|unit| H256::repeat_byte(first_device + unit as u8));
	submit_ok(
		&custodian(),
		pallet_caliber_titles::Call::attest { owner: owner.clone(), spec: server_spec(devices) },
	);
	confirm(title);
	insure(title, limit, now() + 5 * 365 * DAY);
	title
}

/// Confirms a title by the evidence of this moment.
pub fn confirm(title: TitleId) {
	submit_ok(&verifier(), pallet_caliber_titles::Call::confirm { title, digest: evidence(title) });
}

/// Returns the digest of the evidence of a title.
pub fn evidence(title: TitleId) -> H256 {
	caliber_runtime::Titles::title(title).expect("the title exists").evidence
}

/// Returns the devices of a title that are not lost.
pub fn machines_of(title: TitleId) -> pallet_caliber_titles::DeviceIds {
	let listed = pallet_caliber_titles::TitleDevices::<Runtime>::get(title);
	let is_lost = |id: &H256| {
		caliber_runtime::Titles::device(*id).is_some_and(|device| device.lost_at.is_some())
	};
	let kept: Vec<_> = listed.into_iter().filter(|id| !is_lost(id)).collect();
	kept.try_into().unwrap()
}

/// Binds a policy on `title`, with its premium paid to its end.
pub fn insure(title: TitleId, limit: Balance, until: u64) {
	submit_ok(
		&insurer(),
		pallet_caliber_titles::Call::bind_policy { title, terms: policy_terms(limit, until) },
	);
}

/// Returns the terms of a policy.
pub fn policy_terms(limit: Balance, until: u64) -> pallet_caliber_titles::PolicyTerms {
	pallet_caliber_titles::PolicyTerms {
		kind: PolicyKind::Casualty,
		limit,
		premium_paid_until: until,
		expires_at: until,
		document: H256::repeat_byte(0x1e),
		reference: b"NMC-2026-001".to_vec().try_into().unwrap(),
	}
}

/// Runs the idle work of credit, vault and reserves in an empty block.
pub fn idle_block() {
	idle_work(caliber_runtime::constants::MAXIMUM_BLOCK_WEIGHT);
}

/// Runs the idle work of credit, vault and reserves in two blocks with `limit` left: credit and vault
/// take turns.
pub fn idle_work(limit: Weight) {
	for _ in 0..2 {
		let block = System::block_number() + 1;
		System::set_block_number(block);
		let left = limit.saturating_sub(caliber_runtime::Credit::on_idle(block, limit));
		let left = left.saturating_sub(Vault::on_idle(block, left));
		caliber_runtime::Reserves::on_idle(block, left);
	}
}

/// Turns a round over the lines that has begun now, as anyone may.
pub fn turn_round() {
	submit_ok(&saver(), pallet_caliber_credit::Call::turn_round { max_lines: 20 });
}

/// Turns a round and starts the settlement of the window that has closed.
pub fn start_settlement() {
	turn_round();
	submit_ok(&saver(), pallet_caliber_vault::Call::start_settlement {});
}
