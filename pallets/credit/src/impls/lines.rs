// SPDX-License-Identifier: Apache-2.0

//! The two consents that make a line, and its end.

use crate::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{
			tokens::{fungible::MutateHold, Precision},
			Get,
		},
		BoundedVec,
	},
	pallet::*,
	sp_core::H256,
	sp_runtime::{
		traits::{BlakeTwo256, Hash, One},
		DispatchError, FixedU128, Perbill,
	},
	types::{windows_in_a_year, CuratorRecord, LineRecord, Titles, MAX_RESERVE_INSTALLMENTS},
};
use caliber_math::{schedule::Fee, share_of, MathError, Rounding};
use caliber_primitives::{
	credit::{LineState, LineTerms},
	traits::Encumber,
	Balance, LineId, Seconds,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_offer_line(
		curator: T::AccountId,
		borrower: T::AccountId,
		terms: LineTerms,
		expires_at: Seconds,
	) -> DispatchResult {
		let record = Self::active_curator(&curator)?;
		let now = Self::now();
		Self::validate_terms(&terms, now)?;
		ensure!(expires_at > now, Error::<T>::ExpiryInPast);
		let committed = Self::sum(record.committed, terms.limit)?;
		ensure!(committed <= record.capacity, Error::<T>::CapacityExceeded);
		let junior = Self::first_loss_of(terms.limit, terms.loan.first_loss)?;
		let deposit = T::LineDeposit::get();
		let line = Self::take_id::<NextLineId<T>>()?;

		Curators::<T>::insert(&curator, CuratorRecord { committed, ..record });
		Lines::<T>::insert(
			line,
			LineRecord {
				borrower: borrower.clone(),
				curator: curator.clone(),
				terms,
				expires_at,
				state: LineState::Offered,
				titles: BoundedVec::new(),
				loans: BoundedVec::new(),
				junior_locked: junior,
				reserve: 0,
				drawn_total: 0,
				outstanding: 0,
				senior_outstanding: 0,
				exposure: BoundedVec::new(),
				claims: 0,
				breach: None,
				defaulted_at: None,
				recovery: 0,
				impairment: 0,
				withheld: 0,
				deposit,
			},
		);
		if junior > 0 {
			T::UsdAiHold::hold(&HoldReason::JuniorCapital.into(), &curator, junior)?;
		}
		T::Currency::hold(&HoldReason::LineDeposit.into(), &curator, deposit)?;
		Self::deposit_event(Event::LineOffered {
			line,
			curator,
			borrower,
			limit: terms.limit,
			junior,
			terms_hash: Self::terms_hash(&terms),
			expires_at,
		});
		Ok(())
	}

	pub(crate) fn do_withdraw_offer(who: T::AccountId, line: LineId) -> DispatchResult {
		let record = Self::offer_of(line)?;
		ensure!(
			who == record.curator || Self::now() >= record.expires_at,
			Error::<T>::OfferStanding
		);
		let junior = record.junior_locked;
		Self::end_line(line, record)?;
		Self::deposit_event(Event::OfferWithdrawn { line, junior });
		Ok(())
	}

	pub(crate) fn do_accept_line(
		who: T::AccountId,
		line: LineId,
		terms_hash: H256,
		titles: Titles,
	) -> DispatchResult {
		let record = Self::offer_of(line)?;
		ensure!(who == record.borrower, Error::<T>::NotBorrower);
		ensure!(Self::now() < record.expires_at, Error::<T>::OfferExpired);
		ensure!(terms_hash == Self::terms_hash(&record.terms), Error::<T>::TermsMismatch);
		Self::active_curator(&record.curator)?;
		ensure!(!titles.is_empty(), Error::<T>::NoTitles);

		for title in &titles {
			T::Titles::encumber(*title, &who, line)?;
		}
		Lines::<T>::insert(
			line,
			LineRecord { state: LineState::Open, titles: titles.clone(), ..record },
		);
		Self::deposit_event(Event::LineAccepted { line, borrower: who, titles });
		Ok(())
	}

	/// Returns the number of titles freed.
	pub(crate) fn do_close_line(who: T::AccountId, line: LineId) -> Result<u32, DispatchError> {
		let record = Self::accepted_line(line)?;
		ensure!(who == record.borrower || who == record.curator, Error::<T>::NotParty);
		ensure!(record.loans.is_empty(), Error::<T>::LoansOutstanding);

		let titles = record.titles.len() as u32;
		for title in &record.titles {
			T::Titles::release(*title, line)?;
		}
		let borrower = record.borrower.clone();
		let reserve = Self::sum(record.reserve, record.claims)?;
		let junior = record.junior_locked;
		Self::end_line(line, record)?;
		Self::pay(&Self::account_id(), &borrower, reserve)?;
		Self::deposit_event(Event::LineClosed { line, reserve, junior });
		Ok(titles)
	}

	/// What a curator's capital funds of `amount`, rounded up.
	pub(crate) fn first_loss_of(amount: Balance, share: Perbill) -> Result<Balance, Error<T>> {
		Ok(share_of(amount, share.deconstruct(), Rounding::Up)?)
	}

	/// By which both parties name the same terms.
	pub fn terms_hash(terms: &LineTerms) -> H256 {
		BlakeTwo256::hash_of(terms)
	}

	/// A line that exists and was not accepted.
	fn offer_of(line: LineId) -> Result<LineRecord<T::AccountId>, Error<T>> {
		let record = Self::line_of(line)?;
		match record.state {
			LineState::Offered => Ok(record),
			_ => Err(Error::NotOnOffer),
		}
	}

	/// Remove a line without loans, and return to its curator what is locked for it.
	pub(crate) fn end_line(line: LineId, record: LineRecord<T::AccountId>) -> DispatchResult {
		Self::uncommit(&record.curator, record.terms.limit)?;
		Lines::<T>::remove(line);
		TermsOffers::<T>::remove(line);
		Self::free_hold(HoldReason::JuniorCapital, &record.curator, record.junior_locked)?;
		T::Currency::release(
			&HoldReason::LineDeposit.into(),
			&record.curator,
			record.deposit,
			Precision::Exact,
		)?;
		Ok(())
	}

	/// Whether terms are within the bounds that hold now.
	pub(crate) fn validate_terms(terms: &LineTerms, now: Seconds) -> Result<(), Error<T>> {
		let loan = &terms.loan;
		ensure!(terms.limit >= T::MinDraw::get(), Error::LimitTooLow);
		ensure!(terms.availability_end > now, Error::AvailabilityInPast);
		ensure!(terms.advance_rate <= T::MaxAdvanceRate::get(), Error::AdvanceRateTooHigh);
		ensure!(terms.maintenance_coverage >= FixedU128::one(), Error::MaintenanceCoverageTooLow);
		ensure!(terms.cure_period <= T::MaxCurePeriod::get(), Error::CurePeriodTooLong);
		ensure!(
			terms.reserve_installments <= MAX_RESERVE_INSTALLMENTS,
			Error::TooManyReserveInstallments
		);
		ensure!(loan.calendar.validate().is_ok(), Error::InvalidCalendar);
		ensure!(loan.first_loss >= T::MinFirstLoss::get(), Error::FirstLossTooLow);
		let highest = loan.senior_apr.max(loan.junior_apr).max(loan.grace_apr);
		ensure!(highest <= T::MaxApr::get(), Error::AprTooHigh);
		ensure!(loan.senior_apr >= T::MinSeniorApr::get(), Error::SeniorAprTooLow);
		ensure!(loan.grace_period <= T::MaxGracePeriod::get(), Error::GracePeriodTooLong);
		let fees = &loan.fees;
		for term in [fees.origination, fees.servicing, fees.exit, fees.liquidation] {
			ensure!(is_within(term.fee, 1, T::MaxFee::get(), terms.limit)?, Error::FeeTooHigh);
		}
		let windows = windows_in_a_year(&loan.calendar);
		ensure!(
			is_within(fees.servicing.fee, windows, T::MaxServicingFee::get(), terms.limit)?,
			Error::ServicingFeeTooHigh
		);
		Ok(())
	}
}

/// Whether a fee that is paid so many times is at most `max` together: of its base, or of the limit if
/// it is absolute.
fn is_within(fee: Fee, times: u64, max: Perbill, limit: Balance) -> Result<bool, MathError> {
	let max = max.deconstruct();
	let product = |fee: Balance| fee.checked_mul(times.into()).ok_or(MathError::Overflow);
	Ok(match fee {
		Fee::None => true,
		Fee::Share(share) => product(share.into())? <= max.into(),
		Fee::Absolute(amount) => product(amount)? <= share_of(limit, max, Rounding::Down)?,
	})
}
