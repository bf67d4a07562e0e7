// SPDX-License-Identifier: Apache-2.0

//! Steps of curators, borrowers, keepers and bidders, and of the governance of credit.

use super::{
	op::{Kind, Op},
	world::*,
};
use crate::common::*;
use caliber_math::{
	calendar::Calendar,
	schedule::{Amortization, Fee},
};
use caliber_primitives::{
	credit::{
		AuctionPhase, AuctionReport, FeeRecipient, FeeTerm, LineState, LineTerms, LoanFees,
		LoanTerms,
	},
	Balance, LineId, LoanId, TitleId, USD,
};
use caliber_runtime::{configs::governance::origins::Origin, AccountId, Credit, Runtime, Titles};
use pallet_caliber_credit::{self as credit, Call, LineRecordOf};
use polkadot_sdk::sp_runtime::{FixedU128, Perbill};

/// Largest number of lines at a time.
const MOST_LINES: usize = 24;

type Record = (LineId, LineRecordOf<Runtime>);

fn lines() -> Vec<Record> {
	credit::Lines::<Runtime>::iter().collect()
}

fn lines_in(states: &[LineState]) -> Vec<Record> {
	lines().into_iter().filter(|(_, line)| states.contains(&line.state)).collect()
}

pub fn loans() -> Vec<LoanId> {
	lines().iter().flat_map(|(line_id, line)| line.loan_ids(*line_id)).collect()
}

/// Returns true if neither governance nor another bidder touches the offer on a lot: that is so for
/// every fourth lot, until the offer is withdrawn.
fn is_left_to_its_offer(line_id: LineId, auction: &AuctionReport<AccountId>) -> bool {
	let offered = auction.phase == AuctionPhase::Resolution && auction.bidder.is_some();
	line_id % 4 == 2 && offered
}

fn borrower_of(loan_id: LoanId) -> Option<AccountId> {
	Some(credit::Lines::<Runtime>::get(loan_id.line)?.borrower)
}

/// Returns the titles that `who` may pledge.
fn pledgeable(who: &AccountId) -> Vec<TitleId> {
	pallet_caliber_titles::Titles::<Runtime>::iter_keys()
		.filter(|title_id| Titles::eligibility(*title_id).is_ok())
		.filter(|title_id| {
			Titles::title(*title_id).is_some_and(|title| title.owner.as_ref() == Some(who))
		})
		.collect()
}

impl World {
	/// Returns a servicing fee that is mostly within the annual limit for 14 payment periods.
	fn servicing_fee(&mut self) -> FeeTerm {
		let mut term = self.fee(1);
		match &mut term.fee {
			Fee::None => {}
			Fee::Absolute(amount) => *amount /= 10,
			Fee::Share(share) => *share = (*share * 4 / 10).max(1),
		}
		term
	}

	fn fee(&mut self, most: u64) -> FeeTerm {
		let recipient = self.chance.one(&[FeeRecipient::Treasury, FeeRecipient::Curator]);
		let fee = match self.chance.within(0, 3) {
			0 => Fee::None,
			1 => Fee::Absolute(self.chance.usd(1, 50)),
			_ => Fee::Share(self.chance.within(1, most * 10_000_000) as u32),
		};
		FeeTerm { fee, recipient }
	}

	fn terms(&mut self) -> LineTerms {
		let calendar = match self.chance.within(0, 2) {
			0 => Calendar::Monthly {
				day: self.chance.within(1, 31) as u8,
				utc_offset_secs: self.chance.within(0, 28_800) as i32 - 14_400,
				duration_days: self.chance.within(20, 400) as u32,
			},
			_ => Calendar::Every {
				seconds: self.chance.within(2, 30) * DAY + self.chance.within(0, 9_999),
				periods: self.chance.within(1, 14) as u32,
			},
		};
		let amortizations = [Amortization::Level, Amortization::Linear, Amortization::Bullet];
		LineTerms {
			limit: self.chance.usd(5_000, 400_000),
			revolving: self.chance.percent(50),
			availability_end: now() + self.chance.within(2, 100) * DAY,
			advance_rate: Perbill::from_percent(self.chance.within(50, 80) as u32),
			maintenance_coverage: FixedU128::from_rational(
				self.chance.within(100, 125).into(),
				100,
			),
			cure_period: self.chance.within(0, 10) * DAY,
			reserve_installments: self.chance.within(0, 3) as u8,
			loan: LoanTerms {
				calendar,
				amortization: self.chance.one(&amortizations),
				stub_amortizes: self.chance.percent(30),
				senior_apr: FixedU128::from_rational(self.chance.within(0, 3_000).into(), 10_000),
				junior_apr: FixedU128::from_rational(self.chance.within(0, 4_000).into(), 10_000),
				first_loss: Perbill::from_percent(self.chance.within(5, 30) as u32),
				grace_apr: FixedU128::from_rational(self.chance.within(0, 2_000).into(), 10_000),
				grace_period: self.chance.within(0, 10) * DAY,
				fees: LoanFees {
					origination: self.fee(3),
					servicing: self.servicing_fee(),
					exit: self.fee(3),
					liquidation: self.fee(5),
				},
			},
		}
	}

