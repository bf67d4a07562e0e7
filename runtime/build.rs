//! Builds the WebAssembly blob that the chain runs.

fn main() {
	#[cfg(feature = "std")]
	{
		// Native tests switch these features on for the whole workspace. The blob stays what it is on
		// a live chain, unless a build for benchmarking or for a dry-run of an upgrade asks for more.
		const OPT_IN: &str = "CALIBER_WASM_FEATURES";
		println!("cargo:rerun-if-env-changed={OPT_IN}");
		let wanted = std::env::var(OPT_IN).unwrap_or_default();
		for feature in ["runtime-benchmarks", "try-runtime"] {
			if !wanted.split(',').any(|name| name == feature) {
				let variable = feature.replace('-', "_").to_uppercase();
				std::env::remove_var(format!("CARGO_FEATURE_{variable}"));
			}
		}
		// The blob is built with the versions of this workspace's lock file, wherever the target
		// folder is, and by rustc itself: lints are the native build's.
		let workspace = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
			.parent()
			.expect("the runtime is a folder of the workspace");
		std::env::set_var("WASM_BUILD_WORKSPACE_HINT", workspace);
		std::env::remove_var("RUSTC_WORKSPACE_WRAPPER");
		// A node compiles the blob several times when it starts. For development it is made small, so
		// that a start takes seconds; a release is made fast.
		const OPT_LEVEL: &str = "CARGO_PROFILE_RELEASE_OPT_LEVEL";
		if std::env::var("PROFILE").is_ok_and(|profile| profile == "debug")
			&& std::env::var_os(OPT_LEVEL).is_none()
		{
			std::env::set_var(OPT_LEVEL, "z");
		}
		let builder = substrate_wasm_builder::WasmBuilder::init_with_defaults();
		#[cfg(feature = "metadata-hash")]
		let builder = builder.enable_metadata_hash("CLBR", 12);
		builder.build();
	}
}
