// SPDX-License-Identifier: Apache-2.0

//! Offer of a line, its acceptance, and its end.

use crate::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{fungible::MutateHold, Consideration, Footprint, Get},
		BoundedVec,
	},
	pallet::*,
	sp_core::H256,
	sp_runtime::{
		traits::{BlakeTwo256, Hash, One},
		DispatchError, FixedU128, Perbill,
	},
	types::{
		CuratorRecord, LineRecord, LineRecordOf, TermsOffer, Titles, MAX_RESERVE_INSTALLMENTS,
	},
};
use caliber_math::{schedule::Fee, MathError, Rounding};
use caliber_primitives::{
	credit::{LineState, LineTerms},
	traits::Encumber,
	Balance, LineId, Seconds, ShareOf,
};
use codec::MaxEncodedLen;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_offer_line(
		who: T::AccountId,
		borrower: T::AccountId,
		terms: LineTerms,
		expires_at: Seconds,
	) -> DispatchResult {
		let curator = Self::active_curator(&who)?;
		let now = Self::now();
		Self::validate_terms(&terms, now)?;
		ensure!(expires_at > now, Error::<T>::ExpiryInPast);
		let committed = Self::checked_sum(curator.committed, terms.limit)?;
		ensure!(committed <= curator.capacity, Error::<T>::CapacityExceeded);
		let junior = Self::first_loss_of(terms.limit, terms.loan.first_loss);
		let line_id = Self::take_id::<NextLineId<T>>()?;
		let deposit = T::LineConsideration::new(&who, Self::line_footprint())?;

		Curators::<T>::insert(&who, CuratorRecord { committed, ..curator });
		Lines::<T>::insert(
			line_id,
			LineRecord {
				borrower: borrower.clone(),
				curator: who.clone(),
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
				insurance_proceeds: 0,
				breach: None,
				defaulted_at: None,
				recovery: 0,
				impairment: 0,
				junior_holdback: 0,
				deposit,
			},
		);
		if junior > 0 {
			T::UsdAiHold::hold(&HoldReason::JuniorCapital.into(), &who, junior)?;
		}
		Self::deposit_event(Event::LineOffered {
			line: line_id,
			curator: who,
			borrower,
			limit: terms.limit,
			junior,
			terms_hash: Self::terms_hash(&terms),
			expires_at,
		});
		Ok(())
	}

	pub(crate) fn do_withdraw_offer(who: T::AccountId, line_id: LineId) -> DispatchResult {
		let line = Self::offer_of(line_id)?;
		ensure!(who == line.curator || Self::now() >= line.expires_at, Error::<T>::OfferStanding);
		let junior = line.junior_locked;
		Self::end_line(line_id, line)?;
		Self::deposit_event(Event::OfferWithdrawn { line: line_id, junior });
		Ok(())
	}

	pub(crate) fn do_accept_line(
		who: T::AccountId,
		line_id: LineId,
		terms_hash: H256,
		titles: Titles,
	) -> DispatchResult {
		let line = Self::offer_of(line_id)?;
		ensure!(who == line.borrower, Error::<T>::NotBorrower);
		ensure!(Self::now() < line.expires_at, Error::<T>::OfferExpired);
		ensure!(terms_hash == Self::terms_hash(&line.terms), Error::<T>::TermsMismatch);
		Self::active_curator(&line.curator)?;
		ensure!(!titles.is_empty(), Error::<T>::NoTitles);

		for title in &titles {
			T::Titles::encumber(*title, &who, line_id)?;
		}
		Lines::<T>::insert(
			line_id,
			LineRecord { state: LineState::Open, titles: titles.clone(), ..line },
		);
		Self::deposit_event(Event::LineAccepted { line: line_id, borrower: who, titles });
		Ok(())
	}

	/// Returns the number of titles freed.
	pub(crate) fn do_close_line(who: T::AccountId, line_id: LineId) -> Result<u32, DispatchError> {
		let line = Self::accepted_line(line_id)?;
		ensure!(who == line.borrower || who == line.curator, Error::<T>::NotParty);
		ensure!(line.loans.is_empty(), Error::<T>::LoansOutstanding);

		let titles = line.titles.len() as u32;
		for title in &line.titles {
			T::Titles::release(*title, line_id)?;
		}
		let borrower = line.borrower.clone();
		let reserve = Self::checked_sum(line.reserve, line.insurance_proceeds)?;
		let junior = line.junior_locked;
		Self::end_line(line_id, line)?;
		Self::pay(&Self::account_id(), &borrower, reserve)?;
		Self::deposit_event(Event::LineClosed { line: line_id, reserve, junior });
		Ok(titles)
	}

	/// Returns the part of `amount` that a curator's capital funds, rounded up.
	pub(crate) fn first_loss_of(amount: Balance, share: Perbill) -> Balance {
		share.share_of(amount, Rounding::Up)
	}

	/// Returns the hash by which both parties name the same terms.
	pub fn terms_hash(terms: &LineTerms) -> H256 {
		BlakeTwo256::hash_of(terms)
	}

	/// Returns a line that exists and was not accepted.
	fn offer_of(line_id: LineId) -> Result<LineRecordOf<T>, Error<T>> {
		let line = Self::line_of(line_id)?;
		match line.state {
			LineState::Offered => Ok(line),
			_ => Err(Error::NotOnOffer),
		}
	}

	/// Removes a line without loans, and returns to its curator the capital and the deposit that
	/// are held for it.
	pub(crate) fn end_line(line_id: LineId, line: LineRecordOf<T>) -> DispatchResult {
		Self::uncommit(&line.curator, line.terms.limit)?;
		Lines::<T>::remove(line_id);
		TermsOffers::<T>::remove(line_id);
		Self::free_hold(HoldReason::JuniorCapital, &line.curator, line.junior_locked)?;
		line.deposit.drop(&line.curator)
	}

	/// Returns the footprint of a line in storage, with that of new terms offered for it. Both are
	/// bounded, and the bounds count.
	pub(crate) fn line_footprint() -> Footprint {
		let line = LineRecordOf::<T>::max_encoded_len();
		Footprint::from_parts(1, line.saturating_add(TermsOffer::max_encoded_len()))
	}

	/// Ensures that terms are within the bounds that hold now.
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
		let periods = loan.calendar.periods_in_a_year();
		ensure!(
			is_within(fees.servicing.fee, periods, T::MaxServicingFee::get(), terms.limit)?,
			Error::ServicingFeeTooHigh
		);
		Ok(())
	}
}

/// Returns true if a fee that is paid so many times is at most `max` together: of its base, or of
/// the limit if it is absolute.
fn is_within(fee: Fee, times: u64, max: Perbill, limit: Balance) -> Result<bool, MathError> {
	let product = |fee: Balance| fee.checked_mul(times.into()).ok_or(MathError::Overflow);
	Ok(match fee {
		Fee::None => true,
		Fee::Share(share) => product(share.into())? <= max.deconstruct().into(),
		Fee::Absolute(amount) => product(amount)? <= max.share_of(limit, Rounding::Down),
	})
}
