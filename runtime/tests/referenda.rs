// SPDX-License-Identifier: Apache-2.0

//! Governance: referenda on the tracks, the whitelist and the pauses of the committee, the
//! treasury.

#![allow(missing_docs)]

mod common;

use caliber_primitives::USD;
use caliber_runtime::{
	accounts::TreasuryAccount,
	configs::governance::{
		origins::Origin,
		parameters::{dynamic_params, RuntimeParameters},
		tracks,
	},
	constants::currency::CLBR,
	AccountId, Balances, BlockNumber, OriginCaller, Preimage, Runtime, RuntimeCall, Scheduler,
	System, TxPause, Vault,
};
use codec::Encode;
use common::*;
use polkadot_sdk::{
	frame_support::{
		traits::{
			fungible::Inspect, schedule::DispatchTime, Bounded, Get, OnInitialize, StorePreimage,
		},
		weights::Weight,
	},
	frame_system,
	pallet_conviction_voting::{self, AccountVote, Conviction, Vote},
	pallet_referenda::{self, ReferendumInfo, ReferendumInfoFor, TracksInfo as _},
	sp_core::H256,
	sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::traits::Hash as _,
};

type Proposal = Bounded<RuntimeCall, <Runtime as frame_system::Config>::Hashing>;

/// Executes `blocks` blocks.
fn pass(blocks: BlockNumber) {
	for _ in 0..blocks {
		set_time(now() + 6);
		Scheduler::on_initialize(System::block_number());
	}
}

fn voter() -> AccountId {
	account(Keyring::Alice)
}

/// Submits a referendum on `call` by `origin`, with its decision deposit. Returns its index.
fn submit_referendum(origin: impl Into<OriginCaller>, call: impl Into<RuntimeCall>) -> u32 {
	let proposal: Proposal = Preimage::bound(call.into()).unwrap();
	let index = pallet_referenda::ReferendumCount::<Runtime>::get();
	submit_ok(
		&voter(),
		pallet_referenda::Call::submit {
			proposal_origin: Box::new(origin.into()),
			proposal,
			enactment_moment: DispatchTime::After(1),
		},
	);
	submit_ok(&voter(), pallet_referenda::Call::place_decision_deposit { index });
	index
}

/// Votes with `amount` of CLBR.
fn vote(who: Keyring, poll_index: u32, aye: bool, conviction: Conviction, amount: u128) {
	submit_ok(
		&account(who),
		pallet_conviction_voting::Call::vote {
			poll_index,
			vote: AccountVote::Standard { vote: Vote { aye, conviction }, balance: amount * CLBR },
		},
	);
}

/// Carries a referendum by the votes of nine accounts.
fn carry(index: u32) {
	for who in [Keyring::Alice, Keyring::Bob, Keyring::Charlie, Keyring::Dave, Keyring::Eve] {
		vote(who, index, true, Conviction::Locked6x, 9_000_000);
	}
	for who in [Keyring::One, Keyring::Two, Keyring::AliceStash, Keyring::FerdieStash] {
		vote(who, index, true, Conviction::Locked1x, 9_000_000);
	}
}

/// Returns the number of blocks until a referendum that is carried at once is enacted, with a
/// margin.
fn until_enacted(track: u16) -> BlockNumber {
	let info = tracks::TracksInfo::info(track).unwrap();
	info.prepare_period + info.confirm_period + info.min_enactment_period + 10
}

#[track_caller]
fn assert_approved(index: u32) {
	assert!(
		matches!(ReferendumInfoFor::<Runtime>::get(index), Some(ReferendumInfo::Approved(..))),
		"referendum {index} is {:?}",
		ReferendumInfoFor::<Runtime>::get(index)
	);
}

fn set_min_draw(amount: u128) -> RuntimeCall {
	RuntimeCall::Parameters(polkadot_sdk::pallet_parameters::Call::set_parameter {
		key_value: RuntimeParameters::Credit(dynamic_params::credit::Parameters::MinDraw(
			dynamic_params::credit::MinDraw,
			Some(amount),
		)),
	})
}

fn min_draw() -> u128 {
	<dynamic_params::credit::MinDraw as Get<u128>>::get()
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

/// Carries a motion of the technical committee by Alice and Bob, two of its three members.
fn committee_decides(call: impl Into<RuntimeCall>) {
	use polkadot_sdk::pallet_collective;
	let proposal: RuntimeCall = call.into();
	let length_bound = proposal.encoded_size() as u32;
	let hash = <Runtime as frame_system::Config>::Hashing::hash_of(&proposal);
	let index = pallet_collective::ProposalCount::<
		Runtime,
		caliber_runtime::configs::governance::TechnicalCollective,
	>::get();
	submit_ok(
		&account(Keyring::Alice),
		RuntimeCall::TechnicalCommittee(pallet_collective::Call::propose {
			threshold: 2,
			proposal: Box::new(proposal),
			length_bound,
		}),
	);
	for member in [Keyring::Alice, Keyring::Bob] {
		submit_ok(
			&account(member),
			RuntimeCall::TechnicalCommittee(pallet_collective::Call::vote {
				proposal: hash,
				index,
				approve: true,
			}),
		);
	}
	submit_ok(
		&account(Keyring::Alice),
		RuntimeCall::TechnicalCommittee(pallet_collective::Call::close {
			proposal_hash: hash,
			index,
			proposal_weight_bound: Weight::from_parts(u64::MAX / 4, u64::MAX / 4),
			length_bound,
		}),
	);
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

#[test]
fn committee_should_pause_deposits_and_never_claims() {
	use polkadot_sdk::{pallet_tx_pause, pallet_tx_pause::RuntimeCallNameOf};
	let name = |pallet: &str, call: &str| -> RuntimeCallNameOf<Runtime> {
		let bounded = |text: &str| text.as_bytes().to_vec().try_into().unwrap();
		(bounded(pallet), bounded(call))
	};
	run(|| {
		let who = saver();
		buy_usdai(&who, 100);
		let deposit = || pallet_caliber_vault::Call::deposit { assets: 10 * USD, min_shares: 0 };
		committee_decides(pallet_tx_pause::Call::pause { full_name: name("Vault", "deposit") });
		assert!(TxPause::is_paused_unbound(b"Vault".to_vec(), b"deposit".to_vec()));
		submit_err(&who, deposit(), frame_system::Error::<Runtime>::CallFiltered);

		committee_decides(pallet_tx_pause::Call::pause { full_name: name("Vault", "claim") });
		assert!(!TxPause::is_paused_unbound(b"Vault".to_vec(), b"claim".to_vec()));

		committee_decides(pallet_tx_pause::Call::unpause { ident: name("Vault", "deposit") });
		submit_ok(&who, deposit());
		assert_eq!(Vault::nav().idle, 10 * USD);
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
