#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Sets the machine up, builds everything and runs every test.
#
#   scripts/test.sh           all, with the robustness tests in a short form
#   scripts/test.sh rust      format, lints, build, unit and runtime tests, documentation
#   scripts/test.sh clients   unit tests of the clients, without a node
#   scripts/test.sh e2e       builds the node, then tests its chains, and the clients against it
#   scripts/test.sh network   builds the node, then tests relay chain and collators, containers, the
#                             operators' guide, the keeper, and robustness in full: an hour
# shellcheck disable=SC2317 # steps are called by their name
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/env.sh
. scripts/env.sh

# Exit status of a step that cannot run on this machine.
readonly SKIPPED=77

passed=0
skipped=0
failed=0
results=()
reasons=()
running="nothing yet"
output=$(mktemp)
trap 'rm -f "$output"' EXIT

summary() {
	say "" "== Summary"
	[[ ${#results[@]} -eq 0 ]] || printf '%s\n' "${results[@]}"
	[[ ${#reasons[@]} -eq 0 ]] || printf '%s\n' "${reasons[@]}"
	say "$passed passed, $failed failed, $skipped skipped"
}

finish() {
	summary
	[[ "$failed" -eq 0 ]] || exit 1
	exit 0
}

interrupted() {
	printf '\nInterrupted. The remaining steps were not run. Compiled crates are kept.\n' >&2
	results+=("FAILED (interrupted)  $running")
	failed=$((failed + 1))
	summary
	exit 130
}
trap interrupted INT TERM

# Runs a command, and keeps its output unless it goes to a terminal, where progress bars need the terminal itself.
watched() {
	if [[ -t 1 ]]; then
		: >"$output"
		"$@"
	else
		"$@" 2>&1 | tee "$output"
	fi
}

# Lines of the kept output that say what failed.
why() {
	grep -E '✗|^error|panicked at|\.\.\. FAILED' "$output" | head -n 20 || true
}

# step NAME COMMAND …: runs the command and reports its outcome and time. Fails if the command fails; a
# skipped step succeeds.
step() {
	local name=$1 start=$SECONDS status=0 outcome
	shift
	running=$name
	printf '\n== %s\n' "$name"
	watched "$@" || status=$?
	case "$status" in
		0)
			outcome=passed
			passed=$((passed + 1))
			;;
		"$SKIPPED")
			outcome=skipped
			skipped=$((skipped + 1))
			status=0
			;;
		*)
			outcome=FAILED
			failed=$((failed + 1))
			mapfile -t -O ${#reasons[@]} reasons < <(why | sed "s/^ */$name: /")
			;;
	esac
	printf '== %s: %s, %d s\n' "$name" "$outcome" "$((SECONDS - start))"
	results+=("$(printf '%-7s %6d s  %s' "$outcome" "$((SECONDS - start))" "$name")")
	return "$status"
}

# A step that the next ones depend on.
needed_step() {
	step "$@" && return
	say "The remaining steps depend on it and were not run."
	finish
}

# A step that the next ones do not depend on.
free_step() {
	step "$@" || true
}

# ---- Rust ------------------------------------------------------------------------------------

format() {
	cargo fmt --all --check || {
		say "Format with: cargo fmt --all"
		return 1
	}
}

manifests() {
	cargo metadata --locked --format-version 1 >/dev/null || {
		say "Cargo.lock does not match the manifests. Update it with: cargo metadata >/dev/null"
		return 1
	}
	local without
	without=$(git ls-files --cached --others --exclude-standard '*Cargo.toml' | xargs -r grep -L '^license') || true
	[[ -z "$without" ]] || {
		say "These manifests have no licence:" "$without"
		return 1
	}
}

# Builds the wasm of the runtime and runs the lints, too.
build() {
	build_workspace --locked
}

rust_tests() {
	cargo test --workspace "$CALIBER_FEATURES" --locked --no-fail-fast
}

# The stand-ins are outside of the workspace. Each has a target folder of its own, because their features
# of common dependencies differ.
stand_in_tests() {
	CARGO_TARGET_DIR="$CARGO_TARGET_DIR/patches/$1" \
		cargo test --manifest-path "patches/$1/Cargo.toml" --locked
}

# Licences and sources of the dependencies, by deny.toml. Advisories are left out: their database is a
# git repository.
dependencies() {
	cargo deny --version >/dev/null 2>&1 || {
		say "cargo-deny is not installed."
		return "$SKIPPED"
	}
	cargo deny -L error --offline --locked check --hide-inclusion-graph licenses bans sources
}

scripts_check() {
	local script status=0
	for script in scripts/*.sh docker/*.sh .ci/run; do
		bash -n "$script" || status=1
	done
	if has shellcheck; then
		shellcheck -x scripts/*.sh docker/*.sh .ci/run || status=1
	else
		say "shellcheck is not installed; only the syntax was checked."
	fi
	return "$status"
}

say_first_build() {
	[[ -x "$CARGO_TARGET_DIR/debug/caliber-node" ]] ||
		say "" "The first build compiles about 1200 crates: about 20 minutes on two cores."
}

node_build() {
	say_first_build
	needed_step "build and lints" build
}

rust() {
	free_step "format" format
	free_step "manifests and lockfile" manifests
	node_build
	free_step "Rust tests" rust_tests
	free_step "documentation" scripts/docs.sh
	free_step "dependencies" dependencies
	free_step "stand-in for kvdb-rocksdb" stand_in_tests kvdb-rocksdb
	free_step "stand-in for tikv-jemalloc-sys" stand_in_tests tikv-jemalloc-sys
	free_step "stand-in for wasm-opt" stand_in_tests wasm-opt
	free_step "scripts" scripts_check
}

# ---- Clients ---------------------------------------------------------------------------------

# Known vulnerabilities in the packages that the clients run with. Not every registry answers an audit.
audit() {
	local report status=0
	report=$(npm audit --prefix clients --omit=dev --audit-level=high --json 2>/dev/null) || status=$?
	[[ "$report" == *'"auditReportVersion"'* ]] || {
		say "The npm registry does not answer an audit."
		return "$SKIPPED"
	}
	[[ "$status" -eq 0 ]] || npm audit --prefix clients --omit=dev --audit-level=high || true
	return "$status"
}

clients() {
	free_step "clients' tests" npm test --prefix clients
	free_step "clients' dependencies" audit
}

on_a_node() {
	free_step "chain specifications" node chain-specs/check.js
	free_step "end to end" npm run --prefix clients e2e
}

# ---- Network ---------------------------------------------------------------------------------

containers() {
	free_step "containers and monitoring" docker/check.sh
}

relay_chain() {
	free_step "relay chain and collators" node zombienet/smoke.js --skipped=$SKIPPED
}

operators() {
	free_step "the operators' guide, as written" node zombienet/guide.js --skipped=$SKIPPED
	free_step "keeper on a node" npm run --prefix clients keeper:e2e
}

# The short form.
short_robustness() {
	free_step "killed nodes, in short" node zombienet/robustness/kill.js 4
	free_step "bad transactions and requests, in short" node zombienet/robustness/flood.js 1000
}

robustness() {
	free_step "killed nodes" node zombienet/robustness/kill.js
	free_step "bad transactions and requests" node zombienet/robustness/flood.js
	free_step "full disks and damaged databases" node zombienet/robustness/storage.js
	free_step "starts that cannot succeed" node zombienet/robustness/start.js
}

# ----------------------------------------------------------------------------------------------

part=${1:-all}
case "$part" in
	all)
		needed_step "set-up" scripts/setup.sh
		rust
		clients
		containers
		on_a_node
		relay_chain
		short_robustness
		;;
	rust)
		needed_step "set-up" scripts/setup.sh rust
		rust
		;;
	clients)
		needed_step "set-up" scripts/setup.sh clients
		clients
		;;
	e2e)
		needed_step "set-up" scripts/setup.sh
		node_build
		on_a_node
		;;
	network)
		needed_step "set-up" scripts/setup.sh
		node_build
		containers
		relay_chain
		operators
		robustness
		;;
	*) die "\"$part\" is not a part of the tests." "scripts/test.sh [rust|clients|e2e|network]" ;;
esac
finish
