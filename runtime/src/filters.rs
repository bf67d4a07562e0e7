// SPDX-License-Identifier: Apache-2.0

//! Filters of calls: closed calls, calls that stay open in an emergency, and calls of proxies.

mod nfts_of_titles;
mod small_transfers;

pub use nfts_of_titles::SoundTitleNfts;
pub use small_transfers::{NoSmallTransfers, LEAST};

use crate::RuntimeCall;
use caliber_primitives::{SUSDAI, USDAI};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use pallet_caliber_governance::CallName;
use polkadot_sdk::{
	frame_support::traits::{Contains, InstanceFilter},
	pallet_asset_conversion, pallet_assets, pallet_balances, pallet_membership,
	pallet_message_queue, pallet_proxy, pallet_psm, pallet_xcm,
};
use scale_info::TypeInfo;

/// Calls that are open to transactions: all but those that would bypass Caliber's own checks.
///
/// Closed are, beside those of [`SoundTitleNfts`] and [`NoSmallTransfers`],
/// - `OracleMembership::change_key` and `TechnicalMembership::change_key`: a seat is given and taken
///   by governance, and its holder cannot hand it on. Otherwise an operator that is being removed
///   would keep its seat under another key, and seats could be sold.
/// - `Oracle::feed_values`, which accepts any key; `Appraisal::feed` accepts those of registered
///   models.
/// - Every call of the PSM but `mint` and `redeem`: stablecoins, fees and ceilings of the peg change by
///   calls of the reserves.
/// - `Assets::refund` and `Assets::touch` of USDai and sUSDai. A refund would burn what the peg has
///   issued. Both assets are sufficient, so no account has to be opened by a deposit.
pub struct OpenCalls;
impl Contains<RuntimeCall> for OpenCalls {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::Oracle(_)
			| RuntimeCall::OracleMembership(pallet_membership::Call::change_key { .. })
			| RuntimeCall::TechnicalMembership(pallet_membership::Call::change_key { .. }) => false,
			RuntimeCall::Nfts(_) => SoundTitleNfts::contains(call),
			RuntimeCall::Psm(call) => {
				matches!(call, pallet_psm::Call::mint { .. } | pallet_psm::Call::redeem { .. })
			}
			RuntimeCall::Assets(
				pallet_assets::Call::refund { id, .. }
				| pallet_assets::Call::refund_other { id, .. }
				| pallet_assets::Call::touch { id }
				| pallet_assets::Call::touch_other { id, .. },
			) => ![USDAI, SUSDAI].contains(&id.0),
			call => NoSmallTransfers::contains(call),
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

/// Calls that no brake can pause:
///
/// - the chain's own, governance, wrappers of other calls, which are filtered again,
/// - every way out for users: what repays, claims, redeems, withdraws or bids in an auction,
/// - what keeps or makes good a covenant: insurance, custody, bonds, exchange of titles, prices,
/// - what only governance calls: a pause would strike what holders have decided,
/// - deposits of the vault, which have a brake of their own.
pub struct NeverPaused;

never_paused! {
	pallets {
		System
		ParachainSystem
		Timestamp
		MultiBlockMigrations
		Governance
		Preimage
		Scheduler
		CollatorSelection
		Session
		XcmpQueue
		Utility
		Multisig
		Proxy
		ConvictionVoting
		Referenda
		Whitelist
		Treasury
		TechnicalCommittee
		TechnicalMembership
		OracleMembership
		AssetRate
	}
	calls of MessageQueue as pallet_message_queue {
		reap_page
		execute_overweight
	}
	calls of Balances as pallet_balances {
		transfer_allow_death
		transfer_keep_alive
		transfer_all
	}
	calls of Assets as pallet_assets {
		transfer
		transfer_keep_alive
		transfer_approved
		transfer_all
		cancel_approval
	}
	calls of ForeignAssets as pallet_assets {
		transfer
		transfer_keep_alive
		transfer_approved
		transfer_all
		cancel_approval
	}
	calls of PoolAssets as pallet_assets {
		transfer
		transfer_keep_alive
		transfer_approved
		transfer_all
		cancel_approval
	}
	calls of AssetConversion as pallet_asset_conversion {
		remove_liquidity
	}
	calls of PolkadotXcm as pallet_xcm {
		reserve_transfer_assets
		limited_reserve_transfer_assets
		transfer_assets
		transfer_assets_using_type_and_then
		claim_assets
	}
	calls of Psm as pallet_psm {
		redeem
	}
	calls of Appraisal as pallet_caliber_appraisal {
		feed
		add_model
		update_model
		set_model_status
		delist_model
		register_asset
		remove_asset
	}
	calls of Credit as pallet_caliber_credit {
		withdraw_offer
		repay
		payoff
		collect
		top_up_reserve
		withdraw_reserve
		withdraw_terms
		close_line
		add_titles
		swap_titles
		apply_insurance_proceeds
		claim_payout
		release_capital
		cure
		reassess
		bid
		credit_bid
		settle_auction
		withdraw_bid
		reinstate
		repay_loss
		turn_round
		resolve_lot
		approve_curator
		set_curator_capacity
		suspend_curator
		set_model_ceiling
	}
	calls of Vault as pallet_caliber_vault {
		deposit
		mint
		request_redemption
		cancel_request
		commit_bid
		reveal_bid
		start_settlement
		settle
		claim
		set_operator
		redeem_now
		transfer_request
		accept_request
		set_window_length
		set_deposits_paused
		deposit_impaired
		pay_yield
	}
	calls of Reserves as pallet_caliber_reserves {
		freeze
		thaw
		set_priced_asset
		set_treasury_bill
		set_bill_trading
		reset_mint_rate_limit
		set_minting_stopped
		add_stablecoin
		remove_stablecoin
		set_stablecoin_terms
		set_debt_ceiling
		redeem_basket
		claim_basket
		fill_offer
	}
	calls of Titles as pallet_caliber_titles {
		post_bond
		withdraw_bond
		withdraw_attestation
		file_document
		report_loss
		strike_attestation
		clear_lost_device
		transfer_custody
		consent_custody
		accept_custody
		cancel_custody
		heartbeat
		pay_revenue
		bind_policy
		renew_policy
		pay_claim
		remove_policy
		withdraw_appraisal
		strike_appraisal
		confirm_appraisal
		strike_revenue
		request_redemption
		cancel_redemption
		confirm_release
		escalate_redemption
		resolve_claim
		acknowledge_release
		dispute_release
		finalise_release
		claim_after_release
		drop_released
		set_insurer_capacity
		slash_verifier
		slash_insurer
		retire_lost
		register_party
		update_party
		suspend_party
		reinstate_party
		remove_party
		recover_title
		suspend_title
		reinstate_title
		slash_custodian
	}
}

impl Contains<CallName> for NeverPaused {
	fn contains(name: &CallName) -> bool {
		Self::PALLETS.iter().any(|pallet| *name.pallet == *pallet.as_bytes())
			|| Self::CALLS.iter().any(|(pallet, call)| name.is(pallet, call))
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
	/// Attestations, documents, heartbeats and acknowledged pledges of a custodian.
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
	/// Policies of an insurer, but for the claims that it pays.
	#[codec(index = 8)]
	Insurance,
	/// Appraisals of an appraiser.
	#[codec(index = 9)]
	Evaluation,
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
						| Titles::file_document { .. }
						| Titles::withdraw_attestation { .. }
						| Titles::heartbeat { .. }
						| Titles::acknowledge_pledge { .. }
				)
			),
			ProxyType::Oracle => {
				matches!(call, RuntimeCall::Appraisal(Appraisal::feed { .. }))
			}
			ProxyType::Repayment => matches!(
				call,
				RuntimeCall::Credit(
					Credit::repay { .. }
						| Credit::payoff { .. }
						| Credit::top_up_reserve { .. }
						| Credit::reinstate { .. }
						| Credit::repay_loss { .. }
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
						| Credit::turn_round { .. }
				) | RuntimeCall::Titles(
					Titles::finalise_release { .. } | Titles::drop_released { .. }
				) | RuntimeCall::Reserves(pallet_caliber_reserves::Call::claim_basket { .. })
					| RuntimeCall::Vault(Vault::start_settlement { .. } | Vault::settle { .. })
			),
			ProxyType::Insurance => matches!(
				call,
				RuntimeCall::Titles(
					Titles::bind_policy { .. }
						| Titles::renew_policy { .. }
						| Titles::cancel_policy { .. }
						| Titles::remove_policy { .. }
				)
			),
			ProxyType::Evaluation => matches!(
				call,
				RuntimeCall::Titles(
					Titles::file_appraisal { .. } | Titles::withdraw_appraisal { .. }
				)
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
