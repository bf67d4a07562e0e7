// SPDX-License-Identifier: Apache-2.0

//! Ends the node when its database can no longer grow.
//!
//! The node of the SDK goes on if ParityDb cannot write: it answers from what it has and stores no more
//! blocks. The SDK's storage monitor (`--db-storage-threshold`) measures free space; it does not see
//! quotas, limits on the size of files or a file system that became read-only. The guard tries what
//! the database will do next, beside the database.

use fs4::FileExt;
use std::{
	fs::{self, File},
	io::{Error, ErrorKind, Result},
	path::{Path, PathBuf},
	process, thread,
	time::Duration,
};

/// Bytes that the database must be able to add. ParityDb's log grows in steps of this size.
const GROWTH: u64 = 64 * 1024 * 1024;
/// Time between two checks.
const INTERVAL: Duration = Duration::from_secs(5);
/// Name of the file that a check creates and removes.
const PROBE: &str = "disk-guard";

/// Checks a chain's folder once, then in the background until the process ends.
///
/// The first check returns its error. Later ones end the process, see [`watch`].
pub fn start(data: PathBuf) -> Result<()> {
	check(&data)?;
	thread::Builder::new().name("disk-guard".into()).spawn(move || watch(&data)).map(drop)
}

/// Checks a chain's folder again and again, and ends the process with status 1 after two failures in
/// a row. A single failure may be transient, such as a lack of file handles.
fn watch(data: &Path) {
	let mut failures = 0;
	while failures < 2 {
		thread::sleep(INTERVAL);
		match check(data) {
			Ok(()) => failures = 0,
			Err(error) => {
				failures += 1;
				eprintln!("Error: {error}");
			}
		}
	}
	process::exit(1);
}

/// Creates a file, reserves space in it, makes it longer than any other file and removes it.
fn check(data: &Path) -> Result<()> {
	let describe = |error: Error| {
		let folder = data.display();
		Error::new(error.kind(), format!("the database in {folder} cannot grow: {error}"))
	};
	fs::create_dir_all(data).map_err(describe)?;
	let path = data.join(PROBE);
	let probe = File::create(&path).map_err(describe)?;
	// The open file stays usable, and nothing is left behind when the process is killed meanwhile.
	fs::remove_file(&path).map_err(describe)?;
	match probe.allocate(GROWTH) {
		// Not every file system can reserve space.
		Err(error) if matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::Interrupted) => {}
		other => other.map_err(describe)?,
	}
	probe.set_len(largest(data) + GROWTH).map_err(describe)
}

/// Returns the size of the largest file in a folder and those below it.
fn largest(folder: &Path) -> u64 {
	let entries = fs::read_dir(folder).into_iter().flatten().flatten();
	let size = |path: PathBuf| match fs::symlink_metadata(&path) {
		Ok(found) if found.is_dir() => largest(&path),
		Ok(found) => found.len(),
		Err(_) => 0,
	};
	entries.map(|entry| size(entry.path())).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn check_should_leave_nothing_behind() {
		let folder = tempfile::tempdir().unwrap();
		let data = folder.path().join("chains/id");
		check(&data).unwrap();
		assert_eq!(fs::read_dir(&data).unwrap().count(), 0);
	}

	#[test]
	fn check_should_name_the_folder_when_it_cannot_be_made() {
		let folder = tempfile::tempdir().unwrap();
		fs::write(folder.path().join("chains"), "").unwrap();
		let data = folder.path().join("chains/id");
		let error = check(&data).unwrap_err().to_string();
		assert!(error.contains(&data.display().to_string()), "{error}");
		assert!(error.contains("cannot grow"), "{error}");
	}

	#[test]
	fn largest_should_look_below() {
		let folder = tempfile::tempdir().unwrap();
		fs::create_dir_all(folder.path().join("paritydb/full")).unwrap();
		fs::write(folder.path().join("paritydb/small"), [0; 10]).unwrap();
		fs::write(folder.path().join("paritydb/full/large"), [0; 1000]).unwrap();
		assert_eq!(largest(folder.path()), 1000);
		assert_eq!(largest(&folder.path().join("none")), 0);
	}
}
