// SPDX-License-Identifier: Apache-2.0

//! Invariants of the credit pallet: rules that its storage keeps after every call.

use crate::{
	frame_support::{
		ensure,
		traits::tokens::fungible::{Inspect, InspectHold},
	},
	pallet::*,
	sp_runtime::TryRuntimeError,
	types::{accrues, checked_sum, BorrowerRecord, LineRecordOf, LoanRecord},
};
use alloc::{collections::BTreeMap, vec::Vec};
use caliber_primitives::{
	credit::{LineState, LoanTerms},
	traits::{AccrualSum, SeniorBook, SeniorLender, TitleInspect},
	Balance, LineId, ModelId,
};
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
	accrual: AccrualSum,
	suspended: Balance,
	exposure: BTreeMap<ModelId, Balance>,
	/// By the encoded account of the curator.
	curators: BTreeMap<Vec<u8>, (AccountId, CuratorSums)>,
	/// By the encoded account of the borrower.
	borrowers: BTreeMap<Vec<u8>, (AccountId, BorrowerRecord)>,
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
	///   senior outstanding; the loans stand in the order of their numbers, each number once.
	/// - INV-C3: outstanding ≤ limit and outstanding ≤ drawn total, of each line; on offer it has
	///   no loans, no reserve and no insurance proceeds.
	/// - INV-C4: 0 < balance of each loan; outstanding ≤ drawn, in each of its tranches.
	/// - INV-C5: outstanding and senior outstanding of `Totals`, and outstanding of each borrower
	///   and curator = Σ over lines.
	/// - INV-C6: committed of a curator = Σ limits of its lines; its USDai on hold as junior
	///   capital = Σ junior locked of its lines.
	/// - INV-C7: unclaimed payouts of `Totals` = Σ `UnclaimedPayouts`, none of them zero; USDai of
	///   the pallet's account ≥ Σ (reserve + insurance proceeds + junior holdback) + Σ
	///   `UnclaimedPayouts`.
	/// - INV-C8: ids of lines < the next id, numbers of loans < the next number of their line.
	/// - INV-C9: Σ exposure of a line ≥ its outstanding, no part is zero; `OutstandingByModel` =
	///   Σ exposure over lines; each model of it is one whose version the line names.
	/// - INV-C10: a line in breach says which covenant is broken, and a line on offer or open none;
	///   a line has a time of default ⇔ it is in default or for sale.
	/// - INV-C11: impairment of a line = weight × its shortfall ≤ its senior outstanding; impairment of
	///   `Totals` = Σ impairment over lines.
	/// - INV-C12: terms are offered for accepted lines only.
	/// - INV-C13: a line has an auction ⇔ it is for sale, and it has loans then.
	/// - INV-C14: USDai on hold for bids of an account = Σ its best bids; a best bid is at least
	///   the reserve price (a unit once unsold), not the borrower's, and not older than the
	///   auction; number of relistings ≤ the most of the auction's terms, and 0 < reserve price.
	/// - INV-C15: bad debt of `Totals` = Σ senior part of `LineLosses`; each of them has a part that
	///   is not zero, is of a line that is gone, and names a known curator.
	/// - INV-C16: junior holdback > 0 ⇒ the line is in default or for sale, and has loans.
	/// - INV-C17: the senior lender's books say, to the unit, what the lines do: principal out =
	///   Σ senior outstanding, accruals = Σ accruals of the loans that accrue, provisions =
	///   Σ impairment, suspended interest = Σ suspended interest of the loans.
	/// - INV-C18: the borrower of a line is not its curator.
	/// - INV-C19: a loan earns in the senior lender's books only while its line is open or in breach,
	///   and has suspended interest only in default or for sale.
	/// - INV-C25: what is paid of the oldest unpaid payment period of a loan is no more than it owes,
	///   and not all of it; the senior lender's part of the principal is within it.
	/// - INV-C30: the number of lines in trouble of each borrower = those in breach, in default or
	///   for sale; a borrower without debt and trouble has no record.
	/// - INV-C40: the weight of a line in default or for sale is 100 %.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let sums = Self::check_lines()?;
		Self::check_totals(&sums)?;
		Self::check_senior_book(&sums)?;
		Self::check_borrowers(&sums)?;
		Self::check_curators(&sums)?;
		Self::check_account(sums.set_aside)?;
		Self::check_terms_offers()?;
		Self::check_auctions()?;
		Self::check_bids()?;
		Self::check_losses()
	}

	/// Checks each line and its loans. Returns the sums over all lines.
	fn check_lines() -> Result<LineSums<T::AccountId>, TryRuntimeError> {
		let mut sums = LineSums {
			set_aside: 0,
			outstanding: 0,
			senior_outstanding: 0,
			impairment: 0,
			accrual: AccrualSum::default(),
			suspended: 0,
			exposure: BTreeMap::new(),
			curators: BTreeMap::new(),
			borrowers: BTreeMap::new(),
		};
		for (line_id, line) in Lines::<T>::iter() {
			ensure!(line_id < NextLineId::<T>::get(), "INV-C8: line id ≥ NextLineId");
			ensure!(line.borrower != line.curator, "INV-C18: borrower ≠ curator of a line");
			Self::check_titles(line_id, &line)?;
			Self::check_loans(&line, &mut sums.accrual, &mut sums.suspended)?;
			Self::check_limits(&line)?;
			Self::check_exposure(&line)?;
			Self::check_trouble(&line)?;

			add_to(&mut sums.set_aside, line.reserve)?;
			add_to(&mut sums.set_aside, line.insurance_proceeds)?;
			add_to(&mut sums.set_aside, line.junior_holdback)?;
			add_to(&mut sums.outstanding, line.outstanding)?;
			add_to(&mut sums.senior_outstanding, line.senior_outstanding)?;
			add_to(&mut sums.impairment, line.impairment)?;
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
				.or_insert_with(|| (line.borrower.clone(), BorrowerRecord::default()));
			add_to(&mut borrowed.outstanding, line.outstanding)?;
			borrowed.troubled += u32::from(line.is_troubled());
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

	/// INV-C2, INV-C4, INV-C19, and INV-C8 of loans. Adds accruals and suspended interest.
	fn check_loans(
		line: &LineRecordOf<T>,
		accrual: &mut AccrualSum,
		suspended: &mut Balance,
	) -> Result<(), TryRuntimeError> {
		let mut outstanding: Balance = 0;
		let mut senior_outstanding: Balance = 0;
		let mut numbers = line.loans.iter().map(|loan| loan.number);
		ensure!(
			numbers.all(|number| number < line.next_loan),
			"INV-C8: number of a loan ≥ next number"
		);
		ensure!(
			line.loans.windows(2).all(|pair| pair[0].number < pair[1].number),
			"INV-C2: loans stand in the order of their numbers"
		);
		for loan in &line.loans {
			let earns = loan
				.accrual(&line.terms.loan)
				.map_err(|_| "INV-C17: the accrual of a loan overflows")?
				.unwrap_or_default();
			*accrual = accrual.with(&earns).ok_or("INV-C17: a sum of accruals overflows")?;
			add_to(suspended, loan.suspended)?;
			if accrues(line.state) {
				ensure!(
					loan.suspended == 0,
					"INV-C19: suspended interest ⇒ the line does not earn"
				);
			} else {
				ensure!(loan.booked_in.is_none(), "INV-C19: a loan earns ⇒ its line earns");
			}
			ensure!(
				loan.outstanding.senior <= loan.tranches.senior
					&& loan.outstanding.junior <= loan.tranches.junior,
				"INV-C4: outstanding ≤ drawn, in each tranche"
			);
			let balance = loan.balance().map_err(|_| "INV-C4: the balance of a loan overflows")?;
			ensure!(balance > 0, "INV-C4: 0 < balance of a loan");
			Self::check_progress(loan, &line.terms.loan)?;
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

	/// INV-C25.
	fn check_progress(loan: &LoanRecord, terms: &LoanTerms) -> Result<(), TryRuntimeError> {
		let progress = &loan.progress;
		ensure!(
			loan.senior_paid <= progress.principal,
			"INV-C25: senior part ≤ principal paid of a payment period"
		);
		let row = loan
			.opening()
			.and_then(|opening| opening.total())
			.and_then(|opening| loan.schedule(terms)?.installment(loan.next_period, opening))
			.map_err(|_| "INV-C25: a loan has no installment")?;
		ensure!(
			progress.interest <= row.interest && progress.principal <= row.principal,
			"INV-C25: what is paid of a payment period ≤ what it owes"
		);
		ensure!(
			progress.interest < row.interest
				|| progress.principal < row.principal
				|| row.interest == 0 && row.principal == 0,
			"INV-C25: a payment period that is paid is not the oldest unpaid one"
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
		for (model, part) in &line.exposure {
			ensure!(*part > 0, "INV-C9: 0 < each part of the exposure");
			ensure!(
				line.version_of(*model).is_some(),
				"INV-C9: the line names the version of each model of its exposure"
			);
			add_to(&mut exposure, *part)?;
		}
		ensure!(exposure >= line.outstanding, "INV-C9: Σ exposure ≥ line outstanding");
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
		ensure!(
			line.impairment == line.expected_loss(),
			"INV-C11: impairment = weight × shortfall"
		);
		ensure!(
			!in_default || line.provision.weight.is_one(),
			"INV-C40: a line in default or for sale weighs 100 %"
		);
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

	/// INV-C5, INV-C9 and INV-C11, over all lines.
	fn check_totals(sums: &LineSums<T::AccountId>) -> Result<(), TryRuntimeError> {
		let totals = Totals::<T>::get();
		ensure!(
			sums.outstanding == totals.outstanding,
			"INV-C5: Σ line outstanding = outstanding of Totals"
		);
		ensure!(
			sums.senior_outstanding == totals.senior_outstanding,
			"INV-C5: Σ line senior outstanding = senior outstanding of Totals"
		);
		ensure!(
			sums.exposure == OutstandingByModel::<T>::iter().collect(),
			"INV-C9: Σ exposure over lines = OutstandingByModel"
		);
		ensure!(
			sums.impairment == totals.impairment,
			"INV-C11: Σ line impairment = impairment of Totals"
		);
		Ok(())
	}

	/// INV-C17.
	fn check_senior_book(sums: &LineSums<T::AccountId>) -> Result<(), TryRuntimeError> {
		let SeniorBook { principal_out, accrual, provisions, suspended } = T::Senior::book();
		ensure!(
			sums.suspended == suspended,
			"INV-C17: Σ suspended interest of loans = the senior lender's suspended interest"
		);
		ensure!(
			sums.senior_outstanding == principal_out,
			"INV-C17: Σ line senior outstanding = the senior lender's principal out"
		);
		ensure!(
			sums.accrual == accrual,
			"INV-C17: Σ accruals of loans = the senior lender's accruals"
		);
		ensure!(
			sums.impairment == provisions,
			"INV-C17: Σ line impairment = the senior lender's provisions"
		);
		Ok(())
	}

	/// INV-C5 and INV-C30, of borrowers.
	fn check_borrowers(sums: &LineSums<T::AccountId>) -> Result<(), TryRuntimeError> {
		for (borrower, known) in sums.borrowers.values() {
			let record = Borrowers::<T>::get(borrower).unwrap_or_default();
			ensure!(
				record.outstanding == known.outstanding,
				"INV-C5: Σ outstanding of its lines = outstanding of a borrower"
			);
			ensure!(
				record.troubled == known.troubled,
				"INV-C30: number of its lines in trouble = that of a borrower"
			);
		}
		for (borrower, record) in Borrowers::<T>::iter() {
			ensure!(
				record != BorrowerRecord::default(),
				"INV-C30: a borrower without debt and trouble has no record"
			);
			ensure!(
				sums.borrowers.contains_key(&borrower.encode()),
				"INV-C5: a borrower has a line"
			);
		}
		Ok(())
	}

	/// INV-C5 and INV-C6, of curators.
	fn check_curators(sums: &LineSums<T::AccountId>) -> Result<(), TryRuntimeError> {
		for (who, _) in sums.curators.values() {
			ensure!(Curators::<T>::contains_key(who), "INV-C6: the curator of a line is known");
		}
		let no_lines = CuratorSums::default();
		for (who, curator) in Curators::<T>::iter() {
			let of_lines = sums.curators.get(&who.encode()).map_or(&no_lines, |(_, sums)| sums);
			ensure!(
				curator.outstanding == of_lines.outstanding,
				"INV-C5: Σ outstanding of its lines = outstanding of a curator"
			);
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
			unclaimed == Totals::<T>::get().unclaimed_payouts,
			"INV-C7: Σ UnclaimedPayouts = unclaimed payouts of Totals"
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
	fn check_losses() -> Result<(), TryRuntimeError> {
		let mut bad_debt: Balance = 0;
		for (line_id, loss) in LineLosses::<T>::iter() {
			ensure!(!loss.is_recovered(), "INV-C15: 0 < a part of each loss");
			ensure!(line_id < NextLineId::<T>::get(), "INV-C15: the line of a loss existed");
			ensure!(!Lines::<T>::contains_key(line_id), "INV-C15: the line of a loss is gone");
			ensure!(
				Curators::<T>::contains_key(&loss.curator),
				"INV-C15: the curator of a loss is known"
			);
			add_to(&mut bad_debt, loss.senior)?;
		}
		ensure!(
			bad_debt == Totals::<T>::get().bad_debt,
			"INV-C15: Σ senior part of LineLosses = bad debt of Totals"
		);
		Ok(())
	}
}
