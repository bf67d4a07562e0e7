// SPDX-License-Identifier: Apache-2.0

//! Governance: referenda on the tracks, the whitelist, the brakes and the vetoes of the committee,
//! the treasury.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{
	governance::values::{CreditValue, CreditValues},
	USD, USDAI,
};
use caliber_runtime::{
	accounts::TreasuryAccount,
	configs::governance::{origins::Origin, tracks, TechnicalCollective},
	constants::currency::CLBR,
	genesis_config_presets as presets, AccountId, Assets, Balances, BlockNumber, Governance,
	Runtime, RuntimeCall, RuntimeOrigin, Scheduler, System,
};
use common::{voting::*, *};
use pallet_caliber_governance::{
	Brake, BrakeTarget, CallName, Change, Error as GovernanceError, Values, Veto,
};
use polkadot_sdk::{
	frame_support::{
		assert_noop,
		traits::{fungible::Inspect, Get, OnInitialize},
	},
	frame_system, pallet_collective,
	pallet_conviction_voting::Conviction,
	pallet_psm,
	pallet_referenda::{self, ReferendumInfo, ReferendumInfoFor, TracksInfo as _},
	pallet_utility,
	sp_core::H256,
	sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::{traits::Hash as _, DispatchError, Permill},
};

/// Executes `blocks` blocks.
fn pass(blocks: BlockNumber) {
	for _ in 0..blocks {
		set_time(now() + 6);
		Scheduler::on_initialize(System::block_number());
	}
}

/// Returns the number of blocks until a referendum that is carried at once is enacted, with a
/// margin.
fn until_enacted(track: u16) -> BlockNumber {
	let info = tracks::TracksInfo::info(track).unwrap();
	info.prepare_period + info.confirm_period + info.min_enactment_period + 10
}

#[test]
fn referendum_on_the_credit_track_should_change_a_governed_value() {
	run(|| {
		assert_eq!(min_draw(), 1_000 * USD);
		let index = submit_referendum(Origin::CreditAdmin, set_min_draw(5_000 * USD));
		carry(index);
		pass(until_enacted(12));
		assert_approved(index);
		assert_eq!(min_draw(), 5_000 * USD);
	});
}

#[test]
fn referendum_on_another_track_should_not_change_a_value_of_credit() {
	run(|| {
		let index = submit_referendum(Origin::TitlesAdmin, set_min_draw(5_000 * USD));
		carry(index);
		pass(until_enacted(10));
		// The referendum is approved, and the origin of its track may not make the call.
		assert_approved(index);
		assert_eq!(min_draw(), 1_000 * USD);
	});
}

#[test]
fn conviction_should_outweigh_a_larger_amount_without_it() {
	run(|| {
		let index = submit_referendum(Origin::CreditAdmin, set_min_draw(5_000 * USD));
		// Nine million with a factor of 3 against 27 million with a factor of 0.1.
		vote(Keyring::Alice, index, true, Conviction::Locked3x, 9_000_000);
		for who in [Keyring::Bob, Keyring::Charlie, Keyring::Dave] {
			vote(who, index, false, Conviction::None, 9_000_000);
		}
		let Some(ReferendumInfo::Ongoing(status)) = ReferendumInfoFor::<Runtime>::get(index) else {
			panic!("the referendum goes on")
		};
		let tally = codec::Encode::encode(&status.tally);
		let read = |at: usize| {
			u128::from_le_bytes(tally[at..at + 16].try_into().expect("three amounts of 16 bytes"))
		};
		assert_eq!((read(0), read(16)), (27_000_000 * CLBR, 2_700_000 * CLBR));
	});
}

#[test]
fn referendum_without_support_should_be_rejected_and_change_nothing() {
	run(|| {
		let index = submit_referendum(Origin::CreditAdmin, set_min_draw(5_000 * USD));
		vote(Keyring::Alice, index, false, Conviction::Locked1x, 1_000);
		let info = tracks::TracksInfo::info(12).unwrap();
		pass(info.prepare_period + info.decision_period + 10);
		assert!(matches!(
			ReferendumInfoFor::<Runtime>::get(index),
			Some(ReferendumInfo::Rejected(..))
		));
		assert_eq!(min_draw(), 1_000 * USD);
	});
}

#[test]
fn referendum_should_be_cancelled_by_its_canceller() {
	run(|| {
		let index = submit_referendum(Origin::CreditAdmin, set_min_draw(5_000 * USD));
		let cancel = submit_referendum(
			Origin::ReferendumCanceller,
			pallet_referenda::Call::cancel { index },
		);
		carry(cancel);
		pass(until_enacted(20));
		assert!(matches!(
			ReferendumInfoFor::<Runtime>::get(index),
			Some(ReferendumInfo::Cancelled(..))
		));
	});
}

