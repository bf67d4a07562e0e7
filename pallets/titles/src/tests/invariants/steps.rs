// SPDX-License-Identifier: Apache-2.0

//! The steps: what is tried, by whom, on what.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{
	appraisal::AppraisalError,
	titles::{Condition, DocumentKind, Ineligibility, PolicyKind, TitleStatus},
	LineId, TitleId, USD, USDAI,
};
use polkadot_sdk::{
	frame_support::{
		dispatch::DispatchResult,
		traits::{
			tokens::nonfungibles_v2::Inspect as InspectNft, GetCallName, UnfilteredDispatchable,
		},
	},
	pallet_nfts::{self, ItemPriceOf, PendingSwapOf},
	sp_core::H256,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

pub type TitlesCall = crate::Call<Test>;

/// Everybody there is.
pub const ALL: [AccountId; 10] =
	[CUSTODIAN, RIVAL, VERIFIER, OWNER, BUYER, PAYER, STRANGER, INSURER, APPRAISER, SECOND_INSURER];
const CUSTODIANS: [AccountId; 2] = [CUSTODIAN, RIVAL];
const OWNERS: [AccountId; 2] = [OWNER, BUYER];
const LINES: u8 = 2;

/// What is tried. Who tries it on what, the [`Step`] says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Op {
	RegisterCustodian,
	UpdateCustodian,
	SuspendCustodian,
	ReinstateCustodian,
	RegisterVerifier,
	RemoveVerifier,
	RegisterProvider,
	UpdateProvider,
	SuspendProvider,
	ReinstateProvider,
	RemoveProvider,
	PostBond,
	WithdrawBond,
	Attest,
	AttestBatch,
	WithdrawAttestation,
	StrikeAttestation,
	Reinspect,
	OfferCustody,
	ConsentCustody,
	AcceptCustody,
	CancelCustody,
	ClearDevice,
	Confirm,
	ConfirmBatch,
	SetDocument,
	Heartbeat,
	AcknowledgePledge,
	PayRevenue,
	BindPolicy,
	RenewPolicy,
	CancelPolicy,
	RemovePolicy,
	PayClaim,
	FileAppraisal,
	WithdrawAppraisal,
	StrikeAppraisal,
	ConfirmAppraisal,
	StrikeRevenue,
	RequestRedemption,
	CancelRedemption,
	ConfirmRelease,
	AcknowledgeRelease,
	DisputeRelease,
	FinaliseRelease,
	ClaimAfterRelease,
	DropReleased,
	EscalateRedemption,
	ResolveClaim,
	ReportLoss,
	RecoverTitle,
	SuspendTitle,
	ReinstateTitle,
	RetireLost,
	SlashCustodian,
	SlashVerifier,
	SlashInsurer,
	SetInsurerCapacity,
	Encumber,
	Release,
	Seize,
	Send,
	SetPrice,
	Buy,
	Approve,
	ProposeSwap,
	ClaimSwap,
	BurnLocked,
	Donate,
	FailPrices,
	Wait,
}

use Op::*;

