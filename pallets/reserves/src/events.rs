// SPDX-License-Identifier: Apache-2.0

//! The events: together they tell what every book of the pallet says.

use crate::frame_support::pallet_macros::pallet_section;

/// A section of the pallet.
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A stablecoin has another number at the oracle, or none.
		PricedAssetSet {
			/// The stablecoin.
			asset: AssetIdOf<T>,
			/// The oracle's number for it.
			priced_asset: Option<PricedAssetId>,
		},
		/// There are other Treasury bills.
		TreasuryBillSet {
			/// The token.
			asset: AssetIdOf<T>,
			/// The oracle's number for it.
			priced_asset: PricedAssetId,
			/// What is taken off its price.
			haircut: Perbill,
		},
		/// There are no Treasury bills.
		TreasuryBillCleared,
		/// Bills were bought with the vault's idle USDai.
		BillsBought {
			/// Bills that came, in the token's smallest unit.
			bills: Balance,
			/// USDai that was paid, the pool's fee included.
			usdai: Balance,
			/// What a whole bill cost, in USDai, rounded up.
			price: Balance,
			/// The oracle's price of a whole bill.
			oracle_price: Balance,
			/// Bills in the books now.
			held: Balance,
		},
		/// Bills were sold and the USDai is the vault's again.
		BillsSold {
			/// What for.
			purpose: Purpose,
			/// Bills that went, in the token's smallest unit.
			bills: Balance,
			/// USDai that came, after the pool's fee.
			usdai: Balance,
			/// What a whole bill brought, in USDai, rounded down.
			price: Balance,
			/// The oracle's price of a whole bill.
			oracle_price: Balance,
			/// Bills in the books now.
			held: Balance,
		},
		/// Bills that were in the books are not in the account: who issues the token took them.
		BillsLost {
			/// Bills that are missing, in the token's smallest unit.
			bills: Balance,
			/// Bills in the books now.
			held: Balance,
		},
		/// The first price of a day was kept, for the yield.
		PriceKept {
			/// The day, counted from the unix epoch.
			day: u32,
			/// Price of a whole bill.
			price: Balance,
		},
		/// USDai was issued for the first time in a period: its growth counts from here.
		FusePeriodStarted {
			/// When the period began.
			since: Seconds,
			/// USDai in issue before.
			supply: Balance,
		},
		/// The growth of USDai counts anew.
		FuseReset {
			/// When the period began.
			since: Seconds,
			/// USDai in issue.
			supply: Balance,
		},
		/// An account can no longer spend its USDai and sUSDai.
		AccountFrozen {
			/// The account.
			who: T::AccountId,
			/// Hash of the document that says why.
			reason: H256,
		},
		/// An account can spend its USDai and sUSDai again.
		AccountThawed {
			/// The account.
			who: T::AccountId,
			/// Hash of the document that says why.
			reason: H256,
		},
	}
}
