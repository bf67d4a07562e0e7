// SPDX-License-Identifier: Apache-2.0

//! End of a liquidation: the lot is handed over, its price goes down the waterfall, and the unpaid
//! debt is booked as the loss of its lenders, that of the senior lender, interest included, as bad
//! debt.

use super::{covenants::Purpose, LineOp};
use crate::{
	frame_support::{
		dispatch::DispatchResult,
		traits::{
			tokens::{fungible::MutateHold, Fortitude, Precision, Restriction},
			Get,
		},
	},
	pallet::*,
	sp_runtime::DispatchError,
	types::{checked_sum, Bid, LineLoss},
};
use caliber_math::{
	schedule::Horizon,
	tranche::Split,
	waterfall::{Ranks, Waterfall},
	Rounding,
};
use caliber_primitives::{
	credit::LineState,
	traits::{Encumber, Loss, SeniorLender, Settlement},
	Balance, LineId, ShareOf,
};

impl<T: Config> LineOp<T> {
	/// Hands the lot to `to`, distributes its `price`, which lies in the pallet's account, and ends
	/// the line. Returns the number of titles handed over and of loans closed.
	pub(super) fn liquidate(
		mut self,
		to: &T::AccountId,
		price: Balance,
	) -> Result<(u32, u32), DispatchError> {
		let sum = Pallet::<T>::checked_sum;
		let line_id = self.id;
		let (owed, principal) = self.owed_in_liquidation(price)?;
		let set_aside = sum(self.line.reserve, self.line.insurance_proceeds)?;
		let set_aside = sum(set_aside, self.line.junior_holdback)?;
		let Waterfall { paid, unpaid, surplus } = owed.distribute(sum(price, set_aside)?);
		let (titles, loans) = (self.line.titles.clone(), self.line.loans.len() as u32);
		let curator = self.line.curator.clone();

		Auctions::<T>::remove(line_id);
		let suspended = self.suspended()?;
		self.close_loans(&principal)?;
		let provision = self.release_provision()?;
		Pallet::<T>::book_loss(
			line_id,
			unpaid.senior_interest,
			LineLoss {
				senior: sum(unpaid.senior_principal, unpaid.senior_interest)?,
				junior: unpaid.junior_principal,
				curator: curator.clone(),
			},
		)?;
		let junior = self.line.junior_locked;
		let (borrower, fees) = (self.line.borrower.clone(), self.line.terms.loan.fees);
		let liquidation_fee_to = Pallet::<T>::fee_account(fees.liquidation.recipient, &self.line);
		let servicing_fee_to = Pallet::<T>::fee_account(fees.servicing.recipient, &self.line);
		self.end()?;
		titles.iter().try_for_each(|title| T::Titles::seize(*title, line_id, to))?;

		let account = Pallet::<T>::account_id();
		// The oldest interest comes first; what is not owed in the end never comes.
		let suspended_after = suspended.max(paid.senior_interest) - paid.senior_interest;
		let suspended_after = suspended_after.min(unpaid.senior_interest);
		if paid.senior_principal > 0 || paid.senior_interest > 0 || suspended > 0 {
			T::Senior::settle(
				&account,
				Settlement {
					principal: paid.senior_principal,
					interest: paid.senior_interest,
					// The loans of a line for sale do not accrue.
					old: None,
					new: None,
					suspended_before: suspended,
					suspended_after,
					paid_until: Pallet::<T>::now(),
				},
			)?;
		}
		if unpaid.senior_principal > 0 || unpaid.senior_interest > 0 {
			T::Senior::write_off(Loss {
				principal: unpaid.senior_principal,
				interest: unpaid.senior_interest,
				suspended: suspended_after,
				provision,
			})?;
		} else if provision > 0 {
			T::Senior::provision(provision, 0)?;
		}
		Pallet::<T>::pay(&account, &T::TreasuryAccount::get(), paid.sale_cost)?;
		let to_curator = sum(paid.junior_principal, paid.junior_interest)?;
		Pallet::<T>::pay(&account, &curator, to_curator)?;
		Pallet::<T>::pay(&account, &servicing_fee_to, paid.servicing_fee)?;
		Pallet::<T>::pay(&account, &liquidation_fee_to, paid.liquidation_fee)?;
		Pallet::<T>::pay(&account, &borrower, surplus)?;

		let sold = titles.len() as u32;
		Pallet::<T>::deposit_event(Event::LotHandedOver {
			line: line_id,
			to: to.clone(),
			price,
			lot: titles,
		});
		Pallet::<T>::deposit_event(Event::LineLiquidated {
			line: line_id,
			price,
			set_aside,
			paid,
			unpaid,
			surplus,
			junior,
		});
		Pallet::<T>::deposit_event(Event::LineStateChanged {
			line: line_id,
			from: LineState::Liquidating,
			to: LineState::Closed,
		});
		Ok((sold, loans))
	}

