// SPDX-License-Identifier: Apache-2.0

//! Tracks of referenda.
//!
//! Periods are counted in blocks of the relay chain, and the tempo of the chain divides them. What
//! a track that can raise risk decides is enacted no sooner than one redemption window and a day
//! later; the length of the window that counts is the one at the decision.

use super::origins::Origin;
use crate::{
	constants::{
		async_backing::RELAY_CHAIN_SLOT_DURATION_MILLIS,
		currency::CLBR,
		time::{DAYS, HOURS, MINUTES},
	},
	Balance, BlockNumber, Runtime, RuntimeOrigin, Vault,
};
use alloc::borrow::Cow;
use caliber_math::SECONDS_PER_DAY;
use caliber_primitives::{governance::tempo, Seconds};
use pallet_caliber_governance::TempoOf;
use polkadot_sdk::{
	frame_support::traits::{Get, OriginTrait},
	frame_system,
	pallet_referenda::{Curve, Track, TrackInfo},
	sp_arithmetic::FixedI64,
	sp_runtime::str_array as s,
};

/// Returns `x` percent.
const fn percent(x: i32) -> FixedI64 {
	FixedI64::from_rational(x as u128, 100)
}

// The required approval starts high and falls; the required support falls with it. The curves of a
// track with more power fall later. A track that can raise risk never passes with less than 60 % of
// the votes and 5 % of the issuance.
// The curve's arithmetic rounds down: a hundred-millionth more keeps the floor.
const APP_STRICT: Curve =
	Curve::make_reciprocal(4, 28, percent(85), FixedI64::from_inner(600_000_010), percent(100));
const SUP_STRICT: Curve = Curve::make_linear(28, 28, percent(5), percent(50));
const APP_ADMIN: Curve = Curve::make_linear(17, 28, percent(60), percent(100));
const SUP_ADMIN: Curve = Curve::make_linear(12, 28, percent(5), percent(50));
// A track that can only stop something passes with less in the end.
const APP_STOP: Curve = Curve::make_linear(17, 28, percent(50), percent(100));
const SUP_STOP: Curve = Curve::make_reciprocal(12, 28, percent(1), percent(0), percent(50));
const APP_WHITELISTED: Curve = Curve::make_reciprocal(
	16,
	28 * 24,
	percent(96),
	FixedI64::from_inner(600_000_010),
	percent(100),
);
const SUP_WHITELISTED: Curve =
	Curve::make_reciprocal(1, 28, percent(20), FixedI64::from_inner(50_000_010), percent(50));

type TrackData = Track<u16, Balance, BlockNumber>;

/// Least time from a decision to its enactment.
#[derive(Clone, Copy)]
enum Enactment {
	/// A redemption window and a day. The track can raise risk, and savers who disagree can leave
	/// before it does.
	AfterWindow,
	/// Undivided period, in blocks.
	After(BlockNumber),
}

/// Track with its undivided periods.
struct Undivided {
	track: TrackData,
	enactment: Enactment,
}

/// Builds a track. The periods are those of preparation, decision and confirmation.
const fn track(
	id: u16,
	name: &str,
	max_deciding: u32,
	decision_deposit: Balance,
	[prepare_period, decision_period, confirm_period]: [BlockNumber; 3],
	enactment: Enactment,
	[min_approval, min_support]: [Curve; 2],
) -> Undivided {
	let info = TrackInfo {
		name: s(name),
		max_deciding,
		decision_deposit,
		prepare_period,
		decision_period,
		confirm_period,
		min_enactment_period: 1,
		min_approval,
		min_support,
	};
	Undivided { track: Track { id, info }, enactment }
}

/// Periods of the tracks of the administrators.
const ADMIN_PERIODS: [BlockNumber; 3] = [2 * HOURS, 28 * DAYS, 3 * HOURS];

