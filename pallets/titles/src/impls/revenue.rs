// SPDX-License-Identifier: Apache-2.0

//! Income of the machines.

use crate::{
	types::in_custody, Config, Error, Event, Pallet, PartyKind, RevenueHistory, TitleOf, Titles,
};
use caliber_math::Rounding;
use caliber_primitives::{
	traits::{LineParties, RevenueSink},
	Balance, ShareOf, TitleId,
};
use polkadot_sdk::frame_support::{
	defensive,
	dispatch::DispatchResult,
	ensure,
	traits::{fungible::Mutate, tokens::Preservation, Get},
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_pay_revenue(
		payer: T::AccountId,
		title_id: TitleId,
		amount: Balance,
	) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let mut title = Self::title_record(title_id)?;
		ensure!(in_custody(title.status), Error::<T>::NotActive);
		let line_id = title.line;
		let owner = Self::owner_of_confirmed(title_id)?;
		ensure!(line_id.is_some() || owner != payer, Error::<T>::SelfPayment);
		let is_earned = Self::is_off_taker(&payer, &title, &owner);
		let share = T::Values::get().min_revenue;
		let enough = share.share_of(title.custody_value, Rounding::Up);
		let history = title.revenue.record(Self::now(), amount, is_earned, enough);

		title.revenue = history.ok_or(Error::<T>::Overflow)?;
		let RevenueHistory { total, earned, .. } = title.revenue;
		Titles::<T>::insert(title_id, title);
		match line_id {
			Some(line_id) => T::RevenueSink::receive_revenue(line_id, &payer, amount)?,
			None => {
				T::UsdAi::transfer(&payer, &owner, amount, Preservation::Expendable)?;
			}
		}
		Self::deposit_event(Event::RevenuePaid {
			title: title_id,
			payer,
			line: line_id,
			amount,
			total,
			earned,
		});
		Ok(())
	}

	/// Returns true if what `payer` pays counts as earned: it is a registered off-taker, not
	/// suspended, and no party of the title that could take the money back.
	fn is_off_taker(payer: &T::AccountId, title: &TitleOf<T>, owner: &T::AccountId) -> bool {
		let curator = || title.line.and_then(T::Lines::curator);
		Self::admitted_party(PartyKind::OffTaker, payer).is_ok()
			&& payer != owner
			&& *payer != title.custodian
			&& curator().as_ref() != Some(payer)
	}

	pub(crate) fn do_strike_revenue(title_id: TitleId) -> Result<(), Error<T>> {
		let mut title = Self::title_record(title_id)?;
		let RevenueHistory { total, earned, .. } = title.revenue;
		ensure!(earned > 0, Error::<T>::NothingEarned);

		title.revenue = RevenueHistory { total, ..Default::default() };
		Titles::<T>::insert(title_id, title);
		Self::deposit_event(Event::RevenueStruck { title: title_id, earned });
		Ok(())
	}

	/// Returns the rental income of the last 365 days that registered off-takers paid, in USDai.
	pub(crate) fn earned_in_trailing_year(title: &TitleOf<T>) -> Balance {
		title.revenue.trailing_year(Self::now()).unwrap_or_else(|| {
			defensive!("the periods of a title sum up to what it earned at most");
			0
		})
	}
}
