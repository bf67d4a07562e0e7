// SPDX-License-Identifier: Apache-2.0

//! Reader of the state in a raw chain specification.

use polkadot_sdk::sp_core::storage::{Storage, StorageData, StorageKey};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path};

/// Reads the state of the raw chain specification in `path`. Child tries are an error.
pub fn read(path: &Path) -> Result<Storage, String> {
	let text = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
	parse(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Parses a raw chain specification.
fn parse(text: &[u8]) -> Result<Storage, String> {
	let mut spec: Value = serde_json::from_slice(text).map_err(|error| error.to_string())?;
	let raw = spec.pointer_mut("/genesis/raw").map(Value::take).ok_or(
		"is not a raw chain specification. Make one: \
		 caliber-node export-chain-spec --raw, or caliber-node export-state",
	)?;
	let children = raw.get("childrenDefault").and_then(Value::as_object);
	if children.is_some_and(|children| !children.is_empty()) {
		return Err("has child tries, which no pallet of Caliber makes".into());
	}
	let top = raw.get("top").cloned().unwrap_or_default();
	let top: BTreeMap<StorageKey, StorageData> =
		serde_json::from_value(top).map_err(|error| format!("its state is malformed: {error}"))?;
	if top.is_empty() {
		return Err("holds no state".into());
	}
	let top = top.into_iter().map(|(key, value)| (key.0, value.0)).collect();
	Ok(Storage { top, ..Default::default() })
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn state_should_be_read_key_by_key() {
		let spec =
			r#"{"genesis":{"raw":{"top":{"0x01":"0xaabb","0x02":"0x"},"childrenDefault":{}}}}"#;
		let storage = parse(spec.as_bytes()).unwrap();
		let expected = [(vec![1], vec![0xaa, 0xbb]), (vec![2], vec![])];
		assert_eq!(storage.top, expected.into_iter().collect());
	}

	#[test]
	fn what_is_no_raw_specification_should_be_refused_with_what_to_do() {
		for (spec, hint) in [
			(r#"{"genesis":{"runtimeGenesis":{}}}"#, "export-chain-spec --raw"),
			(r#"{"genesis":{"raw":{"top":{}}}}"#, "holds no state"),
			(r#"{"genesis":{"raw":{"top":{"x":"0x"}}}}"#, "malformed"),
			(r#"{"genesis":{"raw":{"top":{"0x":"0x"},"childrenDefault":{"0x":{}}}}}"#, "child"),
			("no json", "expected"),
		] {
			let error = parse(spec.as_bytes()).unwrap_err();
			assert!(error.contains(hint), "{error}");
		}
	}
}
