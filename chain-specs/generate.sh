#!/usr/bin/env bash
# Writes the chain specifications of this version of the runtime, plain and raw, beside this script.
# They are made from the genesis presets in the runtime; the node must be built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/env.sh
. scripts/env.sh

[[ -x "$CALIBER_NODE" ]] || die "there is no node at $CALIBER_NODE." "Build it with scripts/run.sh or scripts/test.sh."
for chain in dev local; do
	"$CALIBER_NODE" export-chain-spec --chain "$chain" --output "chain-specs/$chain.json"
	"$CALIBER_NODE" export-chain-spec --chain "$chain" --raw --output "chain-specs/$chain.raw.json"
	say "chain-specs/$chain.json and chain-specs/$chain.raw.json"
done
