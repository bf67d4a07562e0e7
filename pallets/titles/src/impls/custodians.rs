// SPDX-License-Identifier: Apache-2.0

//! Custodians: what is in their custody, the bond that it asks for, and slashes.

use super::compensation::Compensation;
use crate::{
	Attestation, BondClaims, Config, Custodian, Custodians, Error, Event, Losses, Pallet,
	PartyKind, TitleOf, Verifier, Verifiers,
};
use caliber_math::Rounding;
use caliber_primitives::{
	titles::{LossId, Surety, TitleStatus},
	traits::InspectModels,
	Balance, ModelId, ShareOf, TitleId,
};
use polkadot_sdk::frame_support::{
	defensive,
	dispatch::DispatchResult,
	ensure,
	traits::{DefensiveOption, Get},
};

impl<T: Config> Pallet<T> {
	pub(crate) fn custodian(account: &T::AccountId) -> Result<Custodian, Error<T>> {
		Custodians::<T>::get(account).ok_or(Error::<T>::UnknownParty)
	}

	/// Returns the custodian of a title or of a claim, who is never missing.
	pub(crate) fn custodian_of_title(account: &T::AccountId) -> Result<Custodian, Error<T>> {
		Custodians::<T>::get(account).defensive_ok_or(Error::<T>::Unexpected)
	}

	/// Returns a custodian that may take in machines: not suspended, its bond sufficient.
	pub(crate) fn admitted_custodian(account: &T::AccountId) -> Result<Custodian, Error<T>> {
		Self::admitted_party(PartyKind::Custodian, account)?;
		let custodian = Self::custodian(account)?;
		Self::ensure_bonded(&custodian)?;
		Ok(custodian)
	}

	/// Returns the bond that a custodian needs for what it answers for, in USDai, rounded up.
	pub(crate) fn required_bond(custodian: &Custodian) -> Balance {
		if custodian.live_titles == 0 && Self::answered_for(custodian) == 0 {
			return 0;
		}
		Self::bond_for_custody(custodian)
	}

	/// Returns true if a custodian keeps nothing and nothing can be claimed or slashed for what it kept.
	pub(crate) fn answers_for_nothing(custodian: &Custodian) -> bool {
		custodian.open_claims == 0 && Self::required_bond(custodian) == 0
	}

	/// Returns the bond of a custodian that keeps something, one title at least.
	fn bond_for_custody(custodian: &Custodian) -> Balance {
		let values = T::Values::get();
		let share = values.bond_share.share_of(Self::answered_for(custodian), Rounding::Up);
		values.min_bond.max(share)
	}

	/// Returns the value for which a custodian answers, in USD: what is in its custody, and what was
	/// lost with it and has gone to another custodian.
	fn answered_for(custodian: &Custodian) -> Balance {
		let moved = Self::moved_losses(custodian);
		// For a sum beyond all amounts no bond is enough.
		custodian.in_custody.checked_add(moved).unwrap_or(Balance::MAX)
	}

	/// Returns the value of lost machines whose titles have moved to other custodians, while the last
	/// of the losses may be named.
	fn moved_losses(custodian: &Custodian) -> Balance {
		if custodian.moved == 0 || Self::loss_period_is_over(custodian.moved_loss_at) {
			0
		} else {
			custodian.moved
		}
	}

	/// Notes that a title goes to another custodian of which machines were lost with this one: its bond
	/// has to stay for them until the time to settle these losses is over.
	pub(crate) fn keep_bond_for_losses(
		title_id: TitleId,
		title: &TitleOf<T>,
	) -> Result<(), Error<T>> {
		let account = &title.custodian;
		let losses = Losses::<T>::get(title_id).into_iter();
		let own = losses
			.filter(|loss| loss.custodian == *account && !Self::loss_period_is_over(loss.since));
		let (units, last) = own.fold((0u32, 0), |(units, last), loss| {
			// No overflow: a title has few devices, and each is lost once.
			(units.saturating_add(loss.units), loss.since.max(last))
		});
		if units == 0 {
			return Ok(());
		}
		let value = Self::custody_value_of(title_id, title, units)?;
		let custodian = Self::custodian_of_title(account)?;
		let moved =
			Self::moved_losses(&custodian).checked_add(value).ok_or(Error::<T>::Overflow)?;
		let moved_loss_at = custodian.moved_loss_at.max(last);
		Custodians::<T>::insert(account, Custodian { moved, moved_loss_at, ..custodian });
		Ok(())
	}

	/// Returns the bond without what claims have frozen, in USDai.
	pub(crate) fn free_bond(custodian: &Custodian) -> Result<Balance, Error<T>> {
		custodian.bond.checked_sub(custodian.claimed).defensive_ok_or(Error::<T>::Unexpected)
	}

	/// Ensures that a custodian may keep what is in its custody, one title at least.
	pub(crate) fn ensure_bonded(custodian: &Custodian) -> Result<(), Error<T>> {
		let needed = Self::bond_for_custody(custodian);
		ensure!(Self::free_bond(custodian)? >= needed, Error::<T>::BondTooLow);
		Ok(())
	}

