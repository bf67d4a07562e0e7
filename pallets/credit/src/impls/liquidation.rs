// SPDX-License-Identifier: Apache-2.0

//! End of a liquidation: the lot is handed over, its price goes down the waterfall, and the unpaid
//! principal of the senior lender is booked as bad debt.

use crate::{
	frame_support::{
		dispatch::DispatchResult,
		traits::tokens::{fungible::MutateHold, Fortitude, Precision, Restriction},
	},
	pallet::*,
	sp_runtime::DispatchError,
	types::{checked_sum, Bid, LineRecordOf, Titles},
};
use caliber_math::{
	schedule::Horizon,
	tranche::Split,
	waterfall::{Ranks, Waterfall},
};
use caliber_primitives::{
	credit::LineState,
	traits::{Encumber, SeniorLender},
	Balance, LineId,
};

impl<T: Config> Pallet<T> {
	/// Hands the lot to `to`, distributes its `price`, which lies in the pallet's account, and ends
	/// the line. Returns the number of titles handed over and of loans closed.
	pub(crate) fn liquidate(
		line_id: LineId,
		mut line: LineRecordOf<T>,
		to: &T::AccountId,
		price: Balance,
	) -> Result<(u32, u32), DispatchError> {
		let (owed, principal) = Self::owed_in_liquidation(&line, price)?;
		let set_aside = Self::checked_sum(line.reserve, line.insurance_proceeds)?;
		let set_aside = Self::checked_sum(set_aside, line.junior_holdback)?;
		let Waterfall { paid, unpaid, surplus } =
			owed.distribute(Self::checked_sum(price, set_aside)?);
		let (titles, loans) = (line.titles.clone(), line.loans.len() as u32);
		let curator = line.curator.clone();

		Auctions::<T>::remove(line_id);
		Self::close_loans(line_id, &mut line, &principal)?;
		Self::provision(line_id, &mut line)?;
		if unpaid.senior_principal > 0 {
			Self::book_bad_debt(line_id, unpaid.senior_principal)?;
		}
		let junior = line.junior_locked;
		let (borrower, fees) = (line.borrower.clone(), line.terms.loan.fees);
		let liquidation_fee_to = Self::fee_account(fees.liquidation.recipient, &line);
		let servicing_fee_to = Self::fee_account(fees.servicing.recipient, &line);
		Self::end_line(line_id, line)?;
		Self::seize(line_id, &titles, to)?;

		let account = Self::account_id();
		if paid.senior_principal > 0 || paid.senior_interest > 0 {
			T::Senior::receive(&account, paid.senior_principal, paid.senior_interest)?;
		}
		if unpaid.senior_principal > 0 {
			T::Senior::write_off(unpaid.senior_principal)?;
		}
		Self::pay(&account, &liquidation_fee_to, paid.liquidation_fee)?;
		Self::pay(&account, &servicing_fee_to, paid.servicing_fee)?;
		let to_curator = Self::checked_sum(paid.junior_principal, paid.junior_interest)?;
		Self::pay(&account, &curator, to_curator)?;
		Self::pay(&account, &borrower, surplus)?;

		let sold = titles.len() as u32;
		Self::deposit_event(Event::LotHandedOver {
			line: line_id,
			to: to.clone(),
			price,
			lot: titles,
		});
		Self::deposit_event(Event::LineLiquidated {
			line: line_id,
			price,
			set_aside,
			paid,
			unpaid,
			surplus,
			junior,
		});
		Self::deposit_event(Event::LineStateChanged {
			line: line_id,
			from: LineState::Liquidating,
			to: LineState::Closed,
		});
		Ok((sold, loans))
	}

