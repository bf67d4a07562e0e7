// SPDX-License-Identifier: Apache-2.0

//! Titles as collateral: the conditions on which a title may secure a line.

use crate::{Config, Pallet, PartyKind, TitleOf};
use caliber_primitives::{
	governance::values::RuleValues,
	titles::{Collateral, Ineligibility, TitleStatus},
	LineId, Seconds,
};
use polkadot_sdk::frame_support::ensure;

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
		let cover = Self::cover(&title.covers, now);
		let insured = if cover > 0 { Ok(()) } else { Err(Ineligibility::Uninsured) };
		Collateral {
			facts: title.facts(),
			facility: title.facility,
			independent: title.counting_appraisal(now).map(|appraisal| appraisal.value),
			cover,
			standing: Self::standing(title, holder, rules, now).and(insured),
			braked: title.suspended.at(now) && !title.suspended.governed(),
		}
	}

	/// Ensures that nothing but insurance and value is left that could keep a title from securing a
	/// line. The registry is asked only where the line does not hold the title yet.
	fn standing(
		title: &TitleOf<T>,
		holder: Option<LineId>,
		rules: &RuleValues,
		now: Seconds,
	) -> Result<(), Ineligibility> {
		let held = title.line.is_some() && title.line == holder;
		let status = if held { title.governed_status() } else { title.status_at(now) };
		ensure!(status == TitleStatus::Active, Ineligibility::NotActive(status));
		ensure!(title.line.is_none() || held, Ineligibility::Encumbered);
		let fresh = Self::custody_is_fresh(title, rules.custody_validity);
		ensure!(fresh, Ineligibility::CustodyStale);
		let admitted = || Self::admitted_party(PartyKind::Custodian, &title.custodian).is_ok();
		ensure!(held || admitted(), Ineligibility::CustodianSuspended);
		Ok(())
	}
}
