// SPDX-License-Identifier: Apache-2.0

//! The interface of `kvdb-rocksdb` 0.21, stored through ParityDb's ordered (b-tree) columns.
//!
//! The SDK's client links RocksDB whether or not a node uses it. This crate takes its place in the
//! build graph, so that no C++ has to be compiled, and keeps every command that falls back to
//! "RocksDb" working. See the README beside this crate for when it can go.

use std::{
	collections::{BTreeMap, HashMap},
	io,
	path::{Path, PathBuf},
};

pub use kvdb::KeyValueDB;
use kvdb::{DBKey, DBKeyValue, DBOp, DBTransaction, DBValue};
use parity_db::{ColumnOptions, Db, Options};
use parking_lot::Mutex;

/// How a database is opened. Only `columns` and `create_if_missing` have an effect here; the
/// memory budget and the number of open files are RocksDB's knobs and are accepted as they are.
#[derive(Clone, Debug)]
pub struct DatabaseConfig {
	/// Upper bound on open files (unused).
	pub max_open_files: i32,
	/// Memory budget in MiB for each column (unused).
	pub memory_budget: HashMap<u32, usize>,
	/// Number of columns.
	pub columns: u32,
	/// Create the database where there is none.
	pub create_if_missing: bool,
}

impl DatabaseConfig {
	/// The default configuration with this number of columns.
	pub fn with_columns(columns: u32) -> Self {
		Self { columns, ..Self::default() }
	}
}

impl Default for DatabaseConfig {
	fn default() -> Self {
		Self {
			max_open_files: 512,
			memory_budget: HashMap::new(),
			columns: 1,
			create_if_missing: true,
		}
	}
}

/// A key-value database with the methods of `kvdb_rocksdb::Database`.
pub struct Database {
	// `None` only while the columns are being changed, under `&mut self`.
	db: Option<Db>,
	path: PathBuf,
	columns: u32,
	// A prefix deletion reads the keys it removes: writers take turns.
	write_lock: Mutex<()>,
}

fn other(error: impl std::fmt::Display) -> io::Error {
	io::Error::other(error.to_string())
}

fn options(path: &Path, columns: u32) -> io::Result<Options> {
	let count = u8::try_from(columns).map_err(|_| other(format!("too many columns: {columns}")))?;
	let mut options = Options::with_columns(path, count);
	for column in &mut options.columns {
		*column = ordered();
	}
	Ok(options)
}

fn ordered() -> ColumnOptions {
	ColumnOptions { btree_index: true, ..Default::default() }
}

impl Database {
	/// Open the database at `path`.
	///
	/// Where there is none, it is created if the configuration says so. Otherwise the error
	/// contains "create_if_missing is false": that text is what the SDK takes for "does not exist".
	pub fn open<P: AsRef<Path>>(config: &DatabaseConfig, path: P) -> io::Result<Self> {
		let path = path.as_ref().to_path_buf();
		let stored = Options::load_metadata(&path).map_err(other)?;
		if stored.is_none() && !config.create_if_missing {
			return Err(other(format!(
				"no database at {}, and create_if_missing is false",
				path.display()
			)));
		}
		let columns = config.columns.max(1);
		let db = Db::open_or_create(&options(&path, columns)?).map_err(other)?;
		Ok(Self { db: Some(db), path, columns, write_lock: Mutex::new(()) })
	}

	fn db(&self) -> io::Result<&Db> {
		self.db.as_ref().ok_or_else(|| other("the database was closed by a failed column change"))
	}

	// ParityDb panics on a column it does not have; RocksDB answers an error.
	fn column(&self, col: u32) -> io::Result<u8> {
		u8::try_from(col)
			.ok()
			.filter(|_| col < self.columns)
			.ok_or_else(|| other(format!("no such column: {col}")))
	}

	/// An empty transaction.
	pub fn transaction(&self) -> DBTransaction {
		DBTransaction::new()
	}

	/// The number of columns.
	pub fn num_columns(&self) -> u32 {
		self.columns
	}

	/// The value of `key`.
	pub fn get(&self, col: u32, key: &[u8]) -> io::Result<Option<DBValue>> {
		self.db()?.get(self.column(col)?, key).map_err(other)
	}

