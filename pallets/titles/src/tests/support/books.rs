// SPDX-License-Identifier: Apache-2.0

//! What accounts hold, and what is recorded of titles and parties.

use crate::{
	tests::mock::{Titles, *},
	HoldReason, Loss, Parties, PartyKind, TitleInspect, TitleOf,
};
use caliber_primitives::{titles::TitleStatus, Balance, LineId, Seconds, TitleId, USDAI};
use caliber_testkit as testkit;
use codec::{Decode, Encode};
use polkadot_sdk::frame_support::traits::fungible::InspectHold;

pub fn owner_of(title: TitleId) -> Option<AccountId> {
	<Titles as TitleInspect<AccountId>>::owner(title)
}

pub fn usdai(who: &AccountId) -> Balance {
	testkit::balance::<Test>(USDAI, who)
}

pub fn bond_held(who: &AccountId) -> Balance {
	usdai_held(HoldReason::CustodianBond, who)
}

/// USDai of an account on hold for a reason.
pub fn usdai_held(reason: HoldReason, who: &AccountId) -> Balance {
	UsdAiHold::balance_on_hold(&reason.into(), who)
}

/// What an account has put up for its requests and claims.
pub fn claim_deposit_held(who: &AccountId) -> Balance {
	usdai_held(HoldReason::ClaimDeposit, who)
}

pub fn policy_deposit_held(who: &AccountId) -> Balance {
	testkit::held::<Test>(HoldReason::PolicyDeposit, who)
}

pub fn appraisal_deposit_held(who: &AccountId) -> Balance {
	testkit::held::<Test>(HoldReason::AppraisalDeposit, who)
}

pub fn deposit_held(who: &AccountId) -> Balance {
	testkit::held::<Test>(HoldReason::TitleDeposit, who)
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
	let party = Parties::<Test>::get(kind, account).expect("the party is registered");
	party.suspended.at(Titles::now())
}

pub fn redemption_held(who: &AccountId) -> Balance {
	testkit::held::<Test>(HoldReason::RedemptionDeposit, who)
}

pub fn record_of(title: TitleId) -> TitleOf<Test> {
	crate::Titles::<Test>::get(title).expect("the title exists")
}

/// The losses of machines of a title, oldest first.
pub fn losses_of(title: TitleId) -> Vec<Loss<AccountId>> {
	crate::Losses::<Test>::get(title).into_inner()
}

pub fn kept_since(title: TitleId) -> Seconds {
	record_of(title).custody_renewed_at
}

pub fn line_of(title: TitleId) -> Option<LineId> {
	record_of(title).line
}

pub fn status_of(title: TitleId) -> TitleStatus {
	record_of(title).status_at(Titles::now())
}
