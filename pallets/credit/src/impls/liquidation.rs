// SPDX-License-Identifier: Apache-2.0

//! A lot is handed over, its price goes down the waterfall, and what the senior lender lacks then
//! is written down for ever.

use crate::{
	auction::Bid,
	frame_support::{
		dispatch::DispatchResult,
		traits::tokens::{fungible::MutateHold, Fortitude, Precision, Restriction},
	},
	pallet::*,
	sp_runtime::DispatchError,
	types::{add, LineRecord, Titles},
};
use caliber_math::{schedule::Horizon, tranche::Split, waterfall::Ranks, MathError};
use caliber_primitives::{
	credit::LineState,
	traits::{Encumber, SeniorLender},
	Balance, LineId,
};

impl<T: Config> Pallet<T> {
	/// Hand the lot to `to`, distribute its `price`, which lies in the pallet's account, and end the
	/// line. Returns the numbers of titles handed over and of loans closed.
	pub(crate) fn liquidate(
		line: LineId,
		mut record: LineRecord<T::AccountId>,
		to: &T::AccountId,
		price: Balance,
	) -> Result<(u32, u32), DispatchError> {
		let (owed, principal) = Self::owed_in_liquidation(&record, price)?;
		let set_aside = Self::sum(Self::sum(record.reserve, record.claims)?, record.withheld)?;
		let fall = owed.distribute(Self::sum(price, set_aside)?);
		let (titles, loans) = (record.titles.clone(), record.loans.len() as u32);
		let curator = record.curator.clone();

		Auctions::<T>::remove(line);
		Self::close_loans(line, &mut record, &principal)?;
		Self::provision(line, &mut record)?;
		if fall.unpaid.senior_principal > 0 {
			Self::book_bad_debt(line, fall.unpaid.senior_principal)?;
		}
		let junior = record.junior_locked;
		let (borrower, fees) = (record.borrower.clone(), record.terms.loan.fees);
		let liquidation_fee_to = Self::fee_account(fees.liquidation.recipient, &record);
		let servicing_fee_to = Self::fee_account(fees.servicing.recipient, &record);
		Self::end_line(line, record)?;
		Self::seize(line, &titles, to)?;

		let account = Self::account_id();
		let paid = fall.paid;
		if paid.senior_principal > 0 || paid.senior_interest > 0 {
			T::Senior::receive(&account, paid.senior_principal, paid.senior_interest)?;
		}
		if fall.unpaid.senior_principal > 0 {
			T::Senior::write_off(fall.unpaid.senior_principal)?;
		}
		Self::pay(&account, &liquidation_fee_to, paid.liquidation_fee)?;
		Self::pay(&account, &servicing_fee_to, paid.servicing_fee)?;
		let to_curator = Self::sum(paid.junior_principal, paid.junior_interest)?;
		Self::pay(&account, &curator, to_curator)?;
		Self::pay(&account, &borrower, fall.surplus)?;

		let sold = titles.len() as u32;
		Self::deposit_event(Event::LotHandedOver { line, to: to.clone(), price, lot: titles });
		Self::deposit_event(Event::LineLiquidated {
			line,
			price,
			set_aside,
			paid,
			unpaid: fall.unpaid,
			surplus: fall.surplus,
			junior,
		});
		Self::deposit_event(Event::LineStateChanged {
			line,
			from: LineState::Liquidating,
			to: LineState::Closed,
		});
		Ok((sold, loans))
	}

	/// Take the money of a bid into the pallet's account.
	pub(crate) fn take_bid(bid: &Bid<T::AccountId>) -> DispatchResult {
		T::UsdAiHold::transfer_on_hold(
			&HoldReason::AuctionBid.into(),
			&bid.bidder,
			&Self::account_id(),
			bid.amount,
			Precision::Exact,
			Restriction::Free,
			// A bid binds: a freeze of its account came too late for it.
			Fortitude::Force,
		)?;
		Ok(())
	}

	/// What each rank is owed on all loans of a line at the clock's time when its lot brings `price`,
	/// and the principal by tranche.
	///
	/// Interest is that of every window whose deadline was reached, with its late interest, and what
	/// the window that runs has earned so far on the balance that they would have left. The fee is
	/// due on the price alone, and never more than it; the servicing fees of those windows come
	/// behind the senior lender, so that no window that passes unpaid lowers what it gets. What was
	/// withheld from the curator is its to have again, in the rank of its principal.
	pub(crate) fn owed_in_liquidation(
		record: &LineRecord<T::AccountId>,
		price: Balance,
	) -> Result<(Ranks, Split), Error<T>> {
		let terms = &record.terms.loan;
		let fee = terms.fees.liquidation.fee.of(price)?.min(price);
		let mut ranks = Ranks { liquidation_fee: fee, ..Ranks::default() };
		for id in &record.loans {
			let loan = Loans::<T>::get(id).ok_or_else(Self::broken)?;
			let due = Self::settle(&loan, terms, Horizon::Reached, None)?;
			let next = Self::next_after(&loan, &due)?;
			let accrued = loan.schedule(terms)?.accrued(next, due.balance_after, Self::now())?;
			let earned = add(add(due.interest, due.late_interest)?, accrued)?;
			let interest = loan.tranches.split_interest(earned)?;
			raise(&mut ranks.servicing_fee, due.servicing)?;
			raise(&mut ranks.senior_principal, loan.left.senior)?;
			raise(&mut ranks.senior_interest, interest.senior)?;
			raise(&mut ranks.junior_principal, loan.left.junior)?;
			raise(&mut ranks.junior_interest, interest.junior)?;
		}
		let principal = Split { senior: ranks.senior_principal, junior: ranks.junior_principal };
		raise(&mut ranks.junior_principal, record.withheld)?;
		Ok((ranks, principal))
	}

	/// Take the loans of a line out of the books.
	fn close_loans(
		line: LineId,
		record: &mut LineRecord<T::AccountId>,
		principal: &Split,
	) -> DispatchResult {
		record.outstanding = 0;
		record.senior_outstanding = 0;
		Self::lower_exposure(record)?;
		Self::lower_totals(record, principal)?;
		for id in core::mem::take(&mut record.loans) {
			let loan = Loans::<T>::take(id).ok_or_else(Self::broken)?;
			Self::deposit_event(Event::LoanLiquidated {
				loan: id,
				line,
				senior: loan.left.senior,
				junior: loan.left.junior,
			});
		}
		Ok(())
	}

	/// Hand the titles of a line to a new owner, free.
	fn seize(line: LineId, titles: &Titles, to: &T::AccountId) -> DispatchResult {
		titles.iter().try_for_each(|title| T::Titles::seize(*title, line, to))
	}

	/// Write down what the senior lender has lost on a line.
	fn book_bad_debt(line: LineId, amount: Balance) -> DispatchResult {
		let total = Self::sum(TotalBadDebt::<T>::get(), amount)?;
		BadDebts::<T>::insert(line, amount);
		TotalBadDebt::<T>::put(total);
		Self::deposit_event(Event::BadDebtBooked { line, amount, total });
		Ok(())
	}
}

/// `total` and `amount` together.
fn raise(total: &mut Balance, amount: Balance) -> Result<(), MathError> {
	*total = add(*total, amount)?;
	Ok(())
}
