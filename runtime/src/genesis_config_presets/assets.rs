// SPDX-License-Identifier: Apache-2.0

//! Assets of other chains in the presets: locations, metadata and ids at the oracle.

use crate::Balance;
use alloc::{vec, vec::Vec};
use caliber_primitives::{PricedAssetId, USD};
use polkadot_sdk::staging_xcm::latest::prelude::*;

/// Id of USDC at the oracle.
pub const PRICED_USDC: PricedAssetId = 1;
/// Id of USDT at the oracle.
pub const PRICED_USDT: PricedAssetId = 2;
/// Id of PYUSD at the oracle.
pub const PRICED_PYUSD: PricedAssetId = 3;
/// Id of the Treasury-bill token at the oracle.
pub const PRICED_TBILL: PricedAssetId = 10;

/// Returns the location of an asset that Asset Hub issues.
fn asset_hub(index: u128) -> Location {
	Location::new(1, [Parachain(1000), PalletInstance(50), GeneralIndex(index)])
}

/// Returns the location of USDC on Asset Hub.
pub fn usdc() -> Location {
	asset_hub(1337)
}

/// Returns the location of USDT on Asset Hub.
pub fn usdt() -> Location {
	asset_hub(1984)
}

/// Returns the location of PYUSD on Ethereum. It is bridged.
pub fn pyusd() -> Location {
	Location::new(
		2,
		[
			GlobalConsensus(NetworkId::Ethereum { chain_id: 1 }),
			AccountKey20 {
				network: None,
				key: [
					0x6c, 0x3e, 0xa9, 0x03, 0x64, 0x06, 0x85, 0x20, 0x06, 0x29, 0x07, 0x70, 0xbe,
					0xdf, 0xca, 0xba, 0x0e, 0x23, 0xa0, 0xe8,
				],
			},
		],
	)
}

/// Returns the location of the Treasury-bill token. The location is fictitious: the token exists on
/// development networks only.
pub fn tbill() -> Location {
	asset_hub(3001)
}

/// Foreign asset of the presets.
pub(super) struct Foreign {
	pub location: Location,
	pub name: &'static str,
	pub symbol: &'static str,
	pub decimals: u8,
	pub min_balance: Balance,
}

/// Returns the stablecoins of the peg.
pub(super) fn stablecoins() -> Vec<Foreign> {
	vec![
		Foreign {
			location: usdc(),
			name: "USD Coin",
			symbol: "USDC",
			decimals: 6,
			min_balance: 10_000,
		},
		Foreign {
			location: usdt(),
			name: "Tether USD",
			symbol: "USDT",
			decimals: 6,
			min_balance: 10_000,
		},
		Foreign {
			location: pyusd(),
			name: "PayPal USD",
			symbol: "PYUSD",
			decimals: 6,
			min_balance: 10_000,
		},
	]
}

/// Returns the Treasury-bill token.
pub(super) fn bills() -> Foreign {
	Foreign {
		location: tbill(),
		name: "Tokenised Treasury Bills",
		symbol: "TBILL",
		decimals: 18,
		min_balance: USD / 100,
	}
}
