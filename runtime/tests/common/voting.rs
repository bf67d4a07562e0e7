// SPDX-License-Identifier: Apache-2.0

//! Referenda and motions of the technical committee, on the development chain.

use super::{account, submit_ok};
use caliber_primitives::governance::values::{CreditValue, CreditValues};
use caliber_runtime::{
	constants::currency::CLBR, AccountId, OriginCaller, Preimage, Runtime, RuntimeCall,
};
use codec::Encode;
use pallet_caliber_governance::{Change, Values};
use polkadot_sdk::{
	frame_support::{
		traits::{schedule::DispatchTime, Bounded, Get, StorePreimage},
		weights::Weight,
	},
	frame_system,
	pallet_conviction_voting::{self, AccountVote, Conviction, Vote},
	pallet_referenda::{self, ReferendumInfo, ReferendumInfoFor},
	sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::traits::Hash as _,
};

type Proposal = Bounded<RuntimeCall, <Runtime as frame_system::Config>::Hashing>;

pub fn voter() -> AccountId {
	account(Keyring::Alice)
}

/// Submits a referendum on `call` by `origin`, with its decision deposit. Returns its index.
pub fn submit_referendum(origin: impl Into<OriginCaller>, call: impl Into<RuntimeCall>) -> u32 {
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
pub fn vote(who: Keyring, poll_index: u32, aye: bool, conviction: Conviction, amount: u128) {
	submit_ok(
		&account(who),
		pallet_conviction_voting::Call::vote {
			poll_index,
			vote: AccountVote::Standard { vote: Vote { aye, conviction }, balance: amount * CLBR },
		},
	);
}

/// Carries a referendum by the votes of nine accounts.
pub fn carry(index: u32) {
	for who in [Keyring::Alice, Keyring::Bob, Keyring::Charlie, Keyring::Dave, Keyring::Eve] {
		vote(who, index, true, Conviction::Locked6x, 9_000_000);
	}
	for who in [Keyring::One, Keyring::Two, Keyring::AliceStash, Keyring::FerdieStash] {
		vote(who, index, true, Conviction::Locked1x, 9_000_000);
	}
}

pub fn set_min_draw(amount: u128) -> RuntimeCall {
	pallet_caliber_governance::Call::set {
		changes: vec![Change::Credit(CreditValue::MinDraw(amount))].try_into().unwrap(),
	}
	.into()
}

pub fn min_draw() -> u128 {
	<Values<Runtime> as Get<CreditValues>>::get().min_draw
}

#[track_caller]
pub fn assert_approved(index: u32) {
	assert!(
		matches!(ReferendumInfoFor::<Runtime>::get(index), Some(ReferendumInfo::Approved(..))),
		"referendum {index} is {:?}",
		ReferendumInfoFor::<Runtime>::get(index)
	);
}

/// Carries a motion of the technical committee by Alice and Bob, two of its three members.
pub fn committee_decides(call: impl Into<RuntimeCall>) {
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
