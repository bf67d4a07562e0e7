// SPDX-License-Identifier: Apache-2.0

//! The bodies, by theme.

mod bills;
mod peg;
mod proof;

use crate::{pallet_psm, Config};
use caliber_primitives::Balance;
use polkadot_sdk::frame_support::traits::fungibles::Inspect;

/// The assets of the peg.
pub(crate) type FungiblesOf<T> = <T as pallet_psm::Config>::Fungibles;

/// How the assets of the peg are counted.
pub(crate) type PegBalanceOf<T> =
	<FungiblesOf<T> as Inspect<<T as polkadot_sdk::frame_system::Config>::AccountId>>::Balance;

/// A balance of the peg as ours. One that does not fit is more than there is of any dollar, and
/// counts as nothing.
pub(crate) fn amount<T: Config>(balance: PegBalanceOf<T>) -> Balance {
	balance.try_into().unwrap_or_default()
}
