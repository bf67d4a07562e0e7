// SPDX-License-Identifier: Apache-2.0

//! Invariants of the credit pallet: rules that its storage keeps after every call.

use crate::{
	frame_support::{
		ensure,
		traits::tokens::fungible::{Inspect, InspectHold},
	},
	pallet::*,
	sp_runtime::TryRuntimeError,
	types::{checked_sum, LineRecordOf},
};
use alloc::{collections::BTreeMap, vec::Vec};
use caliber_primitives::{credit::LineState, traits::TitleInspect, Balance, LineId, ModelId};
use codec::Encode;

/// Sums over the lines of one curator.
#[derive(Default)]
struct CuratorSums {
	limits: Balance,
	junior_locked: Balance,
	outstanding: Balance,
}

/// Sums over all lines.
struct LineSums<AccountId> {
	/// Reserves, insurance proceeds and junior holdbacks.
	set_aside: Balance,
	outstanding: Balance,
	senior_outstanding: Balance,
	impairment: Balance,
	loans: usize,
	exposure: BTreeMap<ModelId, Balance>,
	/// By the encoded account of the curator.
	curators: BTreeMap<Vec<u8>, (AccountId, CuratorSums)>,
	/// Principal outstanding, by the encoded account of the borrower.
	borrowers: BTreeMap<Vec<u8>, (AccountId, Balance)>,
}

/// Adds `amount` to `total`.
fn add_to(total: &mut Balance, amount: Balance) -> Result<(), TryRuntimeError> {
	*total = checked_sum(*total, amount).map_err(|_| "a sum over the credit lines overflows")?;
	Ok(())
}

