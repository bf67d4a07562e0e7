// SPDX-License-Identifier: Apache-2.0

//! Genesis configurations of the networks.

use super::{
	assets::{bills, stablecoins, Foreign},
	models, pyusd, tbill, usdc, usdt, PARA_ID, PRICED_PYUSD, PRICED_TBILL, PRICED_USDC,
	PRICED_USDT,
};
use crate::{
	accounts::TreasuryAccount, assets::local_asset, constants::currency::CLBR, AccountId,
	AppraisalConfig, AssetConversionConfig, AssetsConfig, Balance, BalancesConfig,
	CollatorSelectionConfig, CreditConfig, ForeignAssetsConfig, GovernanceConfig,
	OracleMembershipConfig, ParachainInfoConfig, PolkadotXcmConfig, Psm, ReservesConfig,
	RuntimeGenesisConfig, SessionConfig, SessionKeys, TechnicalMembershipConfig, TitlesConfig,
	VaultConfig,
};
use alloc::{string::String, vec, vec::Vec};
use caliber_primitives::{
	governance::values::AppraisalValue, titles::Surety, PricedAssetId, SUSDAI, USD, USDAI,
	USD_DECIMALS,
};
use pallet_caliber_governance::Change;
use pallet_caliber_reserves::types::{GenesisPool, Peg, Stablecoin, TreasuryBill};
use polkadot_sdk::{staging_xcm::latest::prelude::*, *};

use frame_support::build_struct_json_patch;
use sp_core::sr25519;
use sp_keyring::Sr25519Keyring as Keyring;
use sp_runtime::Perbill;

const SAFE_XCM_VERSION: u32 = XCM_VERSION;
const DAY: u64 = 86_400;

/// Returns a stablecoin of the peg. Minting is free, and redemption costs a thousandth.
fn stablecoin(
	asset: Location,
	ceiling_weight: u32,
	priced_asset: PricedAssetId,
) -> Stablecoin<Location> {
	Stablecoin { asset, ceiling_weight, minting_fee: 0, redemption_fee: 1_000, priced_asset }
}

/// Returns the session keys of a well-known account: the account's own key pair for each.
fn session_keys(key: Keyring) -> SessionKeys {
	SessionKeys { aura: key.public().into(), authority_discovery: key.public().into() }
}

/// Returns the stablecoins of the peg and the largest share of the supply that each may back.
fn peg() -> Peg<Location> {
	Peg {
		max_debt: 1_000_000_000 * USD,
		// One unit of a stablecoin with six decimals, so that a small share of a basket can be
		// paid.
		min_swap: USD / 1_000_000,
		stablecoins: vec![
			stablecoin(usdc(), 500_000, PRICED_USDC),
			stablecoin(usdt(), 300_000, PRICED_USDT),
			stablecoin(pyusd(), 200_000, PRICED_PYUSD),
		],
	}
}

/// Returns USDai and sUSDai. The treasury is their nominal owner; only the peg and the vault issue
/// them.
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

/// Returns assets of other chains, with ten million of each for every holder. The minimum balance
/// of each stablecoin lies in the account of the peg.
fn foreign_assets(assets: &[Foreign], holders: &[AccountId]) -> ForeignAssetsConfig {
	const HOLDING: Balance = 10_000_000;
	let treasury = TreasuryAccount::get();
	let peg = Psm::psm_account(&local_asset(USDAI));
	let minimum = stablecoins().into_iter().map(|a| (a.location, peg.clone(), a.min_balance));
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
			.chain(minimum)
			.collect(),
		..Default::default()
	}
}

/// Returns the stablecoins' ids and names at the oracle.
fn priced_stablecoins() -> Vec<(PricedAssetId, String)> {
	vec![
		(PRICED_USDC, String::from("USDC")),
		(PRICED_USDT, String::from("USDT")),
		(PRICED_PYUSD, String::from("PYUSD")),
	]
}

/// Capacity of the insurer on a network of well-known accounts, in USDai.
const INSURER_CAPACITY: Balance = 500_000_000 * USD;

/// Divisor of waits on a network of well-known accounts: a redemption window of thirty days takes
/// two minutes, and each shorter wait down to twelve seconds.
const DEVELOPMENT_TEMPO: u32 = 21_600;

