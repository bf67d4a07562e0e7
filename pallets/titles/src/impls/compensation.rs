// SPDX-License-Identifier: Apache-2.0

//! Compensation: USDai that is paid for a harm done to a title goes to whom it harmed.
//!
//! That is the line that holds the title, or of a lost title the line that held it when the loss was
//! reported: the senior lender before the curator, and after the end of the line each up to what
//! the line cost it. The rest belongs to the owner, of a lost title to the owner of that time. A later
//! holder of the NFT receives nothing.

use crate::{Config, Error, Pallet, TitleOf};
use caliber_primitives::{titles::Surety, traits::LossPayee, Balance, LineId, Seconds, TitleId};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungible::Mutate, tokens::Preservation, DefensiveOption},
	},
	sp_runtime::DispatchError,
};

/// Parties to whom a compensation was due, and their shares of it.
pub(crate) struct Compensation<AccountId> {
	/// Line that comes first, if there is one.
	pub line: Option<LineId>,
	/// Owner that comes after it.
	pub owner: AccountId,
	/// USDai that those behind the line took.
	pub to_line: Balance,
}

impl<T: Config> Pallet<T> {
	/// Pays `amount` of the free USDai of `payer`, who answers for what happened at `since` or later,
	/// for a harm done to a confirmed title.
	pub(crate) fn compensate(
		title_id: TitleId,
		title: &TitleOf<T>,
		payer: &T::AccountId,
		since: Seconds,
		amount: Balance,
	) -> Result<Compensation<T::AccountId>, DispatchError> {
		let (line, owner) = Self::harmed(title_id, title, since)?;
		let to_line = match line {
			Some(line_id) => T::LossPayee::receive_loss_payment(line_id, title_id, payer, amount)?,
			None => 0,
		};
		let to_owner = amount.checked_sub(to_line).defensive_ok_or(Error::<T>::Unexpected)?;
		if to_owner > 0 {
			ensure!(owner != *payer, Error::<T>::SelfPayment);
			T::UsdAi::transfer(payer, &owner, to_owner, Preservation::Expendable)?;
		}
		Ok(Compensation { line, owner, to_line })
	}

	/// Pays `amount` of the bond of a party, by which its record is lower already, for a harm that it
	/// has done to a confirmed title. An owner that is the party itself is compensated for nothing.
	pub(crate) fn compensate_from_bond(
		title_id: TitleId,
		title: &TitleOf<T>,
		surety: Surety,
		party: &T::AccountId,
		amount: Balance,
	) -> Result<Compensation<T::AccountId>, DispatchError> {
		// By way of the account of this pallet: no freeze of the party's account holds it up there.
		let account = Self::account_id();
		Self::pay_from_bond(surety, party, &account, amount)?;
		let paid = Self::compensate(title_id, title, &account, 0, amount)?;
		ensure!(paid.owner != *party || paid.to_line == amount, Error::<T>::NotIndependent);
		Ok(paid)
	}

	/// Returns the line and the owner whom a harm done to a confirmed title hits: those that hold and
	/// own it or, while machines of it are lost since `since`, that did when the last of them were.
	fn harmed(
		title_id: TitleId,
		title: &TitleOf<T>,
		since: Seconds,
	) -> Result<(Option<LineId>, T::AccountId), Error<T>> {
		let partial = title.partial_loss.as_ref().filter(|loss| loss.since >= since);
		match title.loss.as_ref().or(partial) {
			Some(loss) => Ok((loss.line, loss.owner.clone())),
			None => Ok((title.line, Self::owner_of_confirmed(title_id)?)),
		}
	}
}
