// SPDX-License-Identifier: Apache-2.0

//! Income of the machines.

use crate::{
	types::{in_custody, revenue_period},
	Config, Error, Event, Pallet, Revenue,
};
use caliber_primitives::{traits::RevenueSink, Balance, TitleId};
use polkadot_sdk::frame_support::{
	defensive,
	dispatch::DispatchResult,
	ensure,
	traits::{fungible::Mutate, tokens::Preservation},
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_pay_revenue(
		payer: T::AccountId,
		title_id: TitleId,
		amount: Balance,
	) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let title = Self::title_record(title_id)?;
		ensure!(in_custody(title.status), Error::<T>::NotActive);
		let line_id = title.line;
		let owner = Self::owner_of_confirmed(title_id)?;
		ensure!(line_id.is_some() || owner != payer, Error::<T>::SelfPayment);
		let history = Revenue::<T>::get(title_id)
			.record(revenue_period(Self::now()), amount)
			.ok_or(Error::<T>::Overflow)?;

		let total = history.total;
		Revenue::<T>::insert(title_id, history);
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
		});
		Ok(())
	}

	/// Returns the rental income of the running 30-day period and the eleven before it, in USDai.
	pub(crate) fn revenue_of_trailing_year(title_id: TitleId) -> Balance {
		let sum = Revenue::<T>::get(title_id).trailing_year(revenue_period(Self::now()));
		sum.unwrap_or_else(|| {
			defensive!("the periods of a title sum up to its total at most", title_id);
			0
		})
	}
}
