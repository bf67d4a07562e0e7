// SPDX-License-Identifier: Apache-2.0

//! Steps of custodians, verifiers, insurers, appraisers and owners, and of the governance of
//! titles.

use super::{
	op::{Kind, Op},
	world::*,
};
use crate::common::*;
use caliber_primitives::{
	appraisal::ModelStatus,
	titles::{AssetClass, Condition, DocumentKind, Paper, Surety, TitleStatus},
	traits::LineParties,
	Balance, TitleId, USD,
};
use caliber_runtime::{
	configs::governance::origins::Origin, constants::currency::CLBR, AccountId, Appraisal, Credit,
	Nfts, Runtime, Titles,
};
use pallet_caliber_titles::{self as titles, Call, PartyKind, TitleOf, TitleSpec};
use polkadot_sdk::{pallet_nfts, sp_core::H256, sp_runtime::MultiAddress};

/// Largest number of titles at a time.
const MOST_TITLES: usize = 36;

type Record = (TitleId, TitleOf<Runtime>);

fn all() -> Vec<Record> {
	titles::Titles::<Runtime>::iter().collect()
}

fn of_status(status: TitleStatus) -> Vec<Record> {
	all().into_iter().filter(|(_, title)| title.status_at(now()) == status).collect()
}

fn owner(title_id: TitleId) -> Option<AccountId> {
	Nfts::owner(Titles::collection()?, title_id)
}

fn is_free(title_id: TitleId) -> bool {
	titles::Titles::<Runtime>::get(title_id).is_none_or(|title| title.line.is_none())
}

fn worth(title_id: TitleId) -> Balance {
	Appraisal::last_known_value(title_id).map_or(100_000 * USD, |known| known.value)
}

/// Returns the titles that wait for their confirmation: those whose attestation has lapsed, or the
/// others.
fn attested(lapsed: bool) -> Vec<Record> {
	let is_lapsed = |title_id: &TitleId| {
		titles::Attestations::<Runtime>::get(title_id)
			.is_some_and(|attestation| attestation.attested_at + ATTESTATION_PERIOD < now())
	};
	let mut found = of_status(TitleStatus::Attested);
	found.retain(|(title_id, _)| is_lapsed(title_id) == lapsed);
	found
}

impl World {
	fn spec(&mut self) -> TitleSpec {
		let units = self.chance.within(1, 8);
		let devices: Vec<H256> = (0..units)
			.map(|_| {
				// Rarely a device that is taken.
				if !self.chance.percent(1) {
					self.devices += 1;
				}
				H256::from_low_u64_be(self.devices)
			})
			.collect();
		let kinds =
			[DocumentKind::LienWaiver, DocumentKind::BurnInReport, DocumentKind::PurchaseInvoice];
		let more = self.chance.some(&kinds, 3).into_iter().map(|kind| Paper {
			kind,
			hash: H256(self.chance.bytes()),
			dated: now(),
			lapses: None,
		});
		let mut documents: Vec<_> = more.collect();
		documents.extend(papers());
		TitleSpec {
			class: AssetClass::Compute,
			model: self.chance.within(0, u64::from(MODELS) - 1) as u32,
			devices: devices.try_into().unwrap(),
			condition: self.chance.one(&[Condition::New, Condition::Refurbished, Condition::Used]),
			commissioned_at: now() - self.chance.within(0, 700) * DAY,
			documents: documents.try_into().unwrap(),
		}
	}

