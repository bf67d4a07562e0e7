// SPDX-License-Identifier: Apache-2.0

//! Invariants between pallets, which no pallet can check alone: what is on hold is what the records
//! say, and every pool is known to the reserves. Tests and `caliber-try-runtime` check them; blocks
//! do not.

use crate::{
	assets::{LocalAssetsInstance, UsdAiHold},
	configs::vault::RequestTicket,
	Balance, Runtime, RuntimeHoldReason,
};
use alloc::{collections::BTreeMap, vec::Vec};
use caliber_primitives::USDAI;
use codec::{Decode, Encode};
use pallet_caliber_credit as credit;
use pallet_caliber_reserves as reserves;
use pallet_caliber_titles as titles;
use pallet_caliber_vault as vault;
use polkadot_sdk::{
	frame_support::{ensure, traits::fungible::InspectHold},
	pallet_asset_conversion::{self as pools, PoolLocator},
	pallet_assets, pallet_balances,
	sp_runtime::TryRuntimeError,
};

type Account = pallet_assets::Account<Runtime, LocalAssetsInstance>;

/// Sums by the encoded reason of a hold.
#[derive(Default)]
struct Sums(BTreeMap<Vec<u8>, (Balance, Balance)>);

impl Sums {
	/// Adds what is on hold for a reason.
	fn held(&mut self, reason: &impl Encode, amount: Balance) -> Result<(), TryRuntimeError> {
		add(&mut self.0.entry(reason.encode()).or_default().0, amount)
	}

	/// Adds what a record says is on hold for a reason.
	fn said(
		&mut self,
		reason: impl Into<RuntimeHoldReason>,
		amount: Balance,
	) -> Result<(), TryRuntimeError> {
		add(&mut self.0.entry(reason.into().encode()).or_default().1, amount)
	}

	/// Adds what the ticket of a storage deposit says is on hold for a reason.
	fn ticket(
		&mut self,
		reason: impl Into<RuntimeHoldReason>,
		ticket: &impl Encode,
	) -> Result<(), TryRuntimeError> {
		self.said(reason, deposit_of(ticket)?)
	}
}

/// Adds `amount` to `sum`.
fn add(sum: &mut Balance, amount: Balance) -> Result<(), TryRuntimeError> {
	*sum = sum.checked_add(amount).ok_or("a sum of deposits overflows")?;
	Ok(())
}

/// Returns the amount of a ticket of
/// [`HoldConsideration`](polkadot_sdk::frame_support::traits::fungible::HoldConsideration), which
/// consists of it.
fn deposit_of(ticket: &impl Encode) -> Result<Balance, TryRuntimeError> {
	ticket.using_encoded(|bytes| {
		ensure!(bytes.len() == 16, "a ticket is not an amount");
		Balance::decode(&mut &bytes[..]).map_err(|_| "a ticket is not an amount".into())
	})
}

/// Checks the invariants between pallets.
///
/// - INV-H1: for each reason of Caliber's pallets, what is on hold in CLBR is the sum of the
///   tickets of storage deposits that exist.
/// - INV-H2: for each reason of Caliber's pallets, what is on hold in USDai is the sum of what the
///   records of credit and titles say.
/// - INV-P1: the accounts of pools that cannot be frozen are those of the pools that exist.
pub fn check() -> Result<(), TryRuntimeError> {
	pools_are_known()?;
	let mut clbr = Sums::default();
	for holds in pallet_balances::Holds::<Runtime>::iter_values() {
		for hold in holds.iter().filter(|hold| is_of_clbr(&hold.id)) {
			clbr.held(&hold.id, hold.amount)?;
		}
	}
	tickets_of_titles(&mut clbr)?;
	for line in credit::Lines::<Runtime>::iter_values() {
		clbr.ticket(credit::HoldReason::LineDeposit, &line.deposit)?;
	}
	for request in vault::Requests::<Runtime>::iter_values() {
		if let RequestTicket::Clbr(ticket) = &request.ticket {
			clbr.ticket(vault::HoldReason::RedemptionRequest, ticket)?;
		}
	}
	for ticket in vault::Operators::<Runtime>::iter_values() {
		clbr.ticket(vault::HoldReason::Operator, &ticket)?;
	}
	ensure!(clbr.0.values().all(|(held, said)| held == said), "INV-H1: CLBR on hold ≠ Σ deposits");

	let mut usdai = Sums::default();
	let of_credit = [credit::HoldReason::JuniorCapital, credit::HoldReason::AuctionBid];
	let of_titles = [
		titles::HoldReason::CustodianBond,
		titles::HoldReason::VerifierBond,
		titles::HoldReason::InsurerCapital,
		titles::HoldReason::ClaimDeposit,
	];
	let reasons = of_credit
		.into_iter()
		.map(RuntimeHoldReason::from)
		.chain([vault::HoldReason::RedemptionRequest.into()])
		.chain(of_titles.into_iter().map(RuntimeHoldReason::from))
		.collect::<Vec<_>>();
	// An account with a hold has an entry, and stays as long as the hold.
	for who in Account::iter_key_prefix(USDAI) {
		let mut known = 0;
		for reason in &reasons {
			let amount = UsdAiHold::balance_on_hold(reason, &who);
			usdai.held(reason, amount)?;
			add(&mut known, amount)?;
		}
		ensure!(
			UsdAiHold::total_balance_on_hold(&who) == known,
			"INV-H2: USDai is on hold for another reason"
		);
	}
	dollars_of_titles(&mut usdai)?;
	for request in vault::Requests::<Runtime>::iter_values() {
		if let RequestTicket::UsdAi(ticket) = &request.ticket {
			usdai.ticket(vault::HoldReason::RedemptionRequest, ticket)?;
		}
	}
	for line in credit::Lines::<Runtime>::iter_values() {
		usdai.said(credit::HoldReason::JuniorCapital, line.junior_locked)?;
	}
	for lot in credit::Auctions::<Runtime>::iter_values() {
		if let Some(best) = lot.best {
			usdai.said(credit::HoldReason::AuctionBid, best.amount)?;
		}
	}
	ensure!(usdai.0.values().all(|(held, said)| held == said), "INV-H2: USDai on hold ≠ Σ records");
	Ok(())
}

