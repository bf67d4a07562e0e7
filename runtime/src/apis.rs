// SPDX-License-Identifier: Apache-2.0

//! Runtime APIs for the node, wallets, keepers and auditors.

use crate::{
	configs::{consensus::ConsensusHook, xcm::XcmConfig},
	constants::async_backing::RELAY_PARENT_OFFSET,
	genesis_config_presets, AccountId, Appraisal, Aura, AuraId, AuthorityDiscovery, Balance, Block,
	Credit, Executive, Governance, InherentDataExt, Nfts, Nonce, ParachainInfo, ParachainSystem,
	PolkadotXcm, Reserves, Runtime, RuntimeCall, RuntimeGenesisConfig, SessionKeys, System, Titles,
	TransactionPayment, Vault, VERSION,
};
use alloc::vec::Vec;
use caliber_primitives::{
	appraisal::{
		AppraisalError, FeedReport, OracleKey, Portfolio, PortfolioError, PriceReport, Valuation,
	},
	credit::{
		AuctionReport, Book, CreditError, Due, LineReport, LineRole, LoanReport, LoanTerms, Work,
		MAX_WORKS,
	},
	governance::ValueReport,
	reserves::{BillOffer, BillsReport, MintRateLimitReport, ProofOfReserves},
	titles::{DeviceReport, Ineligibility, TitleReport},
	vault::{Day, Nav, PreviewError, RequestReport, WindowReport},
	LineId, LoanId, RequestId, Seconds, TitleId,
};
use polkadot_sdk::{staging_xcm as xcm, *};

use caliber_math::schedule::Installment;
use cumulus_primitives_core::{ParaId, VerifySchedulingSignature};
use frame_support::{
	genesis_builder_helper::{build_state, get_preset},
	traits::tokens::nonfungibles_v2::Inspect as NftInspect,
	weights::Weight,
};
use sp_api::impl_runtime_apis;
use sp_core::{OpaqueMetadata, H256};
use sp_runtime::{
	traits::Block as BlockT,
	transaction_validity::{TransactionSource, TransactionValidity},
	ApplyExtrinsicResult,
};
use sp_session::OpaqueGeneratedSessionKeys;
use sp_version::RuntimeVersion;
use xcm::{
	latest::prelude::*, VersionedAsset, VersionedAssetId, VersionedAssets, VersionedLocation,
	VersionedXcm,
};
use xcm_runtime_apis::{
	conversions::Error as LocationToAccountApiError,
	dry_run::{CallDryRunEffects, Error as XcmDryRunApiError, XcmDryRunEffects},
	fees::Error as XcmPaymentApiError,
	trusted_query::XcmTrustedQueryResult,
};

