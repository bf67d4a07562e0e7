#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Sets the machine up, builds the node and starts a development chain on this machine, with a feeder of
# prices beside it.
#
#   scripts/run.sh                       a new chain, removed when it stops
#   scripts/run.sh --no-feed             without the feeder: the demo and others feed prices of their own
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
# Seconds between two reports of prices.
readonly INTERVAL=60

build() {
	if [[ ! -x "$NODE" ]]; then
		say "Building the node. The first build compiles about 1200 crates: about 20 minutes on two cores."
		say "Later builds compile only what has changed. The target folder is $CARGO_TARGET_DIR"
	fi
	# shellcheck disable=SC2119
	build_workspace || die "The build failed; see the compiler's message above." \
		"If it was killed, memory ran out: CARGO_BUILD_JOBS=1 scripts/run.sh"
}

# Reads the options that are this script's or concern the feeder; the others are the node's alone.
feed=true
port=9944
options=()
while [[ $# -gt 0 ]]; do
	case "$1" in
		--no-feed) feed=false ;;
		--rpc-port=*) port=${1#*=} && options+=("$1") ;;
		--rpc-port)
			[[ $# -gt 1 ]] || die "--rpc-port takes a number."
			port=$2
			options+=("$1" "$2")
			shift
			;;
		*) options+=("$1") ;;
	esac
	shift
done
readonly feed port

explain() {
	local prices="three operators report recorded prices every $INTERVAL seconds; --no-feed leaves them out"
	$feed || prices="none: without them nothing can be minted, drawn or bought"
	cat <<-TEXT

		Starting the development chain: one node, a block every 3 seconds, no relay chain.

		  RPC        ws://127.0.0.1:$port
		  Explorer   polkadot.js apps, with this address as custom endpoint
		  Prices     $prices
		  Demo       npm run --prefix clients demo, in a second terminal, with --no-feed here
		  State      new at each start; --base-path DIR keeps it
		  Stop       Ctrl-C

	TEXT
}

# Reports recorded prices to the node as soon as it answers, each line marked as the feeder's.
feeder() {
	exec node clients/feeder/src/main.js --url "ws://127.0.0.1:$port" --wait --hold --peg --bills \
		--interval "$INTERVAL" > >(sed -u 's/^/[feeder] /') 2>&1
}

# Runs the node, and the feeder for as long as the node runs.
run() {
	"$NODE" --dev "${options[@]}" &
	local node=$! beside='' code=0
	if $feed; then
		feeder &
		beside=$!
	fi
	# Ctrl-C reaches the node too: it stops in order, and this script after it.
	trap 'kill -TERM "$node" 2>/dev/null || true' INT TERM
	wait "$node" || code=$?
	while kill -0 "$node" 2>/dev/null; do wait "$node" || code=$?; done
	[[ -z "$beside" ]] || kill "$beside" 2>/dev/null || true
	return "$code"
}

scripts/setup.sh
build
explain
run
