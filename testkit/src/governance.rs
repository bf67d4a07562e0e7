// SPDX-License-Identifier: Apache-2.0

//! What governance decides, in a test of another pallet.

use caliber_primitives::{
	governance::{end_of, values::RuleValues, Authority, Outage, Risk},
	traits::{Clock, LineRules},
	RulesVersion, Seconds,
};
use polkadot_sdk::{
	frame_support::{
		parameter_types,
		traits::{EnsureOrigin, EnsureOriginWithArg, Get},
	},
	frame_system::{Config, RawOrigin},
};
use std::marker::PhantomData;

/// Origin of governance: root stands for a referendum, and may do everything; the account
/// `Committee` stands for two thirds of the technical committee, and may lower risk.
pub struct Admin<T, Committee>(PhantomData<(T, Committee)>);

impl<T, Committee> EnsureOriginWithArg<T::RuntimeOrigin, Risk> for Admin<T, Committee>
where
	T: Config,
	T::RuntimeOrigin:
		Into<Result<RawOrigin<T::AccountId>, T::RuntimeOrigin>> + From<RawOrigin<T::AccountId>>,
	Committee: Get<T::AccountId>,
{
	type Success = Authority;

	fn try_origin(origin: T::RuntimeOrigin, risk: &Risk) -> Result<Authority, T::RuntimeOrigin> {
		match origin.into()? {
			RawOrigin::Root => Ok(Authority::Referendum),
			RawOrigin::Signed(who) if *risk == Risk::Lowers && who == Committee::get() => {
				Ok(Authority::Committee)
			}
			other => Err(other.into()),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin(_: &Risk) -> Result<T::RuntimeOrigin, ()> {
		Ok(RawOrigin::Root.into())
	}
}

/// Tracks of the areas of governed values: root and `Track` raise and lower risk, `Cautious` lowers it
/// by a referendum, and `Committee` for a time.
pub struct AreaTracks<T, Area, Track, Cautious, Committee>(
	PhantomData<(T, Area, Track, Cautious, Committee)>,
);

impl<T, Area, Track, Cautious, Committee> EnsureOriginWithArg<T::RuntimeOrigin, (Area, Risk)>
	for AreaTracks<T, Area, Track, Cautious, Committee>
where
	T: Config,
	T::RuntimeOrigin:
		Into<Result<RawOrigin<T::AccountId>, T::RuntimeOrigin>> + From<RawOrigin<T::AccountId>>,
	Track: Get<T::AccountId>,
	Cautious: Get<T::AccountId>,
	Committee: Get<T::AccountId>,
{
	type Success = Authority;

	fn try_origin(
		origin: T::RuntimeOrigin,
		(_, risk): &(Area, Risk),
	) -> Result<Authority, T::RuntimeOrigin> {
		let lowers = *risk == Risk::Lowers;
		match origin.into()? {
			RawOrigin::Root => Ok(Authority::Referendum),
			RawOrigin::Signed(who) if who == Track::get() => Ok(Authority::Referendum),
			RawOrigin::Signed(who) if lowers && who == Cautious::get() => Ok(Authority::Referendum),
			RawOrigin::Signed(who) if lowers && who == Committee::get() => Ok(Authority::Committee),
			other => Err(other.into()),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin(_: &(Area, Risk)) -> Result<T::RuntimeOrigin, ()> {
		Ok(RawOrigin::Root.into())
	}
}

/// Bodies that strike what is decided: `Committee`, and `Canceller` by a referendum.
pub struct Vetoers<T, Committee, Canceller>(PhantomData<(T, Committee, Canceller)>);

impl<T, Committee, Canceller> EnsureOrigin<T::RuntimeOrigin> for Vetoers<T, Committee, Canceller>
where
	T: Config,
	T::RuntimeOrigin:
		Into<Result<RawOrigin<T::AccountId>, T::RuntimeOrigin>> + From<RawOrigin<T::AccountId>>,
	Committee: Get<T::AccountId>,
	Canceller: Get<T::AccountId>,
{
	type Success = Authority;

	fn try_origin(origin: T::RuntimeOrigin) -> Result<Authority, T::RuntimeOrigin> {
		match origin.into()? {
			RawOrigin::Signed(who) if who == Committee::get() => Ok(Authority::Committee),
			RawOrigin::Signed(who) if who == Canceller::get() => Ok(Authority::Referendum),
			other => Err(other.into()),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<T::RuntimeOrigin, ()> {
		Ok(RawOrigin::Signed(Committee::get()).into())
	}
}

parameter_types! {
	static RuleVersions: Vec<RuleValues> = vec![RuleValues::default()];
	static KnownOutages: Vec<Outage> = Vec::new();
}

/// Rules of lines in a test: every change makes a version.
pub struct Rules;

impl Rules {
	/// Sets the present rules, as they count on the chain.
	pub fn set(rules: RuleValues) {
		RuleVersions::mutate(|versions| versions.push(rules));
	}

	/// Changes the present rules.
	pub fn change(change: impl FnOnce(&mut RuleValues)) {
		let mut rules = Self::present();
		change(&mut rules);
		Self::set(rules);
	}
}

impl LineRules for Rules {
	fn version() -> RulesVersion {
		RuleVersions::get().len() as RulesVersion - 1
	}

	fn of(version: RulesVersion) -> RuleValues {
		RuleVersions::get().get(version as usize).cloned().unwrap_or_else(Self::present)
	}

	fn present() -> RuleValues {
		Self::of(Self::version())
	}
}

/// Outages of the chain in a test.
pub struct Outages;

impl Outages {
	/// Notes an outage, later than all before it.
	pub fn note(from: Seconds, until: Seconds) {
		KnownOutages::mutate(|outages| outages.push(Outage { from, until }));
	}

	/// Forgets all outages: those of the tests before this one in its thread.
	pub fn forget() {
		KnownOutages::set(Vec::new());
	}
}

impl Clock for Outages {
	fn end_of(from: Seconds, end: Seconds) -> Seconds {
		end_of(KnownOutages::get(), from, end)
	}
}