impl<T: Config> Pallet<T> {
	/// Checks the invariants of this pallet.
	///
	/// - INV-C1: a line has titles ⇔ it is accepted; encumbrance(title) = line, for each of its
	///   titles.
	/// - INV-C2: Σ balance over the loans of a line = its outstanding, Σ their senior parts = its
	///   senior outstanding; each loan names the line that lists it, and Σ loans of lines = number
	///   of loans.
	/// - INV-C3: outstanding ≤ limit and outstanding ≤ drawn total, of each line; on offer it has
	///   no loans, no reserve and no insurance proceeds.
	/// - INV-C4: 0 < balance of each loan; outstanding ≤ drawn, in each of its tranches.
	/// - INV-C5: `TotalOutstanding`, `SeniorOutstanding`, `OutstandingByBorrower` and
	///   `OutstandingByCurator` = Σ over lines; no borrower has an entry of zero.
	/// - INV-C6: committed of a curator = Σ limits of its lines; its USDai on hold as junior
	///   capital = Σ junior locked of its lines.
	/// - INV-C7: `TotalUnclaimedPayouts` = Σ `UnclaimedPayouts`, none of them zero; USDai of the
	///   pallet's account ≥ Σ (reserve + insurance proceeds + junior holdback) + Σ
	///   `UnclaimedPayouts`.
	/// - INV-C8: ids of lines and loans < the next ids.
	/// - INV-C9: Σ exposure of a line = its outstanding, no part is zero; `OutstandingByModel` =
	///   Σ exposure over lines.
	/// - INV-C10: a line in breach says which covenant is broken, and a line on offer or open none;
	///   a line has a time of default ⇔ it is in default or for sale.
	/// - INV-C11: impairment of a line = its shortfall ≤ its senior outstanding; `TotalImpairment`
	///   = Σ impairment over lines.
	/// - INV-C12: terms are offered for accepted lines only.
	/// - INV-C13: a line has an auction ⇔ it is for sale, and it has loans then.
	/// - INV-C14: USDai on hold for bids of an account = Σ its best bids; a best bid is at least
	///   the reserve price (a unit once unsold), not the borrower's, and not older than the
	///   auction; number of relistings ≤ the most of the auction's terms, and 0 < reserve price.
	/// - INV-C15: `TotalBadDebt` = Σ `BadDebts`, none of them zero, each of a line that is gone.
	/// - INV-C16: junior holdback > 0 ⇒ the line is in default or for sale, and has loans.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let sums = Self::check_lines()?;
		Self::check_totals(&sums)?;
		Self::check_borrowers(&sums)?;
		Self::check_curators(&sums)?;
		Self::check_account(sums.set_aside)?;
		Self::check_terms_offers()?;
		Self::check_auctions()?;
		Self::check_bids()?;
		Self::check_bad_debts()
	}

	/// Checks each line and its loans. Returns the sums over all lines.
	fn check_lines() -> Result<LineSums<T::AccountId>, TryRuntimeError> {
		let mut sums = LineSums {
			set_aside: 0,
			outstanding: 0,
			senior_outstanding: 0,
			impairment: 0,
			loans: 0,
			exposure: BTreeMap::new(),
			curators: BTreeMap::new(),
			borrowers: BTreeMap::new(),
		};
		for (line_id, line) in Lines::<T>::iter() {
			ensure!(line_id < NextLineId::<T>::get(), "INV-C8: line id ≥ NextLineId");
			Self::check_titles(line_id, &line)?;
			Self::check_loans(line_id, &line)?;
			Self::check_limits(&line)?;
			Self::check_exposure(&line)?;
			Self::check_trouble(&line)?;

			add_to(&mut sums.set_aside, line.reserve)?;
			add_to(&mut sums.set_aside, line.insurance_proceeds)?;
			add_to(&mut sums.set_aside, line.junior_holdback)?;
			add_to(&mut sums.outstanding, line.outstanding)?;
			add_to(&mut sums.senior_outstanding, line.senior_outstanding)?;
			add_to(&mut sums.impairment, line.impairment)?;
			sums.loans = sums.loans.saturating_add(line.loans.len());
			for (model, part) in &line.exposure {
				add_to(sums.exposure.entry(*model).or_default(), *part)?;
			}
			let (_, curator) = sums
				.curators
				.entry(line.curator.encode())
				.or_insert_with(|| (line.curator.clone(), Default::default()));
			add_to(&mut curator.limits, line.terms.limit)?;
			add_to(&mut curator.junior_locked, line.junior_locked)?;
			add_to(&mut curator.outstanding, line.outstanding)?;
			let (_, borrowed) = sums
				.borrowers
				.entry(line.borrower.encode())
				.or_insert_with(|| (line.borrower.clone(), 0));
			add_to(borrowed, line.outstanding)?;
		}
		Ok(sums)
	}

	/// INV-C1.
	fn check_titles(line_id: LineId, line: &LineRecordOf<T>) -> Result<(), TryRuntimeError> {
		ensure!(
			(line.state == LineState::Offered) == line.titles.is_empty(),
			"INV-C1: a line has titles ⇔ it is accepted"
		);
		for title in &line.titles {
			ensure!(
				T::Titles::encumbrance(*title) == Some(line_id),
				"INV-C1: encumbrance(title) = line"
			);
		}
		Ok(())
	}

	/// INV-C2, INV-C4, and INV-C8 of loans.
	fn check_loans(line_id: LineId, line: &LineRecordOf<T>) -> Result<(), TryRuntimeError> {
		let mut outstanding: Balance = 0;
		let mut senior_outstanding: Balance = 0;
		for loan_id in &line.loans {
			ensure!(*loan_id < NextLoanId::<T>::get(), "INV-C8: loan id ≥ NextLoanId");
			let loan = Loans::<T>::get(loan_id).ok_or("INV-C2: a loan of a line is missing")?;
			ensure!(loan.line == line_id, "INV-C2: loan.line = line that lists it");
			ensure!(
				loan.outstanding.senior <= loan.tranches.senior
					&& loan.outstanding.junior <= loan.tranches.junior,
				"INV-C4: outstanding ≤ drawn, in each tranche"
			);
			let balance = loan.balance().map_err(|_| "INV-C4: the balance of a loan overflows")?;
			ensure!(balance > 0, "INV-C4: 0 < balance of a loan");
			add_to(&mut outstanding, balance)?;
			add_to(&mut senior_outstanding, loan.outstanding.senior)?;
		}
		ensure!(outstanding == line.outstanding, "INV-C2: Σ loan balances = line outstanding");
		ensure!(
			senior_outstanding == line.senior_outstanding,
			"INV-C2: Σ senior parts of loans = line senior outstanding"
		);
		Ok(())
	}

	/// INV-C3.
	fn check_limits(line: &LineRecordOf<T>) -> Result<(), TryRuntimeError> {
		ensure!(line.outstanding <= line.terms.limit, "INV-C3: line outstanding ≤ limit");
		ensure!(line.outstanding <= line.drawn_total, "INV-C3: line outstanding ≤ drawn total");
		ensure!(
			line.state != LineState::Offered
				|| line.loans.is_empty() && line.reserve == 0 && line.insurance_proceeds == 0,
			"INV-C3: a line on offer has no loans, reserve or insurance proceeds"
		);
		Ok(())
	}

	/// INV-C9, of a line.
	fn check_exposure(line: &LineRecordOf<T>) -> Result<(), TryRuntimeError> {
		let mut exposure: Balance = 0;
		for (_, part) in &line.exposure {
			ensure!(*part > 0, "INV-C9: 0 < each part of the exposure");
			add_to(&mut exposure, *part)?;
		}
		ensure!(exposure == line.outstanding, "INV-C9: Σ exposure = line outstanding");
		Ok(())
	}

	/// INV-C10, INV-C11 of a line, and INV-C16.
	fn check_trouble(line: &LineRecordOf<T>) -> Result<(), TryRuntimeError> {
		let is_whole = matches!(line.state, LineState::Offered | LineState::Open);
		let in_default = matches!(line.state, LineState::Defaulted | LineState::Liquidating);
		ensure!(
			!is_whole || line.breach.is_none(),
			"INV-C10: a line on offer or open has no broken covenant"
		);
		ensure!(
			line.state != LineState::Breached || line.breach.is_some(),
			"INV-C10: a line in breach has a broken covenant"
		);
		ensure!(
			in_default == line.defaulted_at.is_some(),
			"INV-C10: a time of default ⇔ the line is in default or for sale"
		);
		ensure!(line.impairment == line.shortfall(), "INV-C11: impairment = shortfall");
		ensure!(
			line.impairment <= line.senior_outstanding,
			"INV-C11: impairment ≤ line senior outstanding"
		);
		ensure!(
			line.junior_holdback == 0 || in_default && !line.loans.is_empty(),
			"INV-C16: junior holdback > 0 ⇒ the line is in default and has loans"
		);
		Ok(())
	}

	/// INV-C2, INV-C5, INV-C9 and INV-C11, over all lines.
	fn check_totals(sums: &LineSums<T::AccountId>) -> Result<(), TryRuntimeError> {
		ensure!(
			Loans::<T>::iter_keys().count() == sums.loans,
			"INV-C2: Σ loans of lines = number of loans"
		);
		ensure!(
			sums.outstanding == TotalOutstanding::<T>::get(),
			"INV-C5: Σ line outstanding = TotalOutstanding"
		);
		ensure!(
			sums.senior_outstanding == SeniorOutstanding::<T>::get(),
			"INV-C5: Σ line senior outstanding = SeniorOutstanding"
		);
		ensure!(
			sums.exposure == OutstandingByModel::<T>::iter().collect(),
			"INV-C9: Σ exposure over lines = OutstandingByModel"
		);
		ensure!(
			sums.impairment == TotalImpairment::<T>::get(),
			"INV-C11: Σ line impairment = TotalImpairment"
		);
		Ok(())
	}

	/// INV-C5, of borrowers.
	fn check_borrowers(sums: &LineSums<T::AccountId>) -> Result<(), TryRuntimeError> {
		for (borrower, outstanding) in sums.borrowers.values() {
			ensure!(
				OutstandingByBorrower::<T>::get(borrower) == *outstanding,
				"INV-C5: Σ outstanding of its lines = OutstandingByBorrower"
			);
		}
		for (borrower, outstanding) in OutstandingByBorrower::<T>::iter() {
			ensure!(outstanding > 0, "INV-C5: 0 < each entry of OutstandingByBorrower");
			ensure!(
				sums.borrowers.contains_key(&borrower.encode()),
				"INV-C5: an entry of OutstandingByBorrower has a line"
			);
		}
		Ok(())
	}

	/// INV-C5 and INV-C6, of curators.
	fn check_curators(sums: &LineSums<T::AccountId>) -> Result<(), TryRuntimeError> {
		for who in OutstandingByCurator::<T>::iter_keys() {
			ensure!(
				sums.curators.contains_key(&who.encode()),
				"INV-C5: an entry of OutstandingByCurator has a line"
			);
		}
		for (who, of_lines) in sums.curators.values() {
			ensure!(Curators::<T>::contains_key(who), "INV-C6: the curator of a line is known");
			ensure!(
				OutstandingByCurator::<T>::get(who) == of_lines.outstanding,
				"INV-C5: Σ outstanding of its lines = OutstandingByCurator"
			);
		}
		let no_lines = CuratorSums::default();
		for (who, curator) in Curators::<T>::iter() {
			let of_lines = sums.curators.get(&who.encode()).map_or(&no_lines, |(_, sums)| sums);
			ensure!(
				curator.committed == of_lines.limits,
				"INV-C6: Σ limits of its lines = committed of a curator"
			);
			ensure!(
				T::UsdAiHold::balance_on_hold(&HoldReason::JuniorCapital.into(), &who)
					== of_lines.junior_locked,
				"INV-C6: Σ junior locked of its lines = junior capital on hold of a curator"
			);
		}
		Ok(())
	}

	/// INV-C7.
	fn check_account(set_aside: Balance) -> Result<(), TryRuntimeError> {
		let mut unclaimed: Balance = 0;
		for amount in UnclaimedPayouts::<T>::iter_values() {
			ensure!(amount > 0, "INV-C7: 0 < each unclaimed payout");
			add_to(&mut unclaimed, amount)?;
		}
		ensure!(
			unclaimed == TotalUnclaimedPayouts::<T>::get(),
			"INV-C7: Σ UnclaimedPayouts = TotalUnclaimedPayouts"
		);
		let mut kept = unclaimed;
		add_to(&mut kept, set_aside)?;
		ensure!(
			T::UsdAi::balance(&Self::account_id()) >= kept,
			"INV-C7: USDai of the account ≥ Σ set aside by lines + Σ UnclaimedPayouts"
		);
		Ok(())
	}

	/// INV-C12.
	fn check_terms_offers() -> Result<(), TryRuntimeError> {
		for line_id in TermsOffers::<T>::iter_keys() {
			ensure!(
				Lines::<T>::get(line_id).is_some_and(|line| line.state != LineState::Offered),
				"INV-C12: terms are offered for accepted lines only"
			);
		}
		Ok(())
	}

	/// INV-C13.
	fn check_auctions() -> Result<(), TryRuntimeError> {
		for (line_id, line) in Lines::<T>::iter() {
			let for_sale = line.state == LineState::Liquidating;
			ensure!(
				for_sale == Auctions::<T>::contains_key(line_id),
				"INV-C13: a line has an auction ⇔ it is for sale"
			);
			ensure!(!for_sale || !line.loans.is_empty(), "INV-C13: a line for sale has loans");
		}
		Ok(())
	}

	/// INV-C14.
	fn check_bids() -> Result<(), TryRuntimeError> {
		let mut bidders = BTreeMap::new();
		for (line_id, auction) in Auctions::<T>::iter() {
			let line = Lines::<T>::get(line_id).ok_or("INV-C13: an auction has a line")?;
			ensure!(auction.reserve > 0, "INV-C14: 0 < reserve price");
			ensure!(
				auction.round <= auction.terms.relistings,
				"INV-C14: number of relistings ≤ the most of the auction's terms"
			);
			let Some(best) = auction.best else { continue };
			ensure!(
				best.placed_at >= auction.started_at,
				"INV-C14: a best bid is not older than its auction"
			);
			ensure!(best.bidder != line.borrower, "INV-C14: a best bid is not the borrower's");
			ensure!(
				best.amount >= if auction.unsold { 1 } else { auction.reserve },
				"INV-C14: best bid ≥ reserve price"
			);
			let held: &mut (T::AccountId, Balance) =
				bidders.entry(best.bidder.encode()).or_insert((best.bidder.clone(), 0));
			add_to(&mut held.1, best.amount)?;
		}
		for (bidder, amount) in bidders.values() {
			ensure!(
				T::UsdAiHold::balance_on_hold(&HoldReason::AuctionBid.into(), bidder) == *amount,
				"INV-C14: Σ best bids of an account = its USDai on hold for bids"
			);
		}
		Ok(())
	}

	/// INV-C15.
	fn check_bad_debts() -> Result<(), TryRuntimeError> {
		let mut total: Balance = 0;
		for (line_id, amount) in BadDebts::<T>::iter() {
			ensure!(amount > 0, "INV-C15: 0 < each bad debt");
			ensure!(line_id < NextLineId::<T>::get(), "INV-C15: the line of a bad debt existed");
			ensure!(!Lines::<T>::contains_key(line_id), "INV-C15: the line of a bad debt is gone");
			add_to(&mut total, amount)?;
		}
		ensure!(total == TotalBadDebt::<T>::get(), "INV-C15: Σ BadDebts = TotalBadDebt");
		Ok(())
	}
}
