// SPDX-License-Identifier: Apache-2.0

//! Independence: nobody is two parties of one title.
//!
//! Parties are the owner, the custodian, the verifier that confirmed the title and the one that
//! inspected it last, insurers and appraisers whose policies and appraisals are stored, and the
//! curator of the line that holds the title or asks for it. Each is checked when it enters. The
//! owner changes by a transfer of the NFT, which no call of this pallet sees; it is checked when
//! the title is pledged.

use crate::{Appraisals, Attestation, Config, Error, Pallet, Policies, TitleOf};
use alloc::{collections::BTreeMap, vec, vec::Vec};
use caliber_primitives::{titles::TitleStatus, traits::LineParties, LineId, TitleId};
use polkadot_sdk::frame_support::ensure;

/// Part that an account has in a title.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
	Owner,
	Custodian,
	Verifier,
	Insurer,
	Appraiser,
	Curator,
}

impl<T: Config> Pallet<T> {
	/// Returns the parties of a title, each with its part. `line` is one that holds the title or asks
	/// for it.
	fn parties_of(
		title_id: TitleId,
		title: &TitleOf<T>,
		line: Option<LineId>,
	) -> Result<Vec<(Part, T::AccountId)>, Error<T>> {
		let owner = Self::owner_or_beneficiary(title_id)?;
		let mut parties = vec![(Part::Owner, owner), (Part::Custodian, title.custodian.clone())];
		let Attestation { verifier, inspection, .. } = Self::attestation(title_id)?;
		let inspector = inspection.map(|inspection| inspection.verifier);
		parties.extend(verifier.into_iter().chain(inspector).map(|who| (Part::Verifier, who)));
		let policies = Policies::<T>::get(title_id).into_iter();
		parties.extend(policies.map(|policy| (Part::Insurer, policy.insurer)));
		let appraisals = Appraisals::<T>::get(title_id).into_iter();
		parties.extend(appraisals.map(|filed| (Part::Appraiser, filed.appraiser)));
		parties.extend(line.and_then(T::Lines::curator).map(|who| (Part::Curator, who)));
		Ok(parties)
	}

	/// Ensures that `who`, who is to be a party of the title, is no other one of it.
	pub(crate) fn ensure_no_other_part(
		title_id: TitleId,
		title: &TitleOf<T>,
		who: &T::AccountId,
		part: Part,
	) -> Result<(), Error<T>> {
		let parties = Self::parties_of(title_id, title, title.line)?;
		let other = parties.iter().any(|(of, account)| *of != part && account == who);
		ensure!(!other, Error::<T>::NotIndependent);
		Ok(())
	}

	/// Returns true if no account is two parties of a title that `line` asks for.
	pub(crate) fn is_independent(
		title_id: TitleId,
		title: &TitleOf<T>,
		line: Option<LineId>,
	) -> Result<bool, Error<T>> {
		let mut parts = BTreeMap::new();
		let mut parties = Self::parties_of(title_id, title, line)?.into_iter();
		Ok(parties.all(|(part, who)| *parts.entry(who).or_insert(part) == part))
	}

	/// Ensures that the title exists and is not lost, and that `account`, who is to insure or to
	/// appraise it, has no other part in it.
	pub(crate) fn ensure_may_vouch(
		account: &T::AccountId,
		title_id: TitleId,
		part: Part,
	) -> Result<(), Error<T>> {
		let title = Self::title_record(title_id)?;
		ensure!(title.status != TitleStatus::Lost, Error::<T>::TitleLost);
		Self::ensure_no_other_part(title_id, &title, account, part)
	}
}
