// SPDX-License-Identifier: Apache-2.0

//! New terms for an accepted line: its titles and its debt stay, and its loans begin anew.

use super::{covenants::Purpose, LineOp};
use crate::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{tokens::fungible::MutateHold, Consideration},
	},
	pallet::*,
	sp_core::H256,
	sp_runtime::DispatchError,
	types::{accrues, CuratorRecord, LoanRecord, Payment, TermsOffer},
};
use caliber_math::schedule::{Allocation, Horizon};
use caliber_primitives::{
	credit::{LineTerms, LoanTerms},
	Balance, LineId, Seconds,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_offer_terms(
		who: T::AccountId,
		line_id: LineId,
		terms: LineTerms,
		expires_at: Seconds,
	) -> DispatchResult {
		let op = LineOp::<T>::load_accepted(line_id)?;
		let line = op.line();
		ensure!(who == line.curator, Error::<T>::NotLineCurator);
		ensure!(accrues(line.state), Error::<T>::LineNotOpen);
		let curator = Self::active_curator(&who)?;
		Self::ensure_offer_valid(&terms, expires_at, Self::now())?;
		Self::recommit(&curator, &line.terms, &terms)?;
		TermsOffers::<T>::insert(line_id, TermsOffer { terms, expires_at });
		let terms_hash = Self::terms_hash(&terms);
		Self::deposit_event(Event::TermsOffered { line: line_id, terms_hash, expires_at });
		Ok(())
	}

	pub(crate) fn do_withdraw_terms(who: T::AccountId, line_id: LineId) -> DispatchResult {
		let offer = TermsOffers::<T>::get(line_id).ok_or(Error::<T>::NoTermsOffered)?;
		let curator = LineOp::<T>::load_accepted(line_id)?.line.curator;
		ensure!(who == curator || Self::now() >= offer.expires_at, Error::<T>::OfferStanding);
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
		let mut op = LineOp::<T>::load_accepted(line_id)?;
		ensure!(who == op.line.borrower, Error::<T>::NotBorrower);
		let TermsOffer { terms, expires_at } =
			TermsOffers::<T>::get(line_id).ok_or(Error::<T>::NoTermsOffered)?;
		ensure!(Self::now() < expires_at, Error::<T>::OfferExpired);
		ensure!(terms_hash == Self::terms_hash(&terms), Error::<T>::TermsMismatch);
		ensure!(accrues(op.line.state), Error::<T>::LineNotOpen);
		let curator = Self::active_curator(&op.line.curator)?;
		// What was decided since the offer counts.
		Self::validate_terms(&terms, Self::now())?;
		let curator = Self::recommit(&curator, &op.line.terms, &terms)?;
		let (titles, loans) = (op.titles(), op.line.loans.len() as u32);

		TermsOffers::<T>::remove(line_id);
		Curators::<T>::insert(&op.line.curator, curator);
		for loan in op.line.loans.clone() {
			op.renew_loan(&loan, &who, &terms.loan)?;
		}
		op.line.terms = terms;
		op.line.drawn_total = op.line.outstanding;
		ensure!(op.line.outstanding <= terms.limit, Error::<T>::OutstandingAboveLimit);
		let statuses = op.look(Purpose::Covenants);
		op.secure(&statuses)?;
		for loan in &op.line.loans {
			Self::deposit_event(Event::LoanRefinanced {
				loan: op.loan_id(loan.number),
				line: line_id,
				balance: loan.balance().map_err(Error::<T>::from)?,
				originated_at: loan.originated_at,
			});
		}
		let junior = Self::first_loss_of(op.line.undrawn(), terms.loan.first_loss);
		op.adjust_capital(junior)?;
		op.update_deposit()?;
		op.assess(&statuses)?;
		op.commit();
		let limit = terms.limit;
		Self::deposit_event(Event::LineRefinanced { line: line_id, terms_hash, limit, junior });
		Ok((titles, loans))
	}

	pub(crate) fn do_release_capital(line_id: LineId) -> DispatchResult {
		let mut op = LineOp::<T>::load_accepted(line_id)?;
		ensure!(Self::now() > op.line.terms.availability_end, Error::<T>::StillAvailable);
		let amount = op.line.junior_locked;
		ensure!(amount > 0, Error::<T>::NothingToClaim);
		op.adjust_capital(0)?;
		op.commit();
		Self::deposit_event(Event::CapitalReleased { line: line_id, amount });
		Ok(())
	}

	pub(crate) fn do_add_junior_capital(
		who: T::AccountId,
		line_id: LineId,
		amount: Balance,
	) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let mut op = LineOp::<T>::load_accepted(line_id)?;
		ensure!(who == op.line.curator, Error::<T>::NotLineCurator);
		ensure!(accrues(op.line.state), Error::<T>::LineNotOpen);
		let terms = &op.line.terms;
		ensure!(Self::now() <= terms.availability_end, Error::<T>::AvailabilityEnded);
		let most = Self::first_loss_of(op.line.undrawn(), terms.loan.first_loss);
		let junior = Self::checked_sum(op.line.junior_locked, amount)?;
		ensure!(junior <= most, Error::<T>::CapitalNotNeeded);
		op.adjust_capital(junior)?;
		op.commit();
		Self::deposit_event(Event::JuniorCapitalAdded { line: line_id, amount, junior });
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
		let fits = committed <= curator.capacity.at(Self::now()) || new.limit <= old.limit;
		ensure!(fits, Error::CapacityExceeded);
		Ok(CuratorRecord { committed, ..curator.clone() })
	}
}

impl<T: Config> LineOp<T> {
	/// Has the borrower pay the debt of a loan up to now: every payment period whose due date is
	/// reached, and the interest that the one after them has earned. Principal ahead of the
	/// schedule is carried over: the loan begins anew under the new terms.
	fn renew_loan(
		&mut self,
		loan: &LoanRecord,
		payer: &T::AccountId,
		new: &LoanTerms,
	) -> DispatchResult {
		let terms = &self.line.terms.loan;
		let allocation = Pallet::<T>::allocate(loan, terms, Horizon::Reached, None)?;
		let accrued = loan.accrued_after(terms, &allocation, Pallet::<T>::now());
		let accrued = accrued.map_err(Error::<T>::from)?;
		let interest = Pallet::<T>::checked_sum(allocation.interest, accrued)?;
		let payment = Payment::of_due(Allocation { interest, ..allocation });
		self.pay(loan, payer, &payment, Some(new))?;
		Ok(())
	}

	/// Locks more of the curator's capital for the line, or releases some of it, until `locked` is
	/// locked.
	fn adjust_capital(&mut self, locked: Balance) -> DispatchResult {
		let line = &mut self.line;
		if locked > line.junior_locked {
			let missing = Pallet::<T>::checked_difference(locked, line.junior_locked)?;
			T::UsdAiHold::hold(&HoldReason::JuniorCapital.into(), &line.curator, missing)?;
		} else {
			let free = Pallet::<T>::checked_difference(line.junior_locked, locked)?;
			Pallet::<T>::free_hold(HoldReason::JuniorCapital, &line.curator, free)?;
		}
		line.junior_locked = locked;
		Ok(())
	}

	/// Brings the curator's deposit to the price of storage of this day.
	fn update_deposit(&mut self) -> DispatchResult {
		let deposit = self.line.deposit.clone();
		self.line.deposit = deposit.update(&self.line.curator, Pallet::<T>::line_footprint())?;
		Ok(())
	}
}
