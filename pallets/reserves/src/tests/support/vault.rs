// SPDX-License-Identifier: Apache-2.0

//! Vault in place of the vault pallet.

use crate::tests::mock::*;
use caliber_primitives::{
	traits::{IdleFunds, TreasuryBills},
	Balance, Seconds, USDAI,
};
use polkadot_sdk::{
	frame_support::{ensure, parameter_types},
	sp_runtime::{DispatchError, DispatchResult},
};

parameter_types! {
	/// The ledger of the vault.
	pub storage VaultIdle: Balance = 0;
	pub storage VaultLent: Balance = 0;
	pub storage VaultWanted: Balance = 0;
	/// Part of the idle USDai that has not lain long.
	pub storage VaultNew: Balance = 0;
	/// What the bills sold last were marked at.
	pub storage LastMark: Balance = 0;
}

/// Vault in place of the vault pallet: its account has at least the idle USDai.
pub struct MockVault;
impl IdleFunds<AccountId> for MockVault {
	fn idle() -> Balance {
		VaultIdle::get()
	}

	fn assets() -> Result<Balance, DispatchError> {
		Ok(VaultIdle::get() + VaultLent::get() + <Reserves as TreasuryBills>::value())
	}

	fn wanted() -> Result<Balance, DispatchError> {
		Ok(VaultWanted::get())
	}

	fn long_idle(_: Seconds) -> Balance {
		VaultIdle::get().saturating_sub(VaultNew::get())
	}

	fn take(to: &AccountId, amount: Balance) -> DispatchResult {
		let idle = VaultIdle::get();
		ensure!(amount <= idle, "the vault has less");
		VaultIdle::set(&(idle - amount));
		send(USDAI, &VAULT, to, amount)
	}

	fn put_back(from: &AccountId, amount: Balance, mark: Balance) -> DispatchResult {
		LastMark::set(&mark);
		VaultIdle::set(&(VaultIdle::get() + amount));
		send(USDAI, from, &VAULT, amount)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_idle(amount: Balance) {
		fund_vault(amount);
	}
}

/// Issues idle USDai to the vault.
pub fn fund_vault(amount: Balance) {
	issue(&VAULT, amount);
	VaultIdle::set(&(VaultIdle::get() + amount));
}