/// Checks that the reserves know the account of each pool, and no other.
fn pools_are_known() -> Result<(), TryRuntimeError> {
	type Locator = <Runtime as pools::Config>::PoolLocator;
	let mut known = 0;
	for id in pools::Pools::<Runtime>::iter_keys() {
		let account = Locator::address(&id).map_err(|()| "INV-P1: a pool without an address")?;
		ensure!(
			reserves::PoolAccounts::<Runtime>::contains_key(account),
			"INV-P1: a pool without its account"
		);
		known += 1;
	}
	ensure!(
		reserves::PoolAccounts::<Runtime>::iter_keys().count() == known,
		"INV-P1: an account without its pool"
	);
	Ok(())
}

/// Returns true if this pallet holds CLBR for one of Caliber's reasons.
fn is_of_clbr(reason: &RuntimeHoldReason) -> bool {
	matches!(
		reason,
		RuntimeHoldReason::Titles(_) | RuntimeHoldReason::Credit(_) | RuntimeHoldReason::Vault(_)
	)
}

/// Adds what the records of titles say is on hold.
fn tickets_of_titles(clbr: &mut Sums) -> Result<(), TryRuntimeError> {
	use titles::HoldReason;
	for attestation in titles::Attestations::<Runtime>::iter_values() {
		clbr.ticket(HoldReason::TitleDeposit, &attestation.ticket)?;
	}
	for document in titles::Documents::<Runtime>::iter_values() {
		clbr.ticket(HoldReason::TitleDeposit, &document.ticket)?;
	}
	for device in titles::Devices::<Runtime>::iter_values() {
		clbr.ticket(HoldReason::TitleDeposit, &device.ticket)?;
	}
	for offer in titles::CustodyOffers::<Runtime>::iter_values() {
		if let Some(ticket) = offer.ticket {
			clbr.ticket(HoldReason::TitleDeposit, &ticket)?;
		}
	}
	for policy in titles::Policies::<Runtime>::iter_values().flatten() {
		clbr.ticket(HoldReason::PolicyDeposit, &policy.ticket)?;
	}
	for appraisal in titles::Appraisals::<Runtime>::iter_values().flatten() {
		clbr.ticket(HoldReason::AppraisalDeposit, &appraisal.ticket)?;
	}
	for released in titles::ReleasedTitles::<Runtime>::iter_values() {
		clbr.ticket(HoldReason::RedemptionDeposit, &released.ticket)?;
	}
	for redemption in titles::Redemptions::<Runtime>::iter_values() {
		if let Some(ticket) = redemption.ticket {
			clbr.ticket(HoldReason::RedemptionDeposit, &ticket)?;
		}
	}
	for claim in titles::BondClaims::<Runtime>::iter_values() {
		clbr.ticket(HoldReason::RedemptionDeposit, &claim.ticket)?;
	}
	Ok(())
}

/// Adds what the records of titles say is on hold in USDai.
fn dollars_of_titles(usdai: &mut Sums) -> Result<(), TryRuntimeError> {
	use titles::HoldReason;
	for custodian in titles::Custodians::<Runtime>::iter_values() {
		usdai.said(HoldReason::CustodianBond, custodian.bond)?;
	}
	for verifier in titles::Verifiers::<Runtime>::iter_values() {
		usdai.said(HoldReason::VerifierBond, verifier.bond)?;
	}
	for insurer in titles::Insurers::<Runtime>::iter_values() {
		usdai.said(HoldReason::InsurerCapital, insurer.capital)?;
	}
	for redemption in titles::Redemptions::<Runtime>::iter_values() {
		usdai.said(HoldReason::ClaimDeposit, redemption.deposit)?;
	}
	for claim in titles::BondClaims::<Runtime>::iter_values() {
		usdai.said(HoldReason::ClaimDeposit, claim.deposit)?;
	}
	Ok(())
}
