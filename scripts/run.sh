#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Sets the machine up, builds the node and starts a development chain on this machine.
#
#   scripts/run.sh                       a new chain, removed when it stops
#   scripts/run.sh --base-path DIR       a chain that is kept in DIR, and continued
#   scripts/run.sh --dev-block-time 500  any other option of the node
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/env.sh
. scripts/env.sh
on_interrupt "Stopped. Compiled crates are kept: scripts/run.sh continues from here."

readonly NODE="$CARGO_TARGET_DIR/debug/caliber-node"

build() {
	if [[ ! -x "$NODE" ]]; then
		say "Building the node. The first build compiles about 1200 crates: about 20 minutes on two cores."
		say "Later builds compile only what has changed. The target folder is $CARGO_TARGET_DIR"
	fi
	# shellcheck disable=SC2119
	build_workspace || die "The build failed; see the compiler's message above." \
		"If it was killed, memory ran out: CARGO_BUILD_JOBS=1 scripts/run.sh"
}

explain() {
	cat <<-TEXT

		Starting the development chain: one node, a block every 3 seconds, no relay chain.

		  RPC        ws://127.0.0.1:9944, or another --rpc-port
		  Explorer   polkadot.js apps, with this address as custom endpoint
		  Demo       npm run --prefix clients demo, in a second terminal
		  State      new at each start; --base-path DIR keeps it
		  Stop       Ctrl-C

	TEXT
}

scripts/setup.sh
build
explain
exec "$NODE" --dev "$@"