	/// Write the operations in their order, all or none.
	pub fn write(&self, transaction: DBTransaction) -> io::Result<()> {
		let _turn = self.write_lock.lock();
		// The last word on a key counts; ParityDb is given each key once.
		let mut changes: BTreeMap<(u8, Vec<u8>), Option<DBValue>> = BTreeMap::new();
		for op in transaction.ops {
			match op {
				DBOp::Insert { col, key, value } => {
					changes.insert((self.column(col)?, key.to_vec()), Some(value));
				}
				DBOp::Delete { col, key } => {
					changes.insert((self.column(col)?, key.to_vec()), None);
				}
				DBOp::DeletePrefix { col, prefix } => {
					let id = self.column(col)?;
					for (_, value) in changes
						.iter_mut()
						.filter(|((c, key), _)| *c == id && key.starts_with(&prefix))
					{
						*value = None;
					}
					for item in self.iter_from(col, &prefix) {
						changes.insert((id, item?.0.to_vec()), None);
					}
				}
			}
		}
		self.db()?
			.commit(changes.into_iter().map(|((col, key), value)| (col, key, value)))
			.map_err(other)
	}

	/// All pairs of a column in the order of their keys.
	pub fn iter(&self, col: u32) -> impl Iterator<Item = io::Result<DBKeyValue>> + '_ {
		self.iter_from(col, &[])
	}

	/// The pairs of a column whose keys start with `prefix`.
	pub fn iter_with_prefix<'a>(
		&'a self,
		col: u32,
		prefix: &'a [u8],
	) -> impl Iterator<Item = io::Result<DBKeyValue>> + 'a {
		self.iter_from(col, prefix)
	}

	fn iter_from(&self, col: u32, prefix: &[u8]) -> PrefixIter<'_> {
		let seek = || -> io::Result<_> {
			let mut inner = self.db()?.iter(self.column(col)?).map_err(other)?;
			inner.seek(prefix).map_err(other)?;
			Ok(inner)
		};
		let (inner, failed) = match seek() {
			Ok(inner) => (Some(inner), None),
			Err(error) => (None, Some(error)),
		};
		PrefixIter { inner, failed, prefix: prefix.to_vec() }
	}

	/// RocksDB compacts a column here. ParityDb has no such step: nothing to do, and done.
	pub fn force_compact(&self, col: u32) -> io::Result<()> {
		self.column(col).map(drop)
	}

	/// Add an empty column behind the last.
	pub fn add_column(&mut self) -> io::Result<()> {
		self.change_columns(self.columns + 1, |options| Db::add_column(options, ordered()))
	}

	/// Remove the last column with all it holds.
	pub fn remove_last_column(&mut self) -> io::Result<()> {
		let left = self
			.columns
			.checked_sub(1)
			.filter(|left| *left > 0)
			.ok_or_else(|| other("the only column cannot be removed"))?;
		self.change_columns(left, Db::drop_last_column)
	}

	fn change_columns(
		&mut self,
		columns: u32,
		change: impl FnOnce(&mut Options) -> parity_db::Result<()>,
	) -> io::Result<()> {
		let mut old = options(&self.path, self.columns)?;
		// ParityDb changes columns on a closed database only.
		self.db = None;
		change(&mut old).map_err(other)?;
		self.db = Some(Db::open(&options(&self.path, columns)?).map_err(other)?);
		self.columns = columns;
		Ok(())
	}
}

struct PrefixIter<'a> {
	inner: Option<parity_db::BTreeIterator<'a>>,
	failed: Option<io::Error>,
	prefix: Vec<u8>,
}

impl Iterator for PrefixIter<'_> {
	type Item = io::Result<DBKeyValue>;

	fn next(&mut self) -> Option<Self::Item> {
		if let Some(error) = self.failed.take() {
			return Some(Err(error));
		}
		match self.inner.as_mut()?.next() {
			Ok(Some((key, value))) if key.starts_with(&self.prefix) => {
				Some(Ok((DBKey::from_vec(key), value)))
			}
			Ok(_) => {
				self.inner = None;
				None
			}
			Err(error) => {
				self.inner = None;
				Some(Err(other(error)))
			}
		}
	}
}

impl KeyValueDB for Database {
	fn get(&self, col: u32, key: &[u8]) -> io::Result<Option<DBValue>> {
		Database::get(self, col, key)
	}

	fn get_by_prefix(&self, col: u32, prefix: &[u8]) -> io::Result<Option<DBValue>> {
		self.iter_from(col, prefix).next().transpose().map(|pair| pair.map(|(_, value)| value))
	}

