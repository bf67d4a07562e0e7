// SPDX-License-Identifier: Apache-2.0

//! Stand-ins for the titles and for their appraisal.

use crate::tests::mock::*;
use caliber_math::Rounding;
#[cfg(feature = "runtime-benchmarks")]
use caliber_primitives::USD;
use caliber_primitives::{
	appraisal::{AppraisalError, Independent, OracleKey, Valuation},
	governance::values::RuleValues,
	titles::{
		Collateral, Condition, FacilityId, Ineligibility, InsuredLoss, TitleFacts, TitlePart,
	},
	traits::{Encumber, LineRules, TitleInspect, TitleValue},
	Balance, LineId, ModelId, ModelVersion, Seconds, ShareOf, TitleId,
};
use polkadot_sdk::{
	frame_support::{pallet_prelude::ValueQuery, storage_alias, Twox64Concat},
	sp_runtime::{DispatchError, DispatchResult, Perbill},
};
use std::cell::Cell;

#[storage_alias]
type TitleOwner = StorageMap<TitlesMock, Twox64Concat, TitleId, AccountId>;
#[storage_alias]
type TitleLine = StorageMap<TitlesMock, Twox64Concat, TitleId, LineId>;
#[storage_alias]
type TitleStanding = StorageMap<TitlesMock, Twox64Concat, TitleId, Ineligibility>;
/// Time until which custody is fresh under a validity of nothing.
#[storage_alias]
type TitleCustody = StorageMap<TitlesMock, Twox64Concat, TitleId, Seconds>;
#[storage_alias]
type TitleCover = StorageMap<TitlesMock, Twox64Concat, TitleId, Balance>;
/// Part of the cover that is claimed.
#[storage_alias]
type TitleClaimed = StorageMap<TitlesMock, Twox64Concat, TitleId, Balance, ValueQuery>;
/// Reason that keeps the title from new debt only.
#[storage_alias]
type TitleBar = StorageMap<TitlesMock, Twox64Concat, TitleId, Ineligibility>;
#[storage_alias]
type TitleIndependent = StorageMap<TitlesMock, Twox64Concat, TitleId, Balance>;
#[storage_alias]
type TitleModel = StorageMap<TitlesMock, Twox64Concat, TitleId, ModelId>;
#[storage_alias]
type TitleFacility = StorageMap<TitlesMock, Twox64Concat, TitleId, FacilityId, ValueQuery>;
/// True while the technical committee suspends the title.
#[storage_alias]
type TitleBraked = StorageMap<TitlesMock, Twox64Concat, TitleId, bool, ValueQuery>;
/// What is lost of a title, what is left of its policies, and what these have paid.
#[storage_alias]
type TitleInsuredLoss = StorageMap<TitlesMock, Twox64Concat, TitleId, (u32, Balance, Balance)>;
#[storage_alias]
type TitleRevenue = StorageMap<TitlesMock, Twox64Concat, TitleId, Balance>;
#[storage_alias]
type TitleWorth = StorageMap<ValueMock, Twox64Concat, TitleId, Result<Balance, AppraisalError>>;
/// What is lent against a title, where it is less than what the title is worth.
#[storage_alias]
type TitleLentAgainst = StorageMap<ValueMock, Twox64Concat, TitleId, Balance>;
#[storage_alias]
type TitleParty = StorageMap<TitlesMock, Twox64Concat, TitleId, (AccountId, TitlePart)>;
#[storage_alias]
type TitleLastWorth = StorageMap<ValueMock, Twox64Concat, TitleId, Balance>;
/// Advance rate and value factor of each version of a model.
#[storage_alias]
type ModelVersions =
	StorageMap<ValueMock, Twox64Concat, ModelId, Vec<(Option<Perbill>, Perbill)>, ValueQuery>;
#[storage_alias]
type ModelReason = StorageMap<ValueMock, Twox64Concat, ModelId, Ineligibility>;

std::thread_local! {
	/// How often titles were asked what a line asks of them, and the appraisal for a value of today.
	static LOOKS: Cell<(u32, u32)> = const { Cell::new((0, 0)) };
}

/// How often a step, which succeeds, asks titles, and for values.
pub fn looks_of<R, E: core::fmt::Debug>(step: impl FnOnce() -> Result<R, E>) -> (u32, u32) {
	LOOKS.set((0, 0));
	step().map(|_| ()).expect("the step succeeds");
	LOOKS.get()
}

/// Titles as owner, line, facts, cover and the first reason against each.
pub struct TitlesMock;

/// The model of a title: its own, unless it was given another.
fn model_of(title: TitleId) -> ModelId {
	TitleModel::get(title).unwrap_or(title)
}

impl TitleInspect<AccountId> for TitlesMock {
	fn owner(title: TitleId) -> Option<AccountId> {
		TitleOwner::get(title)
	}

	fn encumbrance(title: TitleId) -> Option<LineId> {
		TitleLine::get(title)
	}

