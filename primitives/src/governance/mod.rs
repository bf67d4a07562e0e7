// SPDX-License-Identifier: Apache-2.0

//! Decisions of governance: who makes them, which way they move risk, how long they last, and the
//! values that they set.
//!
//! Gas is slow, brakes are fast: what raises risk is decided by a referendum whose enactment waits
//! for longer than a redemption window, what lowers risk may be done at once by the technical
//! committee and runs out by itself.
//!
//! | type | answers |
//! |---|---|
//! | [`Risk`] | which way does a decision move the risk of savers? |
//! | [`Authority`] | who decided, and so how long does it last? |
//! | [`Governed`] | a value in a registry, and the brake on it |
//! | [`Ramped`] | a value that moves linearly, because it moves the price of savers |
//! | [`Area`] | the governed values of an area, with defaults, ranges and directions |
//! | [`tempo`] | how much shorter is a wait on this chain? |
//! | [`Outage`] | which time counts against nobody? |

mod area;
mod brake;
mod outage;
mod ramp;
pub mod tempo;
pub mod values;

pub use area::{Area, Direction, Kind, Quantity, ValueReport};
pub use brake::{Brake, BrakeError, BrakeTerms, Governed, Stricter};
pub use outage::{end_of, Outage, OUTAGE};
pub use ramp::Ramped;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Direction in which a decision moves the risk that savers bear.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Risk {
	/// More may be lent, issued or trusted, or the decision moves the price of a share. Only a
	/// referendum decides it.
	Raises,
	/// Less may be lent, issued or trusted. The technical committee may decide it too, for a time.
	Lowers,
}

/// Body that decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Authority {
	/// A referendum. Its decision lasts until the next one.
	Referendum,
	/// Two thirds of the technical committee. The decision is a brake, which runs out.
	Committee,
}