	/// Returns true if the bond of a custodian, without what open claims have frozen, is sufficient
	/// for what is in its custody. New debt needs that.
	pub fn bond_is_sufficient(account: &T::AccountId) -> bool {
		Custodians::<T>::get(account)
			.is_some_and(|custodian| Self::ensure_bonded(&custodian).is_ok())
	}

	/// Returns true if a claim for the title against a bond waits for governance.
	pub fn has_open_claim(title_id: TitleId) -> bool {
		BondClaims::<T>::contains_key(title_id)
	}

	/// Returns the number of claims against the bond of a custodian that wait for governance.
	pub fn open_claims(account: &T::AccountId) -> u32 {
		Custodians::<T>::get(account).map_or(0, |custodian| custodian.open_claims)
	}

	/// Returns what `units` of a model count in custody from today on, in USD.
	pub(crate) fn value_in_custody(model: ModelId, units: u32) -> Result<Balance, Error<T>> {
		let price = T::Models::reference_price(model).ok_or(Error::<T>::ModelNotListed)?;
		price.checked_mul(units.into()).ok_or(Error::<T>::Overflow)
	}

	/// Counts `value` in the custody of a custodian, which needs a sufficient bond for it.
	pub(crate) fn take_into_custody(
		account: &T::AccountId,
		value: Balance,
	) -> Result<(), Error<T>> {
		let custodian = Self::custodian_of_title(account)?;
		let in_custody = custodian.in_custody.checked_add(value).ok_or(Error::<T>::Overflow)?;
		let custodian = Custodian { in_custody, ..custodian };
		Self::ensure_bonded(&custodian)?;
		Custodians::<T>::insert(account, custodian);
		Ok(())
	}

	/// Counts `value` off the custody of a custodian.
	pub(crate) fn take_out_of_custody(
		account: &T::AccountId,
		value: Balance,
	) -> Result<(), Error<T>> {
		let custodian = Self::custodian_of_title(account)?;
		let Some(in_custody) = custodian.in_custody.checked_sub(value) else {
			defensive!("a custodian counts the value of each of its titles");
			return Err(Error::<T>::Unexpected);
		};
		Custodians::<T>::insert(account, Custodian { in_custody, ..custodian });
		Ok(())
	}

	/// Returns a title for which a bond may answer with an amount.
	pub(crate) fn answerable_title(
		title_id: TitleId,
		amount: Balance,
	) -> Result<TitleOf<T>, Error<T>> {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let title = Self::title_record(title_id)?;
		ensure!(title.status != TitleStatus::Attested, Error::<T>::NotConfirmed);
		Ok(title)
	}

	pub(crate) fn do_slash_custodian(
		title_id: TitleId,
		amount: Balance,
		loss: Option<LossId>,
	) -> DispatchResult {
		let title = Self::answerable_title(title_id, amount)?;
		let loss = Self::named_loss(title_id, &title, loss, 0)?;
		let named = loss.as_ref().map(|loss| loss.id);
		// Machines may be in another custody now than when they were lost.
		let answers = loss.as_ref().map_or(&title.custodian, |loss| &loss.custodian);
		let account = answers.clone();
		let custodian = Self::custodian_of_title(&account)?;
		// What claims have frozen is not paid out twice.
		ensure!(amount <= Self::free_bond(&custodian)?, Error::<T>::InsufficientBond);
		let bond = custodian.bond.checked_sub(amount).defensive_ok_or(Error::<T>::Unexpected)?;

		Custodians::<T>::insert(&account, Custodian { bond, ..custodian });
		let surety = Surety::CustodianBond;
		let Compensation { line, owner, to_line } =
			Self::compensate_from_bond(title_id, &title, surety, &account, loss, amount)?;
		Self::deposit_event(Event::CustodianSlashed {
			title: title_id,
			custodian: account,
			line,
			owner,
			loss: named,
			amount,
			to_line,
			bond,
		});
		Ok(())
	}

	pub(crate) fn do_slash_verifier(
		title_id: TitleId,
		account: T::AccountId,
		amount: Balance,
		loss: Option<LossId>,
	) -> DispatchResult {
		let title = Self::answerable_title(title_id, amount)?;
		let Attestation { verifier, inspection, .. } = Self::attestation(title_id)?;
		let inspector = inspection.map(|inspection| inspection.verifier);
		let mut verifiers = verifier.into_iter().chain(inspector);
		ensure!(verifiers.any(|verifier| verifier == account), Error::<T>::NoVerifier);
		let loss = Self::named_loss(title_id, &title, loss, 0)?;
		let named = loss.as_ref().map(|loss| loss.id);
		let verifier = Verifiers::<T>::get(&account).ok_or(Error::<T>::NoVerifier)?;
		let bond = verifier.bond.checked_sub(amount).ok_or(Error::<T>::InsufficientBond)?;

		Verifiers::<T>::insert(&account, Verifier { bond, ..verifier });
		let surety = Surety::VerifierBond;
		let Compensation { line, owner, to_line } =
			Self::compensate_from_bond(title_id, &title, surety, &account, loss, amount)?;
		Self::deposit_event(Event::VerifierSlashed {
			title: title_id,
			verifier: account,
			line,
			owner,
			loss: named,
			amount,
			to_line,
			bond,
		});
		Ok(())
	}
}
