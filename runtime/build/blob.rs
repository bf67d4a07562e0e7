// SPDX-License-Identifier: Apache-2.0

//! How a WebAssembly blob of the runtime is built, whichever crate asks for it.

use std::{env, fs::File, path::Path};

/// What the builder of the blob takes from the environment.
///
/// `repository` is the folder of the workspace.
pub fn prepare(repository: &Path) {
	// Native tests switch these features on for the whole workspace. The blob stays what it is on a
	// live chain, unless a build for benchmarking or for a dry-run of an upgrade asks for more.
	const OPT_IN: &str = "CALIBER_WASM_FEATURES";
	println!("cargo:rerun-if-env-changed={OPT_IN}");
	let wanted = env::var(OPT_IN).unwrap_or_default();
	for feature in ["runtime-benchmarks", "try-runtime"] {
		if !wanted.split(',').any(|name| name == feature) {
			let variable = feature.replace('-', "_").to_uppercase();
			env::remove_var(format!("CARGO_FEATURE_{variable}"));
		}
	}
	// The blob is built with the versions of this workspace's lock file, wherever the target folder
	// is, and by rustc itself: lints are the native build's.
	env::set_var("WASM_BUILD_WORKSPACE_HINT", repository);
	env::remove_var("RUSTC_WORKSPACE_WRAPPER");
	// A node compiles the blob several times when it starts. For development it is made small, so
	// that a start takes seconds; a release is made fast. Both are compressed: relay chains bound
	// the size of what they take.
	if env::var("PROFILE").is_ok_and(|profile| profile == "debug") {
		for (name, value) in
			[("CARGO_PROFILE_RELEASE_OPT_LEVEL", "z"), ("WASM_BUILD_TYPE", "release")]
		{
			if env::var_os(name).is_none() {
				env::set_var(name, value);
			}
		}
	}
}

/// Waits until no other build script builds a blob, until the returned file is dropped: they share
/// a folder.
pub fn lock() -> File {
	let out = env::var_os("OUT_DIR").expect("cargo names the folder of a build script; qed");
	// OUT_DIR is target/PROFILE/build/PACKAGE/out.
	let profile = Path::new(&out).ancestors().nth(3).expect("OUT_DIR has that many parents; qed");
	let file = File::create(profile.join("caliber-blob.lock")).expect("the target can be written");
	file.lock().expect("a lock on a file of one's own can be taken");
	file
}
