// SPDX-License-Identifier: Apache-2.0

//! Shares of idle work in a block: a quarter of it, most of it by turns of credit and the vault.

use crate::{constants::MAXIMUM_BLOCK_WEIGHT, System};
use polkadot_sdk::frame_support::{traits::Get, weights::Weight};

/// Part of a block for the pallet whose turn it is, in 64ths.
const TURN: u64 = 11;

/// Part of a block for the other pallet, in 64ths. An installment is collected in the block of its due
/// date whoever has the turn: the borrower pays no late interest for the chain's order.
const OTHER: u64 = 4;

// A 64th of the quarter is left to the reserves.
const _: () = assert!(TURN + OTHER == 15);

/// Largest weight of the idle work of a pallet in this block. One pallet has the turn in the odd blocks
/// and the other in the even ones, so that neither takes the room of the other. Both together leave a
/// 64th of the quarter of a block to the reserves, which note their offers.
pub struct IdleTurn<const ODD: bool>;

impl<const ODD: bool> Get<Weight> for IdleTurn<ODD> {
	fn get() -> Weight {
		let part = match (System::block_number() % 2 == 1) == ODD {
			true => TURN,
			false => OTHER,
		};
		MAXIMUM_BLOCK_WEIGHT.saturating_div(64).saturating_mul(part)
	}
}
