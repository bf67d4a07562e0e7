// SPDX-License-Identifier: Apache-2.0

//! Builds the runtime again, with the next spec version.

#[path = "../runtime/build/blob.rs"]
mod blob;

use substrate_wasm_builder::WasmBuilder;

fn main() {
	let workspace = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
		.parent()
		.expect("the crate is a folder of the workspace");
	// A build without the blob of the runtime has no second blob either.
	const SKIP: &str = "SKIP_CALIBER_RUNTIME_WASM_BUILD";
	println!("cargo:rerun-if-env-changed={SKIP}");
	if std::env::var_os(SKIP).is_some() {
		std::env::set_var("SKIP_CALIBER_TRY_RUNTIME_WASM_BUILD", "1");
	}
	blob::prepare(workspace);
	let _one_at_a_time = blob::lock();
	WasmBuilder::new()
		.with_project(workspace.join("runtime/Cargo.toml"))
		.expect("the runtime has a manifest")
		.import_memory()
		.export_heap_base()
		.enable_feature("increment-spec-version")
		.set_file_name("next_runtime.rs")
		.build();
}
