// SPDX-License-Identifier: Apache-2.0

//! What the networks begin with.

use super::{
	assets::{bills, stablecoins, Foreign},
	models, pyusd, tbill, usdc, usdt, PARA_ID, PRICED_PYUSD, PRICED_TBILL, PRICED_USDC,
	PRICED_USDT,
};
use crate::{
	configs::governance::TreasuryAccount, constants::currency::CLBR, AccountId, AppraisalConfig,
	AssetConversionConfig, AssetsConfig, Balance, BalancesConfig, CollatorSelectionConfig,
	CreditConfig, ForeignAssetsConfig, OracleMembershipConfig, OriginsConfig, ParachainInfoConfig,
	PolkadotXcmConfig, ReservesConfig, RuntimeGenesisConfig, SessionConfig, SessionKeys,
	TechnicalMembershipConfig, TitlesConfig, VaultConfig,
};
use alloc::{string::String, vec, vec::Vec};
use caliber_primitives::{PricedAssetId, SUSDAI, USD, USDAI, USD_DECIMALS};
use pallet_caliber_reserves::types::{Peg, Stablecoin, TreasuryBill};
use polkadot_sdk::{staging_xcm::latest::prelude::*, *};

use frame_support::build_struct_json_patch;
use sp_core::sr25519;
use sp_keyring::Sr25519Keyring as Keyring;
use sp_runtime::Perbill;

const SAFE_XCM_VERSION: u32 = XCM_VERSION;
const DAY: u64 = 86_400;

/// A stablecoin of the peg: free to bring in, a thousandth to take out.
fn stablecoin(
	asset: Location,
	ceiling_weight: u32,
	priced_asset: PricedAssetId,
) -> Stablecoin<Location> {
	Stablecoin {
		asset,
		ceiling_weight,
		minting_fee: 0,
		redemption_fee: 1_000,
		priced_asset: Some(priced_asset),
	}
}

/// The session keys of a well-known account: each key pair is the account's own.
fn session_keys(key: Keyring) -> SessionKeys {
	SessionKeys { aura: key.public().into(), authority_discovery: key.public().into() }
}

/// The peg's stablecoins and how much of the supply each may back.
fn peg() -> Peg<Location> {
	Peg {
		max_debt: 1_000_000_000 * USD,
		min_swap: USD,
		stablecoins: vec![
			stablecoin(usdc(), 500_000, PRICED_USDC),
			stablecoin(usdt(), 300_000, PRICED_USDT),
			stablecoin(pyusd(), 200_000, PRICED_PYUSD),
		],
	}
}

/// USDai and sUSDai, of the treasury in name: nothing but the peg and the vault makes them.
fn local_assets() -> AssetsConfig {
	let treasury = TreasuryAccount::get();
	AssetsConfig {
		assets: vec![(USDAI, treasury.clone(), true, 1u128), (SUSDAI, treasury, true, 1u128)],
		metadata: vec![
			(USDAI, b"USDai".to_vec(), b"USDai".to_vec(), USD_DECIMALS),
			(SUSDAI, b"Staked USDai".to_vec(), b"sUSDai".to_vec(), USD_DECIMALS),
		],
		next_asset_id: Some(1_000u32),
		..Default::default()
	}
}

/// Assets of other chains, and ten million of each for `holders`.
fn foreign_assets(assets: &[Foreign], holders: &[AccountId]) -> ForeignAssetsConfig {
	const HOLDING: Balance = 10_000_000;
	let treasury = TreasuryAccount::get();
	ForeignAssetsConfig {
		assets: assets
			.iter()
			.map(|a| (a.location.clone(), treasury.clone(), true, a.min_balance))
			.collect(),
		metadata: assets
			.iter()
			.map(|a| {
				let (name, symbol) = (a.name.as_bytes().to_vec(), a.symbol.as_bytes().to_vec());
				(a.location.clone(), name, symbol, a.decimals)
			})
			.collect(),
		accounts: assets
			.iter()
			.flat_map(|a| {
				let amount = HOLDING * 10u128.pow(a.decimals.into());
				holders.iter().map(move |who| (a.location.clone(), who.clone(), amount))
			})
			.collect(),
		..Default::default()
	}
}

/// The oracle's names of the stablecoins.
fn priced_stablecoins() -> Vec<(PricedAssetId, String)> {
	vec![
		(PRICED_USDC, String::from("USDC")),
		(PRICED_USDT, String::from("USDT")),
		(PRICED_PYUSD, String::from("PYUSD")),
	]
}