/// All tracks with their undivided periods.
const TRACKS: [Undivided; 9] = [
	track(
		0,
		"root",
		1,
		100_000 * CLBR,
		[2 * HOURS, 28 * DAYS, 24 * HOURS],
		Enactment::AfterWindow,
		[APP_STRICT, SUP_STRICT],
	),
	track(
		1,
		"whitelisted_caller",
		100,
		10_000 * CLBR,
		[30 * MINUTES, 28 * DAYS, 10 * MINUTES],
		Enactment::After(10 * MINUTES),
		[APP_WHITELISTED, SUP_WHITELISTED],
	),
	admin(10, "titles_admin"),
	admin(11, "appraisal_admin"),
	admin(12, "credit_admin"),
	admin(13, "stable_admin"),
	track(
		14,
		"treasurer",
		10,
		1_000 * CLBR,
		[2 * HOURS, 28 * DAYS, 3 * HOURS],
		Enactment::AfterWindow,
		[APP_STRICT, SUP_STRICT],
	),
	track(
		20,
		"referendum_canceller",
		1_000,
		10_000 * CLBR,
		[2 * HOURS, 7 * DAYS, 3 * HOURS],
		Enactment::After(10 * MINUTES),
		[APP_STOP, SUP_STOP],
	),
	track(
		21,
		"referendum_killer",
		1_000,
		50_000 * CLBR,
		[2 * HOURS, 28 * DAYS, 3 * HOURS],
		Enactment::After(10 * MINUTES),
		[APP_STOP, SUP_STOP],
	),
];

/// Builds the track of an administrator.
const fn admin(id: u16, name: &str) -> Undivided {
	track(id, name, 10, 5_000 * CLBR, ADMIN_PERIODS, Enactment::AfterWindow, [APP_ADMIN, SUP_ADMIN])
}

/// Length of a block of the relay chain, in seconds. Governance counts those.
const RELAY_BLOCK: Seconds = RELAY_CHAIN_SLOT_DURATION_MILLIS as Seconds / 1_000;

/// Returns the relay chain's blocks of a time in seconds, rounded up.
fn relay_blocks(time: Seconds) -> BlockNumber {
	// A period beyond all block numbers is never over.
	time.div_ceil(RELAY_BLOCK).try_into().unwrap_or(BlockNumber::MAX)
}

/// Returns a period in blocks divided by the tempo of the chain, rounded up; not less than the
/// shortest wait, of two blocks.
pub fn shortened(period: BlockNumber) -> BlockNumber {
	relay_blocks(tempo::shortened(Seconds::from(period) * RELAY_BLOCK, TempoOf::<Runtime>::get()))
}

/// Returns the least time from a decision that can raise risk to its enactment, in blocks: one
/// redemption window, which is as long as it says on a chain of any tempo, and a day.
pub fn after_window() -> BlockNumber {
	let day = tempo::shortened(SECONDS_PER_DAY, TempoOf::<Runtime>::get());
	relay_blocks(Vault::window_length().saturating_add(day))
}

/// Configured period divided by the tempo of the chain.
pub struct Shortened<Period>(core::marker::PhantomData<Period>);
impl<Period: Get<BlockNumber>> Get<BlockNumber> for Shortened<Period> {
	fn get() -> BlockNumber {
		shortened(Period::get())
	}
}

/// Tracks of this chain with their divided periods.
pub struct TracksInfo;
impl polkadot_sdk::pallet_referenda::TracksInfo<Balance, BlockNumber> for TracksInfo {
	type Id = u16;
	type RuntimeOrigin = <RuntimeOrigin as OriginTrait>::PalletsOrigin;

	fn tracks() -> impl Iterator<Item = Cow<'static, TrackData>> {
		let after_window = after_window();
		TRACKS.iter().map(move |undivided| {
			let mut track = undivided.track.clone();
			let info = &mut track.info;
			info.prepare_period = shortened(info.prepare_period);
			info.decision_period = shortened(info.decision_period);
			info.confirm_period = shortened(info.confirm_period);
			info.min_enactment_period = match undivided.enactment {
				Enactment::AfterWindow => after_window,
				Enactment::After(period) => shortened(period),
			};
			Cow::Owned(track)
		})
	}

	fn track_for(origin: &Self::RuntimeOrigin) -> Result<Self::Id, ()> {
		if let Ok(system) = frame_system::RawOrigin::try_from(origin.clone()) {
			return match system {
				frame_system::RawOrigin::Root => Ok(0),
				_ => Err(()),
			};
		}
		Origin::try_from(origin.clone()).map_err(|_| ()).map(|origin| match origin {
			Origin::WhitelistedCaller => 1,
			Origin::TitlesAdmin => 10,
			Origin::AppraisalAdmin => 11,
			Origin::CreditAdmin => 12,
			Origin::StableAdmin => 13,
			Origin::Treasurer => 14,
			Origin::ReferendumCanceller => 20,
			Origin::ReferendumKiller => 21,
		})
	}
}