/// How often each is tried.
const WEIGHTS: [(u32, Op); 71] = [
	(1, RegisterCustodian),
	(1, UpdateCustodian),
	(1, SuspendCustodian),
	(5, ReinstateCustodian),
	(3, RegisterVerifier),
	(1, RemoveVerifier),
	(4, RegisterProvider),
	(1, UpdateProvider),
	(2, SuspendProvider),
	(5, ReinstateProvider),
	(1, RemoveProvider),
	(3, PostBond),
	(2, WithdrawBond),
	(7, Attest),
	(4, AttestBatch),
	(2, WithdrawAttestation),
	(1, StrikeAttestation),
	(4, Reinspect),
	(12, OfferCustody),
	(14, ConsentCustody),
	(20, AcceptCustody),
	(5, CancelCustody),
	(22, ClearDevice),
	(8, Confirm),
	(4, ConfirmBatch),
	(4, SetDocument),
	(10, Heartbeat),
	(10, AcknowledgePledge),
	(4, PayRevenue),
	(12, BindPolicy),
	(3, RenewPolicy),
	(2, CancelPolicy),
	(18, RemovePolicy),
	(4, PayClaim),
	(5, FileAppraisal),
	(3, WithdrawAppraisal),
	(2, StrikeAppraisal),
	(2, ConfirmAppraisal),
	(2, StrikeRevenue),
	(10, RequestRedemption),
	(3, CancelRedemption),
	(16, ConfirmRelease),
	(3, AcknowledgeRelease),
	(4, DisputeRelease),
	(20, FinaliseRelease),
	(16, ClaimAfterRelease),
	(10, DropReleased),
	(30, EscalateRedemption),
	(6, ResolveClaim),
	(2, ReportLoss),
	(4, RecoverTitle),
	(2, SuspendTitle),
	(4, ReinstateTitle),
	(5, RetireLost),
	(2, SlashCustodian),
	(1, SlashVerifier),
	(3, SlashInsurer),
	(1, SetInsurerCapacity),
	(14, Encumber),
	(4, Release),
	(4, Seize),
	(3, Send),
	(4, SetPrice),
	(4, Buy),
	(3, Approve),
	(4, ProposeSwap),
	(9, ClaimSwap),
	(2, BurnLocked),
	(1, Donate),
	(2, FailPrices),
	(8, Wait),
];

#[derive(Clone, Copy, Debug)]
pub struct Step {
	pub op: Op,
	/// Which of the titles that exist; beyond them one that does not.
	title: u8,
	/// Who tries it: one of [`ALL`], beyond them who may do it.
	who: u8,
	/// Chooses among what the operation leaves open.
	choice: u8,
	amount: u8,
}

pub fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
	let ops = WEIGHTS.iter().map(|(weight, op)| (*weight, Just(*op))).collect::<Vec<_>>();
	let step =
		(prop::strategy::Union::new_weighted(ops), any::<u8>(), 0u8..32, any::<u8>(), any::<u8>());
	let step =
		step.prop_map(|(op, title, who, choice, amount)| Step { op, title, who, choice, amount });
	prop::collection::vec(step, most / 2..most)
}

fn nth<T: Clone>(of: &[T], at: u8) -> T {
	of[usize::from(at) % of.len()].clone()
}

impl Step {
	/// One of the titles that exist, in nine of ten cases.
	fn title(&self) -> TitleId {
		let titles = crate::Titles::<Test>::iter_keys().collect::<BTreeSet<_>>();
		let titles = titles.into_iter().collect::<Vec<_>>();
		if titles.is_empty() || self.title >= 230 {
			return NextTitleId::<Test>::get();
		}
		nth(&titles, self.title)
	}

	/// A title of this status, if one exists.
	fn title_where(&self, wanted: impl Fn(TitleId, &TitleOf<Test>) -> bool) -> TitleId {
		let titles = crate::Titles::<Test>::iter()
			.filter(|(title, record)| wanted(*title, record))
			.map(|(title, _)| title)
			.collect::<BTreeSet<_>>();
		let titles = titles.into_iter().collect::<Vec<_>>();
		if titles.is_empty() || self.title >= 200 {
			self.title()
		} else {
			nth(&titles, self.title)
		}
	}

	/// A title whose custody is offered, if one exists.
	fn offered_title(&self) -> TitleId {
		self.title_where(|title, _| CustodyOffers::<Test>::contains_key(title))
	}

	fn title_in(&self, status: TitleStatus) -> TitleId {
		self.title_where(|_, record| record.status_at(Titles::now()) == status)
	}

	/// Who may do it, in two of three cases.
	fn by(&self, right: AccountId) -> RuntimeOrigin {
		RuntimeOrigin::signed(ALL.get(usize::from(self.who)).cloned().unwrap_or(right))
	}

