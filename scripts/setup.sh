#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Prepares a machine for building and testing Caliber. Skips what is in place.
#
#   scripts/setup.sh           everything
#   scripts/setup.sh rust      for the node and the runtime
#   scripts/setup.sh clients   for the clients
#
# Needs Debian or Ubuntu with rustup's stable toolchain, and the package registries (apt, crates, npm).
# CALIBER_WASM_TARGET_FROM=rustup|debian restricts scripts/wasm-target.sh to one source.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
on_interrupt "Set-up was interrupted. Start it again: it goes on from here."

# There is no rust-toolchain.toml: rustup would download the toolchain that it names, also where the
# same version is installed as `stable`.
readonly MIN_RUST=1.95.0
readonly MIN_NODE=18

# ---- System packages -------------------------------------------------------------------------

# Debian's name of each package, and its purpose.
readonly RUST_PACKAGES=(
	"build-essential|C compiler, linker and make, for crates with C code"
	"pkg-config|finds system libraries"
	"libssl-dev|headers of OpenSSL"
	"protobuf-compiler|protoc, for the network protocols"
	"git|for cargo and the version string of the node"
	"ca-certificates|HTTPS to the registries"
	"xz-utils|unpacks packages"
)
readonly CLIENT_PACKAGES=(
	"nodejs|runs the clients"
	"npm|installs the packages of the clients"
)

# Succeeds if the machine has what a package provides, from whatever source.
is_provided() {
	case "$1" in
		build-essential) has make && has cc && cc -E -include stdio.h -x c /dev/null >/dev/null 2>&1 ;;
		pkg-config) has pkg-config ;;
		libssl-dev) has pkg-config && pkg-config --exists openssl ;;
		protobuf-compiler) has protoc ;;
		git) has git ;;
		ca-certificates) [[ -e /etc/ssl/certs/ca-certificates.crt || -d /etc/pki/tls/certs ]] ;;
		xz-utils) has xz ;;
		nodejs) has node ;;
		npm) has npm ;;
	esac
}

# sudo may ask for a password on a terminal only.
can_be_root() {
	[[ "$(id -u)" == 0 ]] || { has sudo && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; }
}

as_root() {
	if [[ "$(id -u)" == 0 ]]; then "$@"; else sudo "$@"; fi
}

# system_packages PURPOSE ENTRY …: installs the packages whose contents are missing.
system_packages() {
	local purpose=$1 entry missing=() lines=()
	shift
	for entry in "$@"; do
		is_provided "${entry%%|*}" && continue
		missing+=("${entry%%|*}")
		lines+=("  ${entry%%|*}: ${entry#*|}")
	done
	if [[ ${#missing[@]} -eq 0 ]]; then
		say "System packages for $purpose found."
		return
	fi
	local by_hand="As root: apt-get update && apt-get install ${missing[*]}"
	has apt-get || die "Packages are missing, and this system has no apt-get (the names are Debian's):" \
		"${lines[@]}" "Install them, then start this script again."
	say "Installing system packages for $purpose:" "${lines[@]}"
	can_be_root || die "Root is needed, and sudo is not available." "$by_hand" "Then start this script again."
	as_root apt-get update || warn "apt-get update failed; using the existing package lists."
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" ||
		die "apt could not install ${missing[*]}; see its message above." "$by_hand"
	for entry in "${missing[@]}"; do
		is_provided "$entry" || die "$entry is installed, but its programs or headers are not found." \
			"Check PATH, and other installations of the same."
	done
}

# ---- Rust ------------------------------------------------------------------------------------

rust_toolchain() {
	{ has cargo && has rustc; } || die "cargo and rustc are not found." \
		"Install rustup (from its home page, or: apt-get install rustup), then: rustup toolchain install stable" \
		"If they are installed, add them to PATH: . \"\$HOME/.cargo/env\""
	local version missing=()
	version=$(rust_version) || true
	[[ -n "$version" ]] || die "rustc does not run; see its message above." \
		"rustup toolchain install stable && rustup default stable"
	at_least "$MIN_RUST" "${version%%-*}" || die "rustc is $version; at least $MIN_RUST is required." \
		"rustup update stable && rustup default stable"
	cargo fmt --version >/dev/null 2>&1 || missing+=(rustfmt)
	clippy-driver --version >/dev/null 2>&1 || missing+=(clippy)
	if [[ ${#missing[@]} -eq 0 ]]; then
		say "Rust $version found, with rustfmt and clippy."
		return
	fi
	say "Rust $version found. Installing ${missing[*]}, which builds and tests use."
	try_rustup component add "${missing[@]}" || die "rustup could not install ${missing[*]}." \
		"By hand: rustup toolchain install stable --component ${missing[*]}"
}

# ---- Clients ---------------------------------------------------------------------------------

node_js() {
	local version
	version=$(node --version) || die "node does not run; see its message above." "Install Node.js $MIN_NODE or newer."
	at_least "$MIN_NODE" "${version#v}" || die "Node.js is $version; at least $MIN_NODE is required." \
		"Install a newer one, for example from nodejs.org or with a version manager."
	say "Node.js ${version#v} found."
}

# A copy of the lockfile marks what is installed.
client_packages() {
	local lock=clients/package-lock.json stamp=clients/node_modules/.installed-lock.json
	if cmp -s "$lock" "$stamp"; then
		say "Packages of the clients are up to date."
		return
	fi
	say "Installing the packages of the clients."
	npm ci --prefix clients --no-audit --no-fund || die "npm could not install the packages of the clients; see its message above." \
		"If it cannot reach the registry, check npm's registry and proxy settings: npm config list"
	cp "$lock" "$stamp"
}

# ----------------------------------------------------------------------------------------------

set_up_rust() {
	system_packages Rust "${RUST_PACKAGES[@]}"
	rust_toolchain
	scripts/wasm-target.sh
}

set_up_clients() {
	system_packages "the clients" "${CLIENT_PACKAGES[@]}"
	node_js
	client_packages
}

case "${1:-all}" in
	all)
		set_up_rust
		set_up_clients
		;;
	rust) set_up_rust ;;
	clients) set_up_clients ;;
	*) die "\"$1\" is not a part of the set-up." "scripts/setup.sh [rust|clients]" ;;
esac
say "Set-up complete."