	/// Returns the debt of each rank on all loans of the line at the clock's time when its lot brings
	/// `price`, and the principal by tranche.
	///
	/// Interest is that of every payment period whose due date was reached, with its late interest,
	/// and the interest that the running payment period has earned so far on the balance that they
	/// would have left. What the sale costs, and the liquidation fee, are parts of the price alone,
	/// whatever it is. Fees may be the curator's: they rank behind all lenders, and an absolute one
	/// is no greater part of the price than a share may be. The junior holdback is due to the
	/// curator, in the rank of its principal.
	pub(crate) fn owed_in_liquidation(&self, price: Balance) -> Result<(Ranks, Split), Error<T>> {
		let line = &self.line;
		let terms = &line.terms.loan;
		let sale_cost = self.rules(Purpose::Covenants).sale_cost.share_of(price, Rounding::Down);
		let most = T::Values::get().max_fee.share_of(price, Rounding::Down);
		let fee = terms.fees.liquidation.fee.of(price)?.min(most);
		let mut ranks = Ranks { sale_cost, liquidation_fee: fee, ..Ranks::default() };
		for loan in &line.loans {
			let due = Pallet::<T>::allocate(loan, terms, Horizon::Reached, None)?;
			let accrued = loan.accrued_after(terms, &due, Pallet::<T>::now())?;
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

	/// Returns the suspended interest of the loans of the line.
	fn suspended(&self) -> Result<Balance, Error<T>> {
		let mut loans = self.line.loans.iter();
		Ok(loans.try_fold(0, |total, loan| checked_sum(total, loan.suspended))?)
	}

	/// Takes the loans of the line out of the books.
	fn close_loans(&mut self, principal: &Split) -> Result<(), Error<T>> {
		self.lower_outstanding(principal)?;
		for loan in core::mem::take(&mut self.line.loans) {
			Pallet::<T>::deposit_event(Event::LoanLiquidated {
				loan: self.loan_id(loan.number),
				line: self.id,
				senior: loan.outstanding.senior,
				junior: loan.outstanding.junior,
			});
		}
		Ok(())
	}
}

impl<T: Config> Pallet<T> {
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

	/// Books the loss of the lenders on a line, if there is one. `interest` is the senior's part that
	/// is no principal.
	fn book_loss(
		line_id: LineId,
		interest: Balance,
		loss: LineLoss<T::AccountId>,
	) -> Result<(), Error<T>> {
		if loss.is_recovered() {
			return Ok(());
		}
		let amount = loss.senior;
		LineLosses::<T>::insert(line_id, loss);
		if amount == 0 {
			return Ok(());
		}
		Self::change_totals(|totals| {
			totals.bad_debt = Self::checked_sum(totals.bad_debt, amount)?;
			Ok(())
		})?;
		let total = Totals::<T>::get().bad_debt;
		Self::deposit_event(Event::BadDebtBooked { line: line_id, amount, interest, total });
		Ok(())
	}
}
