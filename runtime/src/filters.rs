// SPDX-License-Identifier: Apache-2.0

//! Filters of calls: closed calls, calls that stay open in an emergency, and calls of proxies.

use crate::{Runtime, RuntimeCall, Titles};
use caliber_primitives::{SUSDAI, USDAI};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{
	frame_support::traits::{Contains, InstanceFilter},
	pallet_assets, pallet_nfts, pallet_proxy, pallet_psm,
	pallet_tx_pause::RuntimeCallNameOf,
};
use scale_info::TypeInfo;

/// Calls that are open to transactions: all but those that would bypass Caliber's own checks.
///
/// Closed are
/// - `Oracle::feed_values`, which accepts any key; `Appraisal::feed` accepts those of registered
///   models.
/// - `Nfts::burn` of a title's NFT; the redemption of a title burns it and releases the serial
///   numbers.
/// - `Assets::refund` and `Assets::touch` of USDai and sUSDai. A refund would remove a frozen
///   account together with its freeze, or burn what the peg has issued. Both assets are sufficient,
///   so no account has to be opened by a deposit.
pub struct OpenCalls;
impl Contains<RuntimeCall> for OpenCalls {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::Oracle(_) => false,
			RuntimeCall::Nfts(pallet_nfts::Call::burn { collection, .. }) => {
				Titles::collection() != Some(*collection)
			}
			RuntimeCall::Assets(
				pallet_assets::Call::refund { id, .. }
				| pallet_assets::Call::refund_other { id, .. }
				| pallet_assets::Call::touch { id }
				| pallet_assets::Call::touch_other { id, .. },
			) => ![USDAI, SUSDAI].contains(&id.0),
			_ => true,
		}
	}
}

/// Lists whole pallets and single calls by name. A name that [`RuntimeCall`] does not have does not
/// compile.
macro_rules! never_paused {
	(
		pallets { $($whole:ident)+ }
		$(calls of $pallet:ident as $module:ident { $($call:ident)+ })+
	) => {
		impl NeverPaused {
			/// Pallets of which no call can be paused.
			pub const PALLETS: &[&str] = &[$(stringify!($whole)),+];
			/// Calls of other pallets that cannot be paused, as pallet and call.
			pub const CALLS: &[(&str, &str)] =
				&[$($((stringify!($pallet), stringify!($call))),+),+];

			/// Returns true if the call cannot be paused.
			pub fn covers(call: &RuntimeCall) -> bool {
				match call {
					$(RuntimeCall::$whole(_))|+ => true,
					$($(RuntimeCall::$pallet($module::Call::$call { .. }))|+ => true,)+
					_ => false,
				}
			}
		}
	};
}

/// Calls that no committee can pause: the chain's own, governance, and every way out for users.
pub struct NeverPaused;

never_paused! {
	pallets {
		System
		ParachainSystem
		Timestamp
		TxPause
		Preimage
		Scheduler
		Session
		ConvictionVoting
		Referenda
		Whitelist
		TechnicalCommittee
		Reserves
		Parameters
	}
	calls of Credit as pallet_caliber_credit {
		repay
		payoff
		collect
		top_up_reserve
		close_line
		add_titles
		apply_insurance_proceeds
		claim_payout
		release_capital
		cure
		reassess
		settle_auction
		withdraw_bid
	}
	calls of Vault as pallet_caliber_vault {
		request_redemption
		cancel_request
		commit_bid
		reveal_bid
		start_settlement
		settle
		claim
	}
	calls of Psm as pallet_psm {
		redeem
	}
	calls of Titles as pallet_caliber_titles {
		heartbeat
		pay_revenue
		pay_claim
		remove_policy
		withdraw_appraisal
		request_redemption
		cancel_redemption
		confirm_release
		escalate_redemption
	}
}

impl Contains<RuntimeCallNameOf<Runtime>> for NeverPaused {
	fn contains((pallet, call): &RuntimeCallNameOf<Runtime>) -> bool {
		let is = |name: &str, bytes: &[u8]| name.as_bytes() == bytes;
		Self::PALLETS.iter().any(|name| is(name, pallet))
			|| Self::CALLS.iter().any(|(of, name)| is(of, pallet) && is(name, call))
	}
}

/// Kinds of proxies. Each kind is a list of calls that it allows; it refuses all others.
#[derive(Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum ProxyType {
	/// Every call.
	#[default]
	#[codec(index = 0)]
	Any,
	/// Votes and referenda.
	#[codec(index = 1)]
	Governance,
	/// Keys and candidacy of a collator.
	#[codec(index = 2)]
	Collator,
	/// Attestations, documents and heartbeats of a custodian.
	#[codec(index = 3)]
	Custody,
	/// Reports of prices.
	#[codec(index = 4)]
	Oracle,
	/// Payments on a line's loans and into its reserve.
	#[codec(index = 5)]
	Repayment,
	/// Upkeep that anyone may perform.
	#[codec(index = 6)]
	Keeper,
	/// Rejection of announced proxy calls.
	#[codec(index = 7)]
	CancelProxy,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		use pallet_caliber_appraisal::Call as Appraisal;
		use pallet_caliber_credit::Call as Credit;
		use pallet_caliber_titles::Call as Titles;
		use pallet_caliber_vault::Call as Vault;
		match self {
			ProxyType::Any => true,
			ProxyType::Governance => matches!(
				call,
				RuntimeCall::ConvictionVoting(_)
					| RuntimeCall::Referenda(_)
					| RuntimeCall::Preimage(_)
					| RuntimeCall::Whitelist(_)
					| RuntimeCall::TechnicalCommittee(_)
			),
			ProxyType::Collator => {
				matches!(call, RuntimeCall::CollatorSelection(_) | RuntimeCall::Session(_))
			}
			ProxyType::Custody => matches!(
				call,
				RuntimeCall::Titles(
					Titles::attest { .. }
						| Titles::attest_batch { .. }
						| Titles::set_document { .. }
						| Titles::withdraw_attestation { .. }
						| Titles::heartbeat { .. }
				)
			),
			ProxyType::Oracle => {
				matches!(call, RuntimeCall::Appraisal(Appraisal::feed { .. }))
			}
			ProxyType::Repayment => matches!(
				call,
				RuntimeCall::Credit(
					Credit::repay { .. } | Credit::payoff { .. } | Credit::top_up_reserve { .. }
				)
			),
			ProxyType::Keeper => matches!(
				call,
				RuntimeCall::Credit(
					Credit::collect { .. }
						| Credit::declare_breach { .. }
						| Credit::declare_default { .. }
						| Credit::declare_uncured { .. }
						| Credit::cure { .. }
						| Credit::reassess { .. }
						| Credit::start_auction { .. }
						| Credit::settle_auction { .. }
				) | RuntimeCall::Reserves(pallet_caliber_reserves::Call::rebalance { .. })
					| RuntimeCall::Vault(Vault::start_settlement { .. } | Vault::settle { .. })
			),
			ProxyType::CancelProxy => {
				matches!(call, RuntimeCall::Proxy(pallet_proxy::Call::reject_announcement { .. }))
			}
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		self == other || *self == ProxyType::Any
	}
}
