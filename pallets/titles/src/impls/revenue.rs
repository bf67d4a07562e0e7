// SPDX-License-Identifier: Apache-2.0

//! What the machines earn.

use crate::{
	types::{in_custody, revenue_period},
	Config, Encumbrances, Error, Event, Pallet, Revenue,
};
use caliber_primitives::{
	traits::{Encumber, RevenueSink},
	Balance, TitleId,
};
use polkadot_sdk::frame_support::{
	defensive,
	dispatch::DispatchResult,
	ensure,
	traits::{fungible::Mutate, tokens::Preservation, DefensiveOption},
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_pay_revenue(
		payer: T::AccountId,
		title: TitleId,
		amount: Balance,
	) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let record = Self::title_record(title)?;
		ensure!(in_custody(record.status), Error::<T>::NotActive);
		let line = Encumbrances::<T>::get(title);
		let owner = <Self as Encumber<T::AccountId>>::owner(title)
			.defensive_ok_or(Error::<T>::Unexpected)?;
		ensure!(line.is_some() || owner != payer, Error::<T>::SelfPayment);
		let history = Revenue::<T>::get(title)
			.record(revenue_period(Self::now()), amount)
			.ok_or(Error::<T>::Overflow)?;

		let total = history.total;
		Revenue::<T>::insert(title, history);
		match line {
			Some(line) => T::RevenueSink::receive_revenue(line, &payer, amount)?,
			None => {
				T::UsdAi::transfer(&payer, &owner, amount, Preservation::Expendable)?;
			}
		}
		Self::deposit_event(Event::RevenuePaid { title, payer, line, amount, total });
		Ok(())
	}

	/// Rental income of the running 30-day period and the eleven before it, in USDai.
	pub(crate) fn revenue_of_trailing_year(title: TitleId) -> Balance {
		let sum = Revenue::<T>::get(title).trailing_year(revenue_period(Self::now()));
		sum.unwrap_or_else(|| {
			defensive!("the periods of a title sum up to its total at most", title);
			0
		})
	}
}