/// Returns the genesis of a network of well-known accounts.
///
/// It differs from a live chain in the tempo, in the age of prices and in the period of their
/// updates. Windows, terms and values are given as for a live chain, and the pallets divide them.
pub(super) fn development(collators: Vec<Keyring>) -> serde_json::Value {
	let account = |key: Keyring| key.to_account_id();
	let treasury = TreasuryAccount::get();
	let dollars = [
		account(Keyring::Alice),
		account(Keyring::Bob),
		account(Keyring::Charlie),
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
		// The pool with the native token, at half a dollar, lets accounts pay fees in USDC.
		asset_conversion: AssetConversionConfig {
			pools: vec![(
				Location::here(),
				usdc(),
				account(Keyring::FerdieStash),
				200_000 * CLBR,
				100_000 * 1_000_000,
			)],
		},
		governance: GovernanceConfig {
			tempo: DEVELOPMENT_TEMPO,
			changes: vec![
				Change::Appraisal(AppraisalValue::MaxAge(600)),
				// A price may change in every block, so that a day of data is replayed in seconds.
				Change::Appraisal(AppraisalValue::UpdatePeriod(1)),
			],
		},
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
			models: models::catalogue(),
			assets: priced_stablecoins()
				.into_iter()
				.chain([(PRICED_TBILL, String::from("TBILL"))])
				.collect::<Vec<_>>(),
		},
		titles: TitlesConfig {
			custodians: vec![(account(Keyring::Charlie), b"Helsinki DC 3".to_vec(), 3u8, *b"FI",)],
			// The custodian is also a verifier. It may not confirm its own attestations.
			verifiers: vec![account(Keyring::Dave), account(Keyring::Charlie)],
			insurers: vec![(
				account(Keyring::EveStash),
				b"Nordic Machinery Cover".to_vec(),
				*b"FI",
				INSURER_CAPACITY,
			)],
			appraisers: vec![(
				account(Keyring::FerdieStash),
				b"Baltic Appraisers".to_vec(),
				*b"EE"
			)],
			off_takers: vec![(account(Keyring::DaveStash), b"Aurora Compute".to_vec(), *b"SE")],
		},
		credit: CreditConfig { curators: vec![(account(Keyring::Eve), 50_000_000 * USD)] },
		vault: VaultConfig { window_length: 30 * DAY },
		reserves: ReservesConfig {
			peg: Some(peg()),
			// The first USDai: that of the pool with the native token, at half a dollar, in which
			// accounts pay fees in USDai; that of the dealer who fills the vault's offers of bills;
			// bonds and capital; and a dollar that keeps each account.
			mints: vec![
				(account(Keyring::FerdieStash), usdc(), 1_100_001 * 1_000_000),
				(account(Keyring::Charlie), usdc(), 550_001 * 1_000_000),
				(account(Keyring::Dave), usdc(), 50_001 * 1_000_000),
				(account(Keyring::EveStash), usdc(), 5_000_001 * 1_000_000),
			],
			sureties: vec![
				(Surety::CustodianBond, account(Keyring::Charlie), 500_000 * USD),
				(Surety::VerifierBond, account(Keyring::Charlie), 50_000 * USD),
				(Surety::VerifierBond, account(Keyring::Dave), 50_000 * USD),
				(Surety::InsurerCapital, account(Keyring::EveStash), 5_000_000 * USD),
			],
			pool: Some(GenesisPool {
				provider: account(Keyring::FerdieStash),
				clbr: 200_000 * CLBR,
				usdai: 100_000 * USD,
			}),
			bill: Some(TreasuryBill {
				asset: tbill(),
				priced_asset: PRICED_TBILL,
				haircut: Perbill::from_parts(2_000_000),
			}),
		},
	})
}

/// Returns a placeholder for an operator's key. No secret key is known for a hash.
fn nobody(role: &str) -> [u8; 32] {
	sp_io::hashing::blake2_256(role.as_bytes())
}

/// Returns the genesis of a network whose operators fill in their accounts before the start.
///
/// It has no balances, no committee, no operators of the oracle and no registered parties. Its
/// collators are placeholders, because a chain needs some. All else is as on a live chain: every
/// governed value at its default, redemption windows of 30 days, no USDai in issue, no pool, and no
/// Treasury bills until governance names a token.
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
		governance: GovernanceConfig { tempo: 1u32 },
		appraisal: AppraisalConfig { models: models::catalogue(), assets: priced_stablecoins() },
		vault: VaultConfig { window_length: 30 * DAY },
		reserves: ReservesConfig { peg: Some(peg()) },
	})
}