	fn write(&self, transaction: DBTransaction) -> io::Result<()> {
		Database::write(self, transaction)
	}

	fn iter<'a>(&'a self, col: u32) -> Box<dyn Iterator<Item = io::Result<DBKeyValue>> + 'a> {
		Box::new(Database::iter(self, col))
	}

	fn iter_with_prefix<'a>(
		&'a self,
		col: u32,
		prefix: &'a [u8],
	) -> Box<dyn Iterator<Item = io::Result<DBKeyValue>> + 'a> {
		Box::new(self.iter_from(col, prefix))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn open(dir: &Path, columns: u32) -> Database {
		Database::open(&DatabaseConfig::with_columns(columns), dir).unwrap()
	}

	#[test]
	fn open_should_name_the_missing_flag_when_there_is_no_database() {
		let dir = tempfile::tempdir().unwrap();
		let config = DatabaseConfig { create_if_missing: false, ..DatabaseConfig::with_columns(2) };
		let path = dir.path().join("db");
		let error = Database::open(&config, &path).err().unwrap();
		assert!(error.to_string().contains("create_if_missing is false"));
		assert!(!path.exists());
	}

	#[test]
	fn writes_should_survive_reopening_and_apply_in_order() {
		let dir = tempfile::tempdir().unwrap();
		{
			let db = open(dir.path(), 2);
			let mut tx = db.transaction();
			tx.put(0, b"a1", b"one");
			tx.put(0, b"a2", b"two");
			tx.put(0, b"b", b"three");
			tx.put(1, b"a1", b"other column");
			db.write(tx).unwrap();
			let mut tx = db.transaction();
			tx.put(0, b"a3", b"gone with the prefix");
			tx.delete_prefix(0, b"a");
			tx.put(0, b"a2", b"written after");
			db.write(tx).unwrap();
		}
		let db = open(dir.path(), 2);
		let pairs: Vec<_> = db.iter(0).map(|p| p.unwrap()).map(|(k, v)| (k.to_vec(), v)).collect();
		assert_eq!(
			pairs,
			vec![(b"a2".to_vec(), b"written after".to_vec()), (b"b".to_vec(), b"three".to_vec())]
		);
		assert_eq!(db.get(1, b"a1").unwrap(), Some(b"other column".to_vec()));
	}

	#[test]
	fn prefix_reads_should_stop_at_the_prefix() {
		let dir = tempfile::tempdir().unwrap();
		let db = open(dir.path(), 1);
		let mut tx = db.transaction();
		for key in [&b"ka"[..], b"kb", b"l"] {
			tx.put(0, key, key);
		}
		db.write(tx).unwrap();
		assert_eq!(db.iter_with_prefix(0, b"k").count(), 2);
		assert_eq!(KeyValueDB::get_by_prefix(&db, 0, b"l").unwrap(), Some(b"l".to_vec()));
		assert_eq!(KeyValueDB::get_by_prefix(&db, 0, b"m").unwrap(), None);
	}

	#[test]
	fn deleting_should_succeed_when_there_is_nothing_to_delete() {
		let dir = tempfile::tempdir().unwrap();
		let db = open(dir.path(), 1);
		let mut tx = db.transaction();
		tx.delete(0, b"k");
		tx.delete_prefix(0, b"p");
		tx.put(0, b"", b"the empty key");
		db.write(tx).unwrap();
		assert_eq!(db.iter(0).count(), 1);
	}

	#[test]
	fn columns_should_be_added_and_removed() {
		let dir = tempfile::tempdir().unwrap();
		let mut db = open(dir.path(), 1);
		db.add_column().unwrap();
		let mut tx = db.transaction();
		tx.put(1, b"k", b"v");
		db.write(tx).unwrap();
		assert_eq!(db.num_columns(), 2);
		db.remove_last_column().unwrap();
		assert!(db.get(1, b"k").is_err());
		assert!(db.iter(1).next().unwrap().is_err());
		assert!(db.force_compact(1).is_err());
		let mut tx = db.transaction();
		tx.put(0, b"k", b"v");
		tx.delete(1, b"k");
		assert!(db.write(tx).is_err());
		assert_eq!(db.get(0, b"k").unwrap(), None);
		assert!(db.remove_last_column().is_err());
	}
}