	fn by_owner(&self, title: TitleId) -> RuntimeOrigin {
		self.by(owner_of(title).unwrap_or(STRANGER))
	}

	fn by_custodian(&self, title: TitleId) -> RuntimeOrigin {
		let record = crate::Titles::<Test>::get(title);
		self.by(record.map_or(STRANGER, |record| record.custodian))
	}

	/// Governance, in two of three cases.
	fn by_governance(&self) -> RuntimeOrigin {
		ALL.get(usize::from(self.who))
			.cloned()
			.map_or_else(RuntimeOrigin::root, RuntimeOrigin::signed)
	}

	/// Governance, or the committee in one of three cases.
	fn by_brake(&self) -> RuntimeOrigin {
		if self.amount.is_multiple_of(3) {
			committee()
		} else {
			self.by_governance()
		}
	}

	fn custodian(&self) -> AccountId {
		let known = Custodians::<Test>::iter_keys().collect::<BTreeSet<_>>();
		nth(&known.into_iter().collect::<Vec<_>>(), self.choice)
	}

	/// An insurer or appraiser.
	fn provider(&self) -> (PartyKind, AccountId) {
		nth(
			&[
				(PartyKind::Insurer, INSURER),
				(PartyKind::Insurer, SECOND_INSURER),
				(PartyKind::Appraiser, APPRAISER),
			],
			self.choice,
		)
	}

	/// A bond or capital, mostly of a custodian, and who posts it.
	fn surety(&self) -> (Surety, AccountId) {
		match self.title % 5 {
			0 => (Surety::VerifierBond, VERIFIER),
			1 => (Surety::InsurerCapital, nth(&[INSURER, SECOND_INSURER], self.choice)),
			_ => (Surety::CustodianBond, self.custodian()),
		}
	}

	/// A title whose machines were handed over, if there is one.
	fn released(&self) -> TitleId {
		let known = ReleasedTitles::<Test>::iter_keys().collect::<BTreeSet<_>>();
		let known = known.into_iter().collect::<Vec<_>>();
		if known.is_empty() {
			self.title()
		} else {
			nth(&known, self.title)
		}
	}

	/// A title whose custodian says that it handed the machines over, if there is one.
	fn release_confirmed(&self) -> TitleId {
		self.title_where(|title, _| {
			Redemptions::<Test>::get(title).is_some_and(|request| request.release.is_some())
		})
	}

	fn spec(&self, shift: u8) -> TitleSpec {
		let first = u64::from(self.amount % 24) + u64::from(shift) * 3;
		let devices = (first..first + 1 + u64::from(self.choice % 3)).map(device);
		TitleSpec { devices: devices.collect::<Vec<_>>().try_into().unwrap(), ..spec(0) }
	}

	fn terms(&self) -> PolicyTerms {
		let expires_at = Titles::now() + u64::from(self.amount) * DAY;
		let unpaid = if self.choice.is_multiple_of(4) { 10 * DAY } else { 0 };
		PolicyTerms {
			kind: PolicyKind::Casualty,
			limit: (u128::from(self.choice) + 20) * 2_000 * USD,
			premium_paid_until: expires_at.saturating_sub(unpaid),
			expires_at,
			document: H256::repeat_byte(self.choice),
			reference: b"CX-17".to_vec().try_into().unwrap(),
		}
	}

	/// A policy of the title: its id and who gave it.
	fn policy(&self, title: TitleId) -> (u32, AccountId) {
		let policies = Policies::<Test>::get(title);
		if policies.is_empty() {
			return (0, INSURER);
		}
		let policy = nth(&policies, self.choice);
		(policy.id, policy.insurer)
	}

	/// One of the losses of a title, or none for the machines that are left.
	fn loss(&self, title: TitleId) -> Option<u32> {
		let losses = Losses::<Test>::get(title);
		if losses.is_empty() || self.choice.is_multiple_of(4) {
			return None;
		}
		Some(nth(&losses, self.choice).id)
	}

