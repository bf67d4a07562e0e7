// SPDX-License-Identifier: Apache-2.0

//! Stand-in for credit: one borrower, and loans that the tests place in the vault's books.

use crate::{tests::mock::*, Ledger};
use caliber_primitives::{
	credit::RoundBook,
	traits::{Accrual, LineRounds, Loss, Round, SeniorLender, Settlement},
	Balance, Seconds,
};
use polkadot_sdk::{frame_support::parameter_types, sp_runtime::DispatchResult};

parameter_types! {
	/// The last round over the lines; one that ends this second if none is set.
	pub static LastRound: Option<Round> = None;
	/// The sums of that round.
	pub static LastBook: Option<RoundBook> = None;
	/// True if a price asks for another look at the lines.
	pub static RoundMarked: bool = false;
	/// Times since which a round was asked for.
	pub static AskedRounds: Vec<Seconds> = Vec::new();
}

/// Lets every second see a round.
pub fn reset_lines() {
	LastRound::set(None);
	LastBook::set(None);
	RoundMarked::set(false);
	AskedRounds::set(Vec::new());
}

/// Stands where credit would.
pub struct MockLines;
impl LineRounds for MockLines {
	fn last_round() -> Option<Round> {
		Some(LastRound::get().unwrap_or(Round { begun: time(), ended: time() }))
	}

	fn last_book() -> Option<RoundBook> {
		LastBook::get()
	}

	fn is_current() -> bool {
		!RoundMarked::get()
	}

	fn ask_round(since: Seconds) {
		AskedRounds::mutate(|asked| asked.push(since));
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_round() {
		RoundMarked::set(false);
		LastRound::set(None);
	}
}

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

/// Pays interest as if it had come a window ago: all of it is earned.
pub fn receive_earned(interest: Balance) -> DispatchResult {
	receive(0, interest)?;
	Ledger::<Test>::mutate(|ledger| ledger.locked = Default::default());
	Ok(())
}

/// Replaces the place of a loan without a payment.
pub fn replace(old: Option<Accrual>, new: Option<Accrual>) -> DispatchResult {
	settle_loan(Settlement { old, new, ..Default::default() })
}

/// Writes off without a provision, and interest that the books do not count.
pub fn write_off(principal: Balance, interest: Balance) -> DispatchResult {
	Vault::write_off(Loss { principal, interest, ..Default::default() })
}
