// SPDX-License-Identifier: Apache-2.0

//! Calls of the titles pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Calls of the titles pallet.
#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Registers a party: a custodian, verifier, insurer, appraiser or off-taker.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// An account may be a party of several kinds, each with a registration of its own. Custodians,
		/// verifiers and insurers post their bond or capital themselves ([`Pallet::post_bond`]); before
		/// that they can attest, confirm or bind nothing. An insurer begins without capacity
		/// ([`Pallet::set_insurer_capacity`]). A custodian may be a verifier too, of other custodians'
		/// titles. The facility of a custodian gets the next facility id, which stays with it.
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
		/// - [`Error::EmptyName`]: an insurer, appraiser or off-taker has no name.
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

		/// Replaces the particulars of a custodian, insurer, appraiser or off-taker.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]): new particulars last, so
		/// that they are no brake.
		///
		/// ## Details
		///
		/// A suspension, the bond of a custodian, its titles, and the policies and appraisals of the
		/// party stay. A custodian keeps its facility id; its titles stand where it does.
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
		/// - [`Error::EmptyName`]: an insurer, appraiser or off-taker has no name.
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
		/// pays claims, cancels and removes; an appraiser still withdraws. What a suspended off-taker pays
		/// does not count as earned; what it paid before does.
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

		/// Ends the suspension of a party.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// Undoes [`Pallet::suspend_party`] entirely, whoever called it. Claims against the bond of a
		/// custodian stay, and what they have frozen.
		///
		/// ## Parameters
		///
		/// - `kind`: the kind of party.
		/// - `account`: the party.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the account is not registered as a party of this kind.
		/// - [`Error::PartyNotSuspended`]: the party is not suspended.
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

		/// Removes a verifier, insurer, appraiser or off-taker from the registry.
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
		/// over, which anyone may do. What is left of a verifier's bond or an insurer's capital returns
		/// to it: slash it before ([`Pallet::slash_verifier`], [`Pallet::slash_insurer`]).
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
			Self::do_remove_party(kind, account)
		}

		/// Adds to the caller's bond or capital.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by a custodian, verifier or insurer, suspended or not.
		///
		/// ## Details
		///
		/// The amount is held on the party's account. Claims on policies are paid from the free balance,
		/// not from an insurer's capital.
		///
		/// ## Parameters
		///
		/// - `surety`: bond of a custodian, bond of a verifier, or capital of an insurer.
		/// - `amount`: USDai to add.
		///
		/// ## Errors
		///
		/// - [`Error::ZeroAmount`]: the amount is zero.
		/// - [`Error::UnknownParty`]: the caller is not registered as such a party.
		/// - [`Error::Overflow`]: the sum would overflow.
		/// - `TokenError::FundsUnavailable`: the free balance is less than the amount and the minimum
		///   balance.
		///
		/// ## Events
		///
		/// - [`Event::BondPosted`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::post_bond())]
		pub fn post_bond(origin: OriginFor<T>, surety: Surety, amount: Balance) -> DispatchResult {
			let party = ensure_signed(origin)?;
			Self::do_post_bond(surety, party, amount)
		}

		/// Takes out of the caller's bond or capital.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by a custodian, verifier or insurer that is not suspended; by a suspended custodian
		/// too, once it keeps nothing and nothing can be claimed from it.
		///
		/// ## Details
		///
		/// Of a custodian stays what open claims have frozen, and beside it the bond for its custody:
		/// while it has titles, attested ones included, or released ones for which may still be claimed,
		/// [`TitleValues::min_bond`] and [`TitleValues::bond_share`] of the value in its custody.
		/// Machines that were lost with it count there too, after custody of their title has moved, for
		/// [`TitleValues::loss_period`] after the last of these losses. Of a
		/// verifier stays [`TitleValues::min_verifier_bond`] up to [`TitleValues::claim_tail`] after its
		/// last confirmation. Of an insurer stays [`TitleValues::capital_share`] of the limits of its
		/// policies, until they are removed.
		///
		/// ## Parameters
		///
		/// - `surety`: bond of a custodian, bond of a verifier, or capital of an insurer.
		/// - `amount`: USDai to take out.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the caller is not registered as such a party.
		/// - [`Error::PartySuspended`]: the party is suspended, and no custodian that answers for nothing.
		/// - [`Error::ZeroAmount`]: the amount is zero.
		/// - [`Error::InsufficientBond`]: the bond or capital is less than the amount.
		/// - [`Error::BondRequired`]: less than has to stay would stay.
		///
		/// ## Events
		///
		/// - [`Event::BondWithdrawn`].
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::withdraw_bond())]
		pub fn withdraw_bond(
			origin: OriginFor<T>,
			surety: Surety,
			amount: Balance,
		) -> DispatchResult {
			let party = ensure_signed(origin)?;
			Self::do_withdraw_bond(surety, party, amount)
		}

		/// Attests that the caller keeps machines of `owner`.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by a custodian that is not suspended and has a sufficient bond.
		///
		/// ## Details
		///
		/// Makes a title that waits for a verifier; there is no NFT yet. It stands in the facility of
		/// the custodian. Its devices are not taken: several custodians may attest the same, and the
		/// first title that is confirmed has them. An attestation may be confirmed for
		/// [`TitleValues::attestation_period`], outages of the chain apart ([`Config::Clock`]).
		///
		/// Deposits for the title with the list of its devices, and for each document, are held from the
		/// custodian ([`Config::TitleConsideration`]). A written appraisal comes with
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
		/// - [`Error::BondTooLow`]: the bond, without what claims have frozen, is too low for what is
		///   in custody.
		/// - [`Error::NotIndependent`]: the owner is the caller.
		/// - [`Error::NoDevices`]: no device is given.
		/// - [`Error::DuplicateDevice`]: a device occurs twice.
		/// - [`Error::DuplicateDocument`]: two documents are of one kind.
		/// - Errors of [`Pallet::file_document`] on the date and the lapse of a document.
		/// - [`Error::CommissionedInFuture`]: the commissioning lies in the future.
		/// - [`Error::CommissionedBeforeRelease`]: it lies before the model came to market.
		/// - [`Error::ModelNotListed`]: the model does not exist or is not listed.
		/// - [`Error::WrongClass`]: the model is of another class.
		/// - [`Error::DeviceTaken`]: a confirmed title stands for a device.
		/// - [`Error::DeviceLost`]: a device was reported lost.
		/// - [`Error::TitleIdsExhausted`]: no title id is left.
		/// - [`Error::Overflow`]: the custodian's count of titles would overflow.
		/// - `TokenError::FundsUnavailable`: the free balance does not cover the deposits.
		///
		/// ## Events
		///
		/// - [`Event::TitleAttested`].
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::attest(
			spec.devices.len() as u32,
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
		/// `Signed` by the title's custodian, suspended or not; by anyone once it has lapsed, or a device
		/// of it is lost or under a confirmed title.
		///
		/// ## Details
		///
		/// The title goes, and every deposit is returned to the account that paid it, that of policies
		/// and appraisals included. The weight is corrected to what was removed.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotAttested`]: the title is confirmed.
		/// - [`Error::AttestationStands`]: the caller is not the title's custodian, and the title may
		///   still be confirmed.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::PolicyRemoved`], for each policy.
		/// - [`Event::AppraisalWithdrawn`], for each appraisal.
		/// - [`Event::AttestationWithdrawn`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::withdraw_attestation(
			MAX_DEVICES,
			MAX_DOCUMENTS,
			MAX_COVERS,
		))]
		pub fn withdraw_attestation(
			origin: OriginFor<T>,
			title: TitleId,
		) -> DispatchResultWithPostInfo {
			let custodian = ensure_signed(origin)?;
			let Removed { devices, documents, covers } =
				Self::do_withdraw_attestation(custodian, title)?;
			Ok(Some(T::WeightInfo::withdraw_attestation(devices, documents, covers)).into())
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

		/// Adds a paper to those of a title.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by an account that may file that kind of document; while a line holds the title by
		/// the line's curator, and to renew a paper that lapses soon.
		///
		/// ## Details
		///
		/// Papers are only added, never changed or taken away; of a kind the last counts. They stay as long
		/// as the title. A deposit is held from the account that files it
		/// ([`Config::TitleConsideration`]). A free title has at most [`MAX_FREE_DOCUMENTS`], which
		/// leaves room for the time of a pledge.
		///
		/// While the title is pledged the curator files what custodian and owner hand over, up to
		/// [`MAX_CURATOR_DOCUMENTS`]. Such a paper lapses no earlier than the one of its kind that
		/// counts: nobody shortens what the line relies on. If none is good any more it lapses
		/// [`TitleValues::cancellation_notice`] from now at the earliest.
		///
		/// Custodian and owner need no curator to renew a paper of their kinds that lapses within
		/// [`TitleValues::cancellation_notice`], or has lapsed. The new one is good for that notice
		/// longer at least, from now or from the end of the other.
		///
		/// | Kind | Who may file it, while no line holds the title | Lapse |
		/// |---|---|---|
		/// | warehouse receipt, bailment agreement | the custodian | may have one |
		/// | lien filing | the custodian, the owner | has one, five years from its date at most |
		/// | lien waiver | the custodian, the owner | may have one |
		/// | burn-in report | the custodian | none |
		/// | purchase invoice | the owner | none |
		/// | inspection | the custodian | may have one |
		///
		/// The rules of lines say which kinds a title needs to secure debt
		/// ([`RuleValues::required_papers`](caliber_primitives::governance::values::RuleValues)).
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		/// - `kind`: the kind of paper.
		/// - `hash`: its hash.
		/// - `dated`: its date, unix seconds.
		/// - `lapses`: the last second for which it is good, unix seconds.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::CuratorFiles`]: a line holds the title, the caller is not its curator, and no
		///   paper of this kind lapses soon.
		/// - [`Error::LapseTooSoon`]: a line holds the title, and the document lapses too early.
		/// - [`Error::DocumentNotYours`]: the caller may not file this kind of document.
		/// - [`Error::DatedInFuture`]: the date lies in the future.
		/// - [`Error::LapseMissing`]: a document of this kind lapses, and no lapse is given.
		/// - [`Error::LapseNotTaken`]: a document of this kind does not lapse, and a lapse is given.
		/// - [`Error::AlreadyLapsed`]: it lapses now or has lapsed.
		/// - [`Error::TimeTooFar`]: it lapses more than ten years from now.
		/// - [`Error::LapseTooLate`]: a lien filing lapses more than five years after its date.
		/// - [`Error::TooManyDocuments`]: the title has as many documents as it can have.
		/// - `TokenError::FundsUnavailable`: the free balance does not cover the deposit.
		///
		/// ## Events
		///
		/// - [`Event::DocumentFiled`].
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::file_document())]
		pub fn file_document(
			origin: OriginFor<T>,
			title: TitleId,
			kind: DocumentKind,
			hash: H256,
			dated: Seconds,
			lapses: Option<Seconds>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_file_document(who, title, Paper { kind, hash, dated, lapses })
		}

		/// Attests all the machines of a delivery.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by a custodian that is not suspended and has a sufficient bond.
		///
		/// ## Details
		///
		/// Attests each item as [`Pallet::attest`] does, in order: all of them or none. No device may
		/// occur twice, in one item or in two. All items together have at most
		/// [`MAX_DEVICES_OF_CALL`] devices.
		///
		/// ## Parameters
		///
		/// - `delivery`: owners and machines.
		///
		/// ## Errors
		///
		/// - [`Error::EmptyBatch`]: the delivery is empty.
		/// - [`Error::TooManyDevices`]: the items have too many devices in all.
		/// - [`Error::DuplicateDevice`]: a device occurs twice in the delivery.
		/// - [`Error::UnknownParty`]: the caller is not a custodian.
		/// - [`Error::PartySuspended`]: the custodian is suspended.
		/// - [`Error::BondTooLow`]: the bond, without what claims have frozen, is too low for what is
		///   in custody.
		/// - [`Error::NotIndependent`]: the owner of an item is the caller.
		/// - [`Error::NoDevices`]: an item has no device.
		/// - [`Error::DuplicateDocument`]: two documents of an item are of one kind.
		/// - Errors of [`Pallet::file_document`] on the date and the lapse of a document.
		/// - [`Error::CommissionedInFuture`]: the commissioning of an item lies in the future.
		/// - [`Error::CommissionedBeforeRelease`]: it lies before the model of the item came to market.
		/// - [`Error::ModelNotListed`]: the model of an item does not exist or is not listed.
		/// - [`Error::WrongClass`]: the model of an item is of another class.
		/// - [`Error::DeviceTaken`]: a confirmed title stands for a device.
		/// - [`Error::DeviceLost`]: a device was reported lost.
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
			delivery.iter().map(|(_, spec)| (spec.devices.len() as u32).saturating_sub(1)).sum(),
			delivery.iter().map(|(_, spec)| spec.documents.len() as u32).sum(),
		))]
		pub fn attest_batch(
			origin: OriginFor<T>,
			delivery: Delivery<T::AccountId>,
		) -> DispatchResult {
			let custodian = ensure_signed(origin)?;
			Self::do_attest_batch(custodian, delivery)
		}

		/// Strikes an attestation.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`] for [`Risk::Lowers`]: a referendum or the technical
		/// committee.
		///
		/// ## Details
		///
		/// The title goes as by [`Pallet::withdraw_attestation`]. Its custodian may attest the machines
		/// again, unless it is suspended. The weight is corrected to what was removed.
		///
		/// ## Parameters
		///
		/// - `title`: a title that is not confirmed.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotAttested`]: the title is confirmed.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::PolicyRemoved`], for each policy.
		/// - [`Event::AppraisalWithdrawn`], for each appraisal.
		/// - [`Event::AttestationStruck`].
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::strike_attestation(
			MAX_DEVICES,
			MAX_DOCUMENTS,
			MAX_COVERS,
		))]
		pub fn strike_attestation(
			origin: OriginFor<T>,
			title: TitleId,
		) -> DispatchResultWithPostInfo {
			T::AdminOrigin::ensure_origin(origin, &Risk::Lowers)?;
			let Removed { devices, documents, covers } = Self::do_strike_attestation(title)?;
			Ok(Some(T::WeightInfo::strike_attestation(devices, documents, covers)).into())
		}

		/// Lets a lost device come under a title again.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// The device was found after its title had ended. It keeps its age and condition. Lost devices
		/// of a title that exists are found by [`Pallet::recover_title`].
		///
		/// ## Parameters
		///
		/// - `device`: a lost device under no title.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownDevice`]: the device was never confirmed.
		/// - [`Error::DeviceNotLost`]: the device is not lost.
		/// - [`Error::DeviceTaken`]: a title stands for the device.
		///
		/// ## Events
		///
		/// - [`Event::LostDeviceCleared`].
		#[pallet::call_index(18)]
		#[pallet::weight(T::WeightInfo::clear_lost_device())]
		pub fn clear_lost_device(origin: OriginFor<T>, device: DeviceId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_clear_lost_device(device)?;
			Ok(())
		}

		/// Confirms a title that a custodian attested.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by a verifier, not suspended, that is no other party of the title.
		///
		/// ## Details
		///
		/// The NFT is minted to the owner that the custodian named, and the title is active. Custody
		/// counts from now: the verifier has seen the machines. The reference price of the units today
		/// counts in the custody of the custodian, whose bond has to be sufficient for it. The verifier
		/// needs [`TitleValues::min_verifier_bond`].
		///
		/// The title takes its devices. The first confirmation has them: other attestations of the same
		/// devices can only be withdrawn. Devices that were confirmed before remember: the title is as
		/// old as the oldest of them, and in no better condition than the worst. A deposit for the
		/// record of each new device is held from the custodian ([`DEVICE_FOOTPRINT`]); it stays with the
		/// record.
		///
		/// The digest is that of the evidence that the verifier saw ([`Pallet::title`] has it): title,
		/// custodian, owner, class, model, devices, condition, commissioning, facility and papers. What
		/// was changed since is not confirmed. The weight is corrected to the devices that there are.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		/// - `digest`: digest of the evidence.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the caller is not a verifier.
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotAttested`]: the title is confirmed already.
		/// - [`Error::VerifierIsCustodian`]: the caller is the title's custodian.
		/// - [`Error::NotIndependent`]: the caller is another party of the title: its owner, or an
		///   account that has insured or appraised it.
		/// - [`Error::PartySuspended`]: the caller or the title's custodian is suspended.
		/// - [`Error::BondTooLow`]: the bond of the caller, or the custodian's without what claims have
		///   frozen, is too low.
		/// - [`Error::Overflow`]: what is in custody would overflow.
		/// - [`Error::NoCollection`]: genesis made no collection.
		/// - [`Error::AttestationLapsed`]: the attestation is too old.
		/// - [`Error::EvidenceChanged`]: the digest is not that of what is attested.
		/// - [`Error::DeviceLost`]: a device was reported lost.
		/// - [`Error::DeviceTaken`]: another confirmed title stands for a device.
		/// - `TokenError::FundsUnavailable`: the free balance of the custodian does not cover the
		///   deposits.
		///
		/// ## Events
		///
		/// - [`Event::TitleConfirmed`].
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::confirm(MAX_DEVICES))]
		pub fn confirm(
			origin: OriginFor<T>,
			title: TitleId,
			digest: H256,
		) -> DispatchResultWithPostInfo {
			let verifier = ensure_signed(origin)?;
			let devices = Self::do_confirm(verifier, title, digest)?;
			Ok(Some(T::WeightInfo::confirm(devices)).into())
		}

		/// Confirms several titles.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by a verifier, not suspended, with a sufficient bond and no other part in any
		/// of them.
		///
		/// ## Details
		///
		/// Confirms each title as [`Pallet::confirm`] does: all of them or none. Together they have at
		/// most [`MAX_DEVICES_OF_CALL`] devices. The weight is corrected to the devices that there are.
		///
		/// ## Parameters
		///
		/// - `titles`: the titles, each once, with the digest of its evidence.
		///
		/// ## Errors
		///
		/// - [`Error::EmptyBatch`]: no title is named.
		/// - [`Error::UnknownParty`]: the caller is not a verifier.
		/// - [`Error::UnknownTitle`]: one of them does not exist.
		/// - [`Error::NotAttested`]: one of them is confirmed already, or named twice.
		/// - [`Error::VerifierIsCustodian`]: the caller is the custodian of one of them.
		/// - [`Error::NotIndependent`]: the caller is another party of one of them.
		/// - [`Error::PartySuspended`]: the caller or the custodian of one of them is suspended.
		/// - [`Error::BondTooLow`]: the bond of the caller, or that of a custodian without what claims
		///   have frozen, is too low.
		/// - [`Error::Overflow`]: what is in custody would overflow.
		/// - [`Error::NoCollection`]: genesis made no collection.
		/// - [`Error::AttestationLapsed`]: an attestation is too old.
		/// - [`Error::EvidenceChanged`]: a digest is not that of what is attested.
		/// - [`Error::DeviceLost`]: a device was reported lost.
		/// - [`Error::DeviceTaken`]: a confirmed title stands for a device, maybe one of this call.
		/// - [`Error::TooManyDevices`]: the titles have too many devices in all.
		/// - `TokenError::FundsUnavailable`: the free balance of a custodian does not cover the
		///   deposits.
		///
		/// ## Events
		///
		/// - [`Event::TitleConfirmed`], for each.
		#[pallet::call_index(21)]
		#[pallet::weight(T::WeightInfo::confirm_batch(
			titles.len() as u32,
			(titles.len() as u32)
				.saturating_mul(MAX_DEVICES)
				.min(MAX_DEVICES_OF_CALL)
				.saturating_sub(titles.len() as u32),
		))]
		pub fn confirm_batch(
			origin: OriginFor<T>,
			titles: ConfirmBatch,
		) -> DispatchResultWithPostInfo {
			let verifier = ensure_signed(origin)?;
			let count = titles.len() as u32;
			let devices = Self::do_confirm_batch(verifier, titles)?;
			Ok(Some(T::WeightInfo::confirm_batch(count, devices.saturating_sub(count))).into())
		}

		/// Tells the condition in which a verifier found machines.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by a verifier, not suspended, with a sufficient bond and no other part in the
		/// title.
		///
		/// ## Details
		///
		/// The verifier is a party of the title from now on, and answers for the condition with its
		/// bond ([`Pallet::slash_verifier`]), which stays for as long as after a confirmation. The
		/// title keeps the hash of the report.
		///
		/// The title and its devices that are not lost are in this condition from now on. It is the only
		/// way in which a condition improves. While a line holds the title its condition stays, so that
		/// one key alone moves no value against which is lent; an appraisal tells what the machines are
		/// worth meanwhile. The weight is corrected to the devices that there are.
		///
		/// ## Parameters
		///
		/// - `title`: a confirmed title that no line holds.
		/// - `condition`: the condition of the worst of its machines.
		/// - `document`: hash of the written report.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the caller is not a verifier.
		/// - [`Error::PartySuspended`]: the caller is suspended.
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::TitleLost`]: the title is lost.
		/// - [`Error::NotIndependent`]: the caller is another party of the title.
		/// - [`Error::NotConfirmed`]: the title is not confirmed.
		/// - [`Error::Encumbered`]: a line holds the title.
		/// - [`Error::BondTooLow`]: the bond of the caller is too low.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::TitleReinspected`].
		#[pallet::call_index(22)]
		#[pallet::weight(T::WeightInfo::reinspect(MAX_DEVICES))]
		pub fn reinspect(
			origin: OriginFor<T>,
			title: TitleId,
			condition: Condition,
			document: H256,
		) -> DispatchResultWithPostInfo {
			let verifier = ensure_signed(origin)?;
			let devices = Self::do_reinspect(verifier, title, condition, document)?;
			Ok(Some(T::WeightInfo::reinspect(devices)).into())
		}

		/// Offers the custody of a title to another custodian.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the title's custodian, suspended or not; or a referendum
		/// ([`Config::AdminOrigin`] for [`Risk::Raises`]), where the custodian is silent.
		///
		/// ## Details
		///
		/// Custody moves when three have signed: who offers, who consents
		/// ([`Pallet::consent_custody`]) and who accepts ([`Pallet::accept_custody`]). The offer takes
		/// the place of an earlier one, and of the consent to that; only a referendum replaces the
		/// offer of one. A deposit is held from the custodian until the offer ends
		/// ([`CUSTODY_OFFER_FOOTPRINT`]), none from a referendum.
		///
		/// ## Parameters
		///
		/// - `title`: an active title.
		/// - `to`: a custodian with a sufficient bond, not suspended, that is no other party of the
		///   title.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotActive`]: the title is not active.
		/// - [`Error::ClaimOpen`]: a claim for it against the bond of its custodian is open.
		/// - [`Error::NotTitleCustodian`]: the caller is not the title's custodian.
		/// - [`Error::SameCustodian`]: the new custodian keeps it already.
		/// - [`Error::OfferOfReferendum`]: a referendum offers custody, and the caller is the
		///   custodian.
		/// - [`Error::UnknownParty`]: the new custodian is none.
		/// - [`Error::PartySuspended`]: the new custodian is suspended.
		/// - [`Error::BondTooLow`]: the bond of the new custodian, without what claims have frozen, is too
		///   low for what it keeps.
		/// - [`Error::NotIndependent`]: the new custodian is another party of the title.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		/// - `TokenError::FundsUnavailable`: the free balance does not cover the deposit.
		///
		/// ## Events
		///
		/// - [`Event::CustodyOffered`].
		#[pallet::call_index(23)]
		#[pallet::weight(T::WeightInfo::transfer_custody())]
		pub fn transfer_custody(
			origin: OriginFor<T>,
			title: TitleId,
			to: T::AccountId,
		) -> DispatchResult {
			let who = Self::ensure_admin_or_signed(origin)?;
			Self::do_transfer_custody(who, title, to)
		}

		/// Consents to the move of the custody of a title.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the curator of the line that holds the title, or by the owner of a free title.
		///
		/// ## Details
		///
		/// The consent is for this offer. It is void once the title is another's: another line's, or
		/// another owner's.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		/// - `to`: the custodian to which custody is offered.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotActive`]: the title is not active.
		/// - [`Error::ClaimOpen`]: a claim for it against the bond of its custodian is open.
		/// - [`Error::NoCustodyOffer`]: custody is not offered to that custodian.
		/// - [`Error::ConsentNotYours`]: the caller is not the one to consent.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::CustodyConsented`].
		#[pallet::call_index(24)]
		#[pallet::weight(T::WeightInfo::consent_custody())]
		pub fn consent_custody(
			origin: OriginFor<T>,
			title: TitleId,
			to: T::AccountId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_consent_custody(who, title, to)?;
			Ok(())
		}

		/// Takes over the custody of a title.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the custodian to which it is offered.
		///
		/// ## Details
		///
		/// The title stands in the facility of the caller from now on, and its bond answers for the
		/// machines. Custody counts from now. The deposit of the title is held from the caller, and that
		/// of the former custodian returned. Deposits of papers and of records of devices stay. The bond
		/// of the former custodian goes on answering for machines of the title that were lost with it, as
		/// long as their loss may be named.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		///
		/// ## Errors
		///
		/// - [`Error::NoCustodyOffer`]: custody is not offered.
		/// - [`Error::NotOfferedToYou`]: custody is offered to another custodian.
		/// - [`Error::ConsentMissing`]: who has to consent has not.
		/// - All errors of [`Pallet::transfer_custody`], as of now.
		/// - [`Error::Overflow`]: the count of titles of the caller would overflow.
		///
		/// ## Events
		///
		/// - [`Event::CustodyMoved`].
		#[pallet::call_index(25)]
		#[pallet::weight(T::WeightInfo::accept_custody())]
		pub fn accept_custody(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let to = ensure_signed(origin)?;
			Self::do_accept_custody(to, title)
		}

		/// Ends an offer of custody.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the title's custodian, or by the custodian to which custody is offered; or a
		/// referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// The deposit returns to the title's custodian. An offer of a referendum is not the
		/// custodian's to end.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NoCustodyOffer`]: custody is not offered.
		/// - [`Error::NotTitleCustodian`]: the caller is neither of the two.
		/// - [`Error::OfferOfReferendum`]: a referendum made the offer, and the caller is the
		///   title's custodian.
		///
		/// ## Events
		///
		/// - [`Event::CustodyOfferCancelled`].
		#[pallet::call_index(26)]
		#[pallet::weight(T::WeightInfo::cancel_custody())]
		pub fn cancel_custody(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let who = Self::ensure_admin_or_signed(origin)?;
			Self::do_cancel_custody(who, title)
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
		/// requested, not of a lost one. It counts as earned, in coverage figures and in the income
		/// approach, if the caller is a registered off-taker that is not suspended and is none of the
		/// title's owner, its custodian and the curator of its line: who could take the money back proves
		/// no income.
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

		/// Strikes what off-takers have paid for a title from its history.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// The history begins anew with the next payment of an off-taker, and caps the income approach
		/// from 90 days after it again. It undoes payments of an off-taker that has nothing to do with the
		/// title; that counts for nothing in the first 90 days, in which a referendum is decided. No money
		/// moves, and the total of all payments stays.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NothingEarned`]: no off-taker has paid anything since the history began.
		///
		/// ## Events
		///
		/// - [`Event::RevenueStruck`].
		#[pallet::call_index(31)]
		#[pallet::weight(T::WeightInfo::strike_revenue())]
		pub fn strike_revenue(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_strike_revenue(title)?;
			Ok(())
		}

		/// Insures a title.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by an insurer that is not suspended and no other party of the title.
		///
		/// ## Details
		///
		/// The policy is in force from now up to and including the second `premium_paid_until` and a
		/// grace after it (`premium_grace` of the rules), never beyond its term. A longer premium is
		/// told by [`Pallet::renew_policy`]. Several policies may share a risk: the limits of those in
		/// force add up. A line counts policies against damage and loss alone
		/// (`PolicyKind::Casualty`), and no more of a title than they insure. Any title may be insured
		/// that is not lost, also before it is confirmed. A deposit is held from the insurer until the
		/// policy is removed ([`Config::PolicyConsideration`]). Until then its limit counts against the
		/// capacity of the insurer, and asks for [`TitleValues::capital_share`] of it as capital.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		/// - `terms`: kind, limit, premium, term and paper.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the caller is not an insurer.
		/// - [`Error::PartySuspended`]: the insurer is suspended.
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::TitleLost`]: the title is lost.
		/// - [`Error::NotIndependent`]: the insurer is another party of the title.
		/// - [`Error::ZeroAmount`]: the limit is zero.
		/// - [`Error::ExpiryNotInFuture`]: the term ends now or in the past.
		/// - [`Error::TimeTooFar`]: the term ends more than [`MAX_POLICY_TERM`] from now.
		/// - [`Error::PremiumUnpaid`]: the premium is not paid beyond now.
		/// - [`Error::PremiumBeyondExpiry`]: the premium is paid for longer than the term.
		/// - [`Error::PolicyIdsExhausted`]: no policy id is left.
		/// - [`Error::TooManyPolicies`]: the title has as many policies as it can have.
		/// - [`Error::CapacityExceeded`]: the limits of the insurer's policies would exceed its capacity.
		/// - [`Error::CapitalTooLow`]: the capital of the insurer is too low for them.
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
		/// `Signed` by the policy's insurer, registered, not suspended and no other party of the title.
		///
		/// ## Details
		///
		/// The terms are replaced: the new limit is whole again, and a cancellation is undone. A premium
		/// paid further, within the same term, is told this way too. While the policy is in force the
		/// renewal may not take cover away, neither what is left of the limit nor time: that is what
		/// [`Pallet::cancel_policy`] gives notice of. While a line holds the title and the term
		/// lasts the limit, the end and the paid time of the policy are not lowered, whatever was
		/// claimed and whether the premium is paid or not: the line counts the sum insured. Any
		/// other policy may be renewed in any way. A higher limit needs capacity and capital, as a
		/// new policy does; one that is not higher needs nothing new.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		/// - `policy`: the policy.
		/// - `terms`: kind, limit, premium, term and paper.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the caller is not an insurer.
		/// - [`Error::PartySuspended`]: the insurer is suspended.
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::TitleLost`]: the title is lost.
		/// - [`Error::NotIndependent`]: the insurer is another party of the title.
		/// - [`Error::ZeroAmount`]: the limit is zero.
		/// - [`Error::ExpiryNotInFuture`]: the term ends now or in the past.
		/// - [`Error::TimeTooFar`]: the term ends more than [`MAX_POLICY_TERM`] from now.
		/// - [`Error::PremiumUnpaid`]: the premium is not paid beyond now.
		/// - [`Error::PremiumBeyondExpiry`]: the premium is paid for longer than the term.
		/// - [`Error::UnknownPolicy`]: the title has no such policy.
		/// - [`Error::NotPolicyInsurer`]: the policy is another insurer's.
		/// - [`Error::OtherPolicyKind`]: the policy is of another kind.
		/// - [`Error::RenewalReducesCover`]: the policy is in force or a line counts it, and the
		///   new terms cover less or for a shorter time.
		/// - [`Error::CapacityExceeded`]: the limit is higher, and the limits of the insurer's policies
		///   would exceed its capacity.
		/// - [`Error::CapitalTooLow`]: the limit is higher, and the insurer's capital too low.
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
		/// second, so that who lends against the title can react; never longer than its term, and than
		/// the premium is paid and its grace lasts.
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
		/// - by anyone, at once when its limit is used up and no line holds the title;
		/// - by its insurer, once its term or the notice of its cancellation is over, unless a loss
		///   was reported while it covered;
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
		/// Those whom a line stands for receive the money, up to what they are short of
		/// ([`Config::LossPayee`]); the rest, or all of it without a line, goes to the owner. If
		/// the payment is for a reported loss, line and owner are those of the time of the report,
		/// also after the end of the line: a later holder of the NFT receives nothing. A loss may
		/// be named for [`TitleValues::loss_period`] after its report, outages of the chain apart
		/// ([`Config::Clock`]), and that of a lost title for as long as the title exists.
		///
		/// A payment that names no loss goes to the line that holds the title and to its owner. The
		/// machines that it is for may be gone: for new debt the value of the title is lower by it,
		/// until the custodian reports a loss of as much or a verifier inspects the machines. Of a
		/// lost title the only loss need not be named.
		///
		/// The amount is taken off what is left of the limit. An insurer may pay whatever the
		/// status of the confirmed title is, and also after the policy was cancelled or has ended,
		/// as long as it is stored.
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		/// - `policy`: the policy.
		/// - `amount`: USDai.
		/// - `loss`: the loss that the payment is for; none for damage to machines that are left.
		///
		/// ## Errors
		///
		/// - [`Error::ZeroAmount`]: the amount is zero.
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotConfirmed`]: the title has no owner yet.
		/// - [`Error::UnknownPolicy`]: the title has no such policy.
		/// - [`Error::NotPolicyInsurer`]: the policy is another insurer's.
		/// - [`Error::ClaimExceedsLimit`]: the amount is more than what is left of the limit.
		/// - [`Error::UnknownLoss`]: the title has no such loss.
		/// - [`Error::LossNotNamed`]: several losses made the title lost, and none is named.
		/// - [`Error::LossBeforePolicy`]: the loss was reported before the policy was bound.
		/// - [`Error::LossPeriodOver`]: machines of the title are left, and the loss was reported
		///   too long ago.
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
			loss: Option<LossId>,
		) -> DispatchResult {
			let insurer = ensure_signed(origin)?;
			Self::do_pay_claim(insurer, title, policy, amount, loss)
		}

		/// Files an independent appraisal of a title.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by an appraiser that is not suspended and no other party of the title.
		///
		/// ## Details
		///
		/// The appraisal counts from [`TitleValues::appraisal_delay`] after its filing (outages of the
		/// chain apart) up to and including the second `valid_until`. It can only lower the value of the
		/// title. One alone lowers it to what the title brings in a forced sale at most; below that the
		/// second lowest counts ([`appraisal_cap`](caliber_math::appraisal_cap)). For new debt it counts at
		/// once. An earlier one of the same appraiser is replaced, and goes on counting until this one
		/// does. One that a referendum has confirmed is replaced by none of its appraiser's while it is
		/// valid, and one that supports a value with another by none that is higher than this value or
		/// ends earlier. A deposit is held from the appraiser until the appraisal goes
		/// ([`Config::AppraisalConsideration`]).
		///
		/// ## Parameters
		///
		/// - `title`: the title.
		/// - `value`: value of the whole title, in USD with 18 decimals.
		/// - `document`: hash of the written appraisal.
		/// - `valid_until`: the last second in which it counts, unix seconds; from now at least
		///   [`TitleValues::min_appraisal_validity`], at most [`TitleValues::max_appraisal_validity`].
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the caller is not an appraiser.
		/// - [`Error::PartySuspended`]: the appraiser is suspended.
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::TitleLost`]: the title is lost.
		/// - [`Error::NotIndependent`]: the appraiser is another party of the title.
		/// - [`Error::ZeroAmount`]: the value is zero.
		/// - [`Error::ValidityNotInFuture`]: the appraisal would end now or in the past.
		/// - [`Error::TimeTooFar`]: the appraisal would end more than a year from now.
		/// - [`Error::ValidityTooLong`]: the appraisal would be valid for too long.
		/// - [`Error::ValidityTooShort`]: the appraisal would be valid for too short a time.
		/// - [`Error::AppraisalIdsExhausted`]: no appraisal id is left.
		/// - [`Error::AppraisalSupported`]: the appraisal that would be replaced is valid, and a referendum
		///   or a second appraiser supports it.
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
		/// The deposit returns to the appraiser. The others count on. While it is valid an appraisal
		/// stays that a referendum has confirmed, or without which the title would be worth more than
		/// two appraisals that count support: that falls to a referendum, or with time.
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
		/// - [`Error::AppraisalSupported`]: the appraisal is valid, and a referendum or a second
		///   appraiser supports it.
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

		/// Strikes an appraisal.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`] for [`Risk::Lowers`]: a referendum or the technical
		/// committee.
		///
		/// ## Details
		///
		/// The appraisal is gone and does not come back; its deposit returns to the appraiser, who may
		/// file another, which has to wait as any. For the time of a brake ([`Config::BrakeTerms`]) from
		/// now the title gets no new debt ([`Ineligibility::AppraisalStruck`]): whoever strikes lends
		/// nobody more money. Lines that hold the title go on.
		///
		/// What two say falls to a referendum only: the committee strikes no appraisal that a
		/// referendum has confirmed, nor one of two without which the title would be worth more than
		/// both support.
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
		/// - [`Error::AppraisalSupported`]: the caller is the committee, and a referendum or a second
		///   appraiser supports the appraisal.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::AppraisalStruck`].
		#[pallet::call_index(52)]
		#[pallet::weight(T::WeightInfo::strike_appraisal())]
		pub fn strike_appraisal(
			origin: OriginFor<T>,
			title: TitleId,
			appraisal: AppraisalId,
		) -> DispatchResult {
			let authority = T::AdminOrigin::ensure_origin(origin, &Risk::Lowers)?;
			Self::do_strike_appraisal(authority, title, appraisal)
		}

		/// Confirms an appraisal, so that it counts as two.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AppraisalOrigin`] for [`Risk::Raises`]): a value below that of
		/// a forced sale moves the savers' price, so that the committee has no say.
		///
		/// ## Details
		///
		/// Stands in for a second appraiser. The delay of the appraisal stays. A replacement by its
		/// appraiser has to be confirmed anew.
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
		/// - [`Error::AlreadyConfirmed`]: it is confirmed.
		///
		/// ## Events
		///
		/// - [`Event::AppraisalConfirmed`].
		#[pallet::call_index(53)]
		#[pallet::weight(T::WeightInfo::confirm_appraisal())]
		pub fn confirm_appraisal(
			origin: OriginFor<T>,
			title: TitleId,
			appraisal: AppraisalId,
		) -> DispatchResult {
			T::AppraisalOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_confirm_appraisal(title, appraisal)?;
			Ok(())
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
		/// changed later. Until the end of the request the NFT cannot be transferred and the title
		/// secures no line. Custody and revenue go on.
		///
		/// Two deposits are held from the owner until the request ends; if a claim comes of it, until
		/// the claim is resolved: for storage, in CLBR ([`Config::RedemptionConsideration`]); and in
		/// USDai [`TitleValues::claim_deposit`] of what the machines count in custody,
		/// [`TitleValues::min_claim_deposit`] at least, which a rejected claim forfeits.
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
		/// - [`Error::LossPeriodRunning`]: the loss of some of the machines was reported too recently, and
		///   harmed a line or another owner.
		/// - [`Error::Overflow`]: the deadline would overflow.
		/// - `TokenError::FundsUnavailable`: the free balances do not cover the deposits.
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
		/// The title is active and free again; prices, approvals and swaps offered meanwhile are void,
		/// and the deposits return. A claim that came of it is withdrawn as if it had been rejected: the
		/// treasury receives its deposit. Once the custodian has confirmed the release the request cannot
		/// be taken back: the owner may have the machines already.
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
		/// - [`Error::ReleaseConfirmed`]: the custodian has confirmed the release.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::ClaimResolved`], where a claim is withdrawn.
		/// - [`Event::RedemptionCancelled`].
		#[pallet::call_index(61)]
		#[pallet::weight(T::WeightInfo::cancel_redemption())]
		pub fn cancel_redemption(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_cancel_redemption(owner, title)
		}

		/// Says that the machines were handed over to their owner: the first of two keys.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the title's custodian, suspended or not, before the deadline or after it.
		///
		/// ## Details
		///
		/// Nothing is burnt yet. The owner acknowledges the release ([`Pallet::acknowledge_release`]) or
		/// disputes it ([`Pallet::dispute_release`]) within [`TitleValues::release_period`] from now,
		/// outages of the chain apart ([`Config::Clock`]). If it is silent, anyone finalises the release
		/// then ([`Pallet::finalise_release`]). A claim that was made because it took too long stays
		/// with governance.
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
		/// - [`Error::ReleaseConfirmed`]: the release was confirmed before.
		/// - [`Error::Overflow`]: the end of the period would overflow.
		///
		/// ## Events
		///
		/// - [`Event::ReleaseConfirmed`].
		#[pallet::call_index(62)]
		#[pallet::weight(T::WeightInfo::confirm_release())]
		pub fn confirm_release(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let custodian = ensure_signed(origin)?;
			Self::do_confirm_release(custodian, title)?;
			Ok(())
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
		/// deadline ([`Config::Clock`]). As much of the bond as the machines count in custody is frozen,
		/// and no more than is free. With what is left the custodian goes on, as far as that is
		/// sufficient: otherwise it attests nothing, none of its attestations is confirmed and no new
		/// debt is granted on its titles. The request stands; the custodian may still confirm the
		/// release.
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
		/// - [`Error::ReleaseConfirmed`]: the custodian has confirmed the release; dispute it.
		/// - [`Error::RedemptionPeriodRunning`]: the deadline is not over.
		/// - [`Error::CustodianIsOwner`]: the caller is the title's custodian.
		/// - [`Error::Overflow`]: the count of claims against the custodian would overflow.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::BondClaimOpened`].
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
		/// The award goes from the custodian's bond to the claimant, also where the custodian's account
		/// is frozen, and the claimant's deposits are returned. What has come free of the bond
		/// since the claim was made may be awarded too, up to what the machines count in custody.
		/// The rest of what the claim had frozen is free. The title is lost then: its machines did
		/// not come back, and nobody is paid for them and pledges or sells them too. Insurers may
		/// pay what the bond did not.
		///
		/// Without an award the claim is rejected: the treasury receives the claimant's deposit. A
		/// title whose machines are still asked for stays so; where the custodian has confirmed the
		/// release, it is finalised. A dispute that was rejected is over. That nobody answered says
		/// nothing about a release: the owner may still dispute it, or claim after it, with another
		/// deposit.
		///
		/// If nothing is left of the bond that could be awarded, nobody is rejected: the deposit
		/// returns, and the owner may claim again. For a claim after the release the time for
		/// claims begins anew.
		///
		/// ## Parameters
		///
		/// - `title`: the title the claim is about; it may be gone.
		/// - `award`: USDai, as much as the claim has frozen and is free at most; zero rejects the
		///   claim.
		///
		/// ## Errors
		///
		/// - [`Error::NoClaim`]: there is no claim for this title.
		/// - [`Error::AwardTooHigh`]: the award is more than the machines count, or than the claim
		///   has frozen and is free.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::ClaimResolved`].
		/// - [`Event::TitleLost`], where there is an award and the machines are still asked for.
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

		/// Reports that machines of a title are lost, some or all.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the title's custodian, or a referendum ([`Config::AdminOrigin`] for
		/// [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// Lost machines count no more in the value of the title, and come under no other title before
		/// governance clears them ([`Pallet::clear_lost_device`]). The line and the owner of this time
		/// are noted: claims are due to them.
		///
		/// While some machines are left the title stays what it is. A line that holds it counts the rest
		/// from now on. A request for the machines stands, for the rest of them.
		///
		/// If none is left the title is lost: its NFT is locked, it secures no line any more, it earns
		/// nothing and custody of it is not renewed. A line that holds it keeps it, and its policies can
		/// be claimed from. A suspension by a referendum ends.
		///
		/// A request for the machines of a lost title ends. If the custodian reports the loss, the request becomes a
		/// claim against its bond as by [`Pallet::escalate_redemption`], deadline or not, with the
		/// deposits of the request: a custodian who loses a machine that is under redemption is liable.
		/// The deposits are returned instead if governance reports the loss or the custodian itself made
		/// the request. A claim that is open stays.
		///
		/// ## Parameters
		///
		/// - `title`: a confirmed title.
		/// - `devices`: the machines that are lost, each once.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotTitleCustodian`]: the caller is neither the title's custodian nor governance.
		/// - [`Error::NotConfirmed`]: the title is not confirmed.
		/// - [`Error::AlreadyLost`]: the title is lost already.
		/// - [`Error::NoDevices`]: no device is named.
		/// - [`Error::DuplicateDevice`]: a device is named twice.
		/// - [`Error::DeviceNotOfTitle`]: a device is none of the title's.
		/// - [`Error::DeviceLost`]: a device is lost already.
		/// - [`Error::Overflow`]: the count of claims against the custodian would overflow.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::BondClaimOpened`], where a request becomes a claim.
		/// - [`Event::UnitsLost`] while machines are left, otherwise [`Event::TitleLost`].
		#[pallet::call_index(65)]
		#[pallet::weight(T::WeightInfo::report_loss(devices.len() as u32))]
		pub fn report_loss(
			origin: OriginFor<T>,
			title: TitleId,
			devices: DeviceIds,
		) -> DispatchResult {
			let reporter = Self::ensure_admin_or_signed(origin)?;
			Self::do_report_loss(reporter, title, devices)
		}

		/// Puts back what a title has lost: all its machines were found.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// All units of the title count again. A lost title is active again, and free if no line holds
		/// it; prices, approvals and swaps offered meanwhile are then void. Custody is as old as it was:
		/// the custodian renews it by heartbeat. The weight is corrected to the devices that there are.
		///
		/// ## Parameters
		///
		/// - `title`: a title that is lost, or has lost some of its machines.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotLost`]: nothing of the title is lost.
		/// - [`Error::ClaimOpen`]: a claim for the title against the bond has to be resolved first.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::TitleRecovered`].
		#[pallet::call_index(66)]
		#[pallet::weight(T::WeightInfo::recover_title(MAX_DEVICES))]
		pub fn recover_title(origin: OriginFor<T>, title: TitleId) -> DispatchResultWithPostInfo {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			let devices = Self::do_recover_title(title)?;
			Ok(Some(T::WeightInfo::recover_title(devices)).into())
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
		/// deposits are returned.
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
		/// - [`Error::ClaimOpen`]: the caller is a referendum, and a claim for the title against the bond
		///   has to be resolved first.
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
		/// every deposit but those of records of devices is returned to the account that paid it. The
		/// devices stay lost. An owner who has a claim on a policy does well to wait for the insurer.
		///
		/// A referendum need not wait, nor the account that owned the NFT at the loss and owns it now,
		/// if no line held the title at the loss; the same holds of earlier losses of some of the
		/// machines. All others wait for those to whom the claims are due:
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
		#[pallet::weight(T::WeightInfo::retire_lost(MAX_DEVICES, MAX_DOCUMENTS, MAX_COVERS)
			.saturating_add(T::DbWeight::get().reads(4)))]
		pub fn retire_lost(origin: OriginFor<T>, title: TitleId) -> DispatchResultWithPostInfo {
			let who = Self::ensure_admin_or_signed(origin)?;
			let Removed { devices, documents, covers } = Self::do_retire_lost(who, title)?;
			let weight = T::WeightInfo::retire_lost(devices, documents, covers);
			Ok(Some(weight.saturating_add(T::DbWeight::get().reads(4))).into())
		}

		/// Compensates those whom a custodian harmed by a title from its bond.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// The bond is that of the custodian that kept the machines when the named loss was reported, or
		/// that of who keeps the title now. The amount goes from it to those behind a line, as far as the
		/// line takes it ([`Config::LossPayee`]), and the rest to the owner: those of the time of the loss
		/// that is named, as by [`Pallet::pay_claim`], otherwise those of the present. That holds where
		/// the custodian's account is frozen too. What open claims have frozen stays. A bond that
		/// is too low for what is in custody has to be filled up before the next attestation and
		/// before new debt.
		///
		/// ## Parameters
		///
		/// - `title`: a confirmed title.
		/// - `amount`: USDai, all of the bond without what claims have frozen at most.
		/// - `loss`: the loss that the payment is for; none for any other harm.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLoss`]: the title has no such loss.
		/// - [`Error::LossNotNamed`]: several losses made the title lost, and none is named.
		/// - [`Error::LossPeriodOver`]: machines of the title are left, and the loss was reported
		///   too long ago.
		/// - [`Error::ZeroAmount`]: the amount is zero.
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotConfirmed`]: the title has no owner yet.
		/// - [`Error::NotIndependent`]: a part would go to the custodian itself, as that owner.
		/// - [`Error::InsufficientBond`]: the bond without what claims have frozen is less.
		/// - [`Error::Unexpected`]: the state contradicts itself.
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
			loss: Option<LossId>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_slash_custodian(title, amount, loss)
		}

		/// Acknowledges that the machines were handed over: the second of two keys.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the owner who made the request.
		///
		/// ## Details
		///
		/// The NFT is burnt and the title is gone with its papers, policies, appraisals and revenue;
		/// every deposit but those of records of devices is returned to the account that paid it. The
		/// devices are free and remember age and condition; lost ones stay lost. The id is never
		/// used again. The storage deposit of the request stays: for [`TitleValues::claim_tail`] the
		/// owner may still claim ([`Pallet::claim_after_release`]), and for that time the machines count
		/// in custody. There is no such time for an owner whose dispute was decided or whose claim
		/// is open, and for a custodian that asked for its own machines. A claim that is open stays
		/// with governance. The weight is corrected to what there was to remove.
		///
		/// ## Parameters
		///
		/// - `title`: a title whose release was confirmed.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotInRedemption`]: the machines of the title were not asked for.
		/// - [`Error::NotTitleOwner`]: the caller did not make the request.
		/// - [`Error::ReleaseNotConfirmed`]: the custodian has not confirmed the release.
		/// - [`Error::Overflow`]: the end of the time for claims would overflow.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::PolicyRemoved`], for each policy.
		/// - [`Event::AppraisalWithdrawn`], for each appraisal.
		/// - [`Event::TitleRedeemed`].
		#[pallet::call_index(76)]
		#[pallet::weight(T::WeightInfo::acknowledge_release(
			MAX_DEVICES,
			MAX_DOCUMENTS,
			MAX_COVERS,
		))]
		pub fn acknowledge_release(
			origin: OriginFor<T>,
			title: TitleId,
		) -> DispatchResultWithPostInfo {
			let owner = ensure_signed(origin)?;
			let Removed { devices, documents, covers } =
				Self::do_acknowledge_release(owner, title)?;
			Ok(Some(T::WeightInfo::acknowledge_release(devices, documents, covers)).into())
		}

		/// Disputes that the machines were handed over.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the owner who made the request.
		///
		/// ## Details
		///
		/// Opens a claim against the bond as [`Pallet::escalate_redemption`] does. If an earlier
		/// claim was rejected, which was made because nobody answered, another deposit in USDai is
		/// held. The title stays in redemption, and locked, until governance has decided; the owner
		/// may still acknowledge.
		///
		/// ## Parameters
		///
		/// - `title`: a title whose release was confirmed.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotInRedemption`]: the machines of the title were not asked for.
		/// - [`Error::NotTitleOwner`]: the caller did not make the request.
		/// - [`Error::AlreadyEscalated`]: it was disputed before.
		/// - [`Error::ClaimOpen`]: a claim because nobody answered waits for governance.
		/// - [`Error::ReleaseNotConfirmed`]: the custodian has not confirmed the release.
		/// - [`Error::ReleasePeriodOver`]: the period for a dispute is over.
		/// - [`Error::CustodianIsOwner`]: the caller is the title's custodian.
		/// - `TokenError::FundsUnavailable`: the free balance does not cover another deposit.
		/// - [`Error::Overflow`]: the count of claims against the custodian would overflow.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::BondClaimOpened`].
		#[pallet::call_index(77)]
		#[pallet::weight(T::WeightInfo::dispute_release())]
		pub fn dispute_release(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_dispute_release(owner, title)?;
			Ok(())
		}

		/// Burns a title whose owner was silent after the release.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// Possible in the second after the end of [`TitleValues::release_period`], outages of the chain
		/// apart ([`Config::Clock`]), while no claim for the title is open. All else is as by
		/// [`Pallet::acknowledge_release`].
		///
		/// ## Parameters
		///
		/// - `title`: a title whose release was confirmed.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotInRedemption`]: the machines of the title were not asked for.
		/// - [`Error::ReleaseNotConfirmed`]: the custodian has not confirmed the release.
		/// - [`Error::ClaimOpen`]: a claim for the title against the bond has to be resolved first.
		/// - [`Error::ReleasePeriodRunning`]: the owner may still dispute the release.
		/// - [`Error::Overflow`]: the end of the time for claims would overflow.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::PolicyRemoved`], for each policy.
		/// - [`Event::AppraisalWithdrawn`], for each appraisal.
		/// - [`Event::TitleRedeemed`].
		#[pallet::call_index(78)]
		#[pallet::weight(T::WeightInfo::finalise_release(MAX_DEVICES, MAX_DOCUMENTS, MAX_COVERS))]
		pub fn finalise_release(
			origin: OriginFor<T>,
			title: TitleId,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let Removed { devices, documents, covers } = Self::do_finalise_release(title)?;
			Ok(Some(T::WeightInfo::finalise_release(devices, documents, covers)).into())
		}

		/// Claims compensation for machines that were not handed over, though their title is burnt.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the last owner of the title.
		///
		/// ## Details
		///
		/// Possible once, up to [`TitleValues::claim_tail`] after the title was burnt, outages of the
		/// chain apart ([`Config::Clock`]). A deposit in USDai is held as for a request
		/// ([`Pallet::request_redemption`]). As much of the bond as the machines counted in custody is
		/// frozen, and no more than is free.
		///
		/// ## Parameters
		///
		/// - `title`: the title that was burnt.
		///
		/// ## Errors
		///
		/// - [`Error::NotReleased`]: no such release is noted, or it was claimed for or dropped.
		/// - [`Error::NotTitleOwner`]: the caller was not the last owner.
		/// - [`Error::ClaimTailOver`]: the time for claims is over.
		/// - [`Error::Overflow`]: the count of claims against the custodian would overflow.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		/// - `TokenError::FundsUnavailable`: the free balance does not cover the deposit.
		///
		/// ## Events
		///
		/// - [`Event::BondClaimOpened`].
		#[pallet::call_index(79)]
		#[pallet::weight(T::WeightInfo::claim_after_release())]
		pub fn claim_after_release(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_claim_after_release(owner, title)
		}

		/// Drops what is kept of a released title.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by its last owner, who gives up claims; by anyone once the time for claims is over.
		///
		/// ## Details
		///
		/// The storage deposit returns to the last owner. The machines count no more in custody.
		///
		/// ## Parameters
		///
		/// - `title`: the title that was burnt.
		///
		/// ## Errors
		///
		/// - [`Error::NotReleased`]: no such release is noted.
		/// - [`Error::ClaimTailRunning`]: the caller is not the last owner, who may still claim.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::ReleasedTitleDropped`].
		#[pallet::call_index(80)]
		#[pallet::weight(T::WeightInfo::drop_released())]
		pub fn drop_released(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_drop_released(who, title)
		}

		/// Sets the capacity of an insurer.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`]: a referendum, or for a lower capacity the technical
		/// committee.
		///
		/// ## Details
		///
		/// The limits of an insurer's policies may add up to its capacity; a policy counts until it is
		/// removed. A capacity below that sum leaves them as they are and stops new ones and higher
		/// limits. A capacity of the committee is a brake, which runs out.
		///
		/// ## Parameters
		///
		/// - `insurer`: the insurer, suspended or not.
		/// - `capacity`: the most that the limits of its policies may add up to, in USDai.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownParty`]: the account is not registered as an insurer.
		/// - [`Error::NotStricter`]: the committee sets no less than what counts now.
		/// - [`Error::BrakeResting`]: the committee's last brake on it ended a short time ago.
		///
		/// ## Events
		///
		/// - [`Event::InsurerCapacitySet`].
		#[pallet::call_index(81)]
		#[pallet::weight(T::WeightInfo::set_insurer_capacity())]
		pub fn set_insurer_capacity(
			origin: OriginFor<T>,
			insurer: T::AccountId,
			capacity: Balance,
		) -> DispatchResult {
			let risk = Self::risk_of_capacity(&insurer, capacity);
			let authority = T::AdminOrigin::ensure_origin(origin, &risk)?;
			Self::do_set_insurer_capacity(authority, insurer, capacity)?;
			Ok(())
		}

		/// Compensates those whom a verifier harmed by a title from its bond.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// The amount goes to whom [`Pallet::slash_custodian`] would pay: the line before the
		/// owner.
		///
		/// ## Parameters
		///
		/// - `title`: a confirmed title.
		/// - `verifier`: the one that confirmed the title, or the one that inspected it last.
		/// - `amount`: USDai, all of the bond at most.
		/// - `loss`: the loss that the payment is for; none for any other harm.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLoss`]: the title has no such loss.
		/// - [`Error::LossNotNamed`]: several losses made the title lost, and none is named.
		/// - [`Error::LossPeriodOver`]: machines of the title are left, and the loss was reported
		///   too long ago.
		/// - [`Error::ZeroAmount`]: the amount is zero.
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotConfirmed`]: the title has no owner yet.
		/// - [`Error::NoVerifier`]: the verifier is neither of the two, or registered no more.
		/// - [`Error::NotIndependent`]: a part would go to the verifier itself, as that owner.
		/// - [`Error::InsufficientBond`]: the bond is less than the amount.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::VerifierSlashed`].
		#[pallet::call_index(82)]
		#[pallet::weight(T::WeightInfo::slash_verifier())]
		pub fn slash_verifier(
			origin: OriginFor<T>,
			title: TitleId,
			verifier: T::AccountId,
			amount: Balance,
			loss: Option<LossId>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_slash_verifier(title, verifier, amount, loss)
		}

		/// Pays an insurance claim from the capital of an insurer that does not pay it.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// As if the insurer had paid by [`Pallet::pay_claim`], but from its capital, also where
		/// its account is frozen. A capital that is too low for the limits that are bound has to be
		/// filled up before the next policy.
		///
		/// ## Parameters
		///
		/// - `title`: a confirmed title.
		/// - `policy`: the policy.
		/// - `amount`: USDai, all of the capital and what is left of the limit at most.
		/// - `loss`: the loss that the payment is for; none for damage to machines that are left.
		///
		/// ## Errors
		///
		/// - [`Error::ZeroAmount`]: the amount is zero.
		/// - [`Error::UnknownTitle`]: no title has this id.
		/// - [`Error::NotConfirmed`]: the title has no owner yet.
		/// - [`Error::UnknownPolicy`]: the title has no such policy.
		/// - [`Error::InsufficientBond`]: the capital is less than the amount.
		/// - [`Error::ClaimExceedsLimit`]: the amount is more than what is left of the limit.
		/// - [`Error::UnknownLoss`]: the title has no such loss.
		/// - [`Error::LossNotNamed`]: several losses made the title lost, and none is named.
		/// - [`Error::LossBeforePolicy`]: the loss was reported before the policy was bound.
		/// - [`Error::LossPeriodOver`]: machines of the title are left, and the loss was reported
		///   too long ago.
		/// - [`Error::NotIndependent`]: a part would go to the insurer itself, as that owner.
		/// - [`Error::Unexpected`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::InsurerSlashed`].
		#[pallet::call_index(83)]
		#[pallet::weight(T::WeightInfo::slash_insurer())]
		pub fn slash_insurer(
			origin: OriginFor<T>,
			title: TitleId,
			policy: PolicyId,
			amount: Balance,
			loss: Option<LossId>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_slash_insurer(title, policy, amount, loss)
		}

		/// Acknowledges the pledge of titles to a line: their custodian keeps the machines for the
		/// lenders of the line from now on.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the custodian of titles of the line.
		///
		/// ## Details
		///
		/// One call covers all titles of the line in the caller's custody. Until then they secure no
		/// draw; the line holds them all the same. Titles that enter the line later need it again before
		/// the next draw. It cannot be taken back, and ends when the line lets a title go.
		///
		/// ## Parameters
		///
		/// - `line`: the line.
		///
		/// ## Errors
		///
		/// - [`Error::NothingToAcknowledge`]: the caller keeps no title of the line whose pledge is not
		///   acknowledged.
		/// - [`Error::NotHeldByLine`]: the state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::PledgeAcknowledged`].
		#[pallet::call_index(86)]
		#[pallet::weight(T::WeightInfo::acknowledge_pledge())]
		pub fn acknowledge_pledge(origin: OriginFor<T>, line: LineId) -> DispatchResult {
			let custodian = ensure_signed(origin)?;
			Self::do_acknowledge_pledge(custodian, line)?;
			Ok(())
		}
	}
}
