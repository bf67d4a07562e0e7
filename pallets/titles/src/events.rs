// SPDX-License-Identifier: Apache-2.0

//! Events of the titles pallet.
//!
//! They tell ids and amounts. Deposits show in the events of the currency, by hold reason.

use crate::frame_support::pallet_macros::pallet_section;

/// Events of the titles pallet.
#[pallet_section]
mod events {
	/// Events of the pallet. The doc of a variant says what its fields hold.
	#[allow(missing_docs)]
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A party was registered, of the kind of its `info`.
		PartyRegistered { account: T::AccountId, info: PartyInfo },
		/// The particulars of a party were replaced.
		PartyUpdated { account: T::AccountId, info: PartyInfo },
		/// A party was suspended: before the second `until` by the technical committee, for good by a
		/// referendum.
		PartySuspended { kind: PartyKind, account: T::AccountId, until: Option<Seconds> },
		/// A suspended party was reinstated.
		PartyReinstated { kind: PartyKind, account: T::AccountId },
		/// A party was removed.
		PartyRemoved { kind: PartyKind, account: T::AccountId },
		/// A party added `amount` USDai to its bond or capital, which is now `bond`.
		BondPosted { surety: Surety, party: T::AccountId, amount: Balance, bond: Balance },
		/// A party took `amount` USDai out of its bond or capital, which is now `bond`.
		BondWithdrawn { surety: Surety, party: T::AccountId, amount: Balance, bond: Balance },
		/// The capacity of an insurer was set: before the second `until` by the technical committee, for
		/// good by a referendum.
		InsurerCapacitySet { insurer: T::AccountId, capacity: Balance, until: Option<Seconds> },
		/// A custodian attested machines of `owner`.
		TitleAttested {
			title: TitleId,
			custodian: T::AccountId,
			owner: T::AccountId,
			class: AssetClass,
			model: ModelId,
			units: u32,
		},
		/// An attestation was taken back by its custodian, or by anyone once it could not be confirmed
		/// any more.
		AttestationWithdrawn { title: TitleId, custodian: T::AccountId },
		/// Governance struck an attestation.
		AttestationStruck { title: TitleId, custodian: T::AccountId },
		/// A verifier confirmed a title by this evidence; its NFT was minted to `owner`.
		TitleConfirmed {
			title: TitleId,
			verifier: T::AccountId,
			owner: T::AccountId,
			evidence: H256,
		},
		/// A verifier inspected the machines of a title and found them in this condition.
		TitleReinspected {
			title: TitleId,
			verifier: T::AccountId,
			condition: Condition,
			document: H256,
		},
		/// A lost device may come under a title again.
		LostDeviceCleared { device: DeviceId },
		/// Custody of a title is offered `to` a custodian.
		CustodyOffered { title: TitleId, custodian: T::AccountId, to: T::AccountId },
		/// The curator of the line that holds the title, or the owner of a free title, consented to the
		/// move of custody.
		CustodyConsented { title: TitleId, by: T::AccountId, to: T::AccountId },
		/// An offer of custody was taken back or refused.
		CustodyOfferCancelled { title: TitleId, to: T::AccountId },
		/// Custody of a title moved.
		CustodyMoved { title: TitleId, from: T::AccountId, to: T::AccountId, facility: FacilityId },
		/// A custodian still kept the machines of these titles at `renewed_at`.
		CustodyRenewed { custodian: T::AccountId, titles: HeartbeatBatch, renewed_at: Seconds },
		/// `amount` USDai were paid to the reserve of `line`, or to the title's owner if it is free.
		/// `total` is all that was ever paid, `earned` what registered off-takers paid of it.
		RevenuePaid {
			title: TitleId,
			payer: T::AccountId,
			line: Option<LineId>,
			amount: Balance,
			total: Balance,
			earned: Balance,
		},
		/// A referendum struck what off-takers had paid for a title, `earned` USDai, from its history.
		RevenueStruck { title: TitleId, earned: Balance },
		/// A paper was added to those of a title.
		DocumentFiled { title: TitleId, document: u32, paper: Paper, filed_by: T::AccountId },
		/// An insurer bound a policy to a title.
		PolicyBound { title: TitleId, policy: PolicyId, insurer: T::AccountId, terms: PolicyTerms },
		/// An insurer began a new term of a policy.
		PolicyRenewed {
			title: TitleId,
			policy: PolicyId,
			insurer: T::AccountId,
			terms: PolicyTerms,
		},
		/// An insurer cancelled a policy, which covers up to and including `cancelled_at`.
		PolicyCancelled {
			title: TitleId,
			policy: PolicyId,
			insurer: T::AccountId,
			cancelled_at: Seconds,
		},
		/// A policy was removed.
		PolicyRemoved { title: TitleId, policy: PolicyId, insurer: T::AccountId },
		/// An insurer paid `amount` USDai: `to_line` to those whom `line` stands for, the rest to
		/// `owner`. Both are those of the time of `loss`, if there is one. `remaining` may still be
		/// claimed.
		ClaimPaid {
			title: TitleId,
			policy: PolicyId,
			insurer: T::AccountId,
			owner: T::AccountId,
			line: Option<LineId>,
			loss: Option<LossId>,
			amount: Balance,
			to_line: Balance,
			remaining: Balance,
		},
		/// An appraiser filed an appraisal, in place of `replaced`.
		AppraisalFiled {
			title: TitleId,
			appraisal: AppraisalId,
			appraiser: T::AccountId,
			value: Balance,
			document: H256,
			counts_from: Seconds,
			valid_until: Seconds,
			replaced: Option<AppraisalId>,
		},
		/// An appraisal was withdrawn, or removed after its end.
		AppraisalWithdrawn { title: TitleId, appraisal: AppraisalId, appraiser: T::AccountId },
		/// Governance struck an appraisal: the title gets no new debt before the second `until`.
		AppraisalStruck {
			title: TitleId,
			appraisal: AppraisalId,
			appraiser: T::AccountId,
			until: Seconds,
		},
		/// A referendum confirmed an appraisal, which counts as two.
		AppraisalConfirmed { title: TitleId, appraisal: AppraisalId },
		/// A title was pledged to a line.
		TitleEncumbered { title: TitleId, owner: T::AccountId, line: LineId },
		/// A custodian acknowledged that it keeps these titles for the lenders of a line.
		PledgeAcknowledged { line: LineId, custodian: T::AccountId, titles: AcknowledgedTitles },
		/// A line let a title go.
		TitleReleased { title: TitleId, line: LineId },
		/// A line took a title from its owner; no line holds it.
		TitleSeized { title: TitleId, line: LineId, from: T::AccountId, to: T::AccountId },
		/// An owner asked for its machines. After `deadline` it may escalate.
		/// `deposit` USDai are on hold: a rejected claim forfeits them.
		RedemptionRequested {
			title: TitleId,
			owner: T::AccountId,
			deadline: Seconds,
			deposit: Balance,
		},
		/// An owner took its request back.
		RedemptionCancelled { title: TitleId, owner: T::AccountId },
		/// A custodian says that it handed over the machines. The owner may dispute that up to and
		/// including the second `until`.
		ReleaseConfirmed { title: TitleId, custodian: T::AccountId, until: Seconds },
		/// The owner acknowledged the release, or was silent. The title is gone and its devices are
		/// free.
		TitleRedeemed { title: TitleId, custodian: T::AccountId, owner: T::AccountId, units: u32 },
		/// No claim can come of a released title any more. What was kept of it is gone.
		ReleasedTitleDropped { title: TitleId, custodian: T::AccountId, owner: T::AccountId },
		/// An owner who got no answer, disputes a release, or whose machines the custodian lost when it
		/// was asked for them, claims compensation. `amount` USDai of the bond are frozen for it.
		BondClaimOpened {
			title: TitleId,
			custodian: T::AccountId,
			claimant: T::AccountId,
			amount: Balance,
			deposit: Balance,
			open_claims: u32,
		},
		/// `award` USDai of the bond, which is now `bond`, went to the claimant. Without an award the
		/// claim was rejected or withdrawn, and `forfeited` USDai of the claimant went to the treasury.
		ClaimResolved {
			title: TitleId,
			custodian: T::AccountId,
			claimant: T::AccountId,
			award: Balance,
			forfeited: Balance,
			bond: Balance,
			open_claims: u32,
		},
		/// The machines of a title are lost. A request for them ended.
		TitleLost {
			title: TitleId,
			custodian: T::AccountId,
			line: Option<LineId>,
			reported_at: Seconds,
		},
		/// Some machines of a title are lost; `units` are left.
		UnitsLost {
			title: TitleId,
			custodian: T::AccountId,
			line: Option<LineId>,
			devices: DeviceIds,
			units: u32,
			reported_at: Seconds,
		},
		/// All lost machines of a title were found; a lost title is active.
		TitleRecovered { title: TitleId },
		/// A title was suspended: before the second `until` by the technical committee; for good by a
		/// referendum, which ended a request for its machines.
		TitleSuspended { title: TitleId, until: Option<Seconds> },
		/// The suspension of a title ended.
		TitleReinstated { title: TitleId },
		/// The book of lost machines was closed. The title is gone; its devices stay lost.
		LostTitleRetired {
			title: TitleId,
			custodian: T::AccountId,
			owner: T::AccountId,
			units: u32,
		},
		/// `amount` USDai of a custodian's bond, which is now `bond`, went to those behind `line`,
		/// `to_line` of it, and the rest to the owner of a title; if there is a `loss`, to those
		/// that held and owned it then.
		CustodianSlashed {
			title: TitleId,
			custodian: T::AccountId,
			line: Option<LineId>,
			owner: T::AccountId,
			loss: Option<LossId>,
			amount: Balance,
			to_line: Balance,
			bond: Balance,
		},
		/// `amount` USDai of a verifier's bond, which is now `bond`, went to the same parties.
		VerifierSlashed {
			title: TitleId,
			verifier: T::AccountId,
			line: Option<LineId>,
			owner: T::AccountId,
			loss: Option<LossId>,
			amount: Balance,
			to_line: Balance,
			bond: Balance,
		},
		/// `amount` USDai of an insurer's capital, which is now `capital`, went to the same
		/// parties. `remaining` of the policy may still be claimed.
		InsurerSlashed {
			title: TitleId,
			policy: PolicyId,
			insurer: T::AccountId,
			line: Option<LineId>,
			owner: T::AccountId,
			loss: Option<LossId>,
			amount: Balance,
			to_line: Balance,
			remaining: Balance,
			capital: Balance,
		},
	}
}
