// SPDX-License-Identifier: Apache-2.0

//! Offer of a line, its acceptance, and its end.

use super::{covenants::Purpose, LineOp};
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
		CuratorRecord, LineRecord, LineRecordOf, Provision, TermsOffer, Titles,
		MAX_RESERVE_INSTALLMENTS,
	},
};
use alloc::vec::Vec;
use caliber_math::{schedule::Fee, MathError, Rounding};
use caliber_primitives::{
	credit::{LineState, LineTerms, LineVersions},
	traits::{Encumber, LineParties, LineRules, LineTitles},
	Balance, LineId, Seconds, ShareOf, TitleId,
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
		// It could buy its own lot back: a borrower may not bid, but a curator has its option.
		ensure!(borrower != who, Error::<T>::BorrowerIsCurator);
		let now = Self::now();
		Self::ensure_offer_valid(&terms, expires_at, now)?;
		let committed = Self::checked_sum(curator.committed, terms.limit)?;
		ensure!(committed <= curator.capacity.at(now), Error::<T>::CapacityExceeded);
		let junior = Self::first_loss_of(terms.limit, terms.loan.first_loss);
		let line_id = Self::take_line_id()?;
		let deposit = T::LineConsideration::new(&who, Self::line_footprint())?;

		Curators::<T>::insert(&who, CuratorRecord { committed, ..curator });
		LineOp::<T>::new(
			line_id,
			LineRecord {
				borrower: borrower.clone(),
				curator: who.clone(),
				terms,
				expires_at,
				state: LineState::Offered,
				titles: BoundedVec::new(),
				versions: LineVersions::default(),
				loans: BoundedVec::new(),
				next_loan: 0,
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
				provision: Provision::default(),
				junior_holdback: 0,
				deposit,
			},
		)
		.commit();
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
		let op = LineOp::<T>::load_offer(line_id)?;
		let line = op.line();
		ensure!(who == line.curator || Self::now() >= line.expires_at, Error::<T>::OfferStanding);
		let junior = line.junior_locked;
		op.end()?;
		Self::deposit_event(Event::OfferWithdrawn { line: line_id, junior });
		Ok(())
	}

	pub(crate) fn do_accept_line(
		who: T::AccountId,
		line_id: LineId,
		terms_hash: H256,
		titles: Titles,
	) -> DispatchResult {
		let mut op = LineOp::<T>::load_offer(line_id)?;
		let line = op.line();
		ensure!(who == line.borrower, Error::<T>::NotBorrower);
		ensure!(Self::now() < line.expires_at, Error::<T>::OfferExpired);
		ensure!(terms_hash == Self::terms_hash(&line.terms), Error::<T>::TermsMismatch);
		let curator = Self::active_curator(&line.curator)?;
		// What was decided since the offer counts: an offer is no option on the bounds of its day.
		Self::validate_terms(&line.terms, Self::now())?;
		let capacity = curator.capacity.at(Self::now());
		ensure!(curator.committed <= capacity, Error::<T>::CapacityExceeded);
		ensure!(!titles.is_empty(), Error::<T>::NoTitles);

		for title in &titles {
			T::Titles::encumber(*title, &who, line_id)?;
		}
		op.open(titles.clone())?;
		op.commit();
		Self::deposit_event(Event::LineAccepted { line: line_id, borrower: who, titles });
		Ok(())
	}

	/// Returns the number of titles freed.
	pub(crate) fn do_close_line(who: T::AccountId, line_id: LineId) -> Result<u32, DispatchError> {
		let op = LineOp::<T>::load_accepted(line_id)?;
		let line = op.line();
		ensure!(who == line.borrower || who == line.curator, Error::<T>::NotParty);
		ensure!(line.loans.is_empty(), Error::<T>::LoansOutstanding);
		// The curator has committed its capital to the borrower, who pledged its titles for that.
		ensure!(who == line.borrower || !Self::is_committed(line), Error::<T>::StillAvailable);

		for title in &line.titles {
			T::Titles::release(*title, line_id)?;
		}
		let titles = op.titles();
		let borrower = line.borrower.clone();
		let reserve = Self::checked_sum(line.reserve, line.insurance_proceeds)?;
		let junior = line.junior_locked;
		op.end()?;
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

	/// Returns the footprint of a line in storage, with that of new terms offered for it. Both are
	/// bounded, and the bounds count.
	pub(crate) fn line_footprint() -> Footprint {
		let line = LineRecordOf::<T>::max_encoded_len();
		Footprint::from_parts(1, line.saturating_add(TermsOffer::max_encoded_len()))
	}

	/// Returns true while the borrower may still draw something, as far as time and limit go.
	fn is_committed(line: &LineRecordOf<T>) -> bool {
		let is_available = Self::now() <= line.terms.availability_end;
		is_available && line.undrawn() >= T::Values::get().min_draw
	}

	/// Ensures that an offer of terms may be made now, and stands no longer than it may.
	pub(crate) fn ensure_offer_valid(
		terms: &LineTerms,
		expires_at: Seconds,
		now: Seconds,
	) -> Result<(), Error<T>> {
		Self::validate_terms(terms, now)?;
		ensure!(expires_at > now, Error::ExpiryInPast);
		Self::ensure_within(expires_at, now, T::Values::get().offer_validity)
	}

	/// Ensures that a time is no farther ahead than `longest`.
	fn ensure_within(at: Seconds, now: Seconds, longest: Seconds) -> Result<(), Error<T>> {
		let last = now.checked_add(longest).ok_or(Error::Overflow)?;
		ensure!(at <= last, Error::TimeTooFar);
		Ok(())
	}

	/// Ensures that terms are within the bounds that hold now.
	pub(crate) fn validate_terms(terms: &LineTerms, now: Seconds) -> Result<(), Error<T>> {
		let (loan, values) = (&terms.loan, T::Values::get());
		ensure!(terms.limit >= values.min_draw, Error::LimitTooLow);
		ensure!(terms.availability_end > now, Error::AvailabilityInPast);
		Self::ensure_within(terms.availability_end, now, values.max_availability)?;
		ensure!(terms.advance_rate <= values.max_advance_rate, Error::AdvanceRateTooHigh);
		ensure!(terms.maintenance_coverage >= FixedU128::one(), Error::MaintenanceCoverageTooLow);
		ensure!(terms.cure_period <= values.max_cure_period, Error::CurePeriodTooLong);
		ensure!(
			terms.reserve_installments <= MAX_RESERVE_INSTALLMENTS,
			Error::TooManyReserveInstallments
		);
		let term = loan.calendar.shortest_term().map_err(|_| Error::InvalidCalendar)?;
		ensure!(term >= values.min_loan_term, Error::TermTooShort);
		ensure!(loan.first_loss >= values.min_first_loss, Error::FirstLossTooLow);
		let highest = loan.senior_apr.max(loan.junior_apr).max(loan.grace_apr);
		ensure!(highest <= values.max_apr, Error::AprTooHigh);
		ensure!(loan.senior_apr >= values.min_senior_apr, Error::SeniorAprTooLow);
		ensure!(loan.grace_period <= values.max_grace_period, Error::GracePeriodTooLong);
		let fees = &loan.fees;
		for term in [fees.origination, fees.servicing, fees.exit, fees.liquidation] {
			ensure!(is_within(term.fee, 1, values.max_fee, terms.limit)?, Error::FeeTooHigh);
		}
		let periods = loan.calendar.periods_in_a_year();
		ensure!(
			is_within(fees.servicing.fee, periods, values.max_servicing_fee, terms.limit)?,
			Error::ServicingFeeTooHigh
		);
		Ok(())
	}
}

impl<T: Config> LineParties<T::AccountId> for Pallet<T> {
	fn curator(line_id: LineId) -> Option<T::AccountId> {
		Lines::<T>::get(line_id).map(|line| line.curator)
	}
}

impl<T: Config> LineTitles for Pallet<T> {
	fn titles(line_id: LineId) -> Vec<TitleId> {
		Lines::<T>::get(line_id).map_or_else(Vec::new, |line| line.titles.into_inner())
	}
}

impl<T: Config> LineOp<T> {
	/// Opens the line, under the present versions, with titles that are pledged to it.
	fn open(&mut self, titles: Titles) -> Result<(), Error<T>> {
		self.line.state = LineState::Open;
		self.line.titles = titles;
		self.line.versions.rules = T::Rules::version();
		let pledges = self.pledges(&self.rules(Purpose::NewDebt));
		self.register(&pledges)
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