	fn titles_call(&self) -> Option<(RuntimeOrigin, TitlesCall)> {
		let info = PartyInfo::Custodian(CustodianInfo {
			facility: b"Luleaa 2".to_vec().try_into().unwrap(),
			tier: 1 + self.choice % 5,
			jurisdiction: *b"SE",
		});
		let (kind, account) = self.provider();
		let provider = ServiceProviderInfo {
			name: b"Hansa Rueck".to_vec().try_into().unwrap(),
			jurisdiction: *b"DE",
		};
		let provider = match kind {
			PartyKind::Insurer => PartyInfo::Insurer(provider),
			_ => PartyInfo::Appraiser(provider),
		};
		let money = u128::from(self.amount) * 500 * USD;
		let of_bond = u128::from(self.amount) * BOND / 512;
		Some(match self.op {
			RegisterCustodian => (
				self.by_governance(),
				TitlesCall::register_party { account: nth(&ALL, self.choice), info },
			),
			UpdateCustodian => {
				(self.by_governance(), TitlesCall::update_party { account: self.custodian(), info })
			}
			SuspendCustodian => {
				let (kind, account) = (PartyKind::Custodian, self.custodian());
				(self.by_brake(), TitlesCall::suspend_party { kind, account })
			}
			ReinstateCustodian => {
				let (kind, account) = (PartyKind::Custodian, self.custodian());
				(self.by_governance(), TitlesCall::reinstate_party { kind, account })
			}
			RegisterVerifier => {
				let (account, info) = (nth(&[VERIFIER, RIVAL], self.choice), PartyInfo::Verifier);
				(self.by_governance(), TitlesCall::register_party { account, info })
			}
			RemoveVerifier => {
				let (kind, account) = (PartyKind::Verifier, nth(&[VERIFIER, RIVAL], self.choice));
				(self.by_governance(), TitlesCall::remove_party { kind, account })
			}
			RegisterProvider => {
				(self.by_governance(), TitlesCall::register_party { account, info: provider })
			}
			UpdateProvider => {
				(self.by_governance(), TitlesCall::update_party { account, info: provider })
			}
			SuspendProvider => (self.by_brake(), TitlesCall::suspend_party { kind, account }),
			ReinstateProvider => {
				(self.by_governance(), TitlesCall::reinstate_party { kind, account })
			}
			RemoveProvider => (self.by_governance(), TitlesCall::remove_party { kind, account }),
			PostBond => {
				let (surety, party) = self.surety();
				(self.by(party), TitlesCall::post_bond { surety, amount: of_bond })
			}
			WithdrawBond => {
				let (surety, party) = self.surety();
				(self.by(party), TitlesCall::withdraw_bond { surety, amount: of_bond / 8 })
			}
			Attest => (
				self.by(nth(&CUSTODIANS, self.choice)),
				TitlesCall::attest { owner: nth(&OWNERS, self.title), spec: self.spec(0) },
			),
			AttestBatch => {
				let delivery = vec![(OWNER, self.spec(0)), (BUYER, self.spec(1))];
				(
					self.by(nth(&CUSTODIANS, self.choice)),
					TitlesCall::attest_batch { delivery: delivery.try_into().unwrap() },
				)
			}
			WithdrawAttestation => {
				let title = self.title_in(TitleStatus::Attested);
				(self.by_custodian(title), TitlesCall::withdraw_attestation { title })
			}
			StrikeAttestation => {
				let title = self.title_in(TitleStatus::Attested);
				(self.by_brake(), TitlesCall::strike_attestation { title })
			}
			Reinspect => {
				let all =
					[Condition::New, Condition::Refurbished, Condition::Used, Condition::AsIs];
				let (title, condition) = (self.title(), nth(&all, self.choice));
				let document = H256::repeat_byte(self.amount);
				(self.by(VERIFIER), TitlesCall::reinspect { title, condition, document })
			}
			OfferCustody => {
				let title = self.title_in(TitleStatus::Active);
				let who = if self.choice.is_multiple_of(4) {
					self.by_governance()
				} else {
					self.by_custodian(title)
				};
				let to = nth(&CUSTODIANS, self.amount);
				(who, TitlesCall::transfer_custody { title, to })
			}
			ConsentCustody => {
				let title = self.offered_title();
				let to = CustodyOffers::<Test>::get(title).map_or(STRANGER, |offer| offer.to);
				let right = match crate::Titles::<Test>::get(title).and_then(|title| title.line) {
					Some(_) => self.by(CURATOR),
					None => self.by_owner(title),
				};
				(right, TitlesCall::consent_custody { title, to })
			}
			AcceptCustody => {
				let title = self.offered_title();
				let to = CustodyOffers::<Test>::get(title).map_or(STRANGER, |offer| offer.to);
				(self.by(to), TitlesCall::accept_custody { title })
			}
			CancelCustody => {
				let title = self.offered_title();
				(self.by_custodian(title), TitlesCall::cancel_custody { title })
			}
			ClearDevice => {
				let lost = Devices::<Test>::iter()
					.filter(|(_, record)| record.lost_at.is_some() && record.title.is_none())
					.map(|(id, _)| id)
					.collect::<BTreeSet<_>>();
				let lost = lost.into_iter().collect::<Vec<_>>();
				let lost = if lost.is_empty() { device(1) } else { nth(&lost, self.choice) };
				(self.by_governance(), TitlesCall::clear_lost_device { device: lost })
			}
			Confirm => {
				let title = self.title_in(TitleStatus::Attested);
				let digest = evidence(title);
				(self.by(VERIFIER), TitlesCall::confirm { title, digest })
			}
			ConfirmBatch => {
				let first = self.title_in(TitleStatus::Attested);
				let others = crate::Titles::<Test>::iter()
					.filter(|(_, record)| record.status == TitleStatus::Attested)
					.map(|(title, _)| title)
					.filter(|title| *title != first)
					.take(2);
				let titles = core::iter::once(first)
					.chain(others)
					.map(|title| (title, evidence(title)))
					.collect::<Vec<_>>();
				let titles = titles.try_into().unwrap();
				(self.by(VERIFIER), TitlesCall::confirm_batch { titles })
			}
			SetDocument => {
				let title = self.title();
				let kind = nth(
					&[
						DocumentKind::BurnInReport,
						DocumentKind::PurchaseInvoice,
						DocumentKind::LienWaiver,
						DocumentKind::LienFiling,
					],
					self.choice,
				);
				let who = if self.choice.is_multiple_of(2) {
					self.by_custodian(title)
				} else {
					self.by_owner(title)
				};
				let hash = H256::repeat_byte(self.amount);
				let dated = Titles::now();
				let lapses = (kind == DocumentKind::LienFiling).then_some(dated + DAY);
				(who, TitlesCall::file_document { title, kind, hash, dated, lapses })
			}
			AcknowledgePledge => {
				let title = crate::Titles::<Test>::get(self.title());
				let line = title.as_ref().and_then(|title| title.line).unwrap_or_default();
				let custodian = title.map_or(CUSTODIAN, |title| title.custodian);
				(self.by(custodian), TitlesCall::acknowledge_pledge { line })
			}
			Heartbeat => {
				let custodian = nth(&CUSTODIANS, self.choice);
				let titles = crate::Titles::<Test>::iter()
					.filter(|(_, title)| title.custodian == custodian && in_custody(title.status))
					.map(|(title, _)| title)
					.collect::<Vec<_>>();
				let titles = titles.try_into().unwrap();
				(self.by(custodian), TitlesCall::heartbeat { titles })
			}
			PayRevenue => {
				(self.by(PAYER), TitlesCall::pay_revenue { title: self.title(), amount: money })
			}
			BindPolicy => (
				self.by(nth(&[INSURER, SECOND_INSURER], self.choice)),
				TitlesCall::bind_policy { title: self.title(), terms: self.terms() },
			),
			RenewPolicy => {
				let title = self.title_where(|title, _| Policies::<Test>::contains_key(title));
				let (policy, insurer) = self.policy(title);
				let mut terms = self.terms();
				terms.limit *= 8;
				terms.expires_at += 300 * DAY;
				terms.premium_paid_until = terms.expires_at;
				(self.by(insurer), TitlesCall::renew_policy { title, policy, terms })
			}
			CancelPolicy => {
				let title = self.title_where(|title, _| Policies::<Test>::contains_key(title));
				let (policy, insurer) = self.policy(title);
				(self.by(insurer), TitlesCall::cancel_policy { title, policy })
			}
			RemovePolicy => {
				let title = self.title_where(|title, _| Policies::<Test>::contains_key(title));
				let (policy, insurer) = self.policy(title);
				(self.by(insurer), TitlesCall::remove_policy { title, policy })
			}
			PayClaim => {
				let title = self.title_where(|title, _| Policies::<Test>::contains_key(title));
				let (policy, insurer) = self.policy(title);
				(
					self.by(insurer),
					TitlesCall::pay_claim { title, policy, amount: money, loss: self.loss(title) },
				)
			}
			FileAppraisal => (
				self.by(APPRAISER),
				TitlesCall::file_appraisal {
					title: self.title(),
					value: money,
					document: H256::repeat_byte(self.amount),
					valid_until: Titles::now() + u64::from(self.choice) * DAY,
				},
			),
			WithdrawAppraisal => {
				let title = self.title_where(|title, _| Appraisals::<Test>::contains_key(title));
				let appraisal = Appraisals::<Test>::get(title).first().map_or(0, |filed| filed.id);
				(self.by(APPRAISER), TitlesCall::withdraw_appraisal { title, appraisal })
			}
			StrikeAppraisal | ConfirmAppraisal => {
				let title = self.title_where(|title, _| Appraisals::<Test>::contains_key(title));
				let appraisal = Appraisals::<Test>::get(title).first().map_or(0, |filed| filed.id);
				match self.op {
					StrikeAppraisal => {
						(self.by_brake(), TitlesCall::strike_appraisal { title, appraisal })
					}
					_ => (self.by_governance(), TitlesCall::confirm_appraisal { title, appraisal }),
				}
			}
			StrikeRevenue => {
				let title = self.title_where(|_, record| record.revenue.earned > 0);
				(self.by_governance(), TitlesCall::strike_revenue { title })
			}
			RequestRedemption => {
				let title = self.title_in(TitleStatus::Active);
				(self.by_owner(title), TitlesCall::request_redemption { title })
			}
			CancelRedemption => {
				let title = self.title_in(TitleStatus::RedemptionRequested);
				(self.by_owner(title), TitlesCall::cancel_redemption { title })
			}
			ConfirmRelease => {
				let title = self.title_in(TitleStatus::RedemptionRequested);
				(self.by_custodian(title), TitlesCall::confirm_release { title })
			}
			AcknowledgeRelease => {
				let title = self.release_confirmed();
				(self.by_owner(title), TitlesCall::acknowledge_release { title })
			}
			DisputeRelease => {
				let title = self.release_confirmed();
				(self.by_owner(title), TitlesCall::dispute_release { title })
			}
			FinaliseRelease => {
				let title = self.release_confirmed();
				(self.by_custodian(title), TitlesCall::finalise_release { title })
			}
			ClaimAfterRelease => {
				let title = self.released();
				let owner = ReleasedTitles::<Test>::get(title).map(|released| released.owner);
				(self.by(owner.unwrap_or(STRANGER)), TitlesCall::claim_after_release { title })
			}
			DropReleased => {
				let title = self.released();
				let owner = ReleasedTitles::<Test>::get(title).map(|released| released.owner);
				(self.by(owner.unwrap_or(STRANGER)), TitlesCall::drop_released { title })
			}
			EscalateRedemption => {
				let title = self.title_in(TitleStatus::RedemptionRequested);
				(self.by_owner(title), TitlesCall::escalate_redemption { title })
			}
			ResolveClaim => {
				let claims = BondClaims::<Test>::iter_keys().collect::<BTreeSet<_>>();
				let claims = claims.into_iter().collect::<Vec<_>>();
				let title = if claims.is_empty() { 0 } else { nth(&claims, self.choice) };
				(self.by_governance(), TitlesCall::resolve_claim { title, award: of_bond / 4 })
			}
			ReportLoss => {
				let title = self.title();
				let who = if self.choice.is_multiple_of(4) {
					self.by_governance()
				} else {
					self.by_custodian(title)
				};
				let mut devices = machines_of(title);
				if self.amount.is_multiple_of(2) {
					devices.truncate(1);
				}
				(who, TitlesCall::report_loss { title, devices })
			}
			RecoverTitle => {
				let title = self
					.title_where(|_, title| title.status == TitleStatus::Lost || title.units == 1);
				(self.by_governance(), TitlesCall::recover_title { title })
			}
			SuspendTitle => (self.by_brake(), TitlesCall::suspend_title { title: self.title() }),
			ReinstateTitle => {
				let title = self.title_in(TitleStatus::Suspended);
				(self.by_governance(), TitlesCall::reinstate_title { title })
			}
			RetireLost => {
				let title = self.title_in(TitleStatus::Lost);
				let who = match self.choice % 3 {
					0 => self.by_governance(),
					1 => self.by_owner(title),
					_ => self.by_custodian(title),
				};
				(who, TitlesCall::retire_lost { title })
			}
			SlashCustodian => (
				self.by_governance(),
				TitlesCall::slash_custodian {
					title: self.title(),
					amount: of_bond / 8,
					loss: None,
				},
			),
			SlashVerifier => (
				self.by_governance(),
				TitlesCall::slash_verifier {
					title: self.title(),
					verifier: VERIFIER,
					amount: of_bond / 64,
					loss: None,
				},
			),
			SlashInsurer => {
				let title = self.title_where(|title, _| Policies::<Test>::contains_key(title));
				let (policy, _) = self.policy(title);
				let (amount, loss) = (money, self.loss(title));
				let slash = TitlesCall::slash_insurer { title, policy, amount, loss };
				(self.by_governance(), slash)
			}
			SetInsurerCapacity => {
				let insurer = nth(&[INSURER, SECOND_INSURER], self.title);
				let capacity = CAPACITY / 64 * (1 + u128::from(self.choice));
				(self.by_brake(), TitlesCall::set_insurer_capacity { insurer, capacity })
			}
			_ => return None,
		})
	}

