// SPDX-License-Identifier: Apache-2.0

//! What is true of the storage after every call.

use crate::{
	frame_support::{
		ensure,
		traits::tokens::fungible::{Inspect, InspectHold},
	},
	pallet::*,
	sp_runtime::TryRuntimeError,
	types::{CuratorRecord, LineRecord},
};
use alloc::collections::BTreeMap;
use caliber_primitives::{credit::LineState, traits::Encumber, Balance};
use codec::Encode;

/// What the lines of one curator, or all of them, add up to.
#[derive(Default)]
struct Books {
	committed: Balance,
	junior_locked: Balance,
	deposits: Balance,
	outstanding: Balance,
}

/// `total` and `amount` together.
fn accrue(total: &mut Balance, amount: Balance) -> Result<(), TryRuntimeError> {
	*total = total.checked_add(amount).ok_or("a total of the credit lines overflows")?;
	Ok(())
}

impl<T: Config> Pallet<T> {
	/// Check the rules that this pallet's storage keeps.
	///
	/// 1. Each line's titles are encumbered by it, and it has some unless it is on offer.
	/// 2. Each line's loans are the loans that name it, and add up to what it has outstanding.
	/// 3. No line has more outstanding than its limit; on offer it has neither loans nor reserve.
	/// 4. Each loan has principal outstanding, in neither tranche more than was drawn.
	/// 5. The totals are the sums over loans.
	/// 6. A curator has committed the limits of its lines; its holds are what they lock.
	/// 7. The pallet's account holds the reserves.
	/// 8. Ids are below the next ones.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut reserves: Balance = 0;
		let mut total: Balance = 0;
		let mut senior: Balance = 0;
		let mut loans = 0;
		let mut curators = BTreeMap::new();
		let mut borrowers = BTreeMap::new();

		for (id, line) in Lines::<T>::iter() {
			ensure!(id < NextLineId::<T>::get(), "line: id not below the next");
			senior = senior
				.checked_add(Self::check_line(id, &line)?)
				.ok_or("senior principal overflows")?;
			accrue(&mut reserves, line.reserve)?;
			accrue(&mut total, line.outstanding)?;
			loans += line.loans.len();
			let books: &mut (T::AccountId, Books) = curators
				.entry(line.curator.encode())
				.or_insert((line.curator.clone(), Default::default()));
			accrue(&mut books.1.committed, line.terms.limit)?;
			accrue(&mut books.1.junior_locked, line.junior_locked)?;
			accrue(&mut books.1.deposits, line.deposit)?;
			accrue(&mut books.1.outstanding, line.outstanding)?;
			let owed: &mut (T::AccountId, Balance) =
				borrowers.entry(line.borrower.encode()).or_insert((line.borrower.clone(), 0));
			accrue(&mut owed.1, line.outstanding)?;
		}

		ensure!(Loans::<T>::iter().count() == loans, "loan: none of the lines has it");
		ensure!(total == TotalOutstanding::<T>::get(), "total outstanding is not the sum");
		ensure!(senior == SeniorOutstanding::<T>::get(), "senior outstanding is not the sum");
		ensure!(
			T::UsdAi::balance(&Self::account_id()) >= reserves,
			"the account does not hold the reserves"
		);
		for (borrower, owed) in borrowers.values() {
			ensure!(
				OutstandingByBorrower::<T>::get(borrower) == *owed,
				"outstanding of a borrower is not the sum"
			);
		}
		for (borrower, owed) in OutstandingByBorrower::<T>::iter() {
			ensure!(owed > 0, "outstanding of a borrower: an entry of zero");
			ensure!(borrowers.contains_key(&borrower.encode()), "borrower without a line");
		}
		for curator in OutstandingByCurator::<T>::iter_keys() {
			ensure!(curators.contains_key(&curator.encode()), "curator without a line");
		}
		for (curator, books) in curators.values() {
			ensure!(Curators::<T>::contains_key(curator), "line of an unknown curator");
			ensure!(
				OutstandingByCurator::<T>::get(curator) == books.outstanding,
				"outstanding of a curator is not the sum"
			);
		}
		for (curator, record) in Curators::<T>::iter() {
			let none = Books::default();
			let books = curators.get(&curator.encode()).map_or(&none, |(_, books)| books);
			Self::check_curator(&curator, &record, books)?;
		}
		Ok(())
	}

	/// Returns the senior principal of the line's loans.
	fn check_line(id: u32, line: &LineRecord<T::AccountId>) -> Result<Balance, TryRuntimeError> {
		let offered = line.state == LineState::Offered;
		ensure!(offered == line.titles.is_empty(), "line: titles on offer, or none accepted");
		ensure!(!offered || line.loans.is_empty(), "line: loans on offer");
		ensure!(!offered || line.reserve == 0, "line: reserve on offer");
		ensure!(line.outstanding <= line.terms.limit, "line: more outstanding than the limit");
		ensure!(line.outstanding <= line.drawn_total, "line: more outstanding than drawn");
		for title in &line.titles {
			ensure!(
				T::Titles::encumbrance(*title) == Some(id),
				"line: a title is not encumbered by it"
			);
		}
		let mut outstanding: Balance = 0;
		let mut senior: Balance = 0;
		for loan_id in &line.loans {
			ensure!(*loan_id < NextLoanId::<T>::get(), "loan: id not below the next");
			let loan = Loans::<T>::get(loan_id).ok_or("line: a loan is not there")?;
			ensure!(loan.line == id, "loan: names another line");
			ensure!(
				loan.left.senior <= loan.tranches.senior
					&& loan.left.junior <= loan.tranches.junior,
				"loan: more left than drawn"
			);
			let balance = loan.balance().map_err(|_| "loan: balance overflows")?;
			ensure!(balance > 0, "loan: nothing outstanding");
			accrue(&mut outstanding, balance)?;
			accrue(&mut senior, loan.left.senior)?;
		}
		ensure!(outstanding == line.outstanding, "line: outstanding is not the sum");
		Ok(senior)
	}

	fn check_curator(
		curator: &T::AccountId,
		record: &CuratorRecord,
		books: &Books,
	) -> Result<(), TryRuntimeError> {
		ensure!(record.committed == books.committed, "curator: committed is not the sum");
		ensure!(
			T::UsdAiHold::balance_on_hold(&HoldReason::JuniorCapital.into(), curator)
				== books.junior_locked,
			"curator: junior capital held is not the sum"
		);
		ensure!(
			T::Currency::balance_on_hold(&HoldReason::LineDeposit.into(), curator)
				== books.deposits,
			"curator: deposits held are not the sum"
		);
		Ok(())
	}
}
