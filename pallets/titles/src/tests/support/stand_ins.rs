// SPDX-License-Identifier: Apache-2.0

//! Stand-ins for the appraisal, with one model a class, and for lines: their reserves, and what they
//! take of claims.

use crate::tests::mock::*;
#[cfg(feature = "runtime-benchmarks")]
use crate::Encumber;
use caliber_primitives::{
	appraisal::AppraisalError,
	titles::{AssetClass, Ineligibility, TitleFacts},
	traits::{InspectModels, LossPayee, RevenueSink},
	Balance, LineId, ModelId, TitleId, USD, USDAI,
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
/// What a title is worth unless a test says otherwise.
pub const WORTH: Balance = 100_000 * USD;

parameter_types! {
	/// Whether the two models are listed.
	pub storage ModelsListed: bool = true;
	/// What the models say against a title.
	pub storage ModelObjection: Option<Ineligibility> = None;
	/// What a title is worth, in USD.
	pub storage TitleWorth: Balance = WORTH;
	/// Why the appraisal has no value.
	pub storage AppraisalFailure: Option<AppraisalError> = None;
	/// Whether the reserves of lines take revenue.
	pub storage ReservesOpen: bool = true;
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

	fn ineligibility(_: ModelId) -> Option<Ineligibility> {
		ModelObjection::get()
	}

	fn present_value(
		_: &TitleFacts,
		independent: Option<Balance>,
	) -> Result<Balance, AppraisalError> {
		if let Some(failure) = AppraisalFailure::get() {
			return Err(failure);
		}
		let worth = TitleWorth::get();
		// As the appraisal does it: an independent appraisal may lower the value.
		Ok(independent.map_or(worth, |said| said.min(worth)))
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
