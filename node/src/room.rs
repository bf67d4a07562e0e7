// SPDX-License-Identifier: Apache-2.0

//! Whether the node can still write its data.
//!
//! When the database cannot write, the SDK's node goes on: it answers from what it has and takes no more
//! blocks. The SDK's own monitor (`--db-storage-threshold`) ends the node before the disk is full; it knows
//! nothing of quotas, limits on files, disks that have become read-only, and may be switched off. So
//! what the database is about to do is tried beside it.

use crate::{place::Place, trouble};
use fs4::FileExt;
use std::{
	fs::{self, File},
	io::{Error, ErrorKind, Result},
	path::{Path, PathBuf},
	process, thread,
	time::Duration,
};

/// Bytes that have to be there: the database writes its log in steps of this.
const ROOM: u64 = 64 * 1024 * 1024;
/// Between two trials.
const EVERY: Duration = Duration::from_secs(5);
/// The file that is tried with.
const TRIAL: &str = "room-for-the-database";

/// Bytes that are free where a folder is, or will be.
pub fn free(folder: &Path) -> Option<u64> {
	folder.ancestors().find_map(|folder| fs4::available_space(folder).ok())
}

/// Whether less is free than the node was told to keep.
pub fn is_short(place: &Place) -> bool {
	place.threshold > 0
		&& free(&place.data).is_some_and(|bytes| bytes / 1024 / 1024 < place.threshold)
}

/// The size of the largest file in a folder and those below it.
fn largest(folder: &Path) -> u64 {
	let entries = fs::read_dir(folder).into_iter().flatten().flatten();
	let size = |path: PathBuf| match fs::symlink_metadata(&path) {
		Ok(found) if found.is_dir() => largest(&path),
		Ok(found) => found.len(),
		Err(_) => 0,
	};
	entries.map(|entry| size(entry.path())).max().unwrap_or(0)
}

/// Whether the database could grow: a file is made, given room, made longer than any other, and removed.
pub fn check(place: &Place) -> Result<()> {
	let named = |error: Error| {
		let folder = place.data.display();
		Error::new(error.kind(), format!("data in {folder} cannot be written: {error}"))
	};
	fs::create_dir_all(&place.data).map_err(named)?;
	let path = place.data.join(TRIAL);
	let file = File::create(&path).map_err(named)?;
	// Removed at once, so that nothing stays when the process is killed meanwhile.
	fs::remove_file(&path).map_err(named)?;
	match file.allocate(ROOM) {
		// Not every file system can.
		Err(error) if matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::Interrupted) => {}
		other => other.map_err(named)?,
	}
	file.set_len(largest(&place.database) + ROOM).map_err(named)
}

/// Ends the process once the database cannot grow.
pub fn watch(place: Place) -> Result<()> {
	let patrol = move || {
		let mut failed = false;
		loop {
			thread::sleep(EVERY);
			match check(&place) {
				Ok(()) => failed = false,
				// Once may be a moment's want, of file handles for example.
				Err(_) if !failed => failed = true,
				Err(error) => {
					let error = error.to_string();
					let advice = trouble::advice(&error, &place);
					trouble::tell(&error, advice);
					process::exit(1);
				}
			}
		}
	};
	thread::Builder::new().name("room".into()).spawn(patrol).map(drop)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn place(folder: &Path) -> Place {
		let data = folder.join("chains/id");
		Place { database: data.join("paritydb"), data, ..Default::default() }
	}

	#[test]
	fn check_should_leave_nothing_behind() {
		let folder = tempfile::tempdir().unwrap();
		let place = place(folder.path());
		check(&place).unwrap();
		assert_eq!(fs::read_dir(&place.data).unwrap().count(), 0);
	}

	#[test]
	fn check_should_fail_with_the_folder_when_it_cannot_be_made() {
		let folder = tempfile::tempdir().unwrap();
		fs::write(folder.path().join("chains"), "").unwrap();
		let place = place(folder.path());
		let error = check(&place).unwrap_err().to_string();
		assert!(error.contains("cannot be written"), "{error}");
		assert!(error.contains(&place.data.display().to_string()), "{error}");
		assert!(trouble::advice(&error, &place).unwrap().contains("has to write"), "{error}");
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

	#[test]
	fn space_should_be_short_when_less_is_free_than_wanted() {
		let folder = tempfile::tempdir().unwrap();
		let free = free(&folder.path().join("not/yet")).unwrap() / 1024 / 1024;
		let short = |threshold| is_short(&Place { threshold, ..place(folder.path()) });
		assert!(short(free * 2 + 1024));
		assert!(!short(free / 2));
		assert!(!short(0));
	}
}
