#!/usr/bin/env bash
# Sets the machine up, builds the node and starts a development chain on this machine.
#
#   scripts/run.sh                       a fresh chain, gone when it stops
#   scripts/run.sh --base-path DIR       a chain that is kept in DIR and goes on from there
#   scripts/run.sh --dev-block-time 500  any other option of the node, too
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/env.sh
. scripts/env.sh
on_interrupt "Stopped. What is compiled is kept: start scripts/run.sh again and it goes on from here."

readonly NODE="$CARGO_TARGET_DIR/debug/caliber-node"

build() {
	if [[ ! -x "$NODE" ]]; then
		say "Building the node. The first build compiles about 1200 crates: 30 to 45 minutes on two cores."
		say "Later ones compile only what has changed. Everything goes to $CARGO_TARGET_DIR"
	fi
	# shellcheck disable=SC2119
	build_workspace || die "the build failed; the compiler's message is above." \
		"If it was killed, memory ran out: CARGO_BUILD_JOBS=1 scripts/run.sh"
}

explain() {
	cat <<-TEXT

		Starting the development chain: one node, a block every 3 seconds, no relay chain.

		  RPC          ws://127.0.0.1:9944  (unless --rpc-port says otherwise)
		  Look inside  polkadot.js apps, with this address as its custom endpoint
		  A loan       npm run --prefix clients demo    in a second terminal
		  State        fresh at each start; --base-path DIR keeps it
		  Stop         Ctrl-C

	TEXT
}

scripts/setup.sh
build
explain
exec "$NODE" --dev "$@"
