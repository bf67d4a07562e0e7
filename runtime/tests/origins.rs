// SPDX-License-Identifier: Apache-2.0

//! Origins of calls: every call of Caliber's own pallets, tried by every origin.

#![allow(missing_docs)]

mod common;

use caliber_runtime::{
	configs::governance::{origins::Origin, TechnicalCollective},
	Runtime, RuntimeCall, RuntimeOrigin,
};
use codec::Decode;
use common::*;
use polkadot_sdk::{
	frame_support::{
		storage::{with_transaction, TransactionOutcome},
		traits::{GetCallIndex, GetCallName, PalletInfoAccess},
	},
	frame_system::RawOrigin,
	pallet_collective,
	sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::{traits::Dispatchable, DispatchError, DispatchResult},
};

/// Origins that may make a call.
enum Caller {
	/// Root, and this origin of a referendum.
	Admin(fn() -> Origin),
	/// Any account that the state allows.
	Signed,
	/// Any account that the state allows, and the origins of [`Caller::Admin`].
	SignedOrAdmin(fn() -> Origin),
	/// The origins of [`Caller::Admin`], and two thirds of the technical committee.
	AdminOrCommittee(fn() -> Origin),
}

/// Calls that two thirds of the technical committee may make, as they are tried here: with
/// arguments that are all zeros. Other calls of the administrators lower risk with other arguments.
const COMMITTEE_CALLS: &[(&str, &str)] = &[
	("Titles", "suspend_party"),
	("Titles", "strike_attestation"),
	("Titles", "suspend_title"),
	("Titles", "strike_appraisal"),
	("Credit", "suspend_curator"),
	("Credit", "set_model_ceiling"),
	("Reserves", "freeze"),
];

/// Calls of another administrator than that of their pallet.
const OTHER_ADMINS: &[(&str, &str, fn() -> Origin)] =
	&[("Titles", "confirm_appraisal", || Origin::AppraisalAdmin)];

/// Pallet with its calls, its administrator, and the calls of the administrator.
struct Area {
	pallet: &'static str,
	index: usize,
	names: &'static [&'static str],
	indices: &'static [u8],
	admin: fn() -> Origin,
	admin_calls: &'static [&'static str],
	/// Calls that the administrator may make beside accounts that the state allows.
	shared_calls: &'static [&'static str],
}

macro_rules! area {
	($name:ident, $call:ty, $admin:ident, $calls:expr, $shared:expr) => {
		Area {
			pallet: stringify!($name),
			index: caliber_runtime::$name::index(),
			names: <$call>::get_call_names(),
			indices: <$call>::get_call_indices(),
			admin: || Origin::$admin,
			admin_calls: $calls,
			shared_calls: $shared,
		}
	};
}

/// Returns the five pallets.
fn areas() -> [Area; 5] {
	[
		area!(
			Titles,
			pallet_caliber_titles::Call::<Runtime>,
			TitlesAdmin,
			&[
				"register_party",
				"update_party",
				"suspend_party",
				"reinstate_party",
				"remove_party",
				"resolve_claim",
				"recover_title",
				"suspend_title",
				"reinstate_title",
				"slash_custodian",
				"strike_attestation",
				"clear_lost_device",
				"set_insurer_capacity",
				"slash_verifier",
				"slash_insurer",
				"strike_appraisal",
				"strike_revenue",
			],
			&["remove_policy", "report_loss", "retire_lost", "transfer_custody", "cancel_custody"]
		),
		area!(
			Appraisal,
			pallet_caliber_appraisal::Call::<Runtime>,
			AppraisalAdmin,
			&[
				"add_model",
				"update_model",
				"set_model_status",
				"delist_model",
				"register_asset",
				"remove_asset",
			],
			&[]
		),
		area!(
			Credit,
			pallet_caliber_credit::Call::<Runtime>,
			CreditAdmin,
			&[
				"approve_curator",
				"set_curator_capacity",
				"suspend_curator",
				"set_model_ceiling",
				"resolve_lot",
			],
			&[]
		),
		area!(
			Vault,
			pallet_caliber_vault::Call::<Runtime>,
			StableAdmin,
			&["set_window_length", "set_deposits_paused"],
			&[]
		),
		area!(
			Reserves,
			pallet_caliber_reserves::Call::<Runtime>,
			StableAdmin,
			&[
				"set_priced_asset",
				"set_treasury_bill",
				"set_bill_trading",
				"reset_mint_rate_limit",
				"set_minting_stopped",
				"add_stablecoin",
				"remove_stablecoin",
				"set_stablecoin_terms",
				"set_debt_ceiling",
				"freeze",
				"thaw",
			],
			&[]
		),
	]
}