	/// What is done behind the back of the pallet, with the calls of `pallet-nfts`.
	fn nfts_call(&self) -> Option<(RuntimeOrigin, pallet_nfts::Call<Test>)> {
		let collection = Titles::collection().unwrap();
		let item = self.title();
		let other = Step { title: self.choice, ..*self }.title();
		let somebody = nth(&OWNERS, self.choice);
		Some(match self.op {
			Send => (
				self.by_owner(item),
				pallet_nfts::Call::transfer { collection, item, dest: somebody },
			),
			SetPrice => (
				self.by_owner(item),
				pallet_nfts::Call::set_price {
					collection,
					item,
					price: Some(u128::from(self.amount) * CLBR),
					whitelisted_buyer: None,
				},
			),
			Buy => {
				let item = self
					.title_where(|title, _| ItemPriceOf::<Test>::contains_key(collection, title));
				(
					self.by(somebody),
					pallet_nfts::Call::buy_item { collection, item, bid_price: 256 * CLBR },
				)
			}
			Approve => (
				self.by_owner(item),
				pallet_nfts::Call::approve_transfer {
					collection,
					item,
					delegate: somebody,
					maybe_deadline: None,
				},
			),
			ProposeSwap => (
				self.by_owner(item),
				pallet_nfts::Call::create_swap {
					offered_collection: collection,
					offered_item: item,
					desired_collection: collection,
					maybe_desired_item: None,
					maybe_price: None,
					duration: 10_000,
				},
			),
			ClaimSwap => {
				let receive_item = self
					.title_where(|title, _| PendingSwapOf::<Test>::contains_key(collection, title));
				(
					self.by_owner(other),
					pallet_nfts::Call::claim_swap {
						send_collection: collection,
						send_item: other,
						receive_collection: collection,
						receive_item,
						witness_price: None,
					},
				)
			}
			// A free one the runtime keeps away from this call.
			BurnLocked => {
				let item = self.title_where(|title, _| is_locked(title));
				if !is_locked(item) {
					return None;
				}
				(self.by_owner(item), pallet_nfts::Call::burn { collection, item })
			}
			_ => return None,
		})
	}