#[test]
fn whitelisted_call_should_be_dispatched_as_root_on_its_own_track() {
	use polkadot_sdk::pallet_whitelist;
	run(|| {
		let call = set_min_draw(7_000 * USD);
		let call_hash: H256 = <Runtime as frame_system::Config>::Hashing::hash_of(&call);
		let dispatch = || pallet_whitelist::Call::dispatch_whitelisted_call_with_preimage {
			call: Box::new(call.clone()),
		};

		// Without the whitelist of the committee, the vote of the holders has no effect.
		let early = submit_referendum(Origin::WhitelistedCaller, dispatch());
		carry(early);
		pass(until_enacted(1));
		assert_approved(early);
		assert_eq!(min_draw(), 1_000 * USD);

		committee_decides(pallet_whitelist::Call::whitelist_call { call_hash });
		let index = submit_referendum(Origin::WhitelistedCaller, dispatch());
		carry(index);
		pass(until_enacted(1));
		assert_approved(index);
		assert_eq!(min_draw(), 7_000 * USD);
	});
}

/// Returns the call that pauses a call.
fn pause(pallet: &str, call: &str) -> RuntimeCall {
	let brakes = vec![Brake::Pause(CallName::new(pallet, call).unwrap())].try_into().unwrap();
	pallet_caliber_governance::Call::brake { brakes }.into()
}

#[test]
fn committee_should_pause_minting_for_a_time_and_claims_never() {
	run(|| {
		report_stablecoins();
		let who = saver();
		let before = Assets::balance(USDAI, &who);
		let mint = || pallet_psm::Call::mint {
			internal_asset: usdai(),
			external_asset: presets::usdc(),
			external_amount: 10_000_000,
			max_fee: Permill::zero(),
		};
		let closed = frame_system::Error::<Runtime>::CallFiltered;
		let name = CallName::new("Psm", "mint").unwrap();
		committee_decides(pause("Psm", "mint"));
		submit_err(&who, mint(), closed);
		// A wrapper opens no closed call.
		let batched = pallet_utility::Call::batch_all { calls: vec![mint().into()] };
		let closed = frame_system::Error::<Runtime>::CallFiltered;
		assert_eq!(submit(&who, batched).map_err(|error| error.error), Err(closed.into()));

		// A claim cannot be paused. The motion fails as a whole.
		committee_decides(pause("Vault", "claim"));
		assert_eq!(Governance::paused_until(CallName::new("Vault", "claim").unwrap()), None);

		// The pause ends by itself: 14 days, divided by the tempo.
		let until = Governance::paused_until(name.clone()).unwrap();
		assert_eq!(until, now() + 14 * DAY / 21_600);
		set_time(until - 1);
		let closed = frame_system::Error::<Runtime>::CallFiltered;
		submit_err(&who, mint(), closed);
		set_time(until);
		submit_ok(&who, mint());
		assert_eq!(Assets::balance(USDAI, &who), before + 10 * USD);

		// It cannot return before it has rested for 30 days, divided by the tempo.
		committee_decides(pause("Psm", "mint"));
		assert_eq!(Governance::paused_until(name.clone()), None);
		set_time(until + 30 * DAY / 21_600);
		committee_decides(pause("Psm", "mint"));
		assert!(Governance::paused_until(name.clone()).is_some());

		// The committee ends it, too.
		let targets = vec![BrakeTarget::Pause(name)].try_into().unwrap();
		committee_decides(pallet_caliber_governance::Call::release { targets });
		submit_ok(&who, mint());
	});
}

#[test]
fn committee_should_not_strike_what_holders_decided_by_a_pause() {
	run(|| {
		let approve: RuntimeCall = pallet_caliber_credit::Call::approve_curator {
			curator: saver(),
			capacity: 1_000 * USD,
		}
		.into();
		let index = submit_referendum(Origin::CreditAdmin, approve);
		carry(index);
		committee_decides(pause("Credit", "approve_curator"));
		pass(until_enacted(12));
		assert_approved(index);
		assert!(pallet_caliber_credit::Curators::<Runtime>::contains_key(saver()));
		assert_eq!(
			Governance::paused_until(CallName::new("Credit", "approve_curator").unwrap()),
			None
		);
	});
}

#[test]
fn committee_should_brake_a_value_and_not_loosen_it() {
	run(|| {
		let brake = |value| {
			let brakes = vec![Brake::Value(Change::Credit(value))].try_into().unwrap();
			committee_decides(pallet_caliber_governance::Call::brake { brakes });
		};
		let ceiling = || <Values<Runtime> as Get<CreditValues>>::get().global_ceiling;
		brake(CreditValue::GlobalCeiling(600_000_000 * USD));
		assert_eq!(ceiling(), 500_000_000 * USD);
		brake(CreditValue::GlobalCeiling(100_000_000 * USD));
		assert_eq!(ceiling(), 100_000_000 * USD);
		set_time(now() + 14 * DAY / 21_600);
		assert_eq!(ceiling(), 500_000_000 * USD);

		// It sets nothing for good.
		committee_decides(set_min_draw(2_000 * USD));
		assert_eq!(min_draw(), 1_000 * USD);
	});
}

