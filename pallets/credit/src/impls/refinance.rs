// SPDX-License-Identifier: Apache-2.0

//! New terms for an accepted line: its titles and its debt stay, and its loans begin anew.

use crate::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{tokens::fungible::MutateHold, Consideration},
	},
	pallet::*,
	sp_core::H256,
	sp_runtime::DispatchError,
	types::{accrues, tranches_of, CuratorRecord, LineRecordOf, LoanRecord, Payment, TermsOffer},
};
use caliber_math::schedule::{Allocation, Horizon};
use caliber_primitives::{
	credit::{LineTerms, LoanTerms},
	traits::SeniorLender,
	Balance, LineId, LoanId, Seconds,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_offer_terms(
		who: T::AccountId,
		line_id: LineId,
		terms: LineTerms,
		expires_at: Seconds,
	) -> DispatchResult {
		let line = Self::accepted_line(line_id)?;
		ensure!(who == line.curator, Error::<T>::NotLineCurator);
		ensure!(accrues(line.state), Error::<T>::LineNotOpen);
		let curator = Self::active_curator(&who)?;
		let now = Self::now();
		Self::validate_terms(&terms, now)?;
		ensure!(expires_at > now, Error::<T>::ExpiryInPast);
		Self::recommit(&curator, &line.terms, &terms)?;
		TermsOffers::<T>::insert(line_id, TermsOffer { terms, expires_at });
		let terms_hash = Self::terms_hash(&terms);
		Self::deposit_event(Event::TermsOffered { line: line_id, terms_hash, expires_at });
		Ok(())
	}

	pub(crate) fn do_withdraw_terms(who: T::AccountId, line_id: LineId) -> DispatchResult {
		let offer = TermsOffers::<T>::get(line_id).ok_or(Error::<T>::NoTermsOffered)?;
		let line = Self::accepted_line(line_id)?;
		ensure!(who == line.curator || Self::now() >= offer.expires_at, Error::<T>::OfferStanding);
		TermsOffers::<T>::remove(line_id);
		Self::deposit_event(Event::TermsWithdrawn { line: line_id });
		Ok(())
	}

	/// Returns the number of titles valued and of loans carried over.
	pub(crate) fn do_accept_terms(
		who: T::AccountId,
		line_id: LineId,
		terms_hash: H256,
	) -> Result<(u32, u32), DispatchError> {
		let mut line = Self::accepted_line(line_id)?;
		ensure!(who == line.borrower, Error::<T>::NotBorrower);
		let TermsOffer { terms, expires_at } =
			TermsOffers::<T>::get(line_id).ok_or(Error::<T>::NoTermsOffered)?;
		ensure!(Self::now() < expires_at, Error::<T>::OfferExpired);
		ensure!(terms_hash == Self::terms_hash(&terms), Error::<T>::TermsMismatch);
		ensure!(accrues(line.state), Error::<T>::LineNotOpen);
		let curator = Self::active_curator(&line.curator)?;
		let curator = Self::recommit(&curator, &line.terms, &terms)?;
		let (titles, loans) = (line.titles.len() as u32, line.loans.len() as u32);

		TermsOffers::<T>::remove(line_id);
		let old = line.terms.loan;
		for loan_id in line.loans.clone() {
			line = Self::pay_up_to_now(loan_id, line, &who)?;
		}
		line.terms = terms;
		line.drawn_total = line.outstanding;
		ensure!(line.outstanding <= terms.limit, Error::<T>::OutstandingAboveLimit);
		let statuses = Self::collateral_statuses(line_id, &line);
		if line.outstanding > 0 {
			Self::secure_by(line_id, &mut line, &statuses)?;
		}
		for loan_id in &line.loans {
			Self::begin_anew(*loan_id, &old, &terms.loan)?;
		}
		Curators::<T>::insert(&line.curator, curator);
		let junior = Self::first_loss_of(line.undrawn(), terms.loan.first_loss);
		Self::adjust_capital(&mut line, junior)?;
		// The deposit follows the price of storage of this day.
		line.deposit = line.deposit.update(&line.curator, Self::line_footprint())?;
		Self::assess(line_id, &mut line, &statuses)?;
		Lines::<T>::insert(line_id, line);
		let limit = terms.limit;
		Self::deposit_event(Event::LineRefinanced { line: line_id, terms_hash, limit, junior });
		Ok((titles, loans))
	}

	pub(crate) fn do_release_capital(line_id: LineId) -> DispatchResult {
		let mut line = Self::accepted_line(line_id)?;
		ensure!(Self::now() > line.terms.availability_end, Error::<T>::StillAvailable);
		let amount = line.junior_locked;
		ensure!(amount > 0, Error::<T>::NothingToClaim);
		Self::adjust_capital(&mut line, 0)?;
		Lines::<T>::insert(line_id, line);
		Self::deposit_event(Event::CapitalReleased { line: line_id, amount });
		Ok(())
	}

	/// Returns the curator's record with the limit of `new` in place of that of `old`.
	fn recommit(
		curator: &CuratorRecord,
		old: &LineTerms,
		new: &LineTerms,
	) -> Result<CuratorRecord, Error<T>> {
		let others = Self::checked_difference(curator.committed, old.limit)?;
		let committed = Self::checked_sum(others, new.limit)?;
		let fits = committed <= curator.capacity || new.limit <= old.limit;
		ensure!(fits, Error::CapacityExceeded);
		Ok(CuratorRecord { committed, ..curator.clone() })
	}

	/// Has the borrower pay the debt of a loan up to now: every payment period whose due date is
	/// reached, and the interest that the one after them has earned. Principal ahead of the
	/// schedule is carried over. Returns the line as it is stored then.
	fn pay_up_to_now(
		loan_id: LoanId,
		line: LineRecordOf<T>,
		payer: &T::AccountId,
	) -> Result<LineRecordOf<T>, DispatchError> {
		let loan = Loans::<T>::get(loan_id).ok_or_else(Self::unexpected)?;
		let terms = &line.terms.loan;
		let allocation = Self::allocate(&loan, terms, Horizon::Reached, None)?;
		let accrued = Self::accrued_after(&loan, terms, &allocation)?;
		let interest = Self::checked_sum(allocation.interest, accrued)?;
		let payment = Payment::of_periods(Allocation { interest, ..allocation });
		if payment.total().map_err(Error::<T>::from)? == 0 {
			return Ok(line);
		}
		Self::book_payment(loan_id, loan, line, payer, &payment)
	}

	/// Returns the interest that a loan has earned in the payment period after those of
	/// `allocation`, rounded up.
	fn accrued_after(
		loan: &LoanRecord,
		terms: &LoanTerms,
		allocation: &Allocation,
	) -> Result<Balance, Error<T>> {
		if allocation.balance_after == 0 {
			return Ok(0);
		}
		let next_period = Self::next_after(loan, allocation)?;
		Ok(loan.schedule(terms)?.accrued(next_period, allocation.balance_after, Self::now())?)
	}

	/// Lets a loan begin anew with its principal outstanding: from now on, or from the end of the
	/// payment period whose interest is paid already.
	fn begin_anew(loan_id: LoanId, old: &LoanTerms, new: &LoanTerms) -> DispatchResult {
		let loan = Loans::<T>::get(loan_id).ok_or_else(Self::unexpected)?;
		let paid_until = old
			.calendar
			.period_start(loan.originated_at, loan.next_period)
			.map_err(Error::<T>::from)?;
		let renewed = LoanRecord {
			line: loan.line,
			tranches: tranches_of(new, loan.outstanding.senior, loan.outstanding.junior),
			outstanding: loan.outstanding,
			originated_at: paid_until.max(Self::now()),
			next_period: 0,
		};
		let earned = loan.accrual(old).map_err(Error::<T>::from)?;
		let earns = renewed.accrual(new).map_err(Error::<T>::from)?;
		T::Senior::update_accrual(earned, earns)?;
		Loans::<T>::insert(loan_id, &renewed);
		Self::deposit_event(Event::LoanRefinanced {
			loan: loan_id,
			line: renewed.line,
			balance: renewed.balance().map_err(Error::<T>::from)?,
			originated_at: renewed.originated_at,
		});
		Ok(())
	}

	/// Locks more of the curator's capital for a line, or releases some of it, until `locked` is
	/// locked.
	fn adjust_capital(line: &mut LineRecordOf<T>, locked: Balance) -> DispatchResult {
		if locked > line.junior_locked {
			let missing = Self::checked_difference(locked, line.junior_locked)?;
			T::UsdAiHold::hold(&HoldReason::JuniorCapital.into(), &line.curator, missing)?;
		} else {
			let free = Self::checked_difference(line.junior_locked, locked)?;
			Self::free_hold(HoldReason::JuniorCapital, &line.curator, free)?;
		}
		line.junior_locked = locked;
		Ok(())
	}
}