	pub fn credit(&mut self, kind: Kind) -> Option<Op> {
		match kind {
			Kind::OfferLine => {
				if lines().len() >= MOST_LINES {
					return None;
				}
				let curator = self.chance.one(&curators());
				let borrower = self.chance.one(&borrowers());
				let terms = self.terms();
				let expires_at = now() + self.chance.within(1, 10) * DAY;
				by(&curator, Call::offer_line { borrower, terms, expires_at })
			}
			Kind::WithdrawOffer => {
				let offered = lines_in(&[LineState::Offered]);
				let over: Vec<_> =
					offered.iter().filter(|(_, line)| line.expires_at <= now()).cloned().collect();
				let offers = if self.chance.percent(90) { over } else { offered };
				let (line_id, line) = self.chance.pick(&offers)?;
				let who = self.chance.one(&[line.curator, keeper()]);
				by(&who, Call::withdraw_offer { line: line_id })
			}
			Kind::AcceptLine => {
				let offered: Vec<_> = lines_in(&[LineState::Offered])
					.into_iter()
					.filter(|(_, line)| line.expires_at > now() || self.chance.percent(3))
					.collect();
				let (line_id, line) = self.chance.pick(&offered)?;
				let titles = self.chance.some(&pledgeable(&line.borrower), 3);
				if titles.is_empty() && self.chance.percent(90) {
					return None;
				}
				let terms_hash = Credit::terms_hash(&line.terms);
				let titles = titles.try_into().unwrap();
				by(&line.borrower, Call::accept_line { line: line_id, terms_hash, titles })
			}
			Kind::CloseLine => {
				let empty: Vec<_> = lines_in(&[LineState::Open, LineState::Breached])
					.into_iter()
					.filter(|(_, line)| line.loans.is_empty())
					.collect();
				let (line_id, line) = self.chance.pick(&empty)?;
				by(&line.borrower, Call::close_line { line: line_id })
			}
			Kind::AddTitles | Kind::SwapTitles => {
				let accepted =
					lines_in(&[LineState::Open, LineState::Breached, LineState::Defaulted]);
				let (line_id, line) = self.chance.pick(&accepted)?;
				let free = pledgeable(&line.borrower);
				if kind == Kind::AddTitles {
					let titles = self.chance.some(&free, 2).try_into().unwrap();
					return by(&line.borrower, Call::add_titles { line: line_id, titles });
				}
				let released = self.chance.some(&line.titles, 1).try_into().unwrap();
				let pledged = self.chance.some(&free, 2).try_into().unwrap();
				by(&line.borrower, Call::swap_titles { line: line_id, released, pledged })
			}
			Kind::ReleaseCapital => {
				let waiting: Vec<_> = lines()
					.into_iter()
					.filter(|(_, line)| line.junior_locked > 0)
					.filter(|(_, line)| {
						line.terms.availability_end < now() || self.chance.percent(3)
					})
					.collect();
				let (line_id, _) = self.chance.pick(&waiting)?;
				by(&keeper(), Call::release_capital { line: line_id })
			}
			Kind::Draw => {
				let open: Vec<_> = lines_in(&[LineState::Open])
					.into_iter()
					.filter(|(_, line)| {
						line.terms.availability_end >= now() || self.chance.percent(5)
					})
					.collect();
				let availability =
					|id| Credit::line(id).and_then(|line| line.availability).unwrap_or(0);
				let (some, none): (Vec<_>, Vec<_>) =
					open.into_iter().partition(|(id, _)| availability(*id) > 0);
				// Most draws are such as may succeed.
				let first = if self.chance.percent(10) { none } else { some };
				let (line_id, line) = self.chance.pick(&first)?;
				let availability = availability(line_id);
				let amount = if self.chance.percent(85) {
					self.chance.part(availability, 10, 100)
				} else {
					self.chance.usd(1, 300_000)
				};
				by(&line.borrower, Call::draw { line: line_id, amount })
			}
			Kind::Repay
			| Kind::Payoff
			| Kind::Collect
			| Kind::ApplyInsuranceProceeds
			| Kind::DeclareDefault => self.payment(kind),
			Kind::OfferTerms => {
				let open = lines_in(&[LineState::Open, LineState::Breached]);
				let (line_id, line) = self.chance.pick(&open)?;
				let terms = LineTerms {
					limit: line.outstanding.max(5_000 * USD) + self.chance.usd(0, 50_000),
					..self.terms()
				};
				let expires_at = now() + self.chance.within(1, 20) * DAY;
				by(&line.curator, Call::offer_terms { line: line_id, terms, expires_at })
			}
			Kind::AcceptTerms | Kind::WithdrawTerms => {
				let offers: Vec<_> = credit::TermsOffers::<Runtime>::iter().collect();
				let (line_id, offer) = self.chance.pick(&offers)?;
				let line = credit::Lines::<Runtime>::get(line_id)?;
				if kind == Kind::WithdrawTerms {
					let who = self.chance.one(&[line.curator, keeper()]);
					return by(&who, Call::withdraw_terms { line: line_id });
				}
				let terms_hash = Credit::terms_hash(&offer.terms);
				by(&line.borrower, Call::accept_terms { line: line_id, terms_hash })
			}
			Kind::TopUpReserve | Kind::WithdrawReserve => {
				let (line_id, line) = self.chance.pick(&lines_in(&[LineState::Open]))?;
				if kind == Kind::TopUpReserve {
					let amount = self.chance.usd(10, 3_000);
					return by(&line.borrower, Call::top_up_reserve { line: line_id, amount });
				}
				let report = Credit::line(line_id)?;
				let spare = report.reserve.saturating_sub(report.required_reserve);
				let amount = self.chance.part(spare, 20, 110);
				by(&line.borrower, Call::withdraw_reserve { line: line_id, amount })
			}
			Kind::ClaimPayout => {
				let owed: Vec<_> = credit::UnclaimedPayouts::<Runtime>::iter_keys().collect();
				let account = self.chance.pick(&owed)?;
				by(&keeper(), Call::claim_payout { account })
			}
			Kind::DeclareBreach => {
				let (line_id, _) = self.chance.pick(&lines_in(&[LineState::Open]))?;
				by(&keeper(), Call::declare_breach { line: line_id })
			}
			Kind::DeclareUncured => {
				let (line_id, _) = self.chance.pick(&lines_in(&[LineState::Breached]))?;
				by(&keeper(), Call::declare_uncured { line: line_id })
			}
			Kind::Cure | Kind::Reassess => {
				let ill = [LineState::Breached, LineState::Defaulted, LineState::Liquidating];
				let (line_id, _) = self.chance.pick(&lines_in(&ill))?;
				match kind {
					Kind::Cure => by(&keeper(), Call::cure { line: line_id }),
					_ => by(&keeper(), Call::reassess { line: line_id }),
				}
			}
			Kind::StartAuction => {
				// Most of them when the day after their default is over.
				let mut defaulted = lines_in(&[LineState::Defaulted]);
				defaulted.retain(|(_, line)| {
					let is_time = line.defaulted_at.is_some_and(|at| now() >= at + DAY);
					is_time || self.chance.percent(10)
				});
				let (line_id, _) = self.chance.pick(&defaulted)?;
				by(&keeper(), Call::start_auction { line: line_id })
			}
			Kind::Bid
			| Kind::SettleAuction
			| Kind::CreditBid
			| Kind::ResolveLot
			| Kind::WithdrawBid => self.auction(kind),
			_ => self.credit_governance(kind),
		}
	}

