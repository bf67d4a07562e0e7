// SPDX-License-Identifier: Apache-2.0

//! Builds the WebAssembly blob of the runtime.

#[cfg(feature = "std")]
mod blob;

fn main() {
	#[cfg(feature = "std")]
	{
		let workspace = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
			.parent()
			.expect("the runtime is a folder of the workspace");
		blob::prepare(workspace);
		let _one_at_a_time = blob::lock();
		let builder = substrate_wasm_builder::WasmBuilder::init_with_defaults();
		#[cfg(feature = "metadata-hash")]
		let builder = builder.enable_metadata_hash("CLBR", 12);
		builder.build();
	}
}
