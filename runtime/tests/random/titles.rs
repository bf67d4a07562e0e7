// SPDX-License-Identifier: Apache-2.0

//! Steps of custodians, verifiers, insurers, appraisers, owners, and of governance over them.

use super::{
	op::{Kind, Op},
	world::*,
};
use crate::common::*;
use caliber_primitives::{
	appraisal::ModelStatus,
	titles::{AssetClass, Condition, DocumentKind, TitleStatus},
	Balance, TitleId, USD,
};
use caliber_runtime::{
	configs::governance::origins::Origin, constants::currency::CLBR, AccountId, Appraisal, Nfts,
	Runtime, Titles,
};
use pallet_caliber_titles::{self as titles, Call, Title, TitleSpec};
use polkadot_sdk::{pallet_nfts, sp_core::H256, sp_runtime::MultiAddress};

/// As many machines as there may be at a time.
const MOST_TITLES: usize = 36;

type Record = (TitleId, Title<AccountId>);

fn all() -> Vec<Record> {
	titles::Titles::<Runtime>::iter().collect()
}

fn of_status(status: TitleStatus) -> Vec<Record> {
	all().into_iter().filter(|(_, title)| title.status == status).collect()
}

fn owner(title: TitleId) -> Option<AccountId> {
	Nfts::owner(Titles::collection()?, title)
}

fn is_free(title: TitleId) -> bool {
	!titles::Encumbrances::<Runtime>::contains_key(title)
}

fn worth(title: TitleId) -> Balance {
	Appraisal::last_known_value(title).map_or(100_000 * USD, |known| known.value)
}

impl World {
	fn spec(&mut self) -> TitleSpec {
		let units = self.chance.within(1, 8);
		let serials: Vec<H256> = (0..units)
			.map(|_| {
				// Now and then one that is taken.
				if !self.chance.percent(1) {
					self.serials += 1;
				}
				H256::from_low_u64_be(self.serials)
			})
			.collect();
		let kinds = [
			DocumentKind::WarehouseReceipt,
			DocumentKind::BurnInReport,
			DocumentKind::PurchaseInvoice,
		];
		let documents: Vec<_> = self
			.chance
			.some(&kinds, 3)
			.into_iter()
			.map(|kind| (kind, H256(self.chance.bytes())))
			.collect();
		TitleSpec {
			class: AssetClass::Compute,
			model: self.chance.within(0, u64::from(MODELS) - 1) as u32,
			serials: serials.try_into().unwrap(),
			facility: b"Hall 2".to_vec().try_into().unwrap(),
			condition: self.chance.one(&[Condition::New, Condition::Refurbished, Condition::Used]),
			commissioned_at: now() - self.chance.within(0, 700) * DAY,
			documents: documents.try_into().unwrap(),
		}
	}

