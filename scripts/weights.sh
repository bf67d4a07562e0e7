#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Benchmarks the calls of Caliber's pallets and of pallet-xcm, and writes their weights to
# runtime/src/weights.
#
#   scripts/weights.sh            all of them
#   scripts/weights.sh titles     one pallet
#   scripts/weights.sh xcm        pallet-xcm
#
# For a live chain, run it on the reference hardware of the collators.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/env.sh
. scripts/env.sh
on_interrupt "Stopped. The files written so far are complete; the others are unchanged."

readonly STEPS=${STEPS:-10}
readonly REPEAT=${REPEAT:-5}
readonly BLOB="$CARGO_TARGET_DIR/debug/wbuild/caliber-runtime/caliber_runtime.wasm"
readonly MEASURED="$CARGO_TARGET_DIR/caliber_runtime.benchmarks.wasm"

# Keeps a copy of the blob with benchmarks: the next build replaces it by one without.
build() {
	say "Building the node, and the runtime's blob with benchmarks in it."
	# shellcheck disable=SC2119
	CALIBER_WASM_FEATURES=runtime-benchmarks build_workspace
	cp "$BLOB" "$MEASURED"
}

measure() {
	local pallet=$1 module=$2 out
	out="runtime/src/weights/$module.rs"
	say "Measuring $pallet: $STEPS steps, $REPEAT repetitions."
	"$CALIBER_NODE" benchmark pallet --runtime "$MEASURED" \
		--genesis-builder=runtime --genesis-builder-preset=development \
		--pallet "$pallet" --extrinsic '*' --steps "$STEPS" --repeat "$REPEAT" \
		--output "$out"
	tidy "$out"
}

# Adapts the paths to the SDK's umbrella crate, and removes the command line, which has this machine's paths.
# shellcheck disable=SC2016 # backquotes of the file
tidy() {
	sed -i -e 's/^use frame_support::/use polkadot_sdk::frame_support::/' \
		-e 's/T: frame_system::Config/T: polkadot_sdk::frame_system::Config/' \
		-e 's/^\(impl<.*> \)pallet_xcm::/\1polkadot_sdk::pallet_xcm::/' \
		-e 's/^\/\/! HOSTNAME: `[^`]*`, /\/\/! /' \
		-e '1s/^$/\/\/ SPDX-License-Identifier: Apache-2.0/' \
		-e '/^\/\/ Executed Command:/,/^$/c\// Made by scripts/weights.sh.\n' "$1"
}

build
mkdir -p runtime/src/weights
for area in ${1:-governance appraisal titles credit vault reserves xcm}; do
	if [[ "$area" == xcm ]]; then
		measure pallet_xcm pallet_xcm
	else
		measure "pallet_caliber_$area" "pallet_caliber_$area"
	fi
done
say "Done. Build again: scripts/run.sh or scripts/test.sh"
