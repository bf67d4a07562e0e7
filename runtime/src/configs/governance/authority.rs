// SPDX-License-Identifier: Apache-2.0

//! Bodies of governance by what a decision does: a referendum decides everything of its area, the
//! technical committee lowers risk for a time.

use super::{
	AppraisalAdmin, CreditAdmin, EnsureTechnicalMajority, ReferendumCanceller, StableAdmin,
	TitlesAdmin,
};
use crate::{AccountId, RuntimeOrigin};
use caliber_primitives::governance::{Authority, Risk};
use core::marker::PhantomData;
use pallet_caliber_governance::AreaId;
use polkadot_sdk::{
	frame_support::traits::{EitherOfDiverse, EnsureOrigin, EnsureOriginWithArg},
	frame_system::EnsureRoot,
};

/// Origin of a referendum on the root track or on the track `Track`.
type Referendum<Track> = EitherOfDiverse<EnsureRoot<AccountId>, Track>;

/// Accepts two thirds of the technical committee.
fn committee(origin: RuntimeOrigin) -> Result<Authority, RuntimeOrigin> {
	<EnsureTechnicalMajority as EnsureOrigin<_>>::try_origin(origin).map(|_| Authority::Committee)
}

/// Origin that decides on an area: a referendum on the root track or on the track `Track` decides
/// everything, two thirds of the technical committee decide what lowers risk.
pub struct AreaAdmin<Track>(PhantomData<Track>);

impl<Track: EnsureOrigin<RuntimeOrigin>> EnsureOriginWithArg<RuntimeOrigin, Risk>
	for AreaAdmin<Track>
{
	type Success = Authority;

	fn try_origin(origin: RuntimeOrigin, risk: &Risk) -> Result<Authority, RuntimeOrigin> {
		let origin = match Referendum::<Track>::try_origin(origin) {
			Ok(_) => return Ok(Authority::Referendum),
			Err(origin) => origin,
		};
		match risk {
			Risk::Raises => Err(origin),
			Risk::Lowers => committee(origin),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin(_risk: &Risk) -> Result<RuntimeOrigin, ()> {
		Ok(RuntimeOrigin::root())
	}
}

/// Origin that sets governed values: a referendum on the root track, or on the track of the area.
/// The values of governance itself are those of the root track alone.
pub struct ValuesAdmin;

impl EnsureOriginWithArg<RuntimeOrigin, (AreaId, Risk)> for ValuesAdmin {
	type Success = Authority;

	fn try_origin(
		origin: RuntimeOrigin,
		(area, _risk): &(AreaId, Risk),
	) -> Result<Authority, RuntimeOrigin> {
		let decided = match area {
			AreaId::Credit | AreaId::Rules => {
				Referendum::<CreditAdmin>::try_origin(origin).map(drop)
			}
			AreaId::Titles => Referendum::<TitlesAdmin>::try_origin(origin).map(drop),
			AreaId::Appraisal => Referendum::<AppraisalAdmin>::try_origin(origin).map(drop),
			AreaId::Vault | AreaId::Reserves => {
				Referendum::<StableAdmin>::try_origin(origin).map(drop)
			}
			AreaId::Governance => {
				<EnsureRoot<AccountId> as EnsureOrigin<_>>::try_origin(origin).map(drop)
			}
		};
		decided.map(|()| Authority::Referendum)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin(_of: &(AreaId, Risk)) -> Result<RuntimeOrigin, ()> {
		Ok(RuntimeOrigin::root())
	}
}

/// Origin that strikes a decided call before its enactment: two thirds of the technical committee,
/// or a referendum on the root track or on that of the canceller.
pub struct VetoAdmin;

impl EnsureOrigin<RuntimeOrigin> for VetoAdmin {
	type Success = Authority;

	fn try_origin(origin: RuntimeOrigin) -> Result<Authority, RuntimeOrigin> {
		match Referendum::<ReferendumCanceller>::try_origin(origin) {
			Ok(_) => Ok(Authority::Referendum),
			Err(origin) => committee(origin),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Ok(RuntimeOrigin::root())
	}
}
