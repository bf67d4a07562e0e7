// SPDX-License-Identifier: Apache-2.0

//! `purge-chain`: removes databases, and nothing else.
//!
//! The SDK's own wants the relay chain's specification to find the folders, has no argument for it, and
//! then removes the relay chain's database, too, unless told otherwise.

use crate::place::Place;
use polkadot_sdk::sc_cli;
use std::{
	fs::{self, File, TryLockError},
	io::{self, BufRead, Write},
	path::{Path, PathBuf},
};

/// What is to be removed.
pub struct Purge {
	/// Where.
	pub place: Place,
	/// The database of this chain.
	pub parachain: bool,
	/// The databases of the relay chain's part.
	pub relay_chain: bool,
	/// Without asking.
	pub yes: bool,
}

impl Purge {
	/// The databases that are there.
	fn databases(&self) -> Vec<PathBuf> {
		let mut found = Vec::new();
		if self.parachain {
			found.push(self.place.database.clone());
		}
		if self.relay_chain {
			let chains = fs::read_dir(self.place.base.join("polkadot/chains"));
			for chain in chains.into_iter().flatten().flatten() {
				found.extend(["paritydb", "db"].map(|name| chain.path().join(name)));
			}
		}
		found.retain(|folder| folder.is_dir());
		found
	}

	/// Removes them, once the user agrees.
	pub fn run(&self) -> sc_cli::Result<()> {
		let databases = self.databases();
		if databases.is_empty() {
			println!("There is no database to remove in {}.", self.place.base.display());
			return Ok(());
		}
		for folder in &databases {
			if in_use(folder) {
				let error = format!("a node runs on {}: stop it first", folder.display());
				return Err(error.into());
			}
		}
		if !self.yes {
			for folder in &databases {
				println!("{}", folder.display());
			}
			println!("Blocks that no other node has are lost. Keys stay.");
			print!("Remove? [y/N] ");
			io::stdout().flush()?;
			if !agrees(io::stdin().lock())? {
				println!("Nothing was removed.");
				return Ok(());
			}
		}
		for folder in &databases {
			fs::remove_dir_all(folder)?;
			println!("{} removed.", folder.display());
		}
		Ok(())
	}
}

/// Whether a node holds the lock of a database.
fn in_use(database: &Path) -> bool {
	let lock = File::open(database.join("full/lock"));
	lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
}

fn agrees(mut answer: impl BufRead) -> io::Result<bool> {
	let mut line = String::new();
	answer.read_line(&mut line)?;
	Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}

#[cfg(test)]
mod tests {
	use super::*;
	use tempfile::TempDir;

	const OWN: &str = "chains/id/paritydb";
	const RELAY: [&str; 2] = ["polkadot/chains/relay/paritydb", "polkadot/chains/relay/db"];
	const KEPT: [&str; 3] =
		["chains/id/keystore", "chains/id/network", "polkadot/chains/relay/network"];

	fn data() -> TempDir {
		let base = tempfile::tempdir().unwrap();
		for folder in [OWN].iter().chain(&RELAY) {
			fs::create_dir_all(base.path().join(folder).join("full")).unwrap();
			fs::write(base.path().join(folder).join("full/lock"), "").unwrap();
		}
		for folder in KEPT {
			fs::create_dir_all(base.path().join(folder)).unwrap();
		}
		base
	}

	fn purge(base: &TempDir, parachain: bool, relay_chain: bool) -> Purge {
		let base = base.path().to_path_buf();
		let place = Place { database: base.join(OWN), base, ..Default::default() };
		Purge { place, parachain, relay_chain, yes: true }
	}

	fn left(base: &TempDir) -> Vec<&'static str> {
		let all = [OWN].into_iter().chain(RELAY).chain(KEPT);
		all.filter(|folder| base.path().join(folder).exists()).collect()
	}

	#[test]
	fn databases_should_go_and_keys_stay() {
		let base = data();
		purge(&base, true, false).run().unwrap();
		assert_eq!(left(&base), [&RELAY[..], &KEPT].concat());
		purge(&base, false, true).run().unwrap();
		assert_eq!(left(&base), KEPT);
		// There is nothing left to remove, and that is no error.
		purge(&base, true, true).run().unwrap();
	}

	#[test]
	fn nothing_should_go_when_a_node_runs_on_one_of_them() {
		let base = data();
		let lock = File::open(base.path().join(RELAY[0]).join("full/lock")).unwrap();
		lock.lock().unwrap();
		let error = purge(&base, true, true).run().unwrap_err().to_string();
		assert!(error.contains(RELAY[0]), "{error}");
		assert_eq!(left(&base).len(), 1 + RELAY.len() + KEPT.len());
	}

	#[test]
	fn only_a_yes_should_be_a_yes() {
		for (answer, expected) in
			[("y\n", true), ("Y", true), ("yes\n", true), ("", false), ("n", false)]
		{
			assert_eq!(agrees(answer.as_bytes()).unwrap(), expected, "{answer}");
		}
	}
}
