// SPDX-License-Identifier: Apache-2.0

//! Errors of the titles pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Errors of the titles pallet.
#[pallet_section]
mod errors {
	/// Reasons for which a call fails, each with what its caller can do.
	#[pallet::error]
	pub enum Error<T> {
		/// The account is not registered as a party of this kind; ask governance for registration.
		UnknownParty,
		/// The account is registered as a party of this kind already.
		AlreadyRegistered,
		/// The party is suspended; governance has to reinstate it first.
		PartySuspended,
		/// The party is not suspended.
		PartyNotSuspended,
		/// Policies or appraisals of the party are stored; they have to be removed first.
		PartyInUse,
		/// The call is not for this kind of party: a verifier has nothing to update, a custodian is
		/// suspended instead of removed.
		UnsupportedKind,
		/// The facility of a custodian has no name; give one.
		EmptyFacility,
		/// The tier is not 1, 2, 3 or 4.
		InvalidTier,
		/// The jurisdiction is not two capital letters of ISO 3166-1.
		InvalidJurisdiction,
		/// The amount is zero.
		ZeroAmount,
		/// The bond without what claims have frozen is too low for what is in custody, or for a
		/// confirmation; post more first.
		BondTooLow,
		/// The bond or capital without what claims have frozen is less than the amount; name less.
		InsufficientBond,
		/// What is left would be too little for custody, for the last confirmations or for the limits
		/// that are bound; withdraw less.
		BondRequired,
		/// The limits of the insurer's policies would exceed its capacity; bind less, or ask governance
		/// for more.
		CapacityExceeded,
		/// The capital of the insurer is too low for the limits of its policies; post more first.
		CapitalTooLow,
		/// No devices; name one for each unit.
		NoDevices,
		/// A device occurs twice in the call; name each unit once.
		DuplicateDevice,
		/// The call is about more than 512 devices in all; split it.
		TooManyDevices,
		/// A confirmed title stands for a device; that title has to go, or to recover it, first.
		DeviceTaken,
		/// A device was reported lost; a referendum has to clear it, or to recover its title, first.
		DeviceLost,
		/// The device is not lost.
		DeviceNotLost,
		/// No title with this device was ever confirmed.
		UnknownDevice,
		/// The device is none of the title's; name devices that the title lists.
		DeviceNotOfTitle,
		/// A kind of document occurs twice in the call; give one of each.
		DuplicateDocument,
		/// The model does not exist or is not listed.
		ModelNotListed,
		/// The model is of another class of machine.
		WrongClass,
		/// The commissioning lies in the future; give a time in unix seconds.
		CommissionedInFuture,
		/// The commissioning lies before the model came to market; give a later time.
		CommissionedBeforeRelease,
		/// No title id is left.
		TitleIdsExhausted,
		/// No facility id is left.
		FacilityIdsExhausted,
		/// No such title.
		UnknownTitle,
		/// The title is in the custody of another account.
		NotTitleCustodian,
		/// The title is not waiting for confirmation.
		NotAttested,
		/// The attestation is too old to be confirmed; its custodian has to attest the machines again.
		AttestationLapsed,
		/// The attestation is another custodian's, it has not lapsed, and all of its devices are free;
		/// wait for one of the two.
		AttestationStands,
		/// What is attested is not what the verifier saw; look at the evidence again.
		EvidenceChanged,
		/// Custody of the title is offered to nobody; its custodian has to offer it first.
		NoCustodyOffer,
		/// Custody of the title is offered to another custodian.
		NotOfferedToYou,
		/// A referendum offers the custody of the title; only another one, or the custodian to
		/// which it is offered, ends that.
		OfferOfReferendum,
		/// Who has to consent to the move of custody has not; the curator of the line that holds the
		/// title has to, or the owner of a free title.
		ConsentMissing,
		/// The account is neither the curator of the line that holds the title nor the owner of a free
		/// title.
		ConsentNotYours,
		/// The custodian keeps the title already; name another one.
		SameCustodian,
		/// The status of the title does not allow it; the title has to be active.
		NotActive,
		/// The verifier is the title's custodian; another verifier has to confirm it.
		VerifierIsCustodian,
		/// The heartbeat names no title.
		EmptyHeartbeat,
		/// The owner of a free title pays revenue to itself, which is none.
		SelfPayment,
		/// A credit line holds the title.
		Encumbered,
		/// The line does not hold the title.
		NotHeldByLine,
		/// The account does not own the title.
		NotTitleOwner,
		/// The machines of this title were not asked for; request its redemption first.
		NotInRedemption,
		/// The custodian may still answer; wait until the deadline of the request is over.
		RedemptionPeriodRunning,
		/// Such a claim came of this request; wait for governance, or cancel the request and ask
		/// again.
		AlreadyEscalated,
		/// A claim against the bond waits for governance; it has to be resolved first.
		ClaimOpen,
		/// There is no claim for this title.
		NoClaim,
		/// The award is more than the machines count, or than the claim has frozen of the bond and
		/// what is free of it; award less.
		AwardTooHigh,
		/// The custodian has not said that it handed the machines over; wait for its word, or escalate
		/// after the deadline.
		ReleaseNotConfirmed,
		/// The custodian has said that it handed the machines over; acknowledge or dispute it.
		ReleaseConfirmed,
		/// The owner may still dispute the release; wait until the period is over.
		ReleasePeriodRunning,
		/// The period for a dispute is over; claim after the title is burnt.
		ReleasePeriodOver,
		/// No release of such a title is noted, or no claim can come of it any more.
		NotReleased,
		/// The owner may still claim for the released title; wait until the period is over.
		ClaimTailRunning,
		/// The period for claims after the release is over.
		ClaimTailOver,
		/// The account is a verifier that neither confirmed this title nor inspected it last, or is
		/// registered no more; nothing can be slashed.
		NoVerifier,
		/// The custodian owns the title; its bond has nobody to compensate.
		CustodianIsOwner,
		/// The title has no owner yet; a verifier has to confirm it first.
		NotConfirmed,
		/// The title is lost already.
		AlreadyLost,
		/// The title is not lost; report its loss first.
		NotLost,
		/// The title is not suspended.
		NotSuspended,
		/// The account neither owns nor keeps the title; one of the two has to call.
		NotOwnerOrCustodian,
		/// Policies of the lost title are left; wait until their insurers have paid or they are over.
		PoliciesRemain,
		/// The loss was reported too recently; wait until the period is over. Only who owned the title
		/// when it was lost, free of a line, need not wait.
		LossPeriodRunning,
		/// The title has no such loss; name one of its losses.
		UnknownLoss,
		/// The title is lost by several losses; name the one that the payment is for.
		LossNotNamed,
		/// The loss was reported before the policy was bound; another policy answers for it.
		LossBeforePolicy,
		/// The loss was reported too long ago; name no loss: the payment is for who holds the
		/// title.
		LossPeriodOver,
		/// The title may not secure a line, for this reason.
		Ineligible(Ineligibility),
		/// The insurer, appraiser or off-taker has no name; give one.
		EmptyName,
		/// The batch is empty; name at least one title.
		EmptyBatch,
		/// The account may not file this kind of document; ask who may.
		DocumentNotYours,
		/// A line holds the title; hand the document to the line's curator, who files it. Owner and
		/// custodian may renew a paper of theirs in the last [`TitleValues::cancellation_notice`]
		/// before it lapses.
		CuratorFiles,
		/// A line holds the title, and the document lapses before the one of its kind that counts,
		/// or too soon to react; file one that is good for longer.
		LapseTooSoon,
		/// The title has as many documents as it can have.
		TooManyDocuments,
		/// The date lies in the future; give that of the document, in unix seconds.
		DatedInFuture,
		/// A document of this kind lapses; give the last second for which it is good.
		LapseMissing,
		/// A document of this kind does not lapse; give no lapse.
		LapseNotTaken,
		/// The document has lapsed, or lapses before its date; file one that is good.
		AlreadyLapsed,
		/// A lien filing is good for five years from its date; give an earlier lapse.
		LapseTooLate,
		/// The account is another party of the title (owner, custodian, verifier, insurer, appraiser or
		/// curator); somebody independent has to be this one.
		NotIndependent,
		/// The time is farther ahead than its kind allows; give an earlier one, in seconds.
		TimeTooFar,
		/// The policy is of another kind; bind a policy of this kind beside it.
		OtherPolicyKind,
		/// The caller keeps no title of the line whose pledge is not acknowledged.
		NothingToAcknowledge,
		/// The title is lost; nothing is left to insure or appraise.
		TitleLost,
		/// The term ends now or in the past; give a later end.
		ExpiryNotInFuture,
		/// The premium is not paid beyond now; take the premium first.
		PremiumUnpaid,
		/// The premium is paid for longer than the term; make the term longer.
		PremiumBeyondExpiry,
		/// The title has as many policies as it can have; one that is over has to be removed first.
		TooManyPolicies,
		/// No policy id is left.
		PolicyIdsExhausted,
		/// The title has no such policy.
		UnknownPolicy,
		/// The policy is another insurer's.
		NotPolicyInsurer,
		/// A renewal may not take away cover that is in force; cancel the policy with notice.
		RenewalReducesCover,
		/// The policy was cancelled already.
		PolicyCancelled,
		/// The policy is over already.
		PolicyOver,
		/// The policy, or the time for claims after it, is not over; wait for its end. So has its
		/// insurer if a loss was reported while it covered. Governance has to suspend its insurer
		/// first.
		PolicyNotOver,
		/// The claim is more than what is left of the limit; pay less.
		ClaimExceedsLimit,
		/// The appraisal would be valid now or in the past only; give a later end.
		ValidityNotInFuture,
		/// The appraisal would be valid for too long; give an earlier end.
		ValidityTooLong,
		/// The appraisal would be valid for too short a time; give a later end.
		ValidityTooShort,
		/// Governance has confirmed the appraisal already.
		AlreadyConfirmed,
		/// No off-taker has paid anything for the title since its history began.
		NothingEarned,
		/// The title has as many appraisals as it can have; one has to be withdrawn first.
		TooManyAppraisals,
		/// No appraisal id is left.
		AppraisalIdsExhausted,
		/// The title has no such appraisal.
		UnknownAppraisal,
		/// The appraisal is another appraiser's and still valid; wait for its end.
		AppraisalStillValid,
		/// A referendum has confirmed the appraisal, or the title would be worth more without it than two
		/// appraisals support; wait for its end, ask for a referendum, or replace it by one that is as
		/// low and ends no earlier.
		AppraisalSupported,
		/// The committee's suspension lasts already; wait for its end, or ask for a referendum.
		NotStricter,
		/// A suspension by the committee ended a short time ago; wait for the end of its rest, or ask
		/// for a referendum.
		BrakeResting,
		/// The collection was not made; the chain's genesis does that.
		NoCollection,
		/// A sum overflows; name a smaller amount.
		Overflow,
		/// The state contradicts itself; report it.
		Unexpected,
	}
}