#[test]
fn decided_referendum_should_stand_in_the_agenda_for_a_window_and_a_day() {
	run(|| {
		let index = submit_referendum(Origin::CreditAdmin, set_min_draw(500 * USD));
		carry(index);
		let info = tracks::TracksInfo::info(12).unwrap();
		// 30 days take 120 seconds, and a day takes 12: 22 blocks of six seconds.
		assert_eq!(info.min_enactment_period, 22);
		let approved = || {
			matches!(ReferendumInfoFor::<Runtime>::get(index), Some(ReferendumInfo::Approved(..)))
		};
		while !approved() {
			pass(1);
		}
		pass(21);
		assert_eq!(min_draw(), 1_000 * USD);
		pass(1);
		assert_eq!(min_draw(), 500 * USD);
	});
}

#[test]
fn committee_should_strike_a_decided_call_once() {
	run(|| {
		let decided = || {
			let index = submit_referendum(Origin::CreditAdmin, set_min_draw(500 * USD));
			carry(index);
			let info = tracks::TracksInfo::info(12).unwrap();
			pass(info.prepare_period + info.confirm_period + 10);
			assert_approved(index);
			index
		};
		let veto = |index| pallet_caliber_governance::Call::veto { what: Veto::Referendum(index) };
		let first = decided();
		submit_err(&voter(), veto(first), DispatchError::BadOrigin);
		committee_decides(veto(first));
		pass(until_enacted(12));
		assert_eq!(min_draw(), 1_000 * USD);

		// Holders who pass it again have the last word.
		let second = decided();
		let committee = pallet_collective::RawOrigin::<_, TechnicalCollective>::Members(3, 3);
		assert_noop!(
			Governance::veto(RuntimeOrigin::from(committee), Veto::Referendum(second)),
			GovernanceError::<Runtime>::AlreadyVetoed
		);
		pass(until_enacted(12));
		assert_eq!(min_draw(), 500 * USD);
	});
}

#[test]
fn canceller_should_strike_a_decided_call() {
	run(|| {
		let index = submit_referendum(Origin::CreditAdmin, set_min_draw(500 * USD));
		carry(index);
		let what = Veto::Referendum(index);
		let cancel = submit_referendum(
			Origin::ReferendumCanceller,
			pallet_caliber_governance::Call::veto { what },
		);
		carry(cancel);
		pass(until_enacted(20));
		assert_approved(index);
		assert_approved(cancel);
		pass(until_enacted(12));
		assert_eq!(min_draw(), 1_000 * USD);
	});
}

#[test]
fn treasurer_should_spend_what_its_track_allows() {
	use polkadot_sdk::pallet_treasury;
	run(|| {
		let beneficiary = AccountId::new([7; 32]);
		let spend = |amount: u128| {
			RuntimeCall::Treasury(pallet_treasury::Call::spend {
				asset_kind: Box::new(polkadot_sdk::staging_xcm::latest::Location::here()),
				amount: amount * CLBR,
				beneficiary: Box::new(beneficiary.clone()),
				valid_from: None,
			})
		};
		let before = Balances::balance(&TreasuryAccount::get());
		let index = submit_referendum(Origin::Treasurer, spend(500));
		carry(index);
		pass(until_enacted(14));
		assert_approved(index);
		submit_ok(&voter(), RuntimeCall::Treasury(pallet_treasury::Call::payout { index: 0 }));
		assert_eq!(Balances::balance(&beneficiary), 500 * CLBR);
		assert_eq!(before - Balances::balance(&TreasuryAccount::get()), 500 * CLBR);
	});
}

#[test]
fn tracks_should_be_those_of_their_origins() {
	run(|| {
		let origins = [
			(Origin::WhitelistedCaller, 1),
			(Origin::TitlesAdmin, 10),
			(Origin::AppraisalAdmin, 11),
			(Origin::CreditAdmin, 12),
			(Origin::StableAdmin, 13),
			(Origin::Treasurer, 14),
			(Origin::ReferendumCanceller, 20),
			(Origin::ReferendumKiller, 21),
		];
		for (origin, track) in origins {
			assert_eq!(tracks::TracksInfo::track_for(&origin.into()), Ok(track));
		}
		let root = frame_system::RawOrigin::Root.into();
		assert_eq!(tracks::TracksInfo::track_for(&root), Ok(0));
		let account = frame_system::RawOrigin::Signed(voter()).into();
		assert_eq!(tracks::TracksInfo::track_for(&account), Err(()));
	});
}
