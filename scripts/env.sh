# shellcheck shell=sh
# What every build of Caliber is given, said once. To be sourced: `. scripts/env.sh`
#
# Everything compiled is kept under one folder and one set of flags. A build with other flags or
# other features compiles the 1200 crates of the SDK again, so do not vary these without need.

# Outside the checkout: a fresh clone, and continuous integration, find it warm.
CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/caliber/target}"
case "$CARGO_TARGET_DIR" in
	/*) ;;
	# The SDK's wasm builder and npm start other programs in other folders.
	*) CARGO_TARGET_DIR="$PWD/$CARGO_TARGET_DIR" ;;
esac
export CARGO_TARGET_DIR

# clippy-driver is rustc with lints. As the compiler of our own crates only, it lints them in the
# very build that makes the binaries; `cargo clippy` would check all dependencies a second time.
export RUSTC_WORKSPACE_WRAPPER=clippy-driver

# A dependency builds a test runtime to wasm unless told not to. The node does not use it.
export SKIP_FRAME_STORAGE_ACCESS_TEST_RUNTIME_WASM_BUILD=1

# Set-up installs OpenSSL's headers. Without this, a dependency compiles OpenSSL from its source.
export OPENSSL_NO_VENDOR=1

# The one feature set, for every `cargo … --workspace`. One set, because each other one compiles
# FRAME again. A single word on purpose: it needs no array.
# shellcheck disable=SC2034
CALIBER_FEATURES=--features=runtime-benchmarks,try-runtime

# The node these builds make. The clients' end-to-end tests start it.
export CALIBER_NODE="${CALIBER_NODE:-$CARGO_TARGET_DIR/debug/caliber-node}"
