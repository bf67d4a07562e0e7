// SPDX-License-Identifier: Apache-2.0

//! Lines that take payments, for the benchmarks of titles.

use super::{funded, offered, terms, titles, trouble};
use crate::{
	pallet::*,
	types::{LineLoss, MAX_LOANS, MAX_TITLES},
};
use caliber_primitives::{traits::Encumber, Balance, LineId, TitleId, USD};
use polkadot_sdk::frame_support::assert_ok;

/// A line of `owner` that holds `title`, with as many other titles and as many loans as it may have:
/// a payment to it reads and writes the largest record.
pub(crate) fn line_over<T: Config>(owner: &T::AccountId, title: TitleId) -> LineId {
	let curator = funded::<T>("curator");
	let line_id = offered::<T>(&curator, owner);
	let hash = Pallet::<T>::terms_hash(&terms::<T>());
	let mut pledged = titles::<T>(owner, MAX_TITLES - 1);
	pledged.try_push(title).expect("there is room for one more; qed");
	assert_ok!(Pallet::<T>::do_accept_line(owner.clone(), line_id, hash, pledged));
	T::Titles::benchmark_acknowledge(line_id);
	trouble::fill_loans::<T>(line_id, MAX_LOANS);
	line_id
}

/// A line that has ended with a loss of a dollar for each of its lenders, and the sum of both.
pub(crate) fn lost_line<T: Config>() -> (LineId, Balance) {
	let line_id = NextLineId::<T>::get();
	NextLineId::<T>::put(line_id + 1);
	let loss = LineLoss { senior: USD, junior: USD, curator: funded::<T>("curator") };
	LineLosses::<T>::insert(line_id, loss);
	Totals::<T>::mutate(|totals| totals.bad_debt += USD);
	(line_id, 2 * USD)
}
