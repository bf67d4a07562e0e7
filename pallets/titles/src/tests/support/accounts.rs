// SPDX-License-Identifier: Apache-2.0

//! Accounts of the tests, by what they do.

use crate::tests::mock::AccountId;
use caliber_primitives::LineId;
use caliber_testkit::account;

/// Keeps machines; bonded from genesis on.
pub const CUSTODIAN: AccountId = account(1);
/// Keeps machines too; bonded from genesis on.
pub const RIVAL: AccountId = account(2);
/// Confirms; registered from genesis on.
pub const VERIFIER: AccountId = account(3);
/// Owns machines.
pub const OWNER: AccountId = account(4);
/// Would like to own them.
pub const BUYER: AccountId = account(5);
/// Rents machines; registered from genesis on.
pub const PAYER: AccountId = account(6);
/// Insures; registered from genesis on.
pub const INSURER: AccountId = account(8);
/// Insures too; registered from genesis on.
pub const SECOND_INSURER: AccountId = account(9);
/// Appraises; registered from genesis on.
pub const APPRAISER: AccountId = account(10);
/// Speaks for two thirds of the technical committee.
pub const COMMITTEE: AccountId = account(11);
/// Underwrites every line.
pub const CURATOR: AccountId = account(12);
/// Receives what rejected claims forfeit.
pub const TREASURY: AccountId = account(13);
/// Has CLBR and no part in anything.
pub const STRANGER: AccountId = account(7);

/// The reserve of a line.
pub fn reserve_account(line: LineId) -> AccountId {
	account(100 + line as u8)
}
