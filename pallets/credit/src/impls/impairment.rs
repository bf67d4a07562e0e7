// SPDX-License-Identifier: Apache-2.0

//! Impairment of a line: the expected proceeds of a sale of its titles, and the provision for the
//! senior lender's shortfall.

use super::{
	covenants::{CollateralStatus, Missing, Purpose},
	reports::ratio,
	LineOp,
};
use crate::{
	frame_support::{dispatch::DispatchResult, ensure, traits::Get},
	pallet::*,
	sp_runtime::{DispatchError, Perbill},
	types::{is_distressed, Elapsed, LineRecordOf, Provision},
};
use caliber_math::{mul_div, Rounding};
use caliber_primitives::{
	appraisal::AppraisalError,
	credit::{BreachReason, LineState, LineTerms},
	governance::values::CreditValues,
	titles::Ineligibility,
	traits::{Clock, SeniorLender, TitleInspect},
	Balance, LineId, ShareOf,
};

impl<T: Config> Pallet<T> {
	/// Returns the number of titles looked at.
	pub(crate) fn do_reassess(line_id: LineId) -> Result<u32, DispatchError> {
		let mut op = LineOp::<T>::load_accepted(line_id)?;
		ensure!(op.line.outstanding > 0 || is_distressed(op.line.state), Error::<T>::NothingOwed);
		op.rebook_loans()?;
		let statuses = op.look(Purpose::Covenants);
		op.assess(&statuses)?;
		let titles = op.titles();
		op.commit();
		Ok(titles)
	}

	/// Returns the proceeds of a forced sale of titles before its costs, in USDai: for the expected
	/// loss and for the first reserve price of an auction.
	pub(crate) fn forced_sale(
		statuses: &[CollateralStatus],
		values: &CreditValues,
	) -> Result<Balance, Error<T>> {
		statuses.iter().try_fold(0, |sum, status| {
			Self::checked_sum(sum, Self::liquidation_value(status, values)?)
		})
	}

	/// Returns the borrowing base of titles by their values, a missing one counted as the last that
	/// was accepted less the haircut. `insured` caps each by its cover.
	fn observed_base(
		terms: &LineTerms,
		statuses: &[CollateralStatus],
		values: &CreditValues,
		insured: bool,
	) -> Result<Balance, Error<T>> {
		let mut base = 0;
		for status in statuses.iter().filter(|status| !status.is_gone()) {
			let value = Self::covered_value(status, values, Missing::LessHaircut)?;
			let counted = if insured { status.counted(value) } else { value };
			match Self::advance_on(terms, status, counted) {
				Ok((_, advance)) => base = Self::checked_sum(base, advance)?,
				// Against a model whose specification is not known nothing is lent.
				Err(Error::PriceUnavailable) => (),
				Err(error) => return Err(error),
			}
		}
		Ok(base)
	}

	/// Returns true if nothing but custody, insurance or papers of its titles broke the covenants of a
	/// line: the machines are what they were.
	fn is_lapse_of_paper(line: &LineRecordOf<T>, statuses: &[CollateralStatus]) -> bool {
		let is_paper = |reason: Ineligibility| {
			matches!(
				reason,
				Ineligibility::CustodyStale
					| Ineligibility::DocumentLapsed(_)
					| Ineligibility::Uninsured
					| Ineligibility::UnderInsured
			)
		};
		let declared = line.breach.is_some_and(
			|breach| matches!(breach.reason, BreachReason::Title(_, reason) if is_paper(reason)),
		);
		declared && statuses.iter().filter_map(CollateralStatus::lapse).all(is_paper)
	}

	/// Returns the proceeds of a forced sale of one title. A lost one brings nothing. Where a value
	/// is missing today the last accepted one counts, less a haircut, and zero where there never
	/// was one.
	fn liquidation_value(
		status: &CollateralStatus,
		values: &CreditValues,
	) -> Result<Balance, Error<T>> {
		match &status.value {
			_ if status.is_gone() => Ok(0),
			Ok(valuation) => Ok(valuation.liquidation_value),
			Err(AppraisalError::Zero) => Ok(0),
			Err(_) => {
				let last_known = Self::last_known(status)?;
				Self::after_haircut(last_known.map_or(0, |known| known.liquidation_value), values)
			}
		}
	}
}

impl<T: Config> LineOp<T> {
	/// Assesses the line again, and provisions what its weight asks for.
	pub(super) fn assess(&mut self, statuses: &[CollateralStatus]) -> DispatchResult {
		self.observe(self.line.state, statuses, &T::Values::get())?;
		self.provision()
	}

