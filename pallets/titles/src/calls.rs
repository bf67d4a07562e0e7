// SPDX-License-Identifier: Apache-2.0

//! Calls of the titles pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Calls of the titles pallet.
#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Registers a party: a custodian, verifier, insurer or appraiser.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// An account may be a party of several kinds, each with a registration of its own. A custodian
		/// posts its bond itself ([`Pallet::post_bond`]); before that it can attest nothing. A
		/// custodian may be a verifier too, of other custodians' titles. The facility of a custodian gets
		/// the next facility id, which stays with it.
		///
		/// ## Parameters
		///
		/// - `account`: the party.
		/// - `info`: its particulars, which tell its kind.
		///
		/// ## Errors
		///
		/// - [`Error::AlreadyRegistered`]: the account is registered as a party of this kind.
		/// - [`Error::EmptyFacility`]: the facility of a custodian has no name.
		/// - [`Error::InvalidTier`]: the tier of a custodian's facility is not 1 to 4.
		/// - [`Error::EmptyName`]: an insurer or appraiser has no name.
		/// - [`Error::InvalidJurisdiction`]: the jurisdiction is not two capital letters.
		/// - [`Error::FacilityIdsExhausted`]: no facility id is left for a custodian.
		///
		/// ## Events
		///
		/// - [`Event::PartyRegistered`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register_party())]
		pub fn register_party(
			origin: OriginFor<T>,
			account: T::AccountId,
			info: PartyInfo,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_register_party(account, info)?;
			Ok(())
		}

		/// Replaces the particulars of a custodian, insurer or appraiser.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]): new particulars last, so
		/// that they are no brake.
		///
		/// ## Details
		///
		/// A suspension, the bond of a custodian, its titles, and the policies and appraisals of the
		/// party stay. A title keeps the facility that was attested, a custodian its facility id.
		///
		/// ## Parameters
		///
		/// - `account`: the party.
		/// - `info`: its new particulars, which tell its kind.
		///
		/// ## Errors
		///
		/// - [`Error::UnsupportedKind`]: a verifier has no particulars to replace.
		/// - [`Error::UnknownParty`]: the account is not registered as a party of this kind.
		/// - [`Error::EmptyFacility`]: the facility of a custodian has no name.
		/// - [`Error::InvalidTier`]: the tier of a custodian's facility is not 1 to 4.
		/// - [`Error::EmptyName`]: an insurer or appraiser has no name.
		/// - [`Error::InvalidJurisdiction`]: the jurisdiction is not two capital letters.
		///
		/// ## Events
		///
		/// - [`Event::PartyUpdated`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::update_party())]
		pub fn update_party(
			origin: OriginFor<T>,
			account: T::AccountId,
			info: PartyInfo,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_update_party(account, info)?;
			Ok(())
		}

		/// Suspends a party.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`] for [`Risk::Lowers`]: a referendum or the technical
		/// committee.
		///
		/// ## Details
		///
		/// A suspended custodian attests nothing, none of its attestations is confirmed, its titles are
		/// pledged to no line and its bond stays. A title that a line holds goes on counting there, a
		/// free one may be sold. It still renews custody and withdraws attestations.
		///
		/// A suspended verifier confirms nothing; what it confirmed stays confirmed. A suspended insurer
		/// binds and renews no policy, a suspended appraiser files no appraisal. Their policies go on
		/// covering and their appraisals counting, until governance removes a policy. An insurer still
		/// pays claims, cancels and removes; an appraiser still withdraws.
		///
		/// By a referendum the suspension lasts until [`Pallet::reinstate_party`]. By the committee it
		/// ends by itself, and cannot follow another of the committee before its rest is over
		/// ([`Config::BrakeTerms`]). A referendum may make it last.
		///
		/// ## Parameters
		///
		/// - `kind`: the kind of party.
		/// - `account`: the party.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the account is not registered as a party of this kind.
		/// - [`Error::PartySuspended`]: the party is suspended by a referendum already.
		/// - [`Error::NotStricter`]: the caller is the committee, and its suspension lasts already.
		/// - [`Error::BrakeResting`]: the caller is the committee, and its last suspension ended too
		///   short a time ago.
		///
		/// ## Events
		///
		/// - [`Event::PartySuspended`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::suspend_party())]
		pub fn suspend_party(
			origin: OriginFor<T>,
			kind: PartyKind,
			account: T::AccountId,
		) -> DispatchResult {
			let authority = T::AdminOrigin::ensure_origin(origin, &Risk::Lowers)?;
			Self::do_suspend_party(authority, kind, account)?;
			Ok(())
		}

		/// Ends the suspension of a party, and the freeze of a custodian.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// Undoes [`Pallet::suspend_party`] entirely, whoever called it. A custodian is also freed of the
		/// freeze by an owner whose machines were not handed over ([`Pallet::escalate_redemption`]), once
		/// all claims against its bond are resolved.
		///
		/// ## Parameters
		///
		/// - `kind`: the kind of party.
		/// - `account`: the party.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the account is not registered as a party of this kind.
		/// - [`Error::PartyNotSuspended`]: the party is neither suspended nor frozen.
		/// - [`Error::ClaimOpen`]: a claim against the bond of the custodian is not resolved.
		///
		/// ## Events
		///
		/// - [`Event::PartyReinstated`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::reinstate_party())]
		pub fn reinstate_party(
			origin: OriginFor<T>,
			kind: PartyKind,
			account: T::AccountId,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_reinstate_party(kind, account)?;
			Ok(())
		}

		/// Removes a verifier, insurer or appraiser from the registry.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`] for [`Risk::Raises`]: a referendum. A removal does not run
		/// out, so that it is no brake; the committee suspends.
		///
		/// ## Details
		///
		/// Titles that a verifier confirmed stay confirmed. An insurer or appraiser is removed only
		/// where none of its policies or appraisals is stored: suspend it, then remove those that are
		/// over, which anyone may do.
		///
		/// ## Parameters
		///
		/// - `kind`: the kind of party.
		/// - `account`: the party.
		///
		/// ## Errors
		///
		/// - [`Error::UnsupportedKind`]: a custodian is suspended instead.
		/// - [`Error::UnknownParty`]: the account is not registered as a party of this kind.
		/// - [`Error::PartyInUse`]: policies or appraisals of the party are stored.
		///
		/// ## Events
		///
		/// - [`Event::PartyRemoved`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::remove_party())]
		pub fn remove_party(
			origin: OriginFor<T>,
			kind: PartyKind,
			account: T::AccountId,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_remove_party(kind, account)?;
			Ok(())
		}

		/// Adds to the caller's bond.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by a custodian, suspended or not.
		///
		/// ## Details
		///
		/// The amount is held on the custodian's account.
		///
		/// ## Parameters
		///
		/// - `amount`: CLBR to add.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the caller is not a custodian.
		/// - [`Error::ZeroAmount`]: the amount is zero.
		/// - [`Error::Overflow`]: the bond would overflow.
		/// - `TokenError::FundsUnavailable`: the free balance is less than the amount.
		///
		/// ## Events
		///
		/// - [`Event::BondPosted`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::post_bond())]
		pub fn post_bond(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let custodian = ensure_signed(origin)?;
			Self::do_post_bond(custodian, amount)
		}

		/// Takes out of the caller's bond.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by a custodian that is neither suspended nor frozen.
		///
		/// ## Details
		///
		/// The minimum bond ([`TitleValues::min_custodian_bond`]) has to stay while the custodian has a
		/// title, attested ones included.
		///
		/// ## Parameters
		///
		/// - `amount`: CLBR to take out.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the caller is not a custodian.
		/// - [`Error::PartySuspended`]: the custodian is suspended.
		/// - [`Error::CustodianFrozen`]: a claim froze the custodian.
		/// - [`Error::ZeroAmount`]: the amount is zero.
		/// - [`Error::InsufficientBond`]: the bond is less than the amount.
		/// - [`Error::BondRequired`]: the custodian has titles, and less than the minimum would stay.
		///
		/// ## Events
		///
		/// - [`Event::BondWithdrawn`].
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::withdraw_bond())]
		pub fn withdraw_bond(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let custodian = ensure_signed(origin)?;
			Self::do_withdraw_bond(custodian, amount)
		}

		/// Attests that the caller keeps machines of `owner`.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by a custodian with at least the minimum bond
		/// ([`TitleValues::min_custodian_bond`]) that is neither suspended nor frozen.
		///
		/// ## Details
		///
		/// Makes a title that waits for a verifier; there is no NFT yet. Its serials are taken. Deposits
		/// for the title with its serials, and for each document, are held from the custodian
		/// ([`Config::TitleConsideration`]). An appraisal report is not given here but with
		/// [`Pallet::file_appraisal`].
		///
		/// ## Parameters
		///
		/// - `owner`: account that receives the NFT when the title is confirmed.
		/// - `spec`: the machines and their papers.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the caller is not a custodian.
		/// - [`Error::PartySuspended`]: the custodian is suspended.
		/// - [`Error::CustodianFrozen`]: a claim froze the custodian.
		/// - [`Error::BondTooLow`]: the bond is below the minimum.
		/// - [`Error::EmptyFacility`]: the facility has no name.
		/// - [`Error::NoSerials`]: no serial is given.
		/// - [`Error::DuplicateSerial`]: a serial occurs twice.
		/// - [`Error::DuplicateDocument`]: two documents are of one kind.
		/// - [`Error::DocumentByAppraiser`]: an appraisal report is given.
		/// - [`Error::CommissionedInFuture`]: the commissioning lies in the future.
		/// - [`Error::ModelNotListed`]: the model does not exist or is not listed.
		/// - [`Error::WrongClass`]: the model is of another class.
		/// - [`Error::SerialTaken`]: a serial belongs to a title that exists.
		/// - [`Error::TitleIdsExhausted`]: no title id is left.
		/// - [`Error::Overflow`]: the custodian's count of titles would overflow.
		/// - `TokenError::FundsUnavailable`: the free balance does not cover the deposits.
		///
		/// ## Events
		///
		/// - [`Event::TitleAttested`].
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::attest(
			spec.serials.len() as u32,
			spec.documents.len() as u32,
		))]
		pub fn attest(
			origin: OriginFor<T>,
			owner: T::AccountId,
			spec: TitleSpec,
		) -> DispatchResult {
			let custodian = ensure_signed(origin)?;
			Self::do_attest(custodian, owner, spec)?;
			Ok(())
		}

		/// Takes back an attestation that nobody has confirmed.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the title's custodian, suspended or not.
		///
		/// ## Details
		///
		/// The title goes, its serials are free again and every deposit is returned to the account that
		/// paid it, that of policies and appraisals included. The weight is corrected to what was
		/// removed.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotTitleCustodian`]: the caller is not the title's custodian.
		/// - [`Error::NotAttested`]: the title is confirmed.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::PolicyRemoved`], for each policy.
		/// - [`Event::AppraisalWithdrawn`], for each appraisal.
		/// - [`Event::AttestationWithdrawn`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::withdraw_attestation(
			MAX_SERIALS,
			MAX_DOCUMENTS,
			MAX_COVERS,
		))]
		pub fn withdraw_attestation(
			origin: OriginFor<T>,
			title: TitleId,
		) -> DispatchResultWithPostInfo {
			let custodian = ensure_signed(origin)?;
			let Removed { serials, documents, covers } =
				Self::do_withdraw_attestation(custodian, title)?;
			Ok(Some(T::WeightInfo::withdraw_attestation(serials, documents, covers)).into())
		}

		/// Renews custody of the caller's titles.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the custodian of all of them, suspended or not.
		///
		/// ## Details
		///
		/// Custody lasts for the validity of the rules ([`Config::Rules`]) from now, longer by outages of
		/// the chain ([`Config::Clock`]). All titles are renewed or none. Titles that are suspended or whose machines were asked for are kept as well
		/// as active ones; lost ones are not.
		///
		/// ## Parameters
		///
		/// - `titles`: the titles.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the caller is not a custodian.
		/// - [`Error::EmptyHeartbeat`]: no title is named.
		/// - [`Error::UnknownTitle`]: one of them does not exist.
		/// - [`Error::NotTitleCustodian`]: the caller is not the custodian of one of them.
		/// - [`Error::NotActive`]: one of them is not confirmed, or lost.
		///
		/// ## Events
		///
		/// - [`Event::CustodyRenewed`].
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::heartbeat(titles.len() as u32))]
		pub fn heartbeat(origin: OriginFor<T>, titles: HeartbeatBatch) -> DispatchResult {
			let custodian = ensure_signed(origin)?;
			Self::do_heartbeat(custodian, titles)?;
			Ok(())
		}

		/// Files or replaces a paper of a title.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by an account that may file that kind of document.
		///
		/// ## Details
		///
		/// A deposit is held from the account that files it ([`Config::TitleConsideration`]). Where
		/// there is one of that kind, it is replaced, and its deposit returned to the account that filed
		/// it. Papers stay as long as the title.
		///
		/// | Kind | Who may file it |
		/// |---|---|
		/// | warehouse receipt, bailment agreement, burn-in report | the title's custodian |
		/// | lien filing, lien waiver | the title's custodian; its owner, while no line holds the title |
		/// | purchase invoice | the owner, while no line holds the title |
		/// | appraisal report | nobody: it comes with [`Pallet::file_appraisal`] |
		///
		/// The custodian gives all but the last with the attestation already. An owner who pledged the
		/// title cannot change what the line relied on.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		/// - `kind`: the kind of paper.
		/// - `hash`: its hash.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::DocumentByAppraiser`]: the paper is an appraisal report.
		/// - [`Error::DocumentNotYours`]: the caller may not file this kind of document.
		/// - [`Error::Encumbered`]: the caller is the owner, and a line holds the title.
		/// - `TokenError::FundsUnavailable`: the free balance does not cover the deposit.
		///
		/// ## Events
		///
		/// - [`Event::DocumentSet`].
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::set_document())]
		pub fn set_document(
			origin: OriginFor<T>,
			title: TitleId,
			kind: DocumentKind,
			hash: H256,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_document(who, title, kind, hash)
		}

		/// Attests all the machines of a delivery.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by a custodian with at least the minimum bond
		/// ([`TitleValues::min_custodian_bond`]) that is neither suspended nor frozen.
		///
		/// ## Details
		///
		/// Attests each item as [`Pallet::attest`] does, in order: all of them or none. No serial may
		/// occur twice, in one item or in two. A delivery of many titles with many serials may be more
		/// than a block takes; attest it in parts.
		///
		/// ## Parameters
		///
		/// - `delivery`: owners and machines.
		///
		/// ## Errors
		///
		/// - [`Error::EmptyBatch`]: the delivery is empty.
		/// - [`Error::DuplicateSerial`]: a serial occurs twice in the delivery.
		/// - [`Error::UnknownParty`]: the caller is not a custodian.
		/// - [`Error::PartySuspended`]: the custodian is suspended.
		/// - [`Error::CustodianFrozen`]: a claim froze the custodian.
		/// - [`Error::BondTooLow`]: the bond is below the minimum.
		/// - [`Error::EmptyFacility`]: the facility of an item has no name.
		/// - [`Error::NoSerials`]: an item has no serial.
		/// - [`Error::DuplicateDocument`]: two documents of an item are of one kind.
		/// - [`Error::DocumentByAppraiser`]: an item has an appraisal report.
		/// - [`Error::CommissionedInFuture`]: the commissioning of an item lies in the future.
		/// - [`Error::ModelNotListed`]: the model of an item does not exist or is not listed.
		/// - [`Error::WrongClass`]: the model of an item is of another class.
		/// - [`Error::SerialTaken`]: a serial belongs to a title that exists.
		/// - [`Error::TitleIdsExhausted`]: too few title ids are left.
		/// - [`Error::Overflow`]: the custodian's count of titles would overflow.
		/// - `TokenError::FundsUnavailable`: the free balance does not cover the deposits.
		///
		/// ## Events
		///
		/// - [`Event::TitleAttested`], for each.
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::attest_batch(
			delivery.len() as u32,
			delivery.iter().map(|(_, spec)| (spec.serials.len() as u32).saturating_sub(1)).sum(),
			delivery.iter().map(|(_, spec)| spec.documents.len() as u32).sum(),
		))]
		pub fn attest_batch(
			origin: OriginFor<T>,
			delivery: Delivery<T::AccountId>,
		) -> DispatchResult {
			let custodian = ensure_signed(origin)?;
			Self::do_attest_batch(custodian, delivery)
		}

		/// Confirms a title that a custodian attested.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by a verifier, not suspended, that is not the title's custodian.
		///
		/// ## Details
		///
		/// The NFT is minted to the owner that the custodian named, and the title is active. Custody
		/// counts from now: the verifier has seen the machines.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the caller is not a verifier.
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotAttested`]: the title is confirmed already.
		/// - [`Error::VerifierIsCustodian`]: the caller is the title's custodian.
		/// - [`Error::PartySuspended`]: the caller or the title's custodian is suspended.
		/// - [`Error::CustodianFrozen`]: a claim froze the title's custodian.
		/// - [`Error::NoCollection`]: genesis made no collection.
		///
		/// ## Events
		///
		/// - [`Event::TitleConfirmed`].
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::confirm())]
		pub fn confirm(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let verifier = ensure_signed(origin)?;
			Self::do_confirm(verifier, title)
		}

		/// Confirms several titles.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by a verifier, not suspended, that is not the custodian of any of them.
		///
		/// ## Details
		///
		/// Confirms each title as [`Pallet::confirm`] does: all of them or none.
		///
		/// ## Parameters
		///
		/// - `titles`: the titles, each once.
		///
		/// ## Errors
		///
		/// - [`Error::EmptyBatch`]: no title is named.
		/// - [`Error::UnknownParty`]: the caller is not a verifier.
		/// - [`Error::UnknownTitle`]: one of them does not exist.
		/// - [`Error::NotAttested`]: one of them is confirmed already, or named twice.
		/// - [`Error::VerifierIsCustodian`]: the caller is the custodian of one of them.
		/// - [`Error::PartySuspended`]: the caller or the custodian of one of them is suspended.
		/// - [`Error::CustodianFrozen`]: a claim froze the custodian of one of them.
		/// - [`Error::NoCollection`]: genesis made no collection.
		///
		/// ## Events
		///
		/// - [`Event::TitleConfirmed`], for each.
		#[pallet::call_index(21)]
		#[pallet::weight(T::WeightInfo::confirm_batch(titles.len() as u32))]
		pub fn confirm_batch(origin: OriginFor<T>, titles: ConfirmBatch) -> DispatchResult {
			let verifier = ensure_signed(origin)?;
			Self::do_confirm_batch(verifier, titles)
		}

		/// Pays income of the machines of a title.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// The reserve of the line that holds the title receives it; the owner, if the title is free.
		/// Machines earn while they are kept: also of a title that is suspended or whose redemption was
		/// requested, not of a lost one. It counts as the title's revenue of the running 30-day period.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		/// - `amount`: USDai.
		///
		/// ## Errors
		///
		/// - [`Error::ZeroAmount`]: the amount is zero.
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotActive`]: the title is not confirmed, or lost.
		/// - [`Error::SelfPayment`]: the caller owns the title, which is free.
		/// - [`Error::Overflow`]: the title's revenue would overflow.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		/// - Errors of the transfer or of the line's reserve: the caller has not got the amount.
		///
		/// ## Events
		///
		/// - [`Event::RevenuePaid`].
		#[pallet::call_index(30)]
		#[pallet::weight(
			T::WeightInfo::pay_revenue().max(T::WeightInfo::pay_revenue_to_line())
		)]
		pub fn pay_revenue(
			origin: OriginFor<T>,
			title: TitleId,
			amount: Balance,
		) -> DispatchResult {
			let payer = ensure_signed(origin)?;
			Self::do_pay_revenue(payer, title, amount)
		}

		/// Insures a title.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by an insurer that is not suspended and neither owns nor keeps the title.
		///
		/// ## Details
		///
		/// The policy is in force from now up to and including the second `premium_paid_until`, while
		/// something is left of its limit. A longer premium is told by [`Pallet::renew_policy`]. Several
		/// policies may share a risk: the limits of those in force add up. Any title may be insured that
		/// is not lost, also before it is confirmed. A deposit is held from the insurer until the policy
		/// is removed ([`Config::PolicyConsideration`]).
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		/// - `terms`: limit, premium, term and paper.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the caller is not an insurer.
		/// - [`Error::PartySuspended`]: the insurer is suspended.
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::TitleLost`]: the title is lost.
		/// - [`Error::NotIndependent`]: the insurer owns or keeps the title.
		/// - [`Error::ZeroAmount`]: the limit is zero.
		/// - [`Error::ExpiryNotInFuture`]: the term ends now or in the past.
		/// - [`Error::PremiumUnpaid`]: the premium is not paid beyond now.
		/// - [`Error::PremiumBeyondExpiry`]: the premium is paid for longer than the term.
		/// - [`Error::PolicyIdsExhausted`]: no policy id is left.
		/// - [`Error::TooManyPolicies`]: the title has as many policies as it can have.
		/// - [`Error::Overflow`]: the limits of the title's policies, or the insurer's count of
		///   policies, would overflow.
		/// - `TokenError::FundsUnavailable`: the free balance does not cover the deposit.
		///
		/// ## Events
		///
		/// - [`Event::PolicyBound`].
		#[pallet::call_index(40)]
		#[pallet::weight(T::WeightInfo::bind_policy())]
		pub fn bind_policy(
			origin: OriginFor<T>,
			title: TitleId,
			terms: PolicyTerms,
		) -> DispatchResult {
			let insurer = ensure_signed(origin)?;
			Self::do_bind_policy(insurer, title, terms)?;
			Ok(())
		}

		/// Begins a new term of a policy.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the policy's insurer, registered, not suspended and neither owner nor custodian
		/// of the title.
		///
		/// ## Details
		///
		/// The terms are replaced: the new limit is whole again, and a cancellation is undone. A premium
		/// paid further, within the same term, is told this way too. While the policy is in force the
		/// renewal may not take cover away, neither what is left of the limit nor time: that is what
		/// [`Pallet::cancel_policy`] gives notice of. A policy that has lapsed may be renewed in any
		/// way.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		/// - `policy`: the policy.
		/// - `terms`: limit, premium, term and paper.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the caller is not an insurer.
		/// - [`Error::PartySuspended`]: the insurer is suspended.
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::TitleLost`]: the title is lost.
		/// - [`Error::NotIndependent`]: the insurer owns or keeps the title.
		/// - [`Error::ZeroAmount`]: the limit is zero.
		/// - [`Error::ExpiryNotInFuture`]: the term ends now or in the past.
		/// - [`Error::PremiumUnpaid`]: the premium is not paid beyond now.
		/// - [`Error::PremiumBeyondExpiry`]: the premium is paid for longer than the term.
		/// - [`Error::UnknownPolicy`]: the title has no such policy.
		/// - [`Error::NotPolicyInsurer`]: the policy is another insurer's.
		/// - [`Error::RenewalReducesCover`]: the policy is in force, and the new terms cover less or
		///   for a shorter time.
		/// - [`Error::Overflow`]: the limits of the title's policies would overflow.
		///
		/// ## Events
		///
		/// - [`Event::PolicyRenewed`].
		#[pallet::call_index(41)]
		#[pallet::weight(T::WeightInfo::renew_policy())]
		pub fn renew_policy(
			origin: OriginFor<T>,
			title: TitleId,
			policy: PolicyId,
			terms: PolicyTerms,
		) -> DispatchResult {
			let insurer = ensure_signed(origin)?;
			Self::do_renew_policy(insurer, title, policy, terms)?;
			Ok(())
		}

		/// Cancels a policy with notice.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the policy's insurer, suspended or not.
		///
		/// ## Details
		///
		/// It goes on covering for [`TitleValues::cancellation_notice`] from now, up to and including that
		/// second, so that who lends against the title can react; never longer than its term and than
		/// the premium is paid.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		/// - `policy`: the policy.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::UnknownPolicy`]: the title has no such policy.
		/// - [`Error::NotPolicyInsurer`]: the policy is another insurer's.
		/// - [`Error::PolicyCancelled`]: the policy was cancelled before.
		/// - [`Error::PolicyOver`]: its term is over.
		/// - [`Error::Overflow`]: the end of the notice would overflow.
		///
		/// ## Events
		///
		/// - [`Event::PolicyCancelled`].
		#[pallet::call_index(42)]
		#[pallet::weight(T::WeightInfo::cancel_policy())]
		pub fn cancel_policy(
			origin: OriginFor<T>,
			title: TitleId,
			policy: PolicyId,
		) -> DispatchResult {
			let insurer = ensure_signed(origin)?;
			Self::do_cancel_policy(insurer, title, policy)?;
			Ok(())
		}

		/// Removes a policy that is over.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone, or a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// The deposit returns to the insurer. A policy may be removed:
		///
		/// - by anyone, at once when its limit is used up;
		/// - by its insurer, once its term or the notice of its cancellation is over;
		/// - by anyone, when more than [`TitleValues::claims_tail`] has passed since that end, outages of
		///   the chain apart ([`Config::Clock`]): until then a loss during the cover can still be paid
		///   for;
		/// - by a referendum, at any time while its insurer is suspended: otherwise policies of tiny
		///   limits that never end could keep all others from a title.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		/// - `policy`: the policy.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::UnknownPolicy`]: the title has no such policy.
		/// - [`Error::PolicyNotOver`]: the policy, or the time for claims after it, is not over;
		///   or, for governance, its insurer is not suspended.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::PolicyRemoved`].
		#[pallet::call_index(43)]
		#[pallet::weight(T::WeightInfo::remove_policy())]
		pub fn remove_policy(
			origin: OriginFor<T>,
			title: TitleId,
			policy: PolicyId,
		) -> DispatchResult {
			let who = Self::ensure_admin_or_signed(origin)?;
			Self::do_remove_policy(who, title, policy)
		}

		/// Pays an insurance claim.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the policy's insurer, suspended or not.
		///
		/// ## Details
		///
		/// Those whom the line that holds the title stands for receive the money, up to what they are
		/// short of ([`Config::LossPayee`]); the rest, or all of it if no line holds the title, goes to
		/// its owner. For a lost title line and owner are those of the time at which the loss was
		/// reported, also after the end of the line: a later holder of the NFT receives nothing. The
		/// amount is taken off what is left of the limit. An insurer may pay whatever the status of the
		/// confirmed title is, and also after the policy was cancelled or has ended, as long as it is
		/// stored.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		/// - `policy`: the policy.
		/// - `amount`: USDai.
		///
		/// ## Errors
		///
		/// - [`Error::ZeroAmount`]: the amount is zero.
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotConfirmed`]: the title has no owner yet.
		/// - [`Error::UnknownPolicy`]: the title has no such policy.
		/// - [`Error::NotPolicyInsurer`]: the policy is another insurer's.
		/// - [`Error::ClaimExceedsLimit`]: the amount is more than what is left of the limit.
		/// - [`Error::SelfPayment`]: a part is due to the owner, who is the insurer.
		/// - [`Error::Overflow`]: the sum claimed would overflow.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		/// - Errors of the transfer or of the line: the insurer has not got the amount.
		///
		/// ## Events
		///
		/// - [`Event::ClaimPaid`].
		#[pallet::call_index(44)]
		#[pallet::weight(T::WeightInfo::pay_claim()
			.max(T::WeightInfo::pay_claim_to_line())
			.max(T::WeightInfo::pay_claim_after_line()))]
		pub fn pay_claim(
			origin: OriginFor<T>,
			title: TitleId,
			policy: PolicyId,
			amount: Balance,
		) -> DispatchResult {
			let insurer = ensure_signed(origin)?;
			Self::do_pay_claim(insurer, title, policy, amount)
		}

		/// Files an independent appraisal of a title.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by an appraiser that is not suspended and neither owns nor keeps the title.
		///
		/// ## Details
		///
		/// The latest appraisal of a title that is valid counts, up to and including the second
		/// `valid_until`: the title is not worth more than it says. An earlier one of the same appraiser
		/// is replaced. A deposit is held from the appraiser until the appraisal goes
		/// ([`Config::AppraisalConsideration`]).
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		/// - `value`: value of the whole title, in USD with 18 decimals.
		/// - `document`: hash of the written appraisal.
		/// - `valid_until`: the last second in which it counts, [`TitleValues::max_appraisal_validity`]
		///   from now at most.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the caller is not an appraiser.
		/// - [`Error::PartySuspended`]: the appraiser is suspended.
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::TitleLost`]: the title is lost.
		/// - [`Error::NotIndependent`]: the appraiser owns or keeps the title.
		/// - [`Error::ZeroAmount`]: the value is zero.
		/// - [`Error::ValidityNotInFuture`]: the appraisal would end now or in the past.
		/// - [`Error::ValidityTooLong`]: the appraisal would be valid for too long.
		/// - [`Error::AppraisalIdsExhausted`]: no appraisal id is left.
		/// - [`Error::TooManyAppraisals`]: the title has as many appraisals as it can have.
		/// - [`Error::Overflow`]: the appraiser's count of appraisals would overflow.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		/// - `TokenError::FundsUnavailable`: the free balance does not cover the deposit.
		///
		/// ## Events
		///
		/// - [`Event::AppraisalFiled`].
		#[pallet::call_index(50)]
		#[pallet::weight(T::WeightInfo::file_appraisal())]
		pub fn file_appraisal(
			origin: OriginFor<T>,
			title: TitleId,
			value: Balance,
			document: H256,
			valid_until: Seconds,
		) -> DispatchResult {
			let appraiser = ensure_signed(origin)?;
			Self::do_file_appraisal(appraiser, title, value, document, valid_until)?;
			Ok(())
		}

		/// Withdraws an appraisal.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by its appraiser, suspended or not; by anyone once it is not valid any more.
		///
		/// ## Details
		///
		/// The deposit returns to the appraiser. The latest of the others that is valid counts from now
		/// on.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		/// - `appraisal`: the appraisal.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::UnknownAppraisal`]: the title has no such appraisal.
		/// - [`Error::AppraisalStillValid`]: the appraisal is another appraiser's and still valid.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::AppraisalWithdrawn`].
		#[pallet::call_index(51)]
		#[pallet::weight(T::WeightInfo::withdraw_appraisal())]
		pub fn withdraw_appraisal(
			origin: OriginFor<T>,
			title: TitleId,
			appraisal: AppraisalId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_appraisal(who, title, appraisal)
		}

		/// Asks for the machines of the caller's title.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the owner of the title's NFT.
		///
		/// ## Details
		///
		/// The custodian has the governed redemption period from now to hand over the machines and to
		/// confirm that by [`Pallet::confirm_release`]; the deadline stays what it is if the period is
		/// changed later. Until then the NFT cannot be transferred and the title secures no line.
		/// Custody and revenue go on. A deposit is held from the owner until the request ends; if it is
		/// escalated, until the claim is resolved ([`Config::RedemptionConsideration`]).
		///
		/// ## Parameters
		///
		/// - `title`: a title that no line holds.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotActive`]: the title is not active.
		/// - [`Error::NotTitleOwner`]: the caller does not own the title.
		/// - [`Error::Encumbered`]: a line holds the title.
		/// - [`Error::Overflow`]: the deadline would overflow.
		/// - `TokenError::FundsUnavailable`: the free balance does not cover the deposit.
		///
		/// ## Events
		///
		/// - [`Event::RedemptionRequested`].
		#[pallet::call_index(60)]
		#[pallet::weight(T::WeightInfo::request_redemption())]
		pub fn request_redemption(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_request_redemption(owner, title)
		}

		/// Takes back a request for machines.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the owner who made the request.
		///
		/// ## Details
		///
		/// The title is active and free again; prices, approvals and swaps offered meanwhile are void. A
		/// claim that was made stays with governance.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotInRedemption`]: the machines of the title were not asked for.
		/// - [`Error::NotTitleOwner`]: the caller did not make the request.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::RedemptionCancelled`].
		#[pallet::call_index(61)]
		#[pallet::weight(T::WeightInfo::cancel_redemption())]
		pub fn cancel_redemption(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_cancel_redemption(owner, title)
		}

		/// Confirms that the machines were handed over to their owner.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the title's custodian, suspended, frozen or neither, before the deadline or after
		/// it.
		///
		/// ## Details
		///
		/// The NFT is burnt and the title is gone with its papers, policies, appraisals and revenue;
		/// every deposit is returned to the account that paid it. The serials are free, the id is never
		/// used again. A claim that was made because it took too long stays with governance. The weight
		/// is corrected to what there was to remove.
		///
		/// ## Parameters
		///
		/// - `title`: a title whose machines were asked for.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotTitleCustodian`]: the caller is not the title's custodian.
		/// - [`Error::NotInRedemption`]: the machines of the title were not asked for.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::PolicyRemoved`], for each policy.
		/// - [`Event::AppraisalWithdrawn`], for each appraisal.
		/// - [`Event::TitleRedeemed`].
		#[pallet::call_index(62)]
		#[pallet::weight(T::WeightInfo::confirm_release(MAX_SERIALS, MAX_DOCUMENTS, MAX_COVERS))]
		pub fn confirm_release(origin: OriginFor<T>, title: TitleId) -> DispatchResultWithPostInfo {
			let custodian = ensure_signed(origin)?;
			let Removed { serials, documents, covers } =
				Self::do_confirm_release(custodian, title)?;
			Ok(Some(T::WeightInfo::confirm_release(serials, documents, covers)).into())
		}

		/// Claims compensation for machines that were not handed over in time.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the owner who made the request.
		///
		/// ## Details
		///
		/// Possible in the second after the deadline, once a request; outages of the chain move the
		/// deadline ([`Config::Clock`]). The custodian is frozen: it attests nothing, none of its
		/// attestations is confirmed, and nothing leaves its bond, until governance has resolved all
		/// claims against it and reinstates it. Titles it keeps already stay as they are. The request
		/// stands; the custodian may still confirm the release.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotInRedemption`]: the machines of the title were not asked for.
		/// - [`Error::NotTitleOwner`]: the caller did not make the request.
		/// - [`Error::AlreadyEscalated`]: this request was escalated before.
		/// - [`Error::RedemptionPeriodRunning`]: the deadline is not over.
		/// - [`Error::ClaimOpen`]: an earlier request for the same machines left a claim undecided.
		/// - [`Error::CustodianIsOwner`]: the caller is the title's custodian.
		/// - [`Error::Overflow`]: the count of claims against the custodian would overflow.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::CustodianFrozen`], where it was not frozen yet.
		/// - [`Event::RedemptionEscalated`].
		#[pallet::call_index(63)]
		#[pallet::weight(T::WeightInfo::escalate_redemption())]
		pub fn escalate_redemption(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_escalate_redemption(owner, title)?;
			Ok(())
		}

		/// Decides a claim against a custodian's bond.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// The award goes from the custodian's bond to the claimant, whatever locks the custodian's
		/// account has, and the claimant's deposit is returned. The custodian stays frozen until
		/// [`Pallet::reinstate_party`]. A title whose machines are still asked for stays so; if they
		/// will not come back, [`Pallet::report_loss`] says it.
		///
		/// ## Parameters
		///
		/// - `title`: the title the claim is about; it may be gone.
		/// - `award`: CLBR, all of the bond at most; zero rejects the claim.
		///
		/// ## Errors
		///
		/// - [`Error::NoClaim`]: there is no claim for this title.
		/// - [`Error::InsufficientBond`]: the bond is less than the award.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		/// - `TokenError::CannotCreate`: the claimant's account is gone and the award too small to make
		///   it.
		///
		/// ## Events
		///
		/// - [`Event::ClaimResolved`].
		#[pallet::call_index(64)]
		#[pallet::weight(T::WeightInfo::resolve_claim())]
		pub fn resolve_claim(
			origin: OriginFor<T>,
			title: TitleId,
			award: Balance,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_resolve_claim(title, award)
		}

		/// Reports that the machines of a title are lost.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the title's custodian, or a referendum ([`Config::AdminOrigin`] for
		/// [`Risk::Raises`]): the request of an owner for its machines ends.
		///
		/// ## Details
		///
		/// The title is lost: its NFT is locked, it secures no line any more, it earns nothing and
		/// custody of it is not renewed. A line that holds it keeps it, and its policies can be claimed
		/// from. The line and the owner of this time are noted: claims are due to them. A suspension by a
		/// referendum ends.
		///
		/// A request for its machines ends. If the custodian reports the loss, the request becomes a
		/// claim against its bond as by [`Pallet::escalate_redemption`], deadline or not, with the
		/// deposit of the request: a custodian who loses a machine that is under redemption is liable.
		/// The deposit is returned instead if governance reports the loss, the request was escalated
		/// before, an earlier claim for the same machines is undecided, or the custodian itself made the
		/// request. A claim that is open stays.
		///
		/// ## Parameters
		///
		/// - `title`: a confirmed title.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotTitleCustodian`]: the caller is neither the title's custodian nor governance.
		/// - [`Error::NotConfirmed`]: the title is not confirmed.
		/// - [`Error::AlreadyLost`]: the title is lost already.
		/// - [`Error::Overflow`]: the count of claims against the custodian would overflow.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::CustodianFrozen`] and [`Event::RedemptionEscalated`], where a request becomes a
		///   claim.
		/// - [`Event::TitleLost`].
		#[pallet::call_index(65)]
		#[pallet::weight(T::WeightInfo::report_loss())]
		pub fn report_loss(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let reporter = Self::ensure_admin_or_signed(origin)?;
			Self::do_report_loss(reporter, title)
		}

		/// Makes a lost title active: its machines were found.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// The title is active again, and free if no line holds it; prices, approvals and swaps offered
		/// meanwhile are then void. Custody is as old as it was: the custodian renews it by heartbeat.
		///
		/// ## Parameters
		///
		/// - `title`: a lost title.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotLost`]: the title is not lost.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::TitleRecovered`].
		#[pallet::call_index(66)]
		#[pallet::weight(T::WeightInfo::recover_title())]
		pub fn recover_title(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_recover_title(title)
		}

		/// Suspends a title.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`] for [`Risk::Lowers`]: a referendum or the technical
		/// committee.
		///
		/// ## Details
		///
		/// The title secures no new debt: it is pledged to no line, and a line that holds it draws
		/// nothing. That line keeps it. Custody and revenue go on.
		///
		/// By a referendum the suspension lasts until [`Pallet::reinstate_title`], and the NFT is locked.
		/// It breaks a covenant of the line that holds the title. A request for its machines ends and its
		/// deposit is returned; a claim against the bond stays.
		///
		/// By the committee it ends by itself, and cannot follow another of the committee before its rest
		/// is over ([`Config::BrakeTerms`]). It locks nothing and breaks no covenant: the owner sends,
		/// sells and redeems the title as before, and the line that holds it counts it as before. A
		/// referendum may make it last.
		///
		/// ## Parameters
		///
		/// - `title`: a title that is active or whose machines were asked for.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotActive`]: the title is neither active nor in redemption, or suspended by a
		///   referendum already.
		/// - [`Error::NotStricter`]: the caller is the committee, and its suspension lasts already.
		/// - [`Error::BrakeResting`]: the caller is the committee, and its last suspension ended too
		///   short a time ago.
		///
		/// ## Events
		///
		/// - [`Event::TitleSuspended`].
		#[pallet::call_index(67)]
		#[pallet::weight(T::WeightInfo::suspend_title())]
		pub fn suspend_title(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let authority = T::AdminOrigin::ensure_origin(origin, &Risk::Lowers)?;
			Self::do_suspend_title(authority, title)
		}

		/// Ends the suspension of a title.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// Undoes [`Pallet::suspend_title`], whoever called it. A title that a referendum had suspended is
		/// active again, and free if no line holds it; prices, approvals and swaps offered meanwhile are
		/// then void.
		///
		/// ## Parameters
		///
		/// - `title`: a suspended title.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotSuspended`]: the title is not suspended.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::TitleReinstated`].
		#[pallet::call_index(68)]
		#[pallet::weight(T::WeightInfo::reinstate_title())]
		pub fn reinstate_title(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_reinstate_title(title)
		}

		/// Closes the book of lost machines.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the owner of the title's NFT or by its custodian, or a referendum
		/// ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// The NFT is burnt and the title is gone with its papers, policies, appraisals and revenue;
		/// every deposit is returned to the account that paid it, and the serials are free. An owner who
		/// has a claim on a policy does well to wait for the insurer.
		///
		/// A referendum need not wait, nor the account that owned the NFT at the loss and owns it now,
		/// if no line held the title at the loss. All others wait for those to whom the claims are due:
		/// until no policy and no claim against the bond is left, and more than
		/// [`TitleValues::loss_period`] has gone by since the loss was reported, outages of the chain
		/// apart ([`Config::Clock`]). The weight is corrected to what there was to remove.
		///
		/// ## Parameters
		///
		/// - `title`: a lost title that no line holds.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotLost`]: the title is not lost.
		/// - [`Error::Encumbered`]: a line holds the title.
		/// - [`Error::NotOwnerOrCustodian`]: the caller neither owns nor keeps the title.
		/// - [`Error::ClaimOpen`]: the caller has to wait, and a claim against the bond is open.
		/// - [`Error::PoliciesRemain`]: the caller has to wait, and policies are left.
		/// - [`Error::LossPeriodRunning`]: the caller has to wait, and the loss was reported too
		///   recently.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::PolicyRemoved`], for each policy.
		/// - [`Event::AppraisalWithdrawn`], for each appraisal.
		/// - [`Event::LostTitleRetired`].
		#[pallet::call_index(69)]
		// Measured by who need not wait. Who has to reads four more: a claim against the bond, the
		// values of titles with the tempo, and the outages.
		#[pallet::weight(T::WeightInfo::retire_lost(MAX_SERIALS, MAX_DOCUMENTS, MAX_COVERS)
			.saturating_add(T::DbWeight::get().reads(4)))]
		pub fn retire_lost(origin: OriginFor<T>, title: TitleId) -> DispatchResultWithPostInfo {
			let who = Self::ensure_admin_or_signed(origin)?;
			let Removed { serials, documents, covers } = Self::do_retire_lost(who, title)?;
			let weight = T::WeightInfo::retire_lost(serials, documents, covers);
			Ok(Some(weight.saturating_add(T::DbWeight::get().reads(4))).into())
		}

		/// Compensates the owner of a title from its custodian's bond.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// The amount goes from the bond to the owner of the title's NFT, for a lost title to the owner of
		/// the time at which the loss was reported, whatever locks the custodian's account has. It goes to
		/// the owner also while a line holds the title: the bond is CLBR and a line takes nothing but
		/// USDai, which the owner, as the borrower, owes it; what insurers pay goes to the line. A bond
		/// below the minimum has to be filled up before the next attestation.
		///
		/// ## Parameters
		///
		/// - `title`: a confirmed title.
		/// - `amount`: CLBR, all of the bond at most.
		///
		/// ## Errors
		///
		/// - [`Error::ZeroAmount`]: the amount is zero.
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotConfirmed`]: the title has no owner yet.
		/// - [`Error::CustodianIsOwner`]: the custodian is that owner.
		/// - [`Error::InsufficientBond`]: the bond is less than the amount.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		/// - `TokenError::CannotCreate`: the owner has no CLBR and the amount is too small for an
		///   account.
		///
		/// ## Events
		///
		/// - [`Event::CustodianSlashed`].
		#[pallet::call_index(70)]
		#[pallet::weight(T::WeightInfo::slash_custodian())]
		pub fn slash_custodian(
			origin: OriginFor<T>,
			title: TitleId,
			amount: Balance,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_slash_custodian(title, amount)
		}
	}
}