	pub fn titles(&mut self, kind: Kind) -> Option<Op> {
		match kind {
			Kind::Attest | Kind::AttestBatch => self.attestation(kind),
			Kind::WithdrawAttestation => {
				// Anyone clears a lapsed attestation away, the custodian any other.
				let lapsed = self.chance.percent(50);
				let (title_id, title) = self.chance.pick(&attested(lapsed))?;
				let who = if lapsed { keeper() } else { title.custodian };
				by(&who, Call::withdraw_attestation { title: title_id })
			}
			Kind::Confirm => {
				let lapsed = self.chance.percent(3);
				let (title_id, _) = self.chance.pick(&attested(lapsed))?;
				// The custodian is also a verifier.
				let who = if self.chance.percent(90) { verifier() } else { custodian() };
				by(&who, Call::confirm { title: title_id, digest: evidence(title_id) })
			}
			Kind::ConfirmBatch => {
				let titles: Vec<_> = attested(false)
					.into_iter()
					.map(|(title_id, _)| (title_id, evidence(title_id)))
					.collect();
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
					.map(|(title_id, _)| title_id)
					.collect();
				by(&who, Call::heartbeat { titles: titles.try_into().ok()? })
			}
			Kind::AcknowledgePledge => {
				let waiting: Vec<_> = all()
					.into_iter()
					.filter(|(_, title)| !title.acknowledged)
					.filter_map(|(_, title)| Some((title.line?, title.custodian)))
					.collect();
				let (line, who) = self.chance.pick(&waiting)?;
				by(&who, Call::acknowledge_pledge { line })
			}
			Kind::SetDocument => {
				let (title_id, title) = self.chance.pick(&all())?;
				let kind =
					self.chance.one(&[DocumentKind::BurnInReport, DocumentKind::BailmentAgreement]);
				let (hash, dated) = (H256(self.chance.bytes()), now());
				let curator = title.line.and_then(<Credit as LineParties<_>>::curator);
				let who = curator.unwrap_or_else(|| title.custodian.clone());
				by(&who, Call::file_document { title: title_id, kind, hash, dated, lapses: None })
			}
			Kind::PayRevenue => {
				let (title_id, _) = self.chance.pick(&of_status(TitleStatus::Active))?;
				let amount = self.chance.usd(10, 4_000);
				by(&off_taker(), Call::pay_revenue { title: title_id, amount })
			}
			Kind::BindPolicy
			| Kind::RenewPolicy
			| Kind::CancelPolicy
			| Kind::RemovePolicy
			| Kind::PayClaim => self.insurance(kind),
			Kind::FileAppraisal => {
				let (title_id, _) = self.chance.pick(&all())?;
				let value = self.chance.part(worth(title_id), 75, 140);
				let valid_until = now() + self.chance.within(30, 200) * DAY;
				let document = H256(self.chance.bytes());
				by(
					&appraiser(),
					Call::file_appraisal { title: title_id, value, document, valid_until },
				)
			}
			Kind::WithdrawAppraisal => {
				let filed: Vec<_> = titles::Appraisals::<Runtime>::iter().collect();
				let (title_id, filed_appraisals) = self.chance.pick(&filed)?;
				let appraisal_id = self.chance.pick(&filed_appraisals)?.id;
				by(
					&appraiser(),
					Call::withdraw_appraisal { title: title_id, appraisal: appraisal_id },
				)
			}
			Kind::PriceTitle | Kind::BuyTitle | Kind::SendTitle => self.trade(kind),
			Kind::RequestMachines
			| Kind::CancelMachines
			| Kind::ConfirmRelease
			| Kind::AcknowledgeRelease
			| Kind::DisputeRelease
			| Kind::FinaliseRelease
			| Kind::ClaimAfterRelease
			| Kind::DropReleased
			| Kind::EscalateRedemption
			| Kind::ResolveClaim => self.redemption(kind),
			Kind::ReportLoss => {
				let (title_id, title) = self.chance.pick(&of_status(TitleStatus::Active))?;
				let mut devices = machines_of(title_id);
				// One of three losses is of one machine.
				if self.chance.percent(33) {
					devices.truncate(1);
				}
				by(&title.custodian, Call::report_loss { title: title_id, devices })
			}
			Kind::RetireLost => {
				let (title_id, title) = self.chance.pick(&of_status(TitleStatus::Lost))?;
				let who = match owner(title_id) {
					Some(owner) if self.chance.percent(70) => owner,
					_ => title.custodian,
				};
				by(&who, Call::retire_lost { title: title_id })
			}
			Kind::PostBond | Kind::WithdrawBond => {
				let sureties = [
					(Surety::CustodianBond, self.chance.one(&custodians())),
					(Surety::VerifierBond, verifier()),
					(Surety::InsurerCapital, insurer()),
				];
				let (surety, who) = self.chance.one(&sureties);
				let most = if kind == Kind::PostBond { 40_000 } else { 5_000 };
				let amount = self.chance.usd(1, most);
				match kind {
					Kind::PostBond => by(&who, Call::post_bond { surety, amount }),
					_ => by(&who, Call::withdraw_bond { surety, amount }),
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
			// Titles without a policy come first.
			let (bare, other): (Vec<_>, Vec<_>) = all()
				.into_iter()
				.map(|(title_id, _)| title_id)
				.partition(|title_id| titles::Policies::<Runtime>::get(title_id).is_empty());
			let title_id = self.chance.pick(&bare).or_else(|| self.chance.pick(&other))?;
			let limit = self.chance.part(worth(title_id), 60, 300) + USD;
			let until = now() + self.chance.within(20, 400) * DAY;
			let terms = policy_terms(limit, until);
			return by(&insurer(), Call::bind_policy { title: title_id, terms });
		}
		let bound: Vec<_> = titles::Policies::<Runtime>::iter().collect();
		let (title_id, policies) = self.chance.pick(&bound)?;
		let policy = self.chance.pick(&policies)?;
		let policy_id = policy.id;
		match kind {
			Kind::RenewPolicy => {
				let limit = policy.remaining() + self.chance.part(worth(title_id), 1, 50);
				let until = policy.terms.expires_at.max(now()) + self.chance.within(1, 200) * DAY;
				let terms = policy_terms(limit, until);
				by(&insurer(), Call::renew_policy { title: title_id, policy: policy_id, terms })
			}
			Kind::CancelPolicy => {
				by(&insurer(), Call::cancel_policy { title: title_id, policy: policy_id })
			}
			Kind::RemovePolicy => {
				let over: Vec<_> = bound
					.iter()
					.flat_map(|(title_id, policies)| {
						policies.iter().map(move |policy| (*title_id, policy))
					})
					.filter(|(_, policy)| policy.is_over(now()))
					.map(|(title_id, policy)| (title_id, policy.id))
					.collect();
				let (title_id, policy_id) =
					self.chance.pick(&over).unwrap_or((title_id, policy_id));
				let who = if self.chance.percent(80) { insurer() } else { keeper() };
				by(&who, Call::remove_policy { title: title_id, policy: policy_id })
			}
			_ => {
				// Most claims concern encumbered titles.
				if is_free(title_id) && self.chance.percent(60) {
					return None;
				}
				self.follow(&[Kind::ApplyInsuranceProceeds]);
				let amount = self.chance.part(policy.remaining(), 1, 30);
				let lost = titles::Losses::<Runtime>::get(title_id);
				// The last loss, or damage to what is left.
				let loss = lost.last().filter(|_| self.chance.percent(50)).map(|loss| loss.id);
				by(&insurer(), Call::pay_claim { title: title_id, policy: policy_id, amount, loss })
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
		// Most claims are decided at once: while one is open its custodian's titles secure nothing new.
		let claims = matches!(
			kind,
			Kind::DisputeRelease | Kind::EscalateRedemption | Kind::ClaimAfterRelease
		);
		if claims && self.chance.percent(80) {
			self.follow(&[Kind::ResolveClaim]);
		}
		match kind {
			Kind::RequestMachines => {
				let free: Vec<_> = of_status(TitleStatus::Active)
					.into_iter()
					.filter(|(title_id, _)| is_free(*title_id))
					.collect();
				let (title_id, _) = self.chance.pick(&free)?;
				by(&owner(title_id)?, Call::request_redemption { title: title_id })
			}
			Kind::ResolveClaim => {
				let open: Vec<_> = titles::BondClaims::<Runtime>::iter_keys().collect();
				let title_id = self.chance.pick(&open)?;
				let claimed = titles::BondClaims::<Runtime>::get(title_id)?.amount;
				// Small ones: bonds have to last.
				let award = if self.chance.percent(40) { 0 } else { self.chance.usd(1, 500) };
				let award = award.min(claimed);
				voted(Origin::TitlesAdmin, Call::resolve_claim { title: title_id, award })
			}
			Kind::ClaimAfterRelease | Kind::DropReleased => {
				let released: Vec<_> = titles::ReleasedTitles::<Runtime>::iter().collect();
				let (title_id, known) = self.chance.pick(&released)?;
				let who = if self.chance.percent(80) { known.owner } else { keeper() };
				match kind {
					Kind::DropReleased => by(&who, Call::drop_released { title: title_id }),
					_ => by(&who, Call::claim_after_release { title: title_id }),
				}
			}
			Kind::AcknowledgeRelease | Kind::DisputeRelease | Kind::FinaliseRelease => {
				let confirmed: Vec<_> = titles::Redemptions::<Runtime>::iter()
					.filter(|(_, request)| request.release.is_some())
					.collect();
				let (title_id, request) = self.chance.pick(&confirmed)?;
				let (owner, title) = (request.requester, title_id);
				match kind {
					Kind::FinaliseRelease => by(&keeper(), Call::finalise_release { title }),
					Kind::DisputeRelease => by(&owner, Call::dispute_release { title }),
					_ => by(&owner, Call::acknowledge_release { title }),
				}
			}
			_ => {
				let asked = of_status(TitleStatus::RedemptionRequested);
				let (title_id, title) = self.chance.pick(&asked)?;
				match kind {
					Kind::CancelMachines => {
						by(&owner(title_id)?, Call::cancel_redemption { title: title_id })
					}
					// The release of every third title is never confirmed.
					Kind::ConfirmRelease if title_id % 3 == 0 => None,
					Kind::ConfirmRelease => {
						by(&title.custodian, Call::confirm_release { title: title_id })
					}
					_ => by(&owner(title_id)?, Call::escalate_redemption { title: title_id }),
				}
			}
		}
	}

	fn title_governance(&mut self, kind: Kind) -> Option<Op> {
		let admin = Origin::TitlesAdmin;
		match kind {
			Kind::RecoverTitle => {
				let (title_id, _) = self.chance.pick(&of_status(TitleStatus::Lost))?;
				voted(admin, Call::recover_title { title: title_id })
			}
			Kind::SuspendTitle => {
				let (title_id, _) = self.chance.pick(&of_status(TitleStatus::Active))?;
				voted(admin, Call::suspend_title { title: title_id })
			}
			Kind::ReinstateTitle => {
				let (title_id, _) = self.chance.pick(&of_status(TitleStatus::Suspended))?;
				voted(admin, Call::reinstate_title { title: title_id })
			}
			Kind::SlashCustodian => {
				let (title_id, _) = self.chance.pick(&of_status(TitleStatus::Active))?;
				let amount = self.chance.usd(1, 500);
				voted(admin, Call::slash_custodian { title: title_id, amount, loss: None })
			}
			Kind::SuspendCustodian => {
				let account = self.chance.one(&custodians());
				voted(admin, Call::suspend_party { kind: PartyKind::Custodian, account })
			}
			Kind::ReinstateCustodian => {
				let shut: Vec<_> = titles::Custodians::<Runtime>::iter()
					.filter(|(account, _)| {
						let party = titles::Parties::<Runtime>::get(PartyKind::Custodian, account);
						party.is_some_and(|party| party.suspended.at(now()))
					})
					.map(|(account, _)| account)
					.collect();
				let account = self.chance.pick(&shut)?;
				voted(admin, Call::reinstate_party { kind: PartyKind::Custodian, account })
			}
			Kind::SetModelStatus => {
				// A paused model is usually listed again.
				let paused: Vec<_> = (0..MODELS)
					.filter(|id| Appraisal::model(*id).is_some_and(|model| model.paused.at(now())))
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