	fn payment(&mut self, kind: Kind) -> Option<Op> {
		let near = now() + 3 * DAY;
		let due_soon: Vec<_> = loans()
			.into_iter()
			.filter(|loan_id| Credit::loan(*loan_id).is_some_and(|loan| loan.next_due_at < near))
			.collect();
		let of = if self.chance.percent(80) { due_soon } else { loans() };
		let loan_id = self.chance.pick(&of)?;
		match kind {
			Kind::Repay => {
				// Another account may pay, rarely also for a borrower that has vanished.
				let by_another = self.chance.percent(5);
				if has_vanished(loan_id) && !by_another {
					return None;
				}
				let who = if by_another { self.person() } else { borrower_of(loan_id)? };
				let due = Credit::due(loan_id)?.total;
				let max_amount = match self.chance.within(0, 9) {
					0..=5 => due,
					6 | 7 => due + self.chance.usd(1, 10_000),
					8 => self.chance.part(due, 20, 100),
					_ => self.chance.usd(1, 500),
				};
				by(&who, Call::repay { loan: loan_id, max_amount })
			}
			Kind::Payoff => {
				let max_amount = Credit::payoff_amount(loan_id)?;
				by(&borrower_of(loan_id)?, Call::payoff { loan: loan_id, max_amount })
			}
			Kind::Collect => by(&keeper(), Call::collect { loan: loan_id }),
			Kind::ApplyInsuranceProceeds => {
				let paid: Vec<_> = lines()
					.into_iter()
					.filter(|(_, line)| line.insurance_proceeds > 0)
					.flat_map(|(line_id, line)| line.loan_ids(line_id).collect::<Vec<_>>())
					.collect();
				let loan_id = self.chance.pick(&paid)?;
				by(&keeper(), Call::apply_insurance_proceeds { loan: loan_id })
			}
			_ => {
				let late: Vec<_> = loans()
					.into_iter()
					.filter(|loan_id| {
						Credit::loan(*loan_id).is_some_and(|loan| loan.default_at <= now() + 600)
					})
					.collect();
				let loan_id = self.chance.pick(&late)?;
				by(&keeper(), Call::declare_default { loan: loan_id })
			}
		}
	}

