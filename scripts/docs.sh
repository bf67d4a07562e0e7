#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds the documentation of the workspace's libraries. A warning of rustdoc, such as a broken link, is an
# error.
#
#   scripts/docs.sh
#
# `cargo doc` would first check the 1200 dependencies again. For documentation tests, however, cargo calls
# rustdoc with the libraries of the ordinary build. This script takes the place of rustdoc there, records
# the calls, and makes them again for documentation instead of tests.
set -euo pipefail

# Records one call by cargo as a script, with its folder and environment.
record() {
	local name='' args=()
	while [[ $# -gt 0 ]]; do
		case "$1" in
			# Options for tests, with and without a value.
			--test | --nocapture | --no-run | --test-*=*) ;;
			--test-*) shift ;;
			--crate-name)
				name=$2
				args+=("$1" "$2")
				shift
				;;
			*) args+=("$1") ;;
		esac
		shift
	done
	{
		export -p
		printf 'cd %q\nexec rustdoc' "$PWD"
		printf ' %q' "${args[@]}" -D warnings --out-dir "$CARGO_TARGET_DIR/doc"
		printf '\n'
	} >"$CALIBER_RUSTDOC_CALLS/$name"
}

if [[ -n "${CALIBER_RUSTDOC_CALLS:-}" ]]; then
	[[ " $* " == *" --test "* ]] || exec rustdoc "$@"
	record "$@"
	exit
fi

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/env.sh
. scripts/env.sh

calls=$(mktemp -d "${TMPDIR:-/tmp}/caliber-docs.XXXXXX")
trap 'rm -rf "$calls"' EXIT
CALIBER_RUSTDOC_CALLS=$calls RUSTDOC=$PWD/scripts/docs.sh \
	cargo test --doc --workspace "$CALIBER_FEATURES" --locked --quiet
found=("$calls"/*)
[[ -e "${found[0]}" ]] || die "cargo did not call rustdoc for any library."
say "Documenting: ${found[*]##*/}"
printf '%s\0' "${found[@]}" | xargs -0 -n 1 -P "$(nproc)" bash
say "The documentation is in $CARGO_TARGET_DIR/doc"
