# shellcheck shell=bash
# How the scripts speak. To be sourced.

# One line for each argument.
say() { printf '%s\n' "$@"; }
warn() { printf 'note: %s\n' "$*" >&2; }

# die WHAT [WHAT-TO-DO …]: one line each.
die() {
	printf 'error: %s\n' "$1" >&2
	shift
	[[ $# -eq 0 ]] || printf '       %s\n' "$@" >&2
	exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# at_least WANTED HAVE: is version HAVE the same as WANTED or newer?
at_least() {
	[[ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" == "$1" ]]
}

# on_interrupt MESSAGE: what Ctrl-C says. What was done so far is kept by cargo, npm and set-up.
on_interrupt() {
	local message=$1
	# shellcheck disable=SC2064 # the message of now is meant
	trap "printf '\n%s\n' $(printf '%q' "$message") >&2; exit 130" INT
}

# ---- The one build ---------------------------------------------------------------------------

stand_in_files() {
	find patches -name '*.rs' -o -name Cargo.toml | LC_ALL=C sort
}

stand_ins_sum() {
	stand_in_files | xargs cat | sha256sum
}

# build_workspace [CARGO-ARGUMENT …]: node, runtime, wasm and lints.
#
# Half of the SDK's client depends on the stand-ins in patches/, and cargo takes a file that is newer
# than its last build for a changed one: each fresh clone would compile all of that again. Where they
# are to the byte what was built last, their files are made to look old.
# shellcheck disable=SC2120 # most builds need no argument more
build_workspace() {
	local built="$CARGO_TARGET_DIR/stand-ins.sha256"
	if [[ -e "$built" && "$(<"$built")" == "$(stand_ins_sum)" ]]; then
		stand_in_files | xargs touch -d 2026-01-01
	fi
	cargo build --workspace "$CALIBER_FEATURES" "$@" || return
	stand_ins_sum >"$built"
}