	fn auction(&mut self, kind: Kind) -> Option<Op> {
		// Most steps fit the phase of their auction.
		let lots: Vec<_> = credit::Auctions::<Runtime>::iter()
			.filter(|(_, lot)| {
				let fits = match kind {
					Kind::SettleAuction => lot.is_over(now()) && !lot.unsold,
					Kind::CreditBid => lot.phase(now()) == AuctionPhase::CuratorOption,
					Kind::ResolveLot => lot.phase(now()) == AuctionPhase::Resolution,
					Kind::WithdrawBid => lot.bound_until(now()).is_some_and(|until| until <= now()),
					_ => true,
				};
				fits || self.chance.percent(5)
			})
			.map(|(line_id, _)| line_id)
			.collect();
		let line_id = self.chance.pick(&lots)?;
		let auction = Credit::auction(line_id)?;
		match kind {
			Kind::Bid => {
				// Every second lot gets no bid before the phase of resolution.
				if line_id % 2 == 0 && auction.phase == AuctionPhase::Bidding {
					return None;
				}
				if is_left_to_its_offer(line_id, &auction) {
					return None;
				}
				let least = auction.minimum_bid?;
				// Bids in the phase of resolution are small.
				let worth = auction.reserve / 5;
				let amount = match auction.phase {
					AuctionPhase::Resolution => least.max(self.chance.part(worth, 10, 100)),
					_ => least + self.chance.part(least, 0, 40),
				};
				let who = self.person();
				by(&who, Call::bid { line: line_id, amount })
			}
			Kind::SettleAuction => by(&keeper(), Call::settle_auction { line: line_id }),
			Kind::CreditBid => {
				// The curator takes a quarter of the unsold lots.
				if line_id % 4 != 0 && self.chance.percent(90) {
					return None;
				}
				let curator = credit::Lines::<Runtime>::get(line_id)?.curator;
				by(&curator, Call::credit_bid { line: line_id })
			}
			Kind::ResolveLot => {
				// Governance waits five days for a bid.
				let late = now() > auction.ends_at + 5 * DAY;
				if is_left_to_its_offer(line_id, &auction) {
					return None;
				}
				let (to, price) = match (auction.bidder, auction.best_bid) {
					(Some(bidder), Some(bid)) if self.chance.percent(80) => (bidder, bid),
					_ if late => (self.person(), 0),
					_ => return None,
				};
				voted(Origin::CreditAdmin, Call::resolve_lot { line: line_id, to, price })
			}
			_ => by(&auction.bidder?, Call::withdraw_bid { line: line_id }),
		}
	}

	fn credit_governance(&mut self, kind: Kind) -> Option<Op> {
		let admin = Origin::CreditAdmin;
		match kind {
			Kind::SetModelCeiling => {
				let model = self.chance.within(0, u64::from(MODELS) - 1) as u32;
				let ceiling = match self.chance.percent(60) {
					true => None,
					false => Some(self.chance.usd(0, 1_000_000)),
				};
				voted(admin, Call::set_model_ceiling { model, ceiling })
			}
			Kind::SuspendCurator => {
				let curator = self.chance.one(&curators());
				voted(admin, Call::suspend_curator { curator })
			}
			Kind::ApproveCurator => {
				let suspended: Vec<_> = credit::Curators::<Runtime>::iter()
					.filter(|(_, curator)| curator.suspended.at(now()))
					.map(|(account, _)| account)
					.collect();
				let curator = self.chance.pick(&suspended)?;
				let capacity: Balance = 20_000_000 * USD;
				voted(admin, Call::approve_curator { curator, capacity })
			}
			Kind::SetCuratorCapacity => {
				let curator = self.chance.one(&curators());
				let capacity = self.chance.usd(200_000, 20_000_000);
				voted(admin, Call::set_curator_capacity { curator, capacity })
			}
			_ => unreachable!("{kind:?} is no step of credit"),
		}
	}
}
