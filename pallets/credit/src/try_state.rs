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
use caliber_primitives::{credit::LineState, traits::Encumber, Balance, ModelId};
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
	/// 7. The pallet's account holds the reserves, insurance money, what is withheld and what is owed.
	/// 8. Ids are below the next ones.
	/// 9. What stands against models is the sum over lines, and on each line its outstanding.
	/// 10. A line in breach says what is broken, one in default since when, an open one neither.
	/// 11. What is provisioned for a line is what its last assessment says is missing, never more
	///     than its senior principal; the total is the sum.
	/// 12. New terms are offered for accepted lines only.
	/// 13. A line has an auction exactly while it is liquidated, and something is owed on it then.
	/// 14. What is on hold for bids are the best bids, each at the least asked for or above.
	/// 15. Bad debts are of lines that are gone, and add up.
	/// 16. Something is withheld from a curator only while its line is in default and in debt.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut reserves: Balance = 0;
		let mut total: Balance = 0;
		let mut senior: Balance = 0;
		let mut loans = 0;
		let mut impairment: Balance = 0;
		let mut models: BTreeMap<ModelId, Balance> = BTreeMap::new();
		let mut curators = BTreeMap::new();
		let mut borrowers = BTreeMap::new();

		for (id, line) in Lines::<T>::iter() {
			ensure!(id < NextLineId::<T>::get(), "line: id not below the next");
			senior = senior
				.checked_add(Self::check_line(id, &line)?)
				.ok_or("senior principal overflows")?;
			accrue(&mut reserves, line.reserve)?;
			accrue(&mut reserves, line.claims)?;
			accrue(&mut reserves, line.withheld)?;
			accrue(&mut total, line.outstanding)?;
			accrue(&mut impairment, line.impairment)?;
			for (model, part) in &line.exposure {
				accrue(models.entry(*model).or_default(), *part)?;
			}
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
		Self::check_owed(reserves)?;
		ensure!(impairment == TotalImpairment::<T>::get(), "total impairment is not the sum");
		ensure!(
			models == OutstandingByModel::<T>::iter().collect(),
			"outstanding of the models is not the sum"
		);
		for line in TermsOffers::<T>::iter_keys() {
			ensure!(
				Lines::<T>::get(line).is_some_and(|line| line.state != LineState::Offered),
				"terms offered for a line that was not accepted"
			);
		}
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
		Self::check_auctions()?;
		Self::check_bad_debts()
	}

	/// The account holds what lines have set aside and what it keeps for others.
	fn check_owed(set_aside: Balance) -> Result<(), TryRuntimeError> {
		let mut owed: Balance = 0;
		for amount in Owed::<T>::iter_values() {
			ensure!(amount > 0, "owed: an entry of zero");
			accrue(&mut owed, amount)?;
		}
		ensure!(owed == TotalOwed::<T>::get(), "total owed is not the sum");
		accrue(&mut owed, set_aside)?;
		ensure!(
			T::UsdAi::balance(&Self::account_id()) >= owed,
			"the account does not hold what is set aside and owed"
		);
		Ok(())
	}

	/// What a line says of its trouble fits its state.
	fn check_trouble(line: &LineRecord<T::AccountId>) -> Result<(), TryRuntimeError> {
		let whole = matches!(line.state, LineState::Offered | LineState::Open);
		let in_default = matches!(line.state, LineState::Defaulted | LineState::Liquidating);
		ensure!(!whole || line.breach.is_none(), "line: whole and in breach");
		ensure!(
			line.state != LineState::Breached || line.breach.is_some(),
			"line: in breach of nothing"
		);
		ensure!(in_default == line.defaulted_at.is_some(), "line: default without a time");
		ensure!(
			line.withheld == 0 || in_default && !line.loans.is_empty(),
			"line: withheld from the curator for nothing"
		);
		ensure!(line.impairment == line.shortfall(), "line: impairment is not the shortfall");
		ensure!(line.impairment <= line.senior_outstanding, "line: impairment above what is out");
		ensure!(line.claims == 0 || !whole || !line.titles.is_empty(), "line: claims on offer");
		let mut exposure: Balance = 0;
		for (_, part) in &line.exposure {
			ensure!(*part > 0, "line: nothing against a model");
			accrue(&mut exposure, *part)?;
		}
		ensure!(exposure == line.outstanding, "line: exposure is not what is outstanding");
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
		ensure!(senior == line.senior_outstanding, "line: senior principal is not the sum");
		Self::check_trouble(line)?;
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
	fn check_auctions() -> Result<(), TryRuntimeError> {
		for (id, line) in Lines::<T>::iter() {
			let liquidated = line.state == LineState::Liquidating;
			ensure!(
				liquidated == Auctions::<T>::contains_key(id),
				"auction: of a line that is not liquidated, or missing"
			);
			ensure!(!liquidated || !line.loans.is_empty(), "auction: nothing is owed");
		}
		let mut bidders = BTreeMap::new();
		for (id, auction) in Auctions::<T>::iter() {
			let line = Lines::<T>::get(id).ok_or("auction: of an unknown line")?;
			ensure!(auction.reserve > 0, "auction: for nothing");
			ensure!(auction.round <= auction.terms.relistings, "auction: too many rounds");
			let Some(best) = auction.best else { continue };
			ensure!(best.placed_at >= auction.started_at, "auction: a bid before it began");
			ensure!(best.bidder != line.borrower, "auction: the seller has bid");
			ensure!(
				best.amount >= if auction.unsold { 1 } else { auction.reserve },
				"auction: a bid below the reserve price"
			);
			let held: &mut (T::AccountId, Balance) =
				bidders.entry(best.bidder.encode()).or_insert((best.bidder.clone(), 0));
			accrue(&mut held.1, best.amount)?;
		}
		for (bidder, amount) in bidders.values() {
			ensure!(
				T::UsdAiHold::balance_on_hold(&HoldReason::AuctionBid.into(), bidder) == *amount,
				"auction: what is on hold is not the best bids"
			);
		}
		Ok(())
	}

	fn check_bad_debts() -> Result<(), TryRuntimeError> {
		let mut total: Balance = 0;
		for (line, amount) in BadDebts::<T>::iter() {
			ensure!(amount > 0, "bad debt: an entry of zero");
			ensure!(line < NextLineId::<T>::get(), "bad debt: of a line that never was");
			ensure!(!Lines::<T>::contains_key(line), "bad debt: of a line that is live");
			accrue(&mut total, amount)?;
		}
		ensure!(total == TotalBadDebt::<T>::get(), "total bad debt is not the sum");
		Ok(())
	}
}