	fn collateral(
		title: TitleId,
		holder: Option<LineId>,
		rules: &RuleValues,
	) -> Option<Collateral> {
		LOOKS.with(|looks| looks.set((looks.get().0 + 1, looks.get().1)));
		TitleOwner::get(title)?;
		let reason = TitleStanding::get(title);
		if reason == Some(Ineligibility::Unknown) {
			return None;
		}
		let elsewhere = TitleLine::get(title).is_some_and(|line| Some(line) != holder);
		let stale = TitleCustody::get(title)
			.is_some_and(|renewed_at| now() > renewed_at + rules.custody_validity);
		let reason = reason
			.or(elsewhere.then_some(Ineligibility::Encumbered))
			.or(stale.then_some(Ineligibility::CustodyStale));
		let cover = TitleCover::get(title).unwrap_or(Balance::MAX);
		Some(Collateral {
			// The appraisal knows a title by its commissioning.
			facts: TitleFacts {
				model: model_of(title),
				units: 1,
				condition: Condition::New,
				commissioned_at: title.into(),
				earned_per_hour: None,
			},
			facility: TitleFacility::get(title),
			independent: independent_of(title),
			filed: independent_of(title),
			cover,
			claimable: cover - TitleClaimed::get(title).min(cover),
			unmatched: 0,
			deducted: 0,
			standing: reason.map_or(Ok(()), Err),
			new_debt: TitleBar::get(title).map_or(Ok(()), Err),
			braked: TitleBraked::get(title),
		})
	}

	fn eligibility(
		title: TitleId,
		holder: Option<LineId>,
		rules: &RuleValues,
	) -> Result<(), Ineligibility> {
		let collateral = Self::collateral(title, holder, rules).ok_or(Ineligibility::Unknown)?;
		let collateral = collateral.for_new_debt();
		let Collateral { facts, independent, .. } = collateral;
		let value = ValueMock::version(facts.model)
			.ok_or(AppraisalError::UnknownKey)
			.and_then(|version| worth_by(&facts, independent, version));
		collateral.eligibility(value, ValueMock::ineligibility(facts.model))
	}

	fn insured_loss(title: TitleId, _: LineId, _: &RuleValues) -> Option<InsuredLoss> {
		let (units, claimable, claimed) = TitleInsuredLoss::get(title)?;
		Some(InsuredLoss { units, claimable, claimed })
	}

	fn part(title: TitleId, who: &AccountId) -> Option<TitlePart> {
		let (account, part) = TitleParty::get(title)?;
		(account == *who).then_some(part)
	}

	fn trailing_revenue(title: TitleId) -> Balance {
		TitleRevenue::get(title).unwrap_or_default()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_title(owner: &AccountId) -> TitleId {
		let title = TitleOwner::iter().count() as TitleId + 1_000;
		new_title(title, *owner, 10_000_000 * USD);
		// A line may hold titles of a few models only.
		set_model(title, 1_000 + title % 8);
		title
	}
}

impl Encumber<AccountId> for TitlesMock {
	fn encumber(title: TitleId, owner: &AccountId, line: LineId) -> DispatchResult {
		if Self::owner(title) != Some(*owner) {
			return Err(DispatchError::Other("not the owner"));
		}
		Self::eligibility(title, None, &Rules::present())
			.map_err(|_| DispatchError::Other("not eligible"))?;
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

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_acknowledge(_: LineId) {}
}

/// A value, of which a forced sale brings half.
fn valuation(value: Balance) -> Valuation {
	Valuation {
		cost: Some(value),
		market: None,
		income: None,
		independent: None,
		value,
		for_new_debt: value,
		liquidation_value: value / 2,
		as_of: now(),
	}
}

/// Two appraisals of the same value, where one was set.
fn independent_of(title: TitleId) -> Independent {
	let value = TitleIndependent::get(title);
	Independent { lowest: value, second: value }
}

/// The title that these are the facts of.
fn title_of(facts: &TitleFacts) -> TitleId {
	facts.commissioned_at as TitleId
}

/// What a title is worth by a version of its model, and by its independent appraisals.
fn by_version(
	worth: Balance,
	facts: &TitleFacts,
	independent: Independent,
	version: ModelVersion,
) -> Result<Balance, AppraisalError> {
	let versions = ModelVersions::get(facts.model);
	let (_, factor) = versions.get(version as usize).ok_or(AppraisalError::UnknownKey)?;
	let value = factor.share_of(worth, Rounding::Down);
	Ok(value.min(independent.cap(value / 2).unwrap_or(Balance::MAX)))
}

/// What a title is worth now, by a version of its model.
fn worth_by(
	facts: &TitleFacts,
	independent: Independent,
	version: ModelVersion,
) -> Result<Balance, AppraisalError> {
	let worth = TitleWorth::get(title_of(facts)).ok_or(AppraisalError::UnknownTitle)??;
	by_version(worth, facts, independent, version)
}

/// Values as they were set, times the factor of a version of the model.
pub struct ValueMock;

impl TitleValue for ValueMock {
	fn version(model: ModelId) -> Option<ModelVersion> {
		(ModelVersions::get(model).len() as ModelVersion).checked_sub(1)
	}