/// A network of well-known accounts, whose days of governance pass in a minute and a half and whose
/// redemption windows in two.
pub(super) fn development(collators: Vec<Keyring>) -> serde_json::Value {
	let account = |key: Keyring| key.to_account_id();
	let treasury = TreasuryAccount::get();
	let dollars = [
		account(Keyring::Alice),
		account(Keyring::Bob),
		account(Keyring::Dave),
		account(Keyring::Eve),
		account(Keyring::Ferdie),
		account(Keyring::DaveStash),
		account(Keyring::EveStash),
		account(Keyring::FerdieStash),
	];
	let foreign: Vec<_> = stablecoins().into_iter().chain([bills()]).collect();

	build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig {
			balances: Keyring::iter()
				.map(|key| (account(key), 10_000_000 * CLBR))
				.chain([(treasury.clone(), 1_000_000 * CLBR)])
				.collect::<Vec<_>>(),
		},
		parachain_info: ParachainInfoConfig { parachain_id: PARA_ID },
		collator_selection: CollatorSelectionConfig {
			invulnerables: collators.iter().copied().map(account).collect::<Vec<_>>(),
			candidacy_bond: 1_000 * CLBR,
			desired_candidates: 10u32,
		},
		session: SessionConfig {
			keys: collators
				.into_iter()
				.map(|key| (account(key), account(key), session_keys(key)))
				.collect::<Vec<_>>(),
		},
		polkadot_xcm: PolkadotXcmConfig { safe_xcm_version: Some(SAFE_XCM_VERSION) },
		assets: local_assets(),
		foreign_assets: foreign_assets(&foreign, &dollars),
		// Whoever has USDC only can pay fees: a pool with the native token at half a dollar.
		asset_conversion: AssetConversionConfig {
			pools: vec![(
				Location::here(),
				usdc(),
				account(Keyring::FerdieStash),
				200_000 * CLBR,
				100_000 * 1_000_000,
			)],
		},
		// A day of governance passes in a minute and a half.
		origins: OriginsConfig { tempo: 1_000u32 },
		technical_membership: TechnicalMembershipConfig {
			members: vec![
				account(Keyring::Alice),
				account(Keyring::Bob),
				account(Keyring::Charlie)
			]
			.try_into()
			.expect("three members are within the bound; qed"),
		},
		oracle_membership: OracleMembershipConfig {
			members: vec![
				account(Keyring::AliceStash),
				account(Keyring::BobStash),
				account(Keyring::CharlieStash),
			]
			.try_into()
			.expect("three operators are within the bound; qed"),
		},
		appraisal: AppraisalConfig {
			max_age: Some(600u64),
			// Every block may move a price: a day of data is replayed in seconds.
			update_period: Some(1u64),
			models: models::catalogue(),
			assets: priced_stablecoins()
				.into_iter()
				.chain([(PRICED_TBILL, String::from("TBILL"))])
				.collect::<Vec<_>>(),
		},
		titles: TitlesConfig {
			custodians: vec![(
				account(Keyring::Charlie),
				b"Helsinki DC 3".to_vec(),
				3u8,
				*b"FI",
				100_000 * CLBR,
			)],
			// The custodian is a verifier too, and still may not confirm what it attested.
			verifiers: vec![account(Keyring::Dave), account(Keyring::Charlie)],
			insurers: vec![(
				account(Keyring::EveStash),
				b"Nordic Machinery Cover".to_vec(),
				*b"FI"
			)],
			appraisers: vec![(
				account(Keyring::FerdieStash),
				b"Baltic Appraisers".to_vec(),
				*b"EE"
			)],
		},
		credit: CreditConfig { curators: vec![(account(Keyring::Eve), 50_000_000 * USD)] },
		vault: VaultConfig { window_length: 120u64 },
		reserves: ReservesConfig {
			peg: Some(peg()),
			bill: Some(TreasuryBill {
				asset: tbill(),
				priced_asset: PRICED_TBILL,
				haircut: Perbill::from_parts(2_000_000),
			}),
		},
	})
}

/// Stands where an operator's key belongs: nobody has the secret of a hash.
fn nobody(role: &str) -> [u8; 32] {
	sp_io::hashing::blake2_256(role.as_bytes())
}

/// A network of operators whose accounts are filled in before it starts: no balance, no committee, no
/// operator of the oracle, nobody registered, and collators that are nobody's, since a chain has to
/// have some. Everything else is as on a live chain: governance in its own periods, redemption windows
/// of 30 days, prices by the default policy, no Treasury bills until governance names a token.
pub(super) fn testnet() -> serde_json::Value {
	let collators = ["collator 1", "collator 2"].map(nobody);
	build_struct_json_patch!(RuntimeGenesisConfig {
		parachain_info: ParachainInfoConfig { parachain_id: PARA_ID },
		collator_selection: CollatorSelectionConfig {
			invulnerables: collators.map(AccountId::from).to_vec(),
			candidacy_bond: 10_000 * CLBR,
			desired_candidates: 10u32,
		},
		session: SessionConfig {
			keys: collators
				.map(|key| {
					let keys = SessionKeys {
						aura: sr25519::Public::from_raw(key).into(),
						authority_discovery: sr25519::Public::from_raw(key).into(),
					};
					(key.into(), key.into(), keys)
				})
				.to_vec(),
		},
		polkadot_xcm: PolkadotXcmConfig { safe_xcm_version: Some(SAFE_XCM_VERSION) },
		assets: local_assets(),
		foreign_assets: foreign_assets(&stablecoins(), &[]),
		origins: OriginsConfig { tempo: 1u32 },
		appraisal: AppraisalConfig { models: models::catalogue(), assets: priced_stablecoins() },
		vault: VaultConfig { window_length: 30 * DAY },
		reserves: ReservesConfig { peg: Some(peg()) },
	})
}
