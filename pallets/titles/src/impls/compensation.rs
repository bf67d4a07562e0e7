// SPDX-License-Identifier: Apache-2.0

//! Compensation: USDai that is paid for a harm done to a title goes to whom it harmed.
//!
//! A payment names the loss for which it is. Then it belongs to the line that held the title when
//! that loss was reported: the senior lender before the curator, and after the end of the line each
//! up to what the line cost it. The rest belongs to the owner of that time. A later holder of the
//! NFT receives nothing.
//!
//! A payment that names no loss is for the machines that are left: it belongs to the line that
//! holds the title, and to its owner. Of a lost title none is left; its only loss is named by
//! naming none.

use crate::{Config, Error, Loss, Losses, Pallet, TitleOf};
use caliber_primitives::{
	titles::{LossId, Surety, TitleStatus},
	traits::LossPayee,
	Balance, LineId, Seconds, TitleId,
};
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
	/// Pays `amount` of the free USDai of `payer` for a harm done to a confirmed title: that of
	/// `loss` or, if it names none, one to the machines that are left.
	pub(crate) fn compensate(
		title_id: TitleId,
		title: &TitleOf<T>,
		payer: &T::AccountId,
		loss: Option<LossOf<T>>,
		amount: Balance,
	) -> Result<Compensation<T::AccountId>, DispatchError> {
		let (line, owner) = match loss {
			Some(loss) => (loss.line, loss.owner),
			None => (title.line, Self::owner_of_confirmed(title_id)?),
		};
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
		loss: Option<LossOf<T>>,
		amount: Balance,
	) -> Result<Compensation<T::AccountId>, DispatchError> {
		// By way of the account of this pallet: no freeze of the party's account holds it up there.
		let account = Self::account_id();
		Self::pay_from_bond(surety, party, &account, amount)?;
		let paid = Self::compensate(title_id, title, &account, loss, amount)?;
		ensure!(paid.owner != *party || paid.to_line == amount, Error::<T>::NotIndependent);
		Ok(paid)
	}

	/// Returns the loss that a payment names, of a payer who answers for what happened at `since`
	/// or later. While machines are left a loss may be named within its period only: those whom it
	/// harmed are settled then, and what follows is for who holds the title.
	pub(crate) fn named_loss(
		title_id: TitleId,
		title: &TitleOf<T>,
		named: Option<LossId>,
		since: Seconds,
	) -> Result<Option<LossOf<T>>, Error<T>> {
		let lost = title.status == TitleStatus::Lost;
		if named.is_none() && !lost {
			return Ok(None);
		}
		let losses = Losses::<T>::get(title_id);
		let loss = match named {
			Some(id) => {
				let at = losses.binary_search_by_key(&id, |loss| loss.id);
				losses.get(at.map_err(|_| Error::<T>::UnknownLoss)?)
			}
			None => losses.first().filter(|_| losses.len() == 1),
		};
		let loss = loss.cloned().ok_or(Error::<T>::LossNotNamed)?;
		ensure!(loss.since >= since, Error::<T>::LossBeforePolicy);
		ensure!(lost || !Self::loss_period_is_over(loss.since), Error::<T>::LossPeriodOver);
		Ok(Some(loss))
	}
}

/// A loss of a chain.
type LossOf<T> = Loss<<T as polkadot_sdk::frame_system::Config>::AccountId>;
