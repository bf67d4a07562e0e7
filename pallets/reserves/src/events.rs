// SPDX-License-Identifier: Apache-2.0

//! Events of the reserves pallet. Its records can be rebuilt from them.

use crate::frame_support::pallet_macros::pallet_section;

/// Events of the reserves pallet.
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The priced asset of a stablecoin was set or removed.
		PricedAssetSet {
			/// The stablecoin.
			asset: AssetIdOf<T>,
			/// Priced asset of the oracle; `None` if it was removed.
			priced_asset: Option<PricedAssetId>,
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
			/// Bills received, in the token's smallest unit.
			bills: Balance,
			/// USDai paid, with the pool's fee.
			usdai: Balance,
			/// Price paid for one whole bill, in USDai, rounded up.
			price: Balance,
			/// The oracle's price of one whole bill.
			oracle_price: Balance,
			/// Bills held now.
			held: Balance,
		},
		/// Bills were sold and the USDai was returned to the vault.
		BillsSold {
			/// Purpose of the sale.
			purpose: Purpose,
			/// Bills sold, in the token's smallest unit.
			bills: Balance,
			/// USDai received, after the pool's fee.
			usdai: Balance,
			/// Price received for one whole bill, in USDai, rounded down.
			price: Balance,
			/// The oracle's price of one whole bill.
			oracle_price: Balance,
			/// Bills held now.
			held: Balance,
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
		/// USDai was issued for the first time in a period of the mint rate limit.
		MintLimitPeriodStarted {
			/// Start of the period, unix seconds.
			since: Seconds,
			/// End of the period, unix seconds.
			until: Seconds,
			/// USDai in issue before: the growth counts from it.
			supply: Balance,
		},
		/// The growth of USDai in the period counts from the present supply.
		MintRateLimitReset {
			/// Start of the period, unix seconds.
			since: Seconds,
			/// End of the period, unix seconds. It has not moved.
			until: Seconds,
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
		/// An account can spend its USDai and sUSDai again: a referendum has thawed it, or a pool was
		/// made at its address. The end of a committee's freeze has no event of its own.
		AccountThawed {
			/// The account.
			who: T::AccountId,
			/// Hash of the document with the reason; that of the freeze if a pool was made.
			reason: H256,
		},
		/// No bill could be sold for a settlement; the settlement goes on without.
		DivestFailed {
			/// USDai wanted from the sale.
			wanted: Balance,
			/// Error of the sale.
			reason: DispatchError,
		},
	}
}