	pub fn titles(&mut self, kind: Kind) -> Option<Op> {
		match kind {
			Kind::Attest | Kind::AttestBatch => self.attestation(kind),
			Kind::WithdrawAttestation => {
				let (title, record) = self.chance.pick(&of_status(TitleStatus::Attested))?;
				by(&record.custodian, Call::withdraw_attestation { title })
			}
			Kind::Confirm => {
				let (title, _) = self.chance.pick(&of_status(TitleStatus::Attested))?;
				// The custodian is a verifier too.
				let who = if self.chance.percent(90) { verifier() } else { custodian() };
				by(&who, Call::confirm { title })
			}
			Kind::ConfirmBatch => {
				let titles: Vec<_> =
					of_status(TitleStatus::Attested).into_iter().map(|(title, _)| title).collect();
				if titles.is_empty() && self.chance.percent(90) {
					return None;
				}
				by(&verifier(), Call::confirm_batch { titles: titles.try_into().ok()? })
			}
			Kind::Heartbeat => {
				let who = self.chance.one(&custodians());
				let titles: Vec<_> = all()
					.into_iter()
					.filter(|(_, title)| title.custodian == who && titles::in_custody(title.status))
					.map(|(title, _)| title)
					.collect();
				by(&who, Call::heartbeat { titles: titles.try_into().ok()? })
			}
			Kind::SetDocument => {
				let (title, record) = self.chance.pick(&all())?;
				let kind =
					self.chance.one(&[DocumentKind::BurnInReport, DocumentKind::BailmentAgreement]);
				let hash = H256(self.chance.bytes());
				by(&record.custodian, Call::set_document { title, kind, hash })
			}
			Kind::PayRevenue => {
				let (title, _) = self.chance.pick(&of_status(TitleStatus::Active))?;
				let amount = self.chance.usd(10, 4_000);
				by(&off_taker(), Call::pay_revenue { title, amount })
			}
			Kind::BindPolicy
			| Kind::RenewPolicy
			| Kind::CancelPolicy
			| Kind::RemovePolicy
			| Kind::PayClaim => self.insurance(kind),
			Kind::FileAppraisal => {
				let (title, _) = self.chance.pick(&all())?;
				let value = self.chance.part(worth(title), 75, 140);
				let valid_until = now() + self.chance.within(5, 200) * DAY;
				let document = H256(self.chance.bytes());
				by(&appraiser(), Call::file_appraisal { title, value, document, valid_until })
			}
			Kind::WithdrawAppraisal => {
				let filed: Vec<_> = titles::Appraisals::<Runtime>::iter().collect();
				let (title, of_title) = self.chance.pick(&filed)?;
				let appraisal = self.chance.pick(&of_title)?.id;
				by(&appraiser(), Call::withdraw_appraisal { title, appraisal })
			}
			Kind::PriceTitle | Kind::BuyTitle | Kind::SendTitle => self.trade(kind),
			Kind::RequestMachines
			| Kind::CancelMachines
			| Kind::ConfirmRelease
			| Kind::EscalateRedemption
			| Kind::ResolveClaim => self.redemption(kind),
			Kind::ReportLoss => {
				let (title, record) = self.chance.pick(&of_status(TitleStatus::Active))?;
				by(&record.custodian, Call::report_loss { title })
			}
			Kind::RetireLost => {
				let (title, record) = self.chance.pick(&of_status(TitleStatus::Lost))?;
				let who = match owner(title) {
					Some(owner) if self.chance.percent(70) => owner,
					_ => record.custodian,
				};
				by(&who, Call::retire_lost { title })
			}
			Kind::PostBond | Kind::WithdrawBond => {
				let who = self.chance.one(&custodians());
				let amount = Balance::from(self.chance.within(1, 5_000)) * CLBR;
				match kind {
					Kind::PostBond => by(&who, Call::post_bond { amount }),
					_ => by(&who, Call::withdraw_bond { amount }),
				}
			}
			_ => self.title_governance(kind),
		}
	}

	fn attestation(&mut self, kind: Kind) -> Option<Op> {
		if all().len() >= MOST_TITLES {
			return None;
		}
		let who = self.chance.one(&custodians());
		if kind == Kind::Attest {
			let owner = self.chance.one(&borrowers());
			return by(&who, Call::attest { owner, spec: self.spec() });
		}
		let delivery: Vec<_> = (0..self.chance.within(1, 4))
			.map(|_| (self.chance.one(&borrowers()), self.spec()))
			.collect();
		by(&who, Call::attest_batch { delivery: delivery.try_into().unwrap() })
	}

	fn insurance(&mut self, kind: Kind) -> Option<Op> {
		if kind == Kind::BindPolicy {
			// Those without one first.
			let (bare, other): (Vec<_>, Vec<_>) = all()
				.into_iter()
				.map(|(title, _)| title)
				.partition(|title| titles::Policies::<Runtime>::get(title).is_empty());
			let title = self.chance.pick(&bare).or_else(|| self.chance.pick(&other))?;
			let limit = self.chance.part(worth(title), 60, 300) + USD;
			let until = now() + self.chance.within(20, 400) * DAY;
			let terms = policy_terms(limit, until);
			return by(&insurer(), Call::bind_policy { title, terms });
		}
		let bound: Vec<_> = titles::Policies::<Runtime>::iter().collect();
		let (title, policies) = self.chance.pick(&bound)?;
		let stored = self.chance.pick(&policies)?;
		let policy = stored.id;
		match kind {
			Kind::RenewPolicy => {
				let limit = stored.remaining() + self.chance.part(worth(title), 1, 50);
				let until = stored.terms.expires_at.max(now()) + self.chance.within(1, 200) * DAY;
				let terms = policy_terms(limit, until);
				by(&insurer(), Call::renew_policy { title, policy, terms })
			}
			Kind::CancelPolicy => by(&insurer(), Call::cancel_policy { title, policy }),
			Kind::RemovePolicy => {
				let over: Vec<_> = bound
					.iter()
					.flat_map(|(title, policies)| {
						policies.iter().map(move |policy| (*title, policy))
					})
					.filter(|(_, policy)| policy.is_over(now()))
					.map(|(title, policy)| (title, policy.id))
					.collect();
				let (title, policy) = self.chance.pick(&over).unwrap_or((title, policy));
				let who = if self.chance.percent(80) { insurer() } else { keeper() };
				by(&who, Call::remove_policy { title, policy })
			}
			_ => {
				// Mostly for machines that secure a line.
				if is_free(title) && self.chance.percent(60) {
					return None;
				}
				let amount = self.chance.part(stored.remaining(), 1, 30);
				by(&insurer(), Call::pay_claim { title, policy, amount })
			}
		}
	}