	/// What is neither a call of this pallet nor of `pallet-nfts`.
	fn otherwise(&self) -> DispatchResult {
		let line = LineId::from(self.choice % LINES);
		let held = || {
			let title = self.title_where(|_, record| record.line.is_some());
			let holder =
				<Titles as TitleInspect<AccountId>>::encumbrance(title).filter(|_| self.who >= 4);
			(title, holder.unwrap_or(line))
		};
		match self.op {
			Encumber => {
				let title = self.title_where(|title, _| Titles::eligibility(title).is_ok());
				let owner = owner_of(title).filter(|_| self.who >= 4).unwrap_or(STRANGER);
				<Titles as crate::Encumber<AccountId>>::encumber(title, &owner, line)
			}
			Release => {
				let (title, line) = held();
				<Titles as crate::Encumber<AccountId>>::release(title, line)
			}
			Seize => {
				let (title, line) = held();
				let to = nth(&OWNERS, self.amount);
				<Titles as crate::Encumber<AccountId>>::seize(title, line, &to)
			}
			Donate => {
				let pot = Titles::account_id();
				Assets::transfer(
					RuntimeOrigin::signed(PAYER),
					USDAI,
					pot.clone(),
					self.amount.into(),
				)?;
				Balances::transfer_keep_alive(RuntimeOrigin::signed(STRANGER), pot, CLBR)
			}
			FailPrices => {
				let objects = self.choice.is_multiple_of(6);
				ModelObjection::set(&objects.then_some(Ineligibility::ModelPaused));
				let fails = self.choice % 6 == 1;
				AppraisalFailure::set(&fails.then_some(AppraisalError::Paused));
				let short = self.choice.is_multiple_of(4);
				LineShortfall::set(&if short { u128::from(self.amount) * USD } else { u128::MAX });
				Ok(())
			}
			Wait => {
				let seconds = match self.choice % 8 {
					0..=2 => u64::from(self.amount),
					3..=5 => u64::from(self.amount % 4) * DAY,
					6 => REDEMPTION_PERIOD + 1,
					_ => u64::from(self.amount) * DAY / 2,
				};
				set_time(Titles::now() + seconds);
				Ok(())
			}
			op => unreachable!("{op:?} is a call"),
		}
	}

	/// Do it. What it does may fail; what it leaves behind may not.
	pub fn apply(&self) -> (String, DispatchResult) {
		if let Some((origin, call)) = self.titles_call() {
			let name = call.get_call_name().to_string();
			return (name, plain(call.dispatch_bypass_filter(origin)));
		}
		if let Some((origin, call)) = self.nfts_call() {
			let name = format!("nfts::{}", call.get_call_name());
			return (name, plain(call.dispatch_bypass_filter(origin)));
		}
		if self.op == BurnLocked {
			return ("nothing".into(), Ok(()));
		}
		(format!("{:?}", self.op), self.otherwise())
	}
}

pub fn is_locked(title: TitleId) -> bool {
	let collection = Titles::collection().unwrap();
	owner_of(title).is_some() && !<Nfts as InspectNft<AccountId>>::can_transfer(&collection, &title)
}
