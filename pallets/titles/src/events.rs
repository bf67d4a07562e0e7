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
		/// A suspended party or a frozen custodian was reinstated.
		PartyReinstated { kind: PartyKind, account: T::AccountId },
		/// A party was removed.
		PartyRemoved { kind: PartyKind, account: T::AccountId },
		/// A custodian added `amount` CLBR to its bond, which is now `bond`.
		BondPosted { custodian: T::AccountId, amount: Balance, bond: Balance },
		/// A custodian took `amount` CLBR out of its bond, which is now `bond`.
		BondWithdrawn { custodian: T::AccountId, amount: Balance, bond: Balance },
		/// A custodian attested machines of `owner`.
		TitleAttested {
			title: TitleId,
			custodian: T::AccountId,
			owner: T::AccountId,
			class: AssetClass,
			model: ModelId,
			units: u32,
		},
		/// A custodian took back what it attested.
		AttestationWithdrawn { title: TitleId, custodian: T::AccountId },
		/// A verifier confirmed a title; its NFT was minted to `owner`.
		TitleConfirmed { title: TitleId, verifier: T::AccountId, owner: T::AccountId },
		/// A custodian still kept the machines of these titles at `renewed_at`.
		CustodyRenewed { custodian: T::AccountId, titles: HeartbeatBatch, renewed_at: Seconds },
		/// `amount` USDai were paid to the reserve of `line`, or to the title's owner if it is free.
		RevenuePaid {
			title: TitleId,
			payer: T::AccountId,
			line: Option<LineId>,
			amount: Balance,
			total: Balance,
		},
		/// A paper was filed or replaced.
		DocumentSet { title: TitleId, kind: DocumentKind, hash: H256, filed_by: T::AccountId },
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
		/// `owner`. Of a lost title both are those of the time of the loss. `remaining` may still be
		/// claimed.
		ClaimPaid {
			title: TitleId,
			policy: PolicyId,
			insurer: T::AccountId,
			owner: T::AccountId,
			line: Option<LineId>,
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
			valid_until: Seconds,
			replaced: Option<AppraisalId>,
		},
		/// An appraisal was withdrawn, or removed after its end.
		AppraisalWithdrawn { title: TitleId, appraisal: AppraisalId, appraiser: T::AccountId },
		/// A title was pledged to a line.
		TitleEncumbered { title: TitleId, owner: T::AccountId, line: LineId },
		/// A line let a title go.
		TitleReleased { title: TitleId, line: LineId },
		/// A line took a title from its owner; no line holds it.
		TitleSeized { title: TitleId, line: LineId, from: T::AccountId, to: T::AccountId },
		/// An owner asked for its machines. After `deadline` it may escalate.
		RedemptionRequested { title: TitleId, owner: T::AccountId, deadline: Seconds },
		/// An owner took its request back.
		RedemptionCancelled { title: TitleId, owner: T::AccountId },
		/// A custodian handed over the machines. The title is gone and its serials are free.
		TitleRedeemed { title: TitleId, custodian: T::AccountId, owner: T::AccountId, units: u32 },
		/// An owner who got no answer, or whose machines the custodian lost when it was asked for them,
		/// claims compensation from the custodian's bond.
		RedemptionEscalated {
			title: TitleId,
			custodian: T::AccountId,
			claimant: T::AccountId,
			bond: Balance,
			open_claims: u32,
		},
		/// A custodian can take in no machines and take nothing out of its bond.
		CustodianFrozen { custodian: T::AccountId },
		/// Governance awarded `award` CLBR of the bond, which is now `bond`, to the claimant.
		ClaimResolved {
			title: TitleId,
			custodian: T::AccountId,
			claimant: T::AccountId,
			award: Balance,
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
		/// Lost machines were found; the title is active.
		TitleRecovered { title: TitleId },
		/// A title was suspended: before the second `until` by the technical committee; for good by a
		/// referendum, which ended a request for its machines.
		TitleSuspended { title: TitleId, until: Option<Seconds> },
		/// The suspension of a title ended.
		TitleReinstated { title: TitleId },
		/// The book of lost machines was closed. The title is gone and its serials are free.
		LostTitleRetired {
			title: TitleId,
			custodian: T::AccountId,
			owner: T::AccountId,
			units: u32,
		},
		/// `amount` CLBR of a custodian's bond, which is now `bond`, went to the owner of a title; of a
		/// lost title, to the owner of the time of the loss.
		CustodianSlashed {
			title: TitleId,
			custodian: T::AccountId,
			owner: T::AccountId,
			amount: Balance,
			bond: Balance,
		},
	}
}
