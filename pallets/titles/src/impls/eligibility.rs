// SPDX-License-Identifier: Apache-2.0

//! Titles as collateral: the conditions on which a title may secure a line.

use crate::{Config, Custodians, Pallet, PartyKind, TitleOf};
use caliber_primitives::{
	governance::values::RuleValues,
	titles::{Collateral, Ineligibility, TitleStatus},
	LineId, Seconds,
};
use polkadot_sdk::frame_support::{ensure, traits::Get};

impl<T: Config> Pallet<T> {
	/// Returns what a line asks of a title. `holder` is a line that may hold it already.
	///
	/// The technical committee's suspension breaks no covenant: the standing of a title that
	/// `holder` holds is that without it, and `braked` tells those who ask about new debt.
	pub(crate) fn collateral_of(
		title: &TitleOf<T>,
		holder: Option<LineId>,
		rules: &RuleValues,
	) -> Collateral {
		let now = Self::now();
		let held = title.line.is_some() && title.line == holder;
		let (cover, _) = Self::cover(&title.covers, now, rules.premium_grace);
		// Whoever lends has the notice of a cancellation to react: a policy that ends sooner is as good
		// as cancelled. A time beyond all times is reached by no policy.
		let notice_ends = now.saturating_add(T::Values::get().cancellation_notice);
		let (_, claimable) = Self::cover(&title.covers, notice_ends, rules.premium_grace);
		// Whoever pledges needs something that can be claimed; a claim that uses a policy up breaks
		// no covenant.
		let sum = if held { cover } else { claimable };
		let insured = if sum > 0 { Ok(()) } else { Err(Ineligibility::Uninsured) };
		Collateral {
			facts: title.facts(now),
			facility: title.facility,
			independent: Self::independent_of(title, now),
			filed: Self::filed_appraisals(title, now),
			cover,
			claimable,
			unmatched: title.unmatched,
			deducted: 0,
			standing: Self::standing(title, held, rules, now).and(insured),
			new_debt: Self::custodian_trouble(&title.custodian, now).and_then(|()| {
				ensure!(!held || title.acknowledged, Ineligibility::NotAcknowledged);
				let struck = title.struck_until.is_some_and(|until| now < until);
				ensure!(!struck, Ineligibility::AppraisalStruck);
				Ok(())
			}),
			braked: title.suspended.at(now) && !title.suspended.governed(),
		}
	}

	/// Ensures that nothing but insurance, value and what counts for new debt only is left that
	/// could keep a title from securing a line. `held` says that the line holds the title.
	fn standing(
		title: &TitleOf<T>,
		held: bool,
		rules: &RuleValues,
		now: Seconds,
	) -> Result<(), Ineligibility> {
		let status = if held { title.governed_status() } else { title.status_at(now) };
		ensure!(status == TitleStatus::Active, Ineligibility::NotActive(status));
		ensure!(title.line.is_none() || held, Ineligibility::Encumbered);
		let fresh = Self::custody_is_fresh(title, rules.custody_validity);
		ensure!(fresh, Ineligibility::CustodyStale);
		title.ensure_papers(rules.required_papers(title.class), now)
	}

	/// Ensures that nothing is known against a custodian that new debt on its titles should heed.
	fn custodian_trouble(account: &T::AccountId, now: Seconds) -> Result<(), Ineligibility> {
		let party = Self::party(PartyKind::Custodian, account);
		let admitted = party.is_ok_and(|party| !party.suspended.at(now));
		ensure!(admitted, Ineligibility::CustodianSuspended);
		let custodian = Custodians::<T>::get(account).ok_or(Ineligibility::CustodianSuspended)?;
		// Too low as it is, or for what claims have frozen of it.
		let enough = custodian.bond >= Self::required_bond(&custodian);
		ensure!(enough, Ineligibility::BondTooLow);
		let left = Self::ensure_bonded(&custodian).is_ok();
		ensure!(left, Ineligibility::CustodianFrozen);
		// Who may not have handed over one machine may not hand over another.
		ensure!(custodian.open_claims == 0, Ineligibility::ClaimOpen);
		Ok(())
	}
}
