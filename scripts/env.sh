# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# Environment of every build of Caliber. To be sourced: `. scripts/env.sh`
#
# All builds share one target folder and one set of flags. Other flags or features would compile the
# 1200 crates of the SDK again.

# Outside of the checkout, so that a fresh clone and continuous integration find it warm.
CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/caliber/target}"
case "$CARGO_TARGET_DIR" in
	/*) ;;
	# The SDK's wasm builder and npm start programs in other folders.
	*) CARGO_TARGET_DIR="$PWD/$CARGO_TARGET_DIR" ;;
esac
export CARGO_TARGET_DIR

# clippy-driver is rustc with lints. As the compiler of our own crates it lints them in the build that
# makes the binaries; `cargo clippy` would check all dependencies a second time.
export RUSTC_WORKSPACE_WRAPPER=clippy-driver

# Without this, a dependency builds a test runtime to wasm, which the node does not use.
export SKIP_FRAME_STORAGE_ACCESS_TEST_RUNTIME_WASM_BUILD=1

# The set-up installs OpenSSL's headers. Without this, a dependency compiles OpenSSL from its source.
export OPENSSL_NO_VENDOR=1

# The features of every `cargo … --workspace`. Another set compiles FRAME again. One word, which needs no
# array.
# shellcheck disable=SC2034
CALIBER_FEATURES=--features=runtime-benchmarks,try-runtime

# The node that the builds make, for the end-to-end tests of the clients.
export CALIBER_NODE="${CALIBER_NODE:-$CARGO_TARGET_DIR/debug/caliber-node}"
