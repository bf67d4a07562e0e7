// SPDX-License-Identifier: Apache-2.0

//! Stand-ins for the titles and for their appraisal.

use crate::tests::mock::*;
#[cfg(feature = "runtime-benchmarks")]
use caliber_primitives::USD;
use caliber_primitives::{
	appraisal::{AppraisalError, OracleKey, Valuation},
	titles::Ineligibility,
	traits::{Encumber, TitleInspect, TitleValue},
	Balance, LineId, ModelId, TitleId,
};
use polkadot_sdk::{
	frame_support::{storage_alias, Twox64Concat},
	sp_runtime::{DispatchError, DispatchResult, Perbill},
};
use std::cell::Cell;

#[storage_alias]
type TitleOwner = StorageMap<TitlesMock, Twox64Concat, TitleId, AccountId>;
#[storage_alias]
type TitleLine = StorageMap<TitlesMock, Twox64Concat, TitleId, LineId>;
#[storage_alias]
type TitleIneligible = StorageMap<TitlesMock, Twox64Concat, TitleId, Ineligibility>;
#[storage_alias]
type TitleRevenue = StorageMap<TitlesMock, Twox64Concat, TitleId, Balance>;
#[storage_alias]
type TitleWorth = StorageMap<TitlesMock, Twox64Concat, TitleId, Result<Balance, AppraisalError>>;
#[storage_alias]
type TitleLastWorth = StorageMap<ValueMock, Twox64Concat, TitleId, Balance>;
#[storage_alias]
type TitleModel = StorageMap<ValueMock, Twox64Concat, TitleId, ModelId>;
#[storage_alias]
type TitleRate = StorageMap<TitlesMock, Twox64Concat, TitleId, u32>;

std::thread_local! {
	/// How often titles were asked for their eligibility, and the appraisal for a value of today.
	static LOOKS: Cell<(u32, u32)> = const { Cell::new((0, 0)) };
}

/// How often a step, which succeeds, asks for the eligibility of titles, and for values.
pub fn looks_of<R, E: core::fmt::Debug>(step: impl FnOnce() -> Result<R, E>) -> (u32, u32) {
	LOOKS.set((0, 0));
	step().map(|_| ()).expect("the step succeeds");
	LOOKS.get()
}

/// Titles as owner, line and reason of ineligibility.
pub struct TitlesMock;

impl TitleInspect<AccountId> for TitlesMock {
	fn owner(title: TitleId) -> Option<AccountId> {
		TitleOwner::get(title)
	}
	fn encumbrance(title: TitleId) -> Option<LineId> {
		TitleLine::get(title)
	}
	fn eligibility(title: TitleId, holder: Option<LineId>) -> Result<(), Ineligibility> {
		LOOKS.with(|looks| looks.set((looks.get().0 + 1, looks.get().1)));
		TitleOwner::get(title).ok_or(Ineligibility::Unknown)?;
		if TitleLine::get(title).is_some_and(|line| Some(line) != holder) {
			return Err(Ineligibility::Encumbered);
		}
		TitleIneligible::get(title).map_or(Ok(()), Err)
	}
	fn trailing_revenue(title: TitleId) -> Balance {
		TitleRevenue::get(title).unwrap_or_default()
	}
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_title(owner: &AccountId) -> TitleId {
		let title = TitleOwner::iter().count() as TitleId + 1_000;
		new_title(title, *owner, 10_000_000 * USD);
		title
	}
}

impl Encumber<AccountId> for TitlesMock {
	fn encumber(title: TitleId, owner: &AccountId, line: LineId) -> DispatchResult {
		if Self::owner(title) != Some(*owner) {
			return Err(DispatchError::Other("not the owner"));
		}
		Self::eligibility(title, None).map_err(|_| DispatchError::Other("not eligible"))?;
		TitleLine::insert(title, line);
		Ok(())
	}
	fn release(title: TitleId, line: LineId) -> DispatchResult {
		if TitleLine::take(title) != Some(line) {
			return Err(DispatchError::Other("not the holder"));
		}
		Ok(())
	}
	fn seize(title: TitleId, line: LineId, to: &AccountId) -> DispatchResult {
		Self::release(title, line)?;
		TitleOwner::insert(title, to);
		Ok(())
	}
}

/// A value, of which a forced sale brings half.
fn valuation(value: Balance) -> Valuation {
	Valuation {
		cost: Some(value),
		market: None,
		income: None,
		independent: None,
		value,
		liquidation_value: value / 2,
		as_of: now(),
	}
}

/// Values as they were set; each title is its own model unless it was given one.
pub struct ValueMock;

impl TitleValue for ValueMock {
	fn appraise(title: TitleId) -> Result<Valuation, AppraisalError> {
		LOOKS.with(|looks| looks.set((looks.get().0, looks.get().1 + 1)));
		let value = TitleWorth::get(title).ok_or(AppraisalError::UnknownTitle)??;
		Ok(valuation(value))
	}
	fn last_known(title: TitleId) -> Result<Valuation, AppraisalError> {
		let value = TitleLastWorth::get(title).ok_or(AppraisalError::UnknownTitle)?;
		Ok(valuation(value))
	}
	fn max_advance_rate(model: ModelId) -> Option<Perbill> {
		TitleRate::get(model).map(Perbill::from_parts)
	}
	fn model_of(title: TitleId) -> Option<ModelId> {
		TitleOwner::get(title).map(|_| TitleModel::get(title).unwrap_or(title))
	}
}

pub fn new_title(title: TitleId, owner: AccountId, worth: Balance) {
	TitleOwner::insert(title, owner);
	set_worth(title, Ok(worth));
	TitleRate::insert(title, Perbill::from_percent(75).deconstruct());
}

/// What is refused for a time is remembered from before.
pub fn set_worth(title: TitleId, worth: Result<Balance, AppraisalError>) {
	if let Ok(worth) = worth {
		TitleLastWorth::insert(title, worth);
	}
	TitleWorth::insert(title, worth);
}

/// As if no value of the title had ever been accepted.
pub fn forget_worth(title: TitleId) {
	TitleLastWorth::remove(title);
}

pub fn set_model_rate(title: TitleId, rate: Option<Perbill>) {
	TitleRate::set(title, rate.map(|rate| rate.deconstruct()));
}

pub fn set_model(title: TitleId, model: ModelId) {
	TitleModel::insert(title, model);
}

pub fn set_ineligible(title: TitleId, reason: Option<Ineligibility>) {
	TitleIneligible::set(title, reason);
}

pub fn set_revenue(title: TitleId, revenue: Balance) {
	TitleRevenue::insert(title, revenue);
}

pub fn line_of_title(title: TitleId) -> Option<LineId> {
	TitleLine::get(title)
}

pub fn some_key() -> OracleKey {
	OracleKey::Resale(1)
}
