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
		/// The party is neither suspended nor frozen.
		PartyNotSuspended,
		/// Policies or appraisals of the party are stored; they have to be removed first.
		PartyInUse,
		/// The call is not for this kind of party: a verifier has nothing to update, a custodian is
		/// suspended instead of removed.
		UnsupportedKind,
		/// The facility has no name; give one.
		EmptyFacility,
		/// The tier is not 1, 2, 3 or 4.
		InvalidTier,
		/// The jurisdiction is not two capital letters of ISO 3166-1.
		InvalidJurisdiction,
		/// The amount is zero.
		ZeroAmount,
		/// The bond is below the minimum; post more first.
		BondTooLow,
		/// The bond is less than the amount; name less.
		InsufficientBond,
		/// Custody of live titles needs the minimum bond; withdraw less.
		BondRequired,
		/// No serials; give one for each unit.
		NoSerials,
		/// A serial occurs twice in the call; name each unit once.
		DuplicateSerial,
		/// A serial belongs to a title that lives; that title has to go first.
		SerialTaken,
		/// A kind of document occurs twice in the call; give one of each.
		DuplicateDocument,
		/// The model does not exist or is not listed.
		ModelNotListed,
		/// The model is of another class of machine.
		WrongClass,
		/// The commissioning lies in the future.
		CommissionedInFuture,
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
		/// This request was escalated; wait for governance, or cancel it and ask again.
		AlreadyEscalated,
		/// A claim against the bond waits for governance; it has to be resolved first.
		ClaimOpen,
		/// There is no claim for this title.
		NoClaim,
		/// A claim froze the custodian; governance has to resolve it and to reinstate the custodian.
		CustodianFrozen,
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
		/// The title may not secure a line, for this reason.
		Ineligible(Ineligibility),
		/// The insurer or appraiser has no name; give one.
		EmptyName,
		/// The batch is empty; name at least one title.
		EmptyBatch,
		/// A written appraisal comes with the filing of an appraiser only.
		DocumentByAppraiser,
		/// The account may not file this kind of document; ask who may.
		DocumentNotYours,
		/// The account owns or keeps the title; somebody independent has to vouch for it.
		NotIndependent,
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
		/// The policy, or the time for claims after it, is not over; wait for its end. Governance has to
		/// suspend its insurer first.
		PolicyNotOver,
		/// The claim is more than what is left of the limit; pay less.
		ClaimExceedsLimit,
		/// The appraisal would be valid now or in the past only; give a later end.
		ValidityNotInFuture,
		/// The appraisal would be valid for too long; give an earlier end.
		ValidityTooLong,
		/// The title has as many appraisals as it can have; one has to be withdrawn first.
		TooManyAppraisals,
		/// No appraisal id is left.
		AppraisalIdsExhausted,
		/// The title has no such appraisal.
		UnknownAppraisal,
		/// The appraisal is another appraiser's and still valid; wait for its end.
		AppraisalStillValid,
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
