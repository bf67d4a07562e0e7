// SPDX-License-Identifier: Apache-2.0

//! Bodies of governance: who decides what raises risk, what lowers it, values, brakes and vetoes.

#![allow(missing_docs)]

mod common;

use caliber_primitives::governance::{Authority, Risk};
use caliber_runtime::{
	configs::governance::{
		origins::Origin, AppraisalAdmin, AreaAdmin, CreditAdmin, StableAdmin, TechnicalCollective,
		TitlesAdmin,
	},
	Runtime, RuntimeOrigin,
};
use common::*;
use pallet_caliber_governance::{AreaId, Config};
use polkadot_sdk::{
	frame_support::traits::{EnsureOrigin, EnsureOriginWithArg},
	pallet_collective,
};

/// Returns every origin of a track.
fn tracks() -> [Origin; 8] {
	[
		Origin::WhitelistedCaller,
		Origin::TitlesAdmin,
		Origin::AppraisalAdmin,
		Origin::CreditAdmin,
		Origin::StableAdmin,
		Origin::Treasurer,
		Origin::ReferendumCanceller,
		Origin::ReferendumKiller,
	]
}

/// Returns the origin of so many of three members of the committee.
fn committee(members: u32) -> RuntimeOrigin {
	pallet_collective::RawOrigin::<_, TechnicalCollective>::Members(members, 3).into()
}

/// Checks that the area has this track.
fn check_area<Track: EnsureOrigin<RuntimeOrigin>>(own: Origin) {
	let decides = |origin: RuntimeOrigin, risk: Risk| {
		<AreaAdmin<Track> as EnsureOriginWithArg<_, Risk>>::try_origin(origin, &risk).ok()
	};
	for risk in [Risk::Raises, Risk::Lowers] {
		assert_eq!(decides(RuntimeOrigin::root(), risk), Some(Authority::Referendum));
		for track in tracks() {
			let expected = (track == own).then_some(Authority::Referendum);
			assert_eq!(decides(track.clone().into(), risk), expected, "{track:?} {risk:?}");
		}
		assert_eq!(decides(signed(&saver()), risk), None);
		assert_eq!(decides(RuntimeOrigin::none(), risk), None);
		assert_eq!(decides(committee(1), risk), None);
	}
	for members in [2, 3] {
		assert_eq!(decides(committee(members), Risk::Raises), None);
		assert_eq!(decides(committee(members), Risk::Lowers), Some(Authority::Committee));
	}
}

#[test]
fn committee_should_lower_risk_in_every_area_and_raise_it_in_none() {
	run(|| {
		check_area::<CreditAdmin>(Origin::CreditAdmin);
		check_area::<TitlesAdmin>(Origin::TitlesAdmin);
		check_area::<AppraisalAdmin>(Origin::AppraisalAdmin);
		check_area::<StableAdmin>(Origin::StableAdmin);
	});
}

#[test]
fn values_should_be_set_by_the_track_of_their_area_or_by_root() {
	type Values = <Runtime as Config>::ValuesOrigin;
	let areas = [
		(AreaId::Credit, Some(Origin::CreditAdmin)),
		(AreaId::Rules, Some(Origin::CreditAdmin)),
		(AreaId::Titles, Some(Origin::TitlesAdmin)),
		(AreaId::Appraisal, Some(Origin::AppraisalAdmin)),
		(AreaId::Vault, Some(Origin::StableAdmin)),
		(AreaId::Reserves, Some(Origin::StableAdmin)),
		(AreaId::Governance, None),
	];
	run(|| {
		for (area, own) in areas {
			for risk in [Risk::Raises, Risk::Lowers] {
				let sets =
					|origin: RuntimeOrigin| Values::try_origin(origin, &(area, risk)).is_ok();
				assert!(sets(RuntimeOrigin::root()));
				for track in tracks() {
					let expected = Some(&track) == own.as_ref();
					assert_eq!(sets(track.clone().into()), expected, "{area:?} by {track:?}");
				}
				assert!(!sets(committee(3)));
				assert!(!sets(signed(&saver())));
			}
		}
	});
}

#[test]
fn brakes_should_be_set_by_two_thirds_of_the_committee_or_by_root() {
	type Brakes = <Runtime as Config>::BrakeOrigin;
	run(|| {
		let brakes =
			|origin: RuntimeOrigin| <Brakes as EnsureOrigin<_>>::try_origin(origin).is_ok();
		assert!(brakes(RuntimeOrigin::root()) && brakes(committee(2)) && brakes(committee(3)));
		assert!(!brakes(committee(1)) && !brakes(signed(&saver())));
		for track in tracks() {
			assert!(!brakes(track.into()));
		}
	});
}

#[test]
fn vetoes_should_be_of_the_committee_the_canceller_or_root() {
	type Vetoes = <Runtime as Config>::VetoOrigin;
	run(|| {
		let strikes = |origin: RuntimeOrigin| Vetoes::try_origin(origin).ok();
		assert_eq!(strikes(RuntimeOrigin::root()), Some(Authority::Referendum));
		assert_eq!(strikes(committee(2)), Some(Authority::Committee));
		assert_eq!(strikes(committee(1)), None);
		assert_eq!(strikes(signed(&saver())), None);
		for track in tracks() {
			let expected = (track == Origin::ReferendumCanceller).then_some(Authority::Referendum);
			assert_eq!(strikes(track.clone().into()), expected, "{track:?}");
		}
	});
}
