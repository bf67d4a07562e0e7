// SPDX-License-Identifier: Apache-2.0

//! Stand-in for credit: one borrower, and loans that the tests place in the vault's books.

use crate::tests::mock::*;
use caliber_primitives::{
	traits::{Accrual, SeniorLender, Settlement},
	Balance,
};
use polkadot_sdk::sp_runtime::DispatchResult;

/// Lends without interest.
pub fn lend(amount: Balance) -> DispatchResult {
	Vault::lend(&BORROWER, amount, None)
}

/// Settles by the lender's trait, which has the name of a call.
pub fn settle_loan(settlement: Settlement) -> DispatchResult {
	<Vault as SeniorLender<AccountId>>::settle(&BORROWER, settlement)
}

/// Pays, and leaves the loans in their places.
pub fn receive(principal: Balance, interest: Balance) -> DispatchResult {
	settle_loan(Settlement { principal, interest, ..Default::default() })
}

/// Replaces the place of a loan without a payment.
pub fn replace(old: Option<Accrual>, new: Option<Accrual>) -> DispatchResult {
	settle_loan(Settlement { old, new, ..Default::default() })
}
