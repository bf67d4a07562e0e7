// SPDX-License-Identifier: Apache-2.0

//! Balances and assets of a genesis.

use crate::Asset;
use caliber_primitives::Balance;
use polkadot_sdk::{pallet_assets, pallet_balances};

/// Funds with which a test begins.
pub struct Ground<AccountId> {
	owner: AccountId,
	assets: Vec<Asset>,
	clbr: Vec<(AccountId, Balance)>,
	funds: Vec<(u32, AccountId, Balance)>,
	mints: Vec<(AccountId, u32, Balance)>,
}

impl<AccountId: Clone> Ground<AccountId> {
	/// Returns assets of one owner, and no funds.
	pub fn new(owner: AccountId, assets: &[Asset]) -> Self {
		Self {
			owner,
			assets: assets.to_vec(),
			clbr: Vec::new(),
			funds: Vec::new(),
			mints: Vec::new(),
		}
	}

	/// Gives CLBR to each of the accounts.
	pub fn clbr(mut self, accounts: impl IntoIterator<Item = AccountId>, amount: Balance) -> Self {
		self.clbr.extend(accounts.into_iter().map(|who| (who, amount)));
		self
	}

	/// Gives an asset to each of the accounts.
	pub fn funds(
		mut self,
		asset: u32,
		accounts: impl IntoIterator<Item = AccountId>,
		amount: Balance,
	) -> Self {
		self.funds.extend(accounts.into_iter().map(|who| (asset, who, amount)));
		self
	}

	/// Lets each of the accounts mint USDai at genesis: it pays `amount` of a stablecoin into the
	/// peg. The account has that much of it beside its other funds.
	pub fn paid_in(
		mut self,
		stablecoin: u32,
		accounts: impl IntoIterator<Item = AccountId>,
		amount: Balance,
	) -> Self {
		for who in accounts {
			self.mints.push((who.clone(), stablecoin, amount));
			self.funds.push((stablecoin, who, amount));
		}
		self
	}

	/// Returns the first mints of USDai, for the genesis of the pallet that makes the peg: account,
	/// stablecoin, and amount in the smallest unit of the stablecoin.
	pub fn mints(&self) -> Vec<(AccountId, u32, Balance)> {
		self.mints.clone()
	}

	/// Returns the genesis of `pallet-balances`.
	pub fn balances<T>(&self) -> pallet_balances::GenesisConfig<T>
	where
		T: pallet_balances::Config<AccountId = AccountId, Balance = Balance>,
	{
		pallet_balances::GenesisConfig { balances: self.clbr.clone(), ..Default::default() }
	}

	/// Returns the genesis of `pallet-assets`.
	pub fn assets<T>(&self) -> pallet_assets::GenesisConfig<T>
	where
		T: pallet_assets::Config<AccountId = AccountId, AssetId = u32, Balance = Balance>,
	{
		let asset = |asset: &Asset| (asset.id, self.owner.clone(), true, 1);
		let metadata = |asset: &Asset| {
			let symbol = asset.symbol.as_bytes().to_vec();
			(asset.id, symbol.clone(), symbol, asset.decimals)
		};
		pallet_assets::GenesisConfig {
			assets: self.assets.iter().map(asset).collect(),
			metadata: self.assets.iter().map(metadata).collect(),
			accounts: self.funds.clone(),
			..Default::default()
		}
	}
}
