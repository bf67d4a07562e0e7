// SPDX-License-Identifier: Apache-2.0

//! Events of the reserves pallet. Its records can be rebuilt from them.

use crate::frame_support::pallet_macros::pallet_section;

/// Events of the reserves pallet.
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The priced asset of a stablecoin was set.
		PricedAssetSet {
			/// The stablecoin.
			asset: AssetIdOf<T>,
			/// Priced asset of the oracle.
			priced_asset: PricedAssetId,
		},
		/// The Treasury bills or their terms were set.
		TreasuryBillSet {
			/// The token.
			asset: AssetIdOf<T>,
			/// Priced asset of the oracle for the token.
			priced_asset: PricedAssetId,
			/// Discount on the oracle's price when bills are valued, once it counts in full.
			haircut: Perbill,
			/// Second from which the haircut counts in full, unix seconds; until then it moves
			/// linearly. Zero if it never moved.
			full_at: Seconds,
		},
		/// The Treasury bills were removed.
		TreasuryBillCleared,
		/// The trading of bills was stopped, or resumed.
		BillTradingSet {
			/// True if no bill is traded from now on.
			stopped: bool,
			/// First second after a stop of the technical committee, unix seconds. None if a
			/// referendum decided.
			until: Option<Seconds>,
		},
		/// Bills were bought with the vault's idle USDai.
		BillsBought {
			/// Account that filled the offer.
			from: T::AccountId,
			/// Bills received, in the token's smallest unit.
			bills: Balance,
			/// USDai paid.
			usdai: Balance,
			/// Price paid for one whole bill, in USDai, rounded down.
			price: Balance,
			/// The oracle's price of one whole bill.
			oracle_price: Balance,
			/// USDai lost against the oracle's price, rounded up.
			loss: Balance,
			/// Time at which the path of the price begins after it, unix seconds.
			since: Seconds,
			/// Bills held now.
			held: Balance,
		},
		/// Bills were sold and the USDai was returned to the vault.
		BillsSold {
			/// Account that filled the offer.
			to: T::AccountId,
			/// Bills sold, in the token's smallest unit.
			bills: Balance,
			/// USDai received.
			usdai: Balance,
			/// Price received for one whole bill, in USDai, rounded up.
			price: Balance,
			/// The oracle's price of one whole bill.
			oracle_price: Balance,
			/// USDai lost against the oracle's price, rounded up.
			loss: Balance,
			/// Time at which the path of the price begins after it, unix seconds.
			since: Seconds,
			/// Bills held now.
			held: Balance,
		},
		/// The vault offers to trade bills: the price begins its path.
		OfferOpened {
			/// Side of the vault.
			side: BillSide,
			/// Time at which the path begins, unix seconds.
			since: Seconds,
		},
		/// The vault offers nothing more on a side.
		OfferClosed {
			/// Side of the vault.
			side: BillSide,
		},
		/// Bills held are missing in the account: the issuer of the token took them.
		BillsLost {
			/// Bills missing, in the token's smallest unit.
			bills: Balance,
			/// Bills held now.
			held: Balance,
		},
		/// The first price of a day was kept for the yield.
		PriceKept {
			/// The day, counted from the unix epoch.
			day: u32,
			/// Price of one whole bill, USD with 18 decimals.
			price: Balance,
		},
		/// The growth of USDai counts from the present supply.
		MintRateLimitReset {
			/// USDai in issue.
			supply: Balance,
		},
		/// An account can no longer spend its USDai and sUSDai.
		AccountFrozen {
			/// The account.
			who: T::AccountId,
			/// Hash of the document with the reason.
			reason: H256,
			/// First second after a freeze of the technical committee, unix seconds. None if a
			/// referendum decided.
			until: Option<Seconds>,
		},
		/// An account can spend its USDai and sUSDai again: a referendum has thawed it, or a pool
		/// was made at its address. The end of a committee's freeze has no event of its own.
		AccountThawed {
			/// The account.
			who: T::AccountId,
			/// Hash of the document with the reason; that of the freeze if a pool was made.
			reason: H256,
		},
		/// A stablecoin was added to the peg.
		StablecoinAdded {
			/// The stablecoin.
			asset: AssetIdOf<T>,
			/// Priced asset of the oracle.
			priced_asset: PricedAssetId,
			/// Its terms.
			terms: StablecoinTerms,
		},
		/// A stablecoin was removed from the peg.
		StablecoinRemoved {
			/// The stablecoin.
			asset: AssetIdOf<T>,
		},
		/// The terms of a stablecoin were set.
		StablecoinTermsSet {
			/// The stablecoin.
			asset: AssetIdOf<T>,
			/// Its terms.
			terms: StablecoinTerms,
		},
		/// The debt ceiling of the peg was set.
		DebtCeilingSet {
			/// Ceiling of the USDai issued against all stablecoins.
			ceiling: Balance,
		},
		/// Minting against a stablecoin was stopped or resumed. The end of a committee's stop has
		/// no event of its own.
		MintingStopSet {
			/// The stablecoin.
			asset: AssetIdOf<T>,
			/// True if minting is stopped.
			stopped: bool,
			/// First second after a stop of the technical committee, unix seconds. None if a
			/// referendum decided.
			until: Option<Seconds>,
		},
		/// A stablecoin was frozen by its price. A freeze by the silence of the oracle has no event
		/// of its own.
		StablecoinFrozen {
			/// The stablecoin.
			asset: AssetIdOf<T>,
			/// Accepted price of one whole unit, USD with 18 decimals.
			price: Balance,
		},
		/// A stablecoin is no longer frozen by its price.
		StablecoinThawed {
			/// The stablecoin.
			asset: AssetIdOf<T>,
			/// Accepted price of one whole unit, USD with 18 decimals.
			price: Balance,
		},
		/// USDai was redeemed for a share of every stablecoin of the peg. Each part that was paid
		/// has its event of the PSM.
		BasketRedeemed {
			/// The account.
			who: T::AccountId,
			/// USDai given for the basket, with what has become claims.
			usdai: Balance,
			/// Stablecoins received, one dollar a unit, 18 decimals.
			out: Balance,
		},
		/// A part of a basket could not be paid and is claimed.
		BasketClaimed {
			/// The account.
			who: T::AccountId,
			/// The stablecoin.
			asset: AssetIdOf<T>,
			/// USDai put aside for the claim, beside earlier ones.
			usdai: Balance,
		},
		/// A claim of a basket was paid, as far as the peg has debt in the stablecoin.
		ClaimPaid {
			/// The account.
			who: T::AccountId,
			/// The stablecoin.
			asset: AssetIdOf<T>,
			/// USDai redeemed for it.
			usdai: Balance,
			/// Stablecoins received, in the smallest unit.
			received: Balance,
		},
		/// The rest of a claim of a basket was given back in USDai: the peg has less debt in the
		/// stablecoin than was claimed.
		ClaimReturned {
			/// The account.
			who: T::AccountId,
			/// The stablecoin.
			asset: AssetIdOf<T>,
			/// USDai given back.
			usdai: Balance,
		},
	}
}
