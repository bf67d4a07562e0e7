// SPDX-License-Identifier: Apache-2.0

//! The assets of other chains that the presets know, where they live and how the oracle numbers them.

use crate::Balance;
use alloc::{vec, vec::Vec};
use caliber_primitives::{PricedAssetId, USD};
use polkadot_sdk::staging_xcm::latest::prelude::*;

/// The oracle's number of USDC.
pub const PRICED_USDC: PricedAssetId = 1;
/// The oracle's number of USDT.
pub const PRICED_USDT: PricedAssetId = 2;
/// The oracle's number of PYUSD.
pub const PRICED_PYUSD: PricedAssetId = 3;
/// The oracle's number of the Treasury-bill token.
pub const PRICED_TBILL: PricedAssetId = 10;

fn asset_hub(index: u128) -> Location {
	Location::new(1, [Parachain(1000), PalletInstance(50), GeneralIndex(index)])
}

/// USDC as Asset Hub issues it.
pub fn usdc() -> Location {
	asset_hub(1337)
}

/// USDT as Asset Hub issues it.
pub fn usdt() -> Location {
	asset_hub(1984)
}

/// PYUSD of Ethereum, bridged.
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

/// A token of Treasury bills. Its place on Asset Hub is made up: it exists on development networks
/// only.
pub fn tbill() -> Location {
	asset_hub(3001)
}

/// A foreign asset of the presets.
pub(super) struct Foreign {
	pub location: Location,
	pub name: &'static str,
	pub symbol: &'static str,
	pub decimals: u8,
	pub min_balance: Balance,
}

/// The stablecoins of the peg.
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

/// The token of Treasury bills.
pub(super) fn bills() -> Foreign {
	Foreign {
		location: tbill(),
		name: "Tokenised Treasury Bills",
		symbol: "TBILL",
		decimals: 18,
		min_balance: USD / 100,
	}
}