	fn value(
		facts: &TitleFacts,
		independent: Independent,
		version: ModelVersion,
	) -> Result<Valuation, AppraisalError> {
		LOOKS.with(|looks| looks.set((looks.get().0, looks.get().1 + 1)));
		let known = worth_by(facts, independent, version).map(valuation)?;
		let lent_against = TitleLentAgainst::get(title_of(facts)).unwrap_or(known.value);
		Ok(Valuation { for_new_debt: lent_against.min(known.value), ..known })
	}

	fn last_known(
		facts: &TitleFacts,
		independent: Independent,
		version: ModelVersion,
	) -> Result<Valuation, AppraisalError> {
		let worth = TitleLastWorth::get(title_of(facts)).ok_or(AppraisalError::UnknownTitle)?;
		by_version(worth, facts, independent, version).map(valuation)
	}

	fn max_advance_rate(model: ModelId, version: ModelVersion) -> Option<Perbill> {
		ModelVersions::get(model).get(version as usize).and_then(|(rate, _)| *rate)
	}

	fn ineligibility(model: ModelId) -> Option<Ineligibility> {
		ModelReason::get(model)
	}
}

/// Issues a title of a model of its own, against which three quarters are lent.
pub fn new_title(title: TitleId, owner: AccountId, worth: Balance) {
	TitleOwner::insert(title, owner);
	set_worth(title, Ok(worth));
	ensure_model(title);
}

/// Lists a model, unless there is one: three quarters are lent against it.
fn ensure_model(model: ModelId) {
	if ValueMock::version(model).is_none() {
		new_version(model, Perbill::from_percent(75), Perbill::one());
	}
}

/// Makes another version of a model: most that is lent against a dollar, and value factor.
pub fn new_version(model: ModelId, rate: Perbill, factor: Perbill) {
	ModelVersions::mutate(model, |versions| versions.push((Some(rate), factor)));
}

/// As if the appraisal had lost the specifications of a model, or found them again. Their number
/// stays.
pub fn set_rates_known(model: ModelId, known: bool) {
	ModelVersions::mutate(model, |versions| {
		for (rate, _) in versions {
			*rate = known.then(|| Perbill::from_percent(75));
		}
	});
}

/// What is refused for a time is remembered from before.
pub fn set_worth(title: TitleId, worth: Result<Balance, AppraisalError>) {
	if let Ok(worth) = worth {
		TitleLastWorth::insert(title, worth);
	}
	TitleWorth::insert(title, worth);
}

/// As if the prices of the title fell faster than its accepted values: new debt counts this.
pub fn set_lent_against(title: TitleId, worth: Balance) {
	TitleLentAgainst::insert(title, worth);
}

/// As if no value of the title had ever been accepted.
pub fn forget_worth(title: TitleId) {
	TitleLastWorth::remove(title);
}

/// Makes a title one of a model, which is listed if it is not.
pub fn set_model(title: TitleId, model: ModelId) {
	TitleModel::insert(title, model);
	ensure_model(model);
}

/// Moves a title to a facility. All begin in the same.
pub fn set_facility(title: TitleId, facility: FacilityId) {
	TitleFacility::insert(title, facility);
}

/// Sets the sum for which a title is insured; without one it is insured for any value.
pub fn set_cover(title: TitleId, cover: Option<Balance>) {
	TitleCover::set(title, cover);
}

/// Sets the part of its cover that insurers have paid. What a line receives of it is apart.
pub fn set_claimed(title: TitleId, claimed: Balance) {
	TitleClaimed::insert(title, claimed);
}

/// Sets what may still come of insurance for lost machines of a title, and what has come.
pub fn set_insured_loss(title: TitleId, claimable: Balance, claimed: Balance) {
	TitleInsuredLoss::insert(title, (1, claimable, claimed));
}

/// Has the custody of a title renewed now. A title for which it never was is always in custody.
pub fn renew_custody(title: TitleId) {
	TitleCustody::insert(title, now());
}

/// Sets the value of two independent appraisals, which may lower that of a title.
pub fn set_independent(title: TitleId, value: Option<Balance>) {
	TitleIndependent::set(title, value);
}

/// Sets the one reason against a title. Under-insurance takes a value and a debt to be found.
pub fn set_ineligible(title: TitleId, reason: Option<Ineligibility>) {
	use Ineligibility::*;
	let (mut standing, mut model, mut bar) = (None, None, None);
	match reason {
		Some(AppraisalUnavailable | AppraisalStale | ModelPaused | ModelDelisted | Unseasoned) => {
			model = reason
		}
		Some(UnderInsured) => (),
		Some(
			CustodianSuspended | ClaimOpen | CustodianFrozen | BondTooLow | NotAcknowledged
			| NotIndependent,
		) => bar = reason,
		_ => standing = reason,
	}
	TitleStanding::set(title, standing);
	TitleBar::set(title, bar);
	ModelReason::set(model_of(title), model);
	set_cover(title, (reason == Some(UnderInsured)).then_some(0));
}

/// Lets the technical committee suspend a title that a line holds, or ends that.
pub fn set_braked(title: TitleId, braked: bool) {
	TitleBraked::insert(title, braked);
}

/// Gives an account a part in a title.
pub fn set_part(title: TitleId, who: AccountId, part: TitlePart) {
	TitleParty::insert(title, (who, part));
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
