// SPDX-License-Identifier: Apache-2.0

//! Environment for the build of a WebAssembly blob of the runtime, for every crate that builds one.

use std::{env, fs::File, path::Path};

/// Prepares the environment of the builder of the blob. `repository` is the folder of the
/// workspace.
pub fn prepare(repository: &Path) {
	// Native tests enable these features for the whole workspace. The blob has them only if a build
	// for benchmarks or for a dry run of an upgrade opts in.
	const OPT_IN: &str = "CALIBER_WASM_FEATURES";
	println!("cargo:rerun-if-env-changed={OPT_IN}");
	let wanted = env::var(OPT_IN).unwrap_or_default();
	for feature in ["runtime-benchmarks", "try-runtime"] {
		if !wanted.split(',').any(|name| name == feature) {
			let variable = feature.replace('-', "_").to_uppercase();
			env::remove_var(format!("CARGO_FEATURE_{variable}"));
		}
	}
	// The blob uses the lock file of this workspace, also if the target folder is elsewhere. It is
	// compiled without lints: the native build runs them.
	env::set_var("WASM_BUILD_WORKSPACE_HINT", repository);
	env::remove_var("RUSTC_WORKSPACE_WRAPPER");
	// A node compiles the blob at its start. A development build optimises its size and strips the
	// names of functions (a third of it, which a backtrace of a panic then lacks), so that a start
	// takes seconds; a release optimises its speed and keeps them. Both are compressed, because
	// relay chains limit the size of code.
	if env::var("PROFILE").is_ok_and(|profile| profile == "debug") {
		for (name, value) in [
			("CARGO_PROFILE_RELEASE_OPT_LEVEL", "z"),
			("CARGO_PROFILE_RELEASE_STRIP", "symbols"),
			("WASM_BUILD_TYPE", "release"),
		] {
			if env::var_os(name).is_none() {
				env::set_var(name, value);
			}
		}
	}
}

/// Locks the shared build folder of blobs until the returned file is dropped. Waits while another
/// build script holds the lock.
pub fn lock() -> File {
	let out = env::var_os("OUT_DIR").expect("cargo names the folder of a build script; qed");
	// OUT_DIR is target/PROFILE/build/PACKAGE/out.
	let profile = Path::new(&out).ancestors().nth(3).expect("OUT_DIR has that many parents; qed");
	let file = File::create(profile.join("caliber-blob.lock")).expect("the target can be written");
	file.lock().expect("a lock on a file of one's own can be taken");
	file
}