	/// Notes what a sale would bring, what insurers are expected to pay, the coverage, and the
	/// weight that follows in a state. Nothing is provisioned yet.
	pub(super) fn observe(
		&mut self,
		state: LineState,
		statuses: &[CollateralStatus],
		values: &CreditValues,
	) -> DispatchResult {
		let line = &self.line;
		let recovery = self.expected_recovery(statuses, values)?;
		let insured = self.expected_insurance(statuses, values)?;
		let paper = state == LineState::Breached && Pallet::<T>::is_lapse_of_paper(line, statuses);
		let base = Pallet::<T>::observed_base(&line.terms, statuses, values, !paper)?;
		let debt = line.net_debt();
		let required = Pallet::<T>::required_base(&line.terms, debt)?;
		let weight = match state {
			LineState::Defaulted | LineState::Liquidating => Perbill::one(),
			_ if line.outstanding == 0 => Perbill::zero(),
			LineState::Breached => {
				let start = match paper && base >= required {
					true => values.lapse_weight,
					false => values.coverage_weight,
				};
				self.weight_of_breach(start)?
			}
			_ => Perbill::zero(),
		};
		let low = mul_div(required, 11, 10, Rounding::Up).map_err(Error::<T>::from)?;
		let weight = match base < low && line.outstanding > 0 {
			true => weight.max(values.low_coverage_weight),
			false => weight,
		};
		let coverage = ratio(base, debt);
		self.line.recovery = recovery;
		self.line.provision =
			Provision { weight, coverage, insured, assessed_at: Pallet::<T>::now() };
		Ok(())
	}

	/// Returns the weight of the breach of the line now, which begins with `start`.
	fn weight_of_breach(&self, start: Perbill) -> Result<Perbill, Error<T>> {
		let breach = self.line.breach.ok_or_else(Pallet::<T>::unexpected)?;
		let ends_at = Pallet::<T>::cure_ends_at(&breach);
		let elapsed = Elapsed::at(Pallet::<T>::now(), breach.since, breach.cure_until, ends_at);
		Ok(elapsed.weight(start, Perbill::one(), T::Clock::day())?)
	}

	/// Brings the impairment of the line to what its last assessment asks for.
	pub(super) fn provision(&mut self) -> DispatchResult {
		let old = self.line.impairment;
		self.note_provision()?;
		if self.line.impairment != old {
			T::Senior::provision(old, self.line.impairment)?;
		}
		Ok(())
	}

	/// Books the impairment of the line in the books of this pallet. The caller tells the senior
	/// lender.
	pub(super) fn note_provision(&mut self) -> Result<(), Error<T>> {
		let (old, impairment) = (self.line.impairment, self.line.expected_loss());
		if impairment == old {
			return Ok(());
		}
		Pallet::<T>::change_totals(|totals| {
			Pallet::<T>::replace_part(&mut totals.impairment, old, impairment)
		})?;
		self.line.impairment = impairment;
		let (line, recovery) = (self.id, self.line.recovery);
		Pallet::<T>::deposit_event(Event::ImpairmentSet { line, recovery, impairment });
		Ok(())
	}

	/// Takes the provision of a line that ends off the books of this pallet. Returns it: the senior
	/// lender releases it with the loss that it stood for.
	pub(super) fn release_provision(&mut self) -> Result<Balance, Error<T>> {
		let provision = core::mem::take(&mut self.line.impairment);
		if provision > 0 {
			Pallet::<T>::change_totals(|totals| {
				Pallet::<T>::replace_part(&mut totals.impairment, provision, 0)
			})?;
			let (line, recovery) = (self.id, self.line.recovery);
			Pallet::<T>::deposit_event(Event::ImpairmentSet { line, recovery, impairment: 0 });
		}
		Ok(provision)
	}

	/// Returns the insurance money that is expected for lost machines, in USDai, rounded down: what
	/// is left of their value and of the policies that pay for them, less the haircut.
	fn expected_insurance(
		&self,
		statuses: &[CollateralStatus],
		values: &CreditValues,
	) -> Result<Balance, Error<T>> {
		let rules = self.rules(Purpose::Covenants);
		let mut expected: Balance = 0;
		for status in statuses {
			let Some(loss) = T::Titles::insured_loss(status.title, self.id, &rules) else {
				continue;
			};
			let worth = status.worth_of_units::<T>(loss.units)?;
			let unpaid = worth.max(loss.claimed) - loss.claimed;
			let due = Pallet::<T>::after_haircut(unpaid.min(loss.claimable), values)?;
			expected = Pallet::<T>::checked_sum(expected, due)?;
		}
		Ok(expected)
	}

	/// Returns true if every machine of the line is lost and insurers still owe for one: a lot of
	/// nothing is not sold while the money for it is to come.
	pub(super) fn awaits_claims(
		&self,
		statuses: &[CollateralStatus],
		values: &CreditValues,
	) -> Result<bool, Error<T>> {
		let nothing_left = statuses.iter().all(CollateralStatus::is_gone);
		Ok(nothing_left && self.expected_insurance(statuses, values)? > 0)
	}

	/// Returns the proceeds that a sale of the titles is expected to bring the lenders, in USDai,
	/// rounded down.
	///
	/// A lot for which nobody bid in a round brings no more than the next round asks. The sale
	/// costs the share that is expected, or the one that it is charged if that is more. Fees of the
	/// terms rank behind the lenders and cost them nothing.
	pub(super) fn expected_recovery(
		&self,
		statuses: &[CollateralStatus],
		values: &CreditValues,
	) -> Result<Balance, Error<T>> {
		let line = &self.line;
		let mut proceeds = Pallet::<T>::forced_sale(statuses, values)?;
		if line.state == LineState::Liquidating {
			let shown = Auctions::<T>::get(self.id).and_then(|auction| auction.shown_value());
			proceeds = shown.map_or(proceeds, |most| most.min(proceeds));
		}
		let charged = self.rules(Purpose::Covenants).sale_cost;
		let cost = values.liquidation_cost.max(charged).share_of(proceeds, Rounding::Up);
		Pallet::<T>::checked_difference(proceeds, cost)
	}
}
