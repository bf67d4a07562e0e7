# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Messages, version checks and the workspace build, shared by the scripts. To be sourced.

# Seconds for a command of rustup, which waits long for a server it cannot reach.
readonly RUSTUP_LIMIT=300

# Prints each argument on a line of its own.
say() { printf '%s\n' "$@"; }
warn() { printf 'note: %s\n' "$*" >&2; }

# die PROBLEM [ADVICE …]: prints them, one line each, and exits.
die() {
	printf 'error: %s\n' "$1" >&2
	shift
	[[ $# -eq 0 ]] || printf '       %s\n' "$@" >&2
	exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# at_least WANTED HAVE: succeeds if version HAVE is WANTED or newer.
at_least() {
	[[ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" == "$1" ]]
}

# on_interrupt MESSAGE: prints the message on Ctrl-C. cargo, npm and the set-up keep what is done.
on_interrupt() {
	local message=$1
	# shellcheck disable=SC2064 # expands now on purpose
	trap "printf '\n%s\n' $(printf '%q' "$message") >&2; exit 130" INT
}

# Prints the version of rustc, such as 1.95.0; nothing if rustc does not run.
rust_version() { rustc --version --verbose | sed -n 's/^release: //p'; }

# Runs rustup with a time limit; fails if there is no rustup.
try_rustup() {
	has rustup && RUST_BACKTRACE=0 timeout --foreground "$RUSTUP_LIMIT" rustup "$@"
}

# ---- The workspace build ---------------------------------------------------------------------

stand_in_files() {
	find patches -name '*.rs' -o -name Cargo.toml | LC_ALL=C sort
}

stand_ins_sum() {
	stand_in_files | xargs cat | sha256sum
}

# build_workspace [CARGO-ARGUMENT …]: builds node, runtime and wasm, and runs the lints.
#
# Half of the SDK's client depends on the stand-ins in patches/. cargo rebuilds a crate whose files are
# newer than its last build, so each fresh clone would compile that half again. If the contents are
# those of the last build, the files get an old date.
# shellcheck disable=SC2120 # most builds have no further argument
build_workspace() {
	local built="$CARGO_TARGET_DIR/stand-ins.sha256"
	if [[ -e "$built" && "$(<"$built")" == "$(stand_ins_sum)" ]]; then
		stand_in_files | xargs touch -d 2026-01-01
	fi
	cargo build --workspace "$CALIBER_FEATURES" "$@" || return
	stand_ins_sum >"$built"
}
