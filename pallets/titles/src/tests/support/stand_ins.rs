// SPDX-License-Identifier: Apache-2.0

//! Stand-ins for the appraisal, with one model a class, and for lines: their reserves, and what they
//! take of claims.

use crate::tests::mock::*;
#[cfg(feature = "runtime-benchmarks")]
use crate::Encumber;
use caliber_primitives::{
	appraisal::{AppraisalError, Independent, Namespace},
	titles::{AssetClass, Ineligibility, TitleFacts},
	traits::{InspectModels, LineParties, LineTitles, LossPayee, RevenueSink},
	Balance, LineId, ModelId, Seconds, TitleId, USD, USDAI,
};
use caliber_testkit as testkit;
#[cfg(feature = "runtime-benchmarks")]
use polkadot_sdk::frame_support::assert_ok;
use polkadot_sdk::{
	frame_support::{ensure, parameter_types},
	sp_runtime::{DispatchError, DispatchResult},
};

/// A listed model of computers.
pub const GPU: ModelId = 7;
/// A listed model of storage.
pub const DISK: ModelId = 8;
/// A listed model of network equipment.
pub const SWITCH: ModelId = 9;
/// A listed model of power equipment.
pub const BATTERY: ModelId = 10;
/// When all models came to market.
pub const RELEASE: Seconds = START - 1_000 * DAY;
/// What a title is worth unless a test says otherwise.
pub const WORTH: Balance = 100_000 * USD;

parameter_types! {
	/// Whether the two models are listed.
	pub storage ModelsListed: bool = true;
	/// What a unit of the models costs.
	pub storage ReferencePrice: Option<Balance> = Some(UNIT_PRICE);
	/// What the models say against a title.
	pub storage ModelObjection: Option<Ineligibility> = None;
	/// What a title is worth, in USD.
	pub storage TitleWorth: Balance = WORTH;
	/// Why the appraisal has no value.
	pub storage AppraisalFailure: Option<AppraisalError> = None;
	/// Whether the reserves of lines take revenue.
	pub storage ReservesOpen: bool = true;
	/// The curator of each line.
	pub storage LineCurator: AccountId = CURATOR;
	/// What a line is short of, and takes of a claim, in USDai.
	pub storage LineShortfall: Balance = Balance::MAX;
}

pub struct Models;
impl InspectModels for Models {
	fn listed_class(model: ModelId) -> Option<AssetClass> {
		match model {
			_ if !ModelsListed::get() => None,
			GPU => Some(AssetClass::Compute),
			DISK => Some(AssetClass::Storage),
			SWITCH => Some(AssetClass::Bandwidth),
			BATTERY => Some(AssetClass::Power),
			_ => None,
		}
	}

	fn namespace(model: ModelId) -> Option<Namespace> {
		Self::listed_class(model).map(|_| Namespace::Serial)
	}

	fn released_at(model: ModelId) -> Option<Seconds> {
		// The clock of benchmarks begins at the epoch.
		Self::listed_class(model).map(|_| RELEASE.min(Titles::now()))
	}

	fn reference_price(_: ModelId) -> Option<Balance> {
		ReferencePrice::get()
	}

	fn name(model: ModelId) -> Option<Vec<u8>> {
		Self::listed_class(model)?;
		// As long as a name may be.
		Some(format!("{model:064}").into_bytes())
	}

	fn ineligibility(_: ModelId) -> Option<Ineligibility> {
		ModelObjection::get()
	}

	fn present_value(_: &TitleFacts, independent: Independent) -> Result<Balance, AppraisalError> {
		if let Some(failure) = AppraisalFailure::get() {
			return Err(failure);
		}
		let worth = TitleWorth::get();
		// As the appraisal does it: independent appraisals may lower the value. A forced sale brings
		// half.
		Ok(independent.cap(worth / 2).map_or(worth, |cap| cap.min(worth)))
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_model(class: AssetClass) -> ModelId {
		match class {
			AssetClass::Compute => GPU,
			AssetClass::Storage => DISK,
			AssetClass::Bandwidth => SWITCH,
			AssetClass::Power => BATTERY,
		}
	}
}

pub struct Reserves;
impl RevenueSink<AccountId> for Reserves {
	fn receive_revenue(line: LineId, payer: &AccountId, amount: Balance) -> DispatchResult {
		ensure!(ReservesOpen::get(), "the line takes nothing");
		testkit::send::<Test>(USDAI, payer, &reserve_account(line), amount)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_line(owner: &AccountId, title: TitleId) -> Option<LineId> {
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, owner, 9));
		Some(9)
	}
}

/// Lines hold the titles whose records say so.
impl LineTitles for Reserves {
	fn titles(line: LineId) -> Vec<TitleId> {
		let mut held: Vec<_> = crate::Titles::<Test>::iter()
			.filter(|(_, title)| title.line == Some(line))
			.map(|(title_id, _)| title_id)
			.collect();
		held.sort_unstable();
		held
	}
}

impl LineParties<AccountId> for Reserves {
	fn curator(_: LineId) -> Option<AccountId> {
		Some(LineCurator::get())
	}
}

impl LossPayee<AccountId> for Reserves {
	fn receive_loss_payment(
		line: LineId,
		_: TitleId,
		payer: &AccountId,
		amount: Balance,
	) -> Result<Balance, DispatchError> {
		let taken = amount.min(LineShortfall::get());
		Self::receive_revenue(line, payer, taken)?;
		Ok(taken)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_loss() -> (LineId, Balance) {
		LineShortfall::set(&(2 * USD));
		(9, 2 * USD)
	}
}