	/// Transfers the money of a bid to the pallet's account.
	pub(crate) fn take_bid(bid: &Bid<T::AccountId>) -> DispatchResult {
		T::UsdAiHold::transfer_on_hold(
			&HoldReason::AuctionBid.into(),
			&bid.bidder,
			&Self::account_id(),
			bid.amount,
			Precision::Exact,
			Restriction::Free,
			// A bid binds: it is taken from a frozen account too.
			Fortitude::Force,
		)?;
		Ok(())
	}

	/// Returns the debt of each rank on all loans of a line at the clock's time when its lot brings
	/// `price`, and the principal by tranche.
	///
	/// Interest is that of every payment period whose due date was reached, with its late interest,
	/// and the interest that the running payment period has earned so far on the balance that they
	/// would have left. The liquidation fee is due on the price alone, and never exceeds it. The
	/// servicing fees of those payment periods rank behind the senior lender, so that no payment
	/// period that passes unpaid lowers what it receives. The junior holdback is due to the
	/// curator, in the rank of its principal.
	pub(crate) fn owed_in_liquidation(
		line: &LineRecordOf<T>,
		price: Balance,
	) -> Result<(Ranks, Split), Error<T>> {
		let terms = &line.terms.loan;
		let fee = terms.fees.liquidation.fee.of(price)?.min(price);
		let mut ranks = Ranks { liquidation_fee: fee, ..Ranks::default() };
		for loan_id in &line.loans {
			let loan = Loans::<T>::get(loan_id).ok_or_else(Self::unexpected)?;
			let due = Self::allocate(&loan, terms, Horizon::Reached, None)?;
			let next = Self::next_after(&loan, &due)?;
			let accrued = loan.schedule(terms)?.accrued(next, due.balance_after, Self::now())?;
			let earned = checked_sum(checked_sum(due.interest, due.late_interest)?, accrued)?;
			let interest = loan.tranches.split_interest(earned)?;
			ranks = Ranks {
				servicing_fee: checked_sum(ranks.servicing_fee, due.servicing)?,
				senior_principal: checked_sum(ranks.senior_principal, loan.outstanding.senior)?,
				senior_interest: checked_sum(ranks.senior_interest, interest.senior)?,
				junior_principal: checked_sum(ranks.junior_principal, loan.outstanding.junior)?,
				junior_interest: checked_sum(ranks.junior_interest, interest.junior)?,
				..ranks
			};
		}
		let principal = Split { senior: ranks.senior_principal, junior: ranks.junior_principal };
		ranks.junior_principal = checked_sum(ranks.junior_principal, line.junior_holdback)?;
		Ok((ranks, principal))
	}

	/// Takes the loans of a line out of the books.
	fn close_loans(
		line_id: LineId,
		line: &mut LineRecordOf<T>,
		principal: &Split,
	) -> Result<(), Error<T>> {
		line.outstanding = 0;
		line.senior_outstanding = 0;
		Self::lower_exposure(line)?;
		Self::lower_totals(line, principal)?;
		for loan_id in core::mem::take(&mut line.loans) {
			let loan = Loans::<T>::take(loan_id).ok_or_else(Self::unexpected)?;
			Self::deposit_event(Event::LoanLiquidated {
				loan: loan_id,
				line: line_id,
				senior: loan.outstanding.senior,
				junior: loan.outstanding.junior,
			});
		}
		Ok(())
	}

	/// Hands the titles of a line to a new owner, free of the line.
	fn seize(line_id: LineId, titles: &Titles, to: &T::AccountId) -> DispatchResult {
		titles.iter().try_for_each(|title| T::Titles::seize(*title, line_id, to))
	}

	/// Books the loss of the senior lender on a line.
	fn book_bad_debt(line_id: LineId, amount: Balance) -> Result<(), Error<T>> {
		let total = Self::checked_sum(TotalBadDebt::<T>::get(), amount)?;
		BadDebts::<T>::insert(line_id, amount);
		TotalBadDebt::<T>::put(total);
		Self::deposit_event(Event::BadDebtBooked { line: line_id, amount, total });
		Ok(())
	}
}
