// SPDX-License-Identifier: Apache-2.0

//! Storage deposit of a redemption request: CLBR, or USDai of a saver who has none.

use crate::{
	assets::UsdAiHold, constants::currency::deposit, AccountId, Balance, Balances, Runtime,
	RuntimeHoldReason,
};
use caliber_primitives::governance::values::VaultValues;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use pallet_caliber_governance::Values;
use polkadot_sdk::{
	frame_support::{
		parameter_types,
		traits::{
			fungible::{HoldConsideration, MutateHold},
			tokens::Precision,
			Consideration, ConstantStoragePrice, Footprint, Get,
		},
	},
	sp_runtime::DispatchError,
};
use scale_info::TypeInfo;

parameter_types! {
	pub const RequestDeposit: Balance = deposit(2, 250);
	pub const RequestHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Vault(pallet_caliber_vault::HoldReason::RedemptionRequest);
}

/// Deposit of a request in USDai, which governance sets.
pub struct RequestDepositInUsdAi;
impl Get<Balance> for RequestDepositInUsdAi {
	fn get() -> Balance {
		<Values<Runtime> as Get<VaultValues>>::get().request_deposit
	}
}

type InClbr = HoldConsideration<
	AccountId,
	Balances,
	RequestHoldReason,
	ConstantStoragePrice<RequestDeposit, Balance>,
>;
/// Ticket of the storage deposit of a request. The currency is chosen when the request is made.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum RequestTicket {
	/// CLBR on hold.
	#[codec(index = 0)]
	Clbr(InClbr),
	/// USDai on hold, of an owner who had not enough CLBR.
	#[codec(index = 1)]
	UsdAi(Balance),
}

impl Consideration<AccountId, Footprint> for RequestTicket {
	fn new(who: &AccountId, footprint: Footprint) -> Result<Self, DispatchError> {
		match InClbr::new(who, footprint) {
			Ok(ticket) => Ok(Self::Clbr(ticket)),
			Err(_) => {
				let amount = RequestDepositInUsdAi::get();
				UsdAiHold::hold(&RequestHoldReason::get(), who, amount)?;
				Ok(Self::UsdAi(amount))
			}
		}
	}

	fn update(self, who: &AccountId, footprint: Footprint) -> Result<Self, DispatchError> {
		match self {
			Self::Clbr(ticket) => ticket.update(who, footprint).map(Self::Clbr),
			// It is flat, and stays what it was when the request was made.
			Self::UsdAi(amount) => Ok(Self::UsdAi(amount)),
		}
	}

	fn drop(self, who: &AccountId) -> Result<(), DispatchError> {
		match self {
			Self::Clbr(ticket) => ticket.drop(who),
			Self::UsdAi(amount) => {
				UsdAiHold::release(&RequestHoldReason::get(), who, amount, Precision::BestEffort)
					.map(drop)
			}
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_successful(who: &AccountId, footprint: Footprint) {
		InClbr::ensure_successful(who, footprint);
	}
}
