// SPDX-License-Identifier: Apache-2.0

//! New terms for an accepted line: its titles and its debt stay, its loans begin anew.

use crate::{
	frame_support::{dispatch::DispatchResult, ensure, traits::tokens::fungible::MutateHold},
	pallet::*,
	sp_core::H256,
	sp_runtime::DispatchError,
	types::{accrues, tranches_of, CuratorRecord, LineRecord, LoanRecord, Payment, TermsOffer},
};
use caliber_math::schedule::{Horizon, Settlement};
use caliber_primitives::{
	credit::{LineTerms, LoanTerms},
	traits::SeniorLender,
	Balance, LineId, LoanId, Seconds,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_offer_terms(
		who: T::AccountId,
		line: LineId,
		terms: LineTerms,
		expires_at: Seconds,
	) -> DispatchResult {
		let record = Self::accepted_line(line)?;
		ensure!(who == record.curator, Error::<T>::NotLineCurator);
		ensure!(accrues(record.state), Error::<T>::LineNotOpen);
		let curator = Self::active_curator(&who)?;
		let now = Self::now();
		Self::validate_terms(&terms, now)?;
		ensure!(expires_at > now, Error::<T>::ExpiryInPast);
		Self::recommit(&curator, &record.terms, &terms)?;
		TermsOffers::<T>::insert(line, TermsOffer { terms, expires_at });
		let terms_hash = Self::terms_hash(&terms);
		Self::deposit_event(Event::TermsOffered { line, terms_hash, expires_at });
		Ok(())
	}

	pub(crate) fn do_withdraw_terms(who: T::AccountId, line: LineId) -> DispatchResult {
		let offer = TermsOffers::<T>::get(line).ok_or(Error::<T>::NoTermsOffered)?;
		let record = Self::accepted_line(line)?;
		ensure!(
			who == record.curator || Self::now() >= offer.expires_at,
			Error::<T>::OfferStanding
		);
		TermsOffers::<T>::remove(line);
		Self::deposit_event(Event::TermsWithdrawn { line });
		Ok(())
	}

	/// Returns the number of titles valued and of loans carried over.
	pub(crate) fn do_accept_terms(
		who: T::AccountId,
		line: LineId,
		terms_hash: H256,
	) -> Result<(u32, u32), DispatchError> {
		let mut record = Self::accepted_line(line)?;
		ensure!(who == record.borrower, Error::<T>::NotBorrower);
		let TermsOffer { terms, expires_at } =
			TermsOffers::<T>::get(line).ok_or(Error::<T>::NoTermsOffered)?;
		ensure!(Self::now() < expires_at, Error::<T>::OfferExpired);
		ensure!(terms_hash == Self::terms_hash(&terms), Error::<T>::TermsMismatch);
		ensure!(accrues(record.state), Error::<T>::LineNotOpen);
		let curator = Self::active_curator(&record.curator)?;
		let curator = Self::recommit(&curator, &record.terms, &terms)?;
		let (titles, loans) = (record.titles.len() as u32, record.loans.len() as u32);

		TermsOffers::<T>::remove(line);
		let old = record.terms.loan;
		for loan in record.loans.clone() {
			record = Self::settle_to_now(loan, record, &who)?;
		}
		record.terms = terms;
		record.drawn_total = record.outstanding;
		ensure!(record.outstanding <= terms.limit, Error::<T>::OutstandingAboveLimit);
		let standings = Self::standings(line, &record);
		if record.outstanding > 0 {
			Self::secure_by(line, &mut record, &standings)?;
		}
		for loan in &record.loans {
			Self::begin_anew(*loan, &old, &terms.loan)?;
		}
		Curators::<T>::insert(&record.curator, curator);
		let junior = Self::first_loss_of(record.undrawn(), terms.loan.first_loss)?;
		Self::adjust_capital(&mut record, junior)?;
		Self::assess(line, &mut record, &standings)?;
		Lines::<T>::insert(line, record);
		let limit = terms.limit;
		Self::deposit_event(Event::LineRefinanced { line, terms_hash, limit, junior });
		Ok((titles, loans))
	}

	/// Returns what went free.
	pub(crate) fn do_release_capital(line: LineId) -> DispatchResult {
		let mut record = Self::accepted_line(line)?;
		ensure!(Self::now() > record.terms.availability_end, Error::<T>::StillAvailable);
		let amount = record.junior_locked;
		ensure!(amount > 0, Error::<T>::NothingToClaim);
		Self::adjust_capital(&mut record, 0)?;
		Lines::<T>::insert(line, record);
		Self::deposit_event(Event::CapitalReleased { line, amount });
		Ok(())
	}

	/// The curator's books with the limit of `new` in the place of that of `old`.
	fn recommit(
		curator: &CuratorRecord,
		old: &LineTerms,
		new: &LineTerms,
	) -> Result<CuratorRecord, Error<T>> {
		let others = Self::less(curator.committed, old.limit)?;
		let committed = Self::sum(others, new.limit)?;
		let fits = committed <= curator.capacity || new.limit <= old.limit;
		ensure!(fits, Error::CapacityExceeded);
		Ok(CuratorRecord { committed, ..curator.clone() })
	}

	/// Have the borrower pay what a loan owes up to now: every window whose deadline is reached, and
	/// the interest that the one after them has earned. Principal ahead of the schedule is carried.
	fn settle_to_now(
		loan: LoanId,
		line: LineRecord<T::AccountId>,
		payer: &T::AccountId,
	) -> Result<LineRecord<T::AccountId>, DispatchError> {
		let record = Loans::<T>::get(loan).ok_or_else(Self::broken)?;
		let terms = &line.terms.loan;
		let settled = Self::settle(&record, terms, Horizon::Reached, None)?;
		let accrued = Self::accrued_after(&record, terms, &settled)?;
		let interest = Self::sum(settled.interest, accrued)?;
		let payment = Payment::of_windows(Settlement { interest, ..settled });
		if payment.total().map_err(Error::<T>::from)? == 0 {
			return Ok(line);
		}
		Self::settle_payment(loan, record, line, payer, &payment)
	}

	/// What a loan has earned in the window after those of `settled`, rounded up.
	fn accrued_after(
		loan: &LoanRecord,
		terms: &LoanTerms,
		settled: &Settlement,
	) -> Result<Balance, Error<T>> {
		if settled.balance_after == 0 {
			return Ok(0);
		}
		let next_window = Self::next_after(loan, settled)?;
		Ok(loan.schedule(terms)?.accrued(next_window, settled.balance_after, Self::now())?)
	}

	/// Let a loan begin anew with what it has out: from now on, or from the end of the window whose
	/// interest is paid already.
	fn begin_anew(loan: LoanId, old: &LoanTerms, new: &LoanTerms) -> DispatchResult {
		let record = Loans::<T>::get(loan).ok_or_else(Self::broken)?;
		let paid_until = old
			.calendar
			.window_start(record.originated_at, record.next_window)
			.map_err(Error::<T>::from)?;
		let renewed = LoanRecord {
			line: record.line,
			tranches: tranches_of(new, record.left.senior, record.left.junior),
			left: record.left,
			originated_at: paid_until.max(Self::now()),
			next_window: 0,
		};
		let earned = record.accrual(old).map_err(Error::<T>::from)?;
		let earns = renewed.accrual(new).map_err(Error::<T>::from)?;
		T::Senior::rebook(earned, earns)?;
		Loans::<T>::insert(loan, &renewed);
		Self::deposit_event(Event::LoanRefinanced {
			loan,
			line: renewed.line,
			balance: renewed.balance().map_err(Error::<T>::from)?,
			originated_at: renewed.originated_at,
		});
		Ok(())
	}

	/// Lock more of the curator's capital for a line, or free some of it, so that `locked` is.
	fn adjust_capital(record: &mut LineRecord<T::AccountId>, locked: Balance) -> DispatchResult {
		if locked > record.junior_locked {
			let missing = Self::less(locked, record.junior_locked)?;
			T::UsdAiHold::hold(&HoldReason::JuniorCapital.into(), &record.curator, missing)?;
		} else {
			let free = Self::less(record.junior_locked, locked)?;
			Self::free_hold(HoldReason::JuniorCapital, &record.curator, free)?;
		}
		record.junior_locked = locked;
		Ok(())
	}
}