impl_runtime_apis! {
	impl sp_api::Core<Block> for Runtime {
		fn version() -> RuntimeVersion {
			VERSION
		}

		fn execute_block(block: <Block as BlockT>::LazyBlock) {
			Executive::execute_block(block);
		}

		fn initialize_block(header: &<Block as BlockT>::Header) -> sp_runtime::ExtrinsicInclusionMode {
			Executive::initialize_block(header)
		}
	}

	impl sp_api::Metadata<Block> for Runtime {
		fn metadata() -> OpaqueMetadata {
			OpaqueMetadata::new(Runtime::metadata().into())
		}

		fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
			Runtime::metadata_at_version(version)
		}

		fn metadata_versions() -> Vec<u32> {
			Runtime::metadata_versions()
		}
	}

	impl frame_support::view_functions::runtime_api::RuntimeViewFunction<Block> for Runtime {
		fn execute_view_function(
			id: frame_support::view_functions::ViewFunctionId,
			input: Vec<u8>,
		) -> Result<Vec<u8>, frame_support::view_functions::ViewFunctionDispatchError> {
			Runtime::execute_view_function(id, input)
		}
	}

	impl sp_block_builder::BlockBuilder<Block> for Runtime {
		fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
			Executive::apply_extrinsic(extrinsic)
		}

		fn finalize_block() -> <Block as BlockT>::Header {
			Executive::finalize_block()
		}

		fn inherent_extrinsics(data: sp_inherents::InherentData) -> Vec<<Block as BlockT>::Extrinsic> {
			data.create_extrinsics()
		}

		fn check_inherents(
			block: <Block as BlockT>::LazyBlock,
			data: sp_inherents::InherentData,
		) -> sp_inherents::CheckInherentsResult {
			data.check_extrinsics(&block)
		}
	}

	impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
		fn validate_transaction(
			source: TransactionSource,
			tx: <Block as BlockT>::Extrinsic,
			block_hash: <Block as BlockT>::Hash,
		) -> TransactionValidity {
			Executive::validate_transaction(source, tx, block_hash)
		}
	}

	impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
		fn offchain_worker(header: &<Block as BlockT>::Header) {
			Executive::offchain_worker(header)
		}
	}

	impl sp_session::SessionKeys<Block> for Runtime {
		fn generate_session_keys(owner: Vec<u8>, seed: Option<Vec<u8>>) -> OpaqueGeneratedSessionKeys {
			SessionKeys::generate(&owner, seed).into()
		}

		fn decode_session_keys(
			encoded: Vec<u8>,
		) -> Option<Vec<(Vec<u8>, sp_core::crypto::KeyTypeId)>> {
			SessionKeys::decode_into_raw_public_keys(&encoded)
		}
	}

	impl sp_consensus_aura::AuraApi<Block, AuraId> for Runtime {
		fn slot_duration() -> sp_consensus_aura::SlotDuration {
			sp_consensus_aura::SlotDuration::from_millis(Aura::slot_duration())
		}

		fn authorities() -> Vec<AuraId> {
			pallet_aura::Authorities::<Runtime>::get().into_inner()
		}
	}

	impl sp_authority_discovery::AuthorityDiscoveryApi<Block> for Runtime {
		fn authorities() -> Vec<sp_authority_discovery::AuthorityId> {
			AuthorityDiscovery::authorities()
		}
	}

	impl cumulus_primitives_core::RelayParentOffsetApi<Block> for Runtime {
		fn relay_parent_offset() -> u32 {
			RELAY_PARENT_OFFSET
		}

		fn max_claim_queue_offset() -> u8 {
			ParachainSystem::max_claim_queue_offset()
		}
	}

	impl cumulus_primitives_core::SchedulingV3EnabledApi<Block> for Runtime {
		fn scheduling_v3_enabled() -> bool {
			<Runtime as cumulus_pallet_parachain_system::Config>::SchedulingSignatureVerifier::V3_SCHEDULING_ENABLED
		}
	}

	impl cumulus_primitives_aura::AuraUnincludedSegmentApi<Block> for Runtime {
		fn can_build_upon(
			included_hash: <Block as BlockT>::Hash,
			slot: cumulus_primitives_aura::Slot,
		) -> bool {
			ConsensusHook::can_build_upon(included_hash, slot)
		}
	}

	impl cumulus_primitives_core::GetParachainInfo<Block> for Runtime {
		fn parachain_id() -> ParaId {
			ParachainInfo::parachain_id()
		}
	}

	impl cumulus_primitives_core::CollectCollationInfo<Block> for Runtime {
		fn collect_collation_info(
			header: &<Block as BlockT>::Header,
		) -> cumulus_primitives_core::CollationInfo {
			ParachainSystem::collect_collation_info(header)
		}
	}

	impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
		fn account_nonce(account: AccountId) -> Nonce {
			System::account_nonce(account)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentApi<Block, Balance> for Runtime {
		fn query_info(
			uxt: <Block as BlockT>::Extrinsic,
			len: u32,
		) -> pallet_transaction_payment_rpc_runtime_api::RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_info(uxt, len)
		}

		fn query_fee_details(
			uxt: <Block as BlockT>::Extrinsic,
			len: u32,
		) -> pallet_transaction_payment::FeeDetails<Balance> {
			TransactionPayment::query_fee_details(uxt, len)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentCallApi<Block, Balance, RuntimeCall>
		for Runtime
	{
		fn query_call_info(
			call: RuntimeCall,
			len: u32,
		) -> pallet_transaction_payment::RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_call_info(call, len)
		}

		fn query_call_fee_details(
			call: RuntimeCall,
			len: u32,
		) -> pallet_transaction_payment::FeeDetails<Balance> {
			TransactionPayment::query_call_fee_details(call, len)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl pallet_asset_conversion::AssetConversionApi<Block, Balance, Location> for Runtime {
		fn quote_price_exact_tokens_for_tokens(
			asset1: Location,
			asset2: Location,
			amount: Balance,
			include_fee: bool,
		) -> Option<Balance> {
			crate::AssetConversion::quote_price_exact_tokens_for_tokens(asset1, asset2, amount, include_fee)
		}

		fn quote_price_tokens_for_exact_tokens(
			asset1: Location,
			asset2: Location,
			amount: Balance,
			include_fee: bool,
		) -> Option<Balance> {
			crate::AssetConversion::quote_price_tokens_for_exact_tokens(asset1, asset2, amount, include_fee)
		}

		fn get_reserves(asset1: Location, asset2: Location) -> Option<(Balance, Balance)> {
			crate::AssetConversion::get_reserves(asset1, asset2).ok()
		}
	}

	impl pallet_nfts_runtime_api::NftsApi<Block, AccountId, u32, u32> for Runtime {
		fn owner(collection: u32, item: u32) -> Option<AccountId> {
			<Nfts as NftInspect<AccountId>>::owner(&collection, &item)
		}

		fn collection_owner(collection: u32) -> Option<AccountId> {
			<Nfts as NftInspect<AccountId>>::collection_owner(&collection)
		}

		fn attribute(collection: u32, item: u32, key: Vec<u8>) -> Option<Vec<u8>> {
			<Nfts as NftInspect<AccountId>>::attribute(&collection, &item, &key)
		}

		fn custom_attribute(
			account: AccountId,
			collection: u32,
			item: u32,
			key: Vec<u8>,
		) -> Option<Vec<u8>> {
			<Nfts as NftInspect<AccountId>>::custom_attribute(&account, &collection, &item, &key)
		}

		fn system_attribute(
			collection: u32,
			item: Option<u32>,
			key: Vec<u8>,
		) -> Option<Vec<u8>> {
			<Nfts as NftInspect<AccountId>>::system_attribute(&collection, item.as_ref(), &key)
		}

		fn collection_attribute(collection: u32, key: Vec<u8>) -> Option<Vec<u8>> {
			<Nfts as NftInspect<AccountId>>::collection_attribute(&collection, &key)
		}
	}

	impl xcm_runtime_apis::fees::XcmPaymentApi<Block> for Runtime {
		fn query_acceptable_payment_assets(
			xcm_version: xcm::Version,
		) -> Result<Vec<VersionedAssetId>, XcmPaymentApiError> {
			let accepted = crate::configs::xcm::fee_assets();
			PolkadotXcm::query_acceptable_payment_assets(xcm_version, accepted)
		}

		fn query_weight_to_asset_fee(
			weight: Weight,
			asset: VersionedAssetId,
		) -> Result<u128, XcmPaymentApiError> {
			type Trader = <XcmConfig as staging_xcm_executor::Config>::Trader;
			PolkadotXcm::query_weight_to_asset_fee::<Trader>(weight, asset)
		}

		fn query_xcm_weight(message: VersionedXcm<()>) -> Result<Weight, XcmPaymentApiError> {
			PolkadotXcm::query_xcm_weight(message)
		}

		fn query_delivery_fees(
			destination: VersionedLocation,
			message: VersionedXcm<()>,
			asset_id: VersionedAssetId,
		) -> Result<VersionedAssets, XcmPaymentApiError> {
			type Exchanger = <XcmConfig as staging_xcm_executor::Config>::AssetExchanger;
			PolkadotXcm::query_delivery_fees::<Exchanger>(destination, message, asset_id)
		}
	}

	impl xcm_runtime_apis::dry_run::DryRunApi<
		Block,
		RuntimeCall,
		crate::RuntimeEvent,
		crate::OriginCaller,
	> for Runtime {
		fn dry_run_call(
			origin: crate::OriginCaller,
			call: RuntimeCall,
			result_xcms_version: xcm::Version,
		) -> Result<CallDryRunEffects<crate::RuntimeEvent>, XcmDryRunApiError> {
			type Router = crate::configs::xcm::XcmRouter;
			PolkadotXcm::dry_run_call::<Runtime, Router, crate::OriginCaller, RuntimeCall>(
				origin,
				call,
				result_xcms_version,
			)
		}

		fn dry_run_xcm(
			origin_location: VersionedLocation,
			xcm: VersionedXcm<RuntimeCall>,
		) -> Result<XcmDryRunEffects<crate::RuntimeEvent>, XcmDryRunApiError> {
			type Router = crate::configs::xcm::XcmRouter;
			PolkadotXcm::dry_run_xcm::<Router>(origin_location, xcm)
		}
	}

	impl xcm_runtime_apis::conversions::LocationToAccountApi<Block, AccountId> for Runtime {
		fn convert_location(
			location: VersionedLocation,
		) -> Result<AccountId, LocationToAccountApiError> {
			xcm_runtime_apis::conversions::LocationToAccountHelper::<
				AccountId,
				crate::configs::xcm::LocationToAccountId,
			>::convert_location(location)
		}
	}

	impl xcm_runtime_apis::trusted_query::TrustedQueryApi<Block> for Runtime {
		fn is_trusted_reserve(
			asset: VersionedAsset,
			location: VersionedLocation,
		) -> XcmTrustedQueryResult {
			PolkadotXcm::is_trusted_reserve(asset, location)
		}

		fn is_trusted_teleporter(
			asset: VersionedAsset,
			location: VersionedLocation,
		) -> XcmTrustedQueryResult {
			PolkadotXcm::is_trusted_teleporter(asset, location)
		}
	}

	impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
		fn build_state(config: Vec<u8>) -> sp_genesis_builder::Result {
			build_state::<RuntimeGenesisConfig>(config)
		}

		fn get_preset(id: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
			get_preset::<RuntimeGenesisConfig>(id, genesis_config_presets::get_preset)
		}

		fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
			genesis_config_presets::preset_names()
		}
	}

	impl caliber_primitives::apis::TitlesApi<Block, AccountId> for Runtime {
		fn title(id: TitleId) -> Option<TitleReport<AccountId>> {
			Titles::title(id)
		}

		fn eligibility(id: TitleId) -> Result<(), Ineligibility> {
			Titles::eligibility(id)
		}

		fn titles(from: TitleId, limit: u32) -> Vec<TitleReport<AccountId>> {
			Titles::titles(from, limit)
		}

		fn titles_of(who: AccountId) -> Vec<TitleId> {
			Titles::titles_of(who)
		}

		fn device(id: H256) -> Option<DeviceReport> {
			Titles::device(id)
		}
	}

	impl caliber_primitives::apis::AppraisalApi<Block> for Runtime {
		fn appraise(id: TitleId) -> Result<Valuation, AppraisalError> {
			Appraisal::appraise(id)
		}

		fn appraise_many(ids: Vec<TitleId>) -> Result<Portfolio, PortfolioError> {
			Appraisal::appraise_many(ids)
		}

		fn last_known(id: TitleId) -> Result<Valuation, AppraisalError> {
			Appraisal::last_known_value(id)
		}

		fn feed(key: OracleKey) -> Option<FeedReport> {
			Appraisal::feed_report(key)
		}

		fn prices() -> Vec<PriceReport> {
			Appraisal::prices()
		}
	}

	impl caliber_primitives::apis::CreditApi<Block, AccountId> for Runtime {
		fn schedule(
			principal: Balance,
			terms: LoanTerms,
			originated_at: u64,
		) -> Result<Vec<Installment>, CreditError> {
			Credit::schedule(principal, terms, originated_at)
		}

		fn due(loan: LoanId) -> Option<Due> {
			Credit::due(loan)
		}

		fn payoff(loan: LoanId) -> Option<Balance> {
			Credit::payoff_amount(loan)
		}

		fn line(line: LineId) -> Option<LineReport<AccountId>> {
			Credit::line(line)
		}

		fn loan(loan: LoanId) -> Option<LoanReport> {
			Credit::loan(loan)
		}

		fn auction(line: LineId) -> Option<AuctionReport<AccountId>> {
			Credit::auction(line)
		}

		fn lines(from: LineId, limit: u32) -> Vec<(LineId, LineReport<AccountId>)> {
			Credit::lines(from, limit)
		}

		fn lines_of(who: AccountId, role: LineRole) -> Vec<LineId> {
			Credit::lines_of(who, role)
		}

		fn book() -> Book {
			Credit::book()
		}

		fn due_for_work(after: Seconds, limit: u32) -> Vec<Work> {
			let beside = Vault::due_for_work().into_iter().chain(Reserves::due_for_work());
			let mut works = Credit::due_for_work(after, limit);
			works.extend(beside.filter(|work| work.from >= after));
			works.sort_unstable();
			works.truncate(limit.min(MAX_WORKS) as usize);
			works
		}
	}

	impl caliber_primitives::apis::VaultApi<Block, AccountId> for Runtime {
		fn nav() -> Nav {
			Vault::nav()
		}

		fn preview_deposit(assets: Balance) -> Result<Balance, PreviewError> {
			Vault::preview_deposit(assets)
		}

		fn preview_redeem(shares: Balance) -> Result<Balance, PreviewError> {
			Vault::preview_redeem(shares)
		}

		fn request(id: RequestId) -> Option<RequestReport<AccountId>> {
			Vault::request(id)
		}

		fn requests_of(who: AccountId) -> Vec<RequestReport<AccountId>> {
			Vault::requests_of(who)
		}

		fn window() -> WindowReport {
			Vault::window()
		}

		fn history(from_day: u32, limit: u32) -> Vec<Day> {
			Vault::history(from_day, limit)
		}
	}

	impl caliber_primitives::apis::ReservesApi<Block> for Runtime {
		fn proof_of_reserves() -> ProofOfReserves {
			Reserves::proof_of_reserves()
		}

		fn bills() -> Option<BillsReport> {
			Reserves::bills()
		}

		fn mint_rate_limit() -> MintRateLimitReport {
			Reserves::mint_rate_limit()
		}

		fn offers() -> Vec<BillOffer> {
			Reserves::offers()
		}
	}

	impl caliber_primitives::apis::GovernanceApi<Block> for Runtime {
		fn values() -> Vec<(Vec<u8>, Vec<ValueReport>)> {
			Governance::values()
		}

		fn tempo() -> u32 {
			Governance::tempo()
		}
	}

	#[cfg(feature = "try-runtime")]
	impl frame_try_runtime::TryRuntime<Block> for Runtime {
		fn on_runtime_upgrade(checks: frame_try_runtime::UpgradeCheckSelect) -> (Weight, Weight) {
			let weight = Executive::try_runtime_upgrade(checks)
				.expect("the node reports why an upgrade failed");
			(weight, crate::configs::system::RuntimeBlockWeights::get().max_block)
		}

		fn execute_block(
			block: <Block as BlockT>::LazyBlock,
			state_root_check: bool,
			signature_check: bool,
			select: frame_try_runtime::TryStateSelect,
		) -> Weight {
			Executive::try_execute_block(block, state_root_check, signature_check, select)
				.expect("the node reports why a block failed")
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	impl frame_benchmarking::Benchmark<Block> for Runtime {
		fn benchmark_metadata(extra: bool) -> (
			Vec<frame_benchmarking::BenchmarkList>,
			Vec<frame_support::traits::StorageInfo>,
		) {
			use frame_support::traits::StorageInfoTrait;
			let mut list = Vec::<frame_benchmarking::BenchmarkList>::new();
			crate::benchmarks::list(&mut list, extra);
			(list, crate::AllPalletsWithSystem::storage_info())
		}

		fn dispatch_benchmark(
			config: frame_benchmarking::BenchmarkConfig,
		) -> Result<Vec<frame_benchmarking::BenchmarkBatch>, alloc::string::String> {
			crate::benchmarks::run(config)
		}
	}
}
