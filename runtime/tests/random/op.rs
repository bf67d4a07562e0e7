// SPDX-License-Identifier: Apache-2.0

//! Steps of a history: calls, reports of the oracle, and the passing of time.

use caliber_primitives::appraisal::OracleKey;
use caliber_runtime::{configs::governance::origins::Origin, AccountId, RuntimeCall};
use polkadot_sdk::frame_support::weights::Weight;

/// Origin of a call.
#[derive(Clone, Debug)]
pub enum By {
	/// Transaction of this account.
	Account(AccountId),
	/// Referendum on the track of this origin.
	Referendum(Origin),
}

/// Step of a history.
#[derive(Clone, Debug)]
pub enum Op {
	/// Call, which may fail.
	Call { by: By, call: Box<RuntimeCall> },
	/// Round of the oracle: the report of each operator that is not silent. Each call may fail.
	Oracle { said: Vec<(AccountId, Vec<(OracleKey, u128)>)> },
	/// Passing of time.
	Pass { seconds: u64 },
	/// Idle work of a block with this weight left.
	Idle { left: Weight },
}

/// Kinds of steps. The first number is the weight with which a kind is chosen. The second is the
/// number of times that it must succeed in ten thousand steps, and at least once in a history.
macro_rules! kinds {
	($($kind:ident $weight:literal $least:literal,)*) => {
		#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
		pub enum Kind { $($kind),* }

		pub const KINDS: &[(Kind, u64, u64)] = &[$((Kind::$kind, $weight, $least)),*];
	};
}

kinds! {
	// The world.
	Pass 70 372,
	Oracle 40 533,
	Idle 24 111,
	// Titles.
	Attest 16 8,
	AttestBatch 5 2,
	WithdrawAttestation 16 1,
	Confirm 24 5,
	ConfirmBatch 10 1,
	Heartbeat 20 229,
	AcknowledgePledge 40 14,
	SetDocument 3 5,
	BindPolicy 26 66,
	RenewPolicy 12 29,
	CancelPolicy 2 1,
	RemovePolicy 12 24,
	PayClaim 10 14,
	FileAppraisal 6 14,
	WithdrawAppraisal 4 7,
	PayRevenue 12 26,
	PriceTitle 4 11,
	BuyTitle 6 2,
	SendTitle 4 6,
	RequestMachines 6 10,
	CancelMachines 3 6,
	ConfirmRelease 12 3,
	AcknowledgeRelease 3 1,
	DisputeRelease 6 1,
	FinaliseRelease 8 1,
	ClaimAfterRelease 3 1,
	DropReleased 4 1,
	EscalateRedemption 4 1,
	ResolveClaim 30 1,
	ReportLoss 2 5,
	RecoverTitle 8 3,
	RetireLost 4 1,
	SuspendTitle 3 8,
	ReinstateTitle 6 7,
	SlashCustodian 2 4,
	PostBond 6 6,
	WithdrawBond 3 7,
	SuspendCustodian 1 1,
	ReinstateCustodian 12 3,
	// Appraisal.
	SetModelStatus 4 5,
	// Credit.
	OfferLine 20 36,
	WithdrawOffer 12 20,
	AcceptLine 60 14,
	CloseLine 8 9,
	AddTitles 20 11,
	SwapTitles 16 13,
	ReleaseCapital 20 6,
	Draw 50 30,
	Repay 60 40,
	Payoff 4 5,
	Collect 30 8,
	OfferTerms 10 19,
	AcceptTerms 16 3,
	WithdrawTerms 2 2,
	TopUpReserve 5 10,
	WithdrawReserve 8 6,
	ApplyInsuranceProceeds 90 1,
	ClaimPayout 6 1,
	DeclareBreach 16 1,
	DeclareDefault 30 5,
	DeclareUncured 14 1,
	Cure 14 4,
	Reassess 8 13,
	StartAuction 10 6,
	Bid 40 6,
	SettleAuction 20 14,
	CreditBid 60 0,
	ResolveLot 80 0,
	WithdrawBid 60 0,
	SetModelCeiling 3 6,
	SuspendCurator 1 2,
	ApproveCurator 12 2,
	SetCuratorCapacity 2 4,
	// Vault.
	Deposit 44 61,
	MintShares 14 15,
	DepositImpaired 10 12,
	PayYield 6 5,
	RequestRedemption 24 55,
	CancelRequest 8 6,
	CommitBid 24 15,
	RevealBid 30 1,
	Claim 120 65,
	SetOperator 3 6,
	StartSettlement 16 12,
	Settle 30 12,
	SetWindowLength 1 1,
	PauseDeposits 6 13,
	RedeemNow 8 1,
	TransferRequest 8 1,
	AcceptRequest 12 1,
	SendShares 4 6,
	// Reserves.
	MintUsdAi 10 23,
	RedeemUsdAi 10 14,
	FillOffer 54 160,
	Donate 5 13,
	Freeze 3 6,
	Thaw 14 6,
	Block 2 5,
	Unblock 14 5,
	ResetMintRateLimit 1 1,
	RedeemBasket 6 8,
	StopMinting 1 1,
	FreezeCoin 2 1,
	ThawCoin 3 1,
	ClaimBasket 6 1,
}
