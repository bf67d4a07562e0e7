#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Writes the chain specifications of this version of the runtime beside this script: plain and raw ones of
# the networks of one machine, and the template of a network of many operators.
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
"$CALIBER_NODE" export-chain-spec --chain testnet --output chain-specs/testnet.json
say "chain-specs/testnet.json, which names nobody: chain-specs/testnet.js makes a network of it"