/// Returns the call with arguments that are all zeros.
fn with_zeros(pallet: usize, call: u8) -> RuntimeCall {
	let mut encoded = vec![pallet as u8, call];
	encoded.resize(2_048, 0);
	RuntimeCall::decode(&mut &encoded[..]).expect("every argument can be read from zeros")
}

/// Returns the result of the call for `origin`. Undoes its effects.
fn attempt(call: &RuntimeCall, origin: RuntimeOrigin) -> DispatchResult {
	with_transaction(|| {
		let outcome = call.clone().dispatch(origin).map(drop).map_err(|error| error.error);
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(outcome))
	})
	.expect("a layer is free")
}

/// Returns every kind of origin, with its name.
fn origins() -> Vec<(&'static str, RuntimeOrigin)> {
	let committee = |members, seats| {
		pallet_collective::RawOrigin::<_, TechnicalCollective>::Members(members, seats).into()
	};
	vec![
		("nobody", RawOrigin::None.into()),
		("an account", RuntimeOrigin::signed(account(Keyring::Two))),
		("the whole committee", committee(3, 3)),
		("root", RuntimeOrigin::root()),
		("WhitelistedCaller", Origin::WhitelistedCaller.into()),
		("TitlesAdmin", Origin::TitlesAdmin.into()),
		("AppraisalAdmin", Origin::AppraisalAdmin.into()),
		("CreditAdmin", Origin::CreditAdmin.into()),
		("StableAdmin", Origin::StableAdmin.into()),
		("Treasurer", Origin::Treasurer.into()),
		("ReferendumCanceller", Origin::ReferendumCanceller.into()),
		("ReferendumKiller", Origin::ReferendumKiller.into()),
	]
}

#[test]
fn every_call_should_be_open_to_its_callers_and_to_nobody_else() {
	run(|| {
		let mut tried = 0;
		for area in areas() {
			for call in area.admin_calls.iter().chain(area.shared_calls) {
				assert!(area.names.contains(call), "{} has no call {call}", area.pallet);
			}
			for (name, index) in area.names.iter().zip(area.indices) {
				let other = OTHER_ADMINS
					.iter()
					.find(|(pallet, call, _)| (*pallet, *call) == (area.pallet, *name));
				let caller = match area.admin_calls.contains(name) {
					_ if other.is_some() => Caller::Admin(other.unwrap().2),
					_ if COMMITTEE_CALLS.contains(&(area.pallet, name)) => {
						Caller::AdminOrCommittee(area.admin)
					}
					true => Caller::Admin(area.admin),
					false if area.shared_calls.contains(name) => Caller::SignedOrAdmin(area.admin),
					false => Caller::Signed,
				};
				let call = with_zeros(area.index, *index);
				for (who, origin) in origins() {
					let is_admin =
						|admin: fn() -> Origin| who == "root" || format!("{:?}", admin()) == who;
					let allowed = match caller {
						Caller::Admin(admin) => is_admin(admin),
						Caller::Signed => who == "an account",
						Caller::AdminOrCommittee(admin) => {
							who == "the whole committee" || is_admin(admin)
						}
						Caller::SignedOrAdmin(admin) => who == "an account" || is_admin(admin),
					};
					let refused = attempt(&call, origin) == Err(DispatchError::BadOrigin);
					assert_eq!(
						!refused,
						allowed,
						"{}::{name} by {who}: {}",
						area.pallet,
						if refused { "refused" } else { "let through" }
					);
					tried += 1;
				}
			}
		}
		assert!(tried > 500, "only {tried} attempts");
	});
}