	fn trade(&mut self, kind: Kind) -> Option<Op> {
		let collection = Titles::collection()?;
		if kind == Kind::BuyTitle {
			let offered: Vec<_> =
				pallet_nfts::ItemPriceOf::<Runtime>::iter_prefix(collection).collect();
			let (item, (bid_price, _)) = self.chance.pick(&offered)?;
			let buyer = self.chance.one(&borrowers());
			return by(&buyer, pallet_nfts::Call::buy_item { collection, item, bid_price });
		}
		let (item, _) = self.chance.pick(&of_status(TitleStatus::Active))?;
		let seller = owner(item)?;
		match kind {
			Kind::PriceTitle => {
				let price = Some(Balance::from(self.chance.within(1, 100_000)) * CLBR);
				let whitelisted_buyer = None;
				by(
					&seller,
					pallet_nfts::Call::set_price { collection, item, price, whitelisted_buyer },
				)
			}
			_ => {
				let dest = MultiAddress::Id(self.chance.one(&borrowers()));
				by(&seller, pallet_nfts::Call::transfer { collection, item, dest })
			}
		}
	}

	fn redemption(&mut self, kind: Kind) -> Option<Op> {
		match kind {
			Kind::RequestMachines => {
				let free: Vec<_> = of_status(TitleStatus::Active)
					.into_iter()
					.filter(|(title, _)| is_free(*title))
					.collect();
				let (title, _) = self.chance.pick(&free)?;
				by(&owner(title)?, Call::request_redemption { title })
			}
			Kind::ResolveClaim => {
				let open: Vec<_> = titles::BondClaims::<Runtime>::iter_keys().collect();
				let title = self.chance.pick(&open)?;
				let award = Balance::from(self.chance.within(0, 1_000)) * CLBR;
				voted(Origin::TitlesAdmin, Call::resolve_claim { title, award })
			}
			_ => {
				let asked = of_status(TitleStatus::RedemptionRequested);
				let (title, record) = self.chance.pick(&asked)?;
				match kind {
					Kind::CancelMachines => by(&owner(title)?, Call::cancel_redemption { title }),
					// Every third custodian's answer never comes.
					Kind::ConfirmRelease if title % 3 == 0 => None,
					Kind::ConfirmRelease => by(&record.custodian, Call::confirm_release { title }),
					_ => by(&owner(title)?, Call::escalate_redemption { title }),
				}
			}
		}
	}

	fn title_governance(&mut self, kind: Kind) -> Option<Op> {
		let admin = Origin::TitlesAdmin;
		match kind {
			Kind::RecoverTitle => {
				let (title, _) = self.chance.pick(&of_status(TitleStatus::Lost))?;
				voted(admin, Call::recover_title { title })
			}
			Kind::SuspendTitle => {
				let (title, _) = self.chance.pick(&of_status(TitleStatus::Active))?;
				voted(admin, Call::suspend_title { title })
			}
			Kind::ReinstateTitle => {
				let (title, _) = self.chance.pick(&of_status(TitleStatus::Suspended))?;
				voted(admin, Call::reinstate_title { title })
			}
			Kind::SlashCustodian => {
				let (title, _) = self.chance.pick(&of_status(TitleStatus::Active))?;
				let amount = Balance::from(self.chance.within(1, 500)) * CLBR;
				voted(admin, Call::slash_custodian { title, amount })
			}
			Kind::SuspendCustodian => {
				let account = self.chance.one(&custodians());
				voted(admin, Call::suspend_custodian { account })
			}
			Kind::ReinstateCustodian => {
				let shut: Vec<_> = titles::Custodians::<Runtime>::iter()
					.filter(|(_, custodian)| custodian.suspended || custodian.frozen)
					.map(|(account, _)| account)
					.collect();
				let account = self.chance.pick(&shut)?;
				voted(admin, Call::reinstate_custodian { account })
			}
			Kind::SetModelStatus => {
				// One that is paused is listed again, as a rule.
				let paused: Vec<_> = (0..MODELS)
					.filter(|id| {
						Appraisal::model(*id)
							.is_some_and(|model| model.status == ModelStatus::Paused)
					})
					.collect();
				let (id, status) = match self.chance.pick(&paused) {
					Some(id) => (id, ModelStatus::Listed),
					None if self.chance.percent(40) => {
						(self.chance.within(0, u64::from(MODELS) - 1) as u32, ModelStatus::Paused)
					}
					None => return None,
				};
				voted(
					Origin::AppraisalAdmin,
					pallet_caliber_appraisal::Call::set_model_status { id, status },
				)
			}
			_ => unreachable!("{kind:?} is no step of titles"),
		}
	}
}
