#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Installs the target wasm32v1-none, which the runtime is compiled for, if rustc does not have it.
#
#   scripts/wasm-target.sh
#
# rustup downloads it. Where rustup does not reach its server, the target's libraries are built from the
# source that Debian packages. CALIBER_WASM_TARGET_FROM=rustup|debian allows one of the two only.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh

readonly TARGET=wasm32v1-none
readonly LIBRARIES=(core alloc compiler_builtins)
# Marks libraries that this script built.
readonly STAMP=built-by-caliber-setup
# Seconds for a command of apt.
readonly APT_LIMIT=300
readonly TRY_RUSTUP="Where rustup reaches its server: rustup target add $TARGET"

sysroot=$(rustc --print sysroot)
readonly sysroot
readonly place=$sysroot/lib/rustlib/$TARGET

# A folder for the run of this script. apt's download user has to read it.
work=$(mktemp -d "${TMPDIR:-/tmp}/caliber-wasm-target.XXXXXX")
readonly work
chmod 755 "$work"

# Source that this script copied into the toolchain. It is removed at the end: it would conflict with
# rustup's component later.
copied_source=
cleanup() {
	rm -rf "$work"
	if [[ -n "$copied_source" ]]; then
		rm -rf "$copied_source"
		rmdir "${copied_source%/*}" "${copied_source%/*/*}" 2>/dev/null || true
	fi
}
trap cleanup EXIT

# Succeeds if the libraries are where the SDK's wasm builder looks for them, and rustc links a module
# from them with link-time optimisation, as that builder does.
target_works() {
	local lib
	for lib in "${LIBRARIES[@]}"; do
		compgen -G "$place/lib/lib$lib-*.rlib" >/dev/null || return 1
	done
	cat >"$work/probe.rs" <<-'RUST'
		#![no_std]
		#[panic_handler]
		fn panic(_: &core::panic::PanicInfo) -> ! {
			loop {}
		}
		#[no_mangle]
		pub extern "C" fn probe(x: u64) -> u64 {
			x.checked_div(3).unwrap_or_default()
		}
	RUST
	rustc --crate-type cdylib --edition 2021 --target "$TARGET" -C panic=abort -C lto=thin \
		-C opt-level=1 -o "$work/probe.wasm" "$work/probe.rs" >"$work/probe.log" 2>&1
}

show_probe() {
	[[ ! -e "$work/probe.log" ]] || cat "$work/probe.log" >&2
}

# ---- rustup ----------------------------------------------------------------------------------

from_rustup() {
	has rustup || return 1
	say "Wasm target $TARGET: asking rustup (at most $RUSTUP_LIMIT s)."
	try_rustup target add "$TARGET" || return 1
	target_works && return
	warn "rustup installed $TARGET, but this rustc cannot use it:"
	show_probe
	return 1
}

# ---- Debian ----------------------------------------------------------------------------------

from_debian() {
	say "Wasm target $TARGET: building it from the source of Rust's library (one or two minutes)."
	[[ -w "$sysroot/lib/rustlib" ]] || die "This user cannot write to $sysroot/lib/rustlib." \
		"Start this script as its owner, or use a toolchain of rustup."
	[[ ! -e "$place" ]] || die "$place exists, but this rustc cannot use it." \
		"rustup target remove $TARGET, or remove that folder. Then start this script again."
	local version
	version=$(rust_version)
	library_source "$version"
	build_libraries
	install_libraries
	target_works || {
		show_probe
		die "The libraries built for $TARGET do not work; see the compiler's message above." "$TRY_RUSTUP"
	}
	say "Wasm target $TARGET: built and installed in $sysroot."
}

# Puts the library source of exactly this version where cargo looks for it.
library_source() {
	local version=$1 src="$sysroot/lib/rustlib/src/rust" found
	if [[ -e "$src/library/Cargo.lock" ]]; then
		say "  The toolchain has the library source."
		return
	fi
	{ has apt-get && has dpkg; } || die "The toolchain has no library source, and there is no apt-get to download Debian's." \
		"$TRY_RUSTUP" "Or copy the folder library/ of the source of Rust $version to $src and start this script again."
	download_source "$version" || die "The mirrors that apt uses have no package with the source of Rust $version." \
		"$TRY_RUSTUP" "Or use a version of Rust that Debian has."
	found=$(find "$work/source" -path '*/library/Cargo.lock' -print -quit)
	[[ -n "$found" ]] || die "The package with the source of Rust $version has no folder library/." \
		"Copy that folder from elsewhere to $src and start this script again."
	mkdir -p "$src"
	copied_source=$src/library
	cp -a "${found%/Cargo.lock}" "$src/"
}

# Runs a tool of apt with package lists of its own; the machine's configuration stays as it is, and its
# proxy settings apply.
own_apt() {
	local tool=$1
	shift
	timeout --foreground "$APT_LIMIT" "$tool" -q -o Dir::Etc::sourcelist="$work/apt/sources.list" \
		-o Dir::Etc::sourceparts=- -o Dir::State::lists="$work/apt/lists" -o Dir::Cache="$work/apt/cache" "$@"
}

# Prints the mirrors in apt's configuration, except those with security updates only.
apt_mirrors() {
	apt-get update --print-uris 2>/dev/null |
		sed -nE "s#^'(.*)/dists/.*/(In)?Release'.*#\1#p" | grep -v security | awk '!seen[$0]++'
}

# Prints the suites that may have the source: the machine's own, then those with newer versions of Rust.
source_suites() {
	local own
	own=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-stable}")
	printf '%s\n' "$own" "$own-updates" "$own-backports" trixie-backports forky forky-backports sid |
		awk '!seen[$0]++'
}

# Prints the option for the keys of the distribution's archive, which also sign suites newer than the
# machine's.
keyring_option() {
	local id keyring
	# shellcheck disable=SC2046 # splits into words on purpose
	for id in $(. /etc/os-release && printf '%s' "${ID:-} ${ID_LIKE:-}"); do
		for keyring in /usr/share/keyrings/"$id"-archive-keyring.{pgp,gpg}; do
			[[ -e "$keyring" ]] && printf '[signed-by=%s]' "$keyring" && return
		done
	done
}

# Searches the suites for the source of this version and unpacks it.
download_source() {
	local version=$1 mirror mirrors suite package keyring
	mirrors=$(apt_mirrors) || true
	[[ -n "$mirrors" ]] || return 1
	keyring=$(keyring_option) || true
	mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial" "$work/source"
	# For root, apt downloads as a user of its own.
	if [[ "$(id -u)" == 0 ]] && id _apt >/dev/null 2>&1; then
		chown -R _apt "$work/apt"
	fi
	for suite in $(source_suites); do
		for mirror in $mirrors; do
			printf 'deb %s %s %s main\n' "$keyring" "$mirror" "$suite" >"$work/apt/sources.list"
			own_apt apt-get update >"$work/apt/log" 2>&1 || continue
			package=$(find_source_package "$version")
			[[ -n "$package" ]] || continue
			say "  Downloading $package from $suite."
			(cd "$work/apt/cache" && own_apt apt-get download "$package") || continue
			# cargo downloads the crates in library/vendor anyway.
			dpkg --fsys-tarfile "$work/apt/cache"/*.deb |
				tar -x -C "$work/source" --wildcards --exclude='*/library/vendor' './usr/src/*/library' && return
		done
		say "  Not in $suite."
	done
	return 1
}

# Debian's package is rust-src; Ubuntu also has one for each version.
find_source_package() {
	own_apt apt-cache madison rust-src "rust-${1%.*}-src" 2>/dev/null |
		awk -v version="$1" '
			{ rest = substr($3, length(version) + 1) }
			index($3, version) == 1 && rest !~ /^[0-9.]/ { print $1 "=" $3; exit }'
}

# Builds the libraries as rustup's are: optimised, and with the bitcode for link-time optimisation.
# RUSTC_BOOTSTRAP allows build-std with a stable compiler.
build_libraries() {
	mkdir -p "$work/empty/src"
	printf '#![no_std]\n' >"$work/empty/src/lib.rs"
	printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' >"$work/empty/Cargo.toml"
	say "  Compiling ${LIBRARIES[*]}."
	env -u RUSTC_WORKSPACE_WRAPPER -u RUSTC_WRAPPER -u CARGO_ENCODED_RUSTFLAGS -u CARGO_BUILD_TARGET \
		RUSTC_BOOTSTRAP=1 RUSTFLAGS="-C embed-bitcode=yes" CARGO_TARGET_DIR="$work/target" \
		cargo build --manifest-path "$work/empty/Cargo.toml" --release --target "$TARGET" \
		-Z build-std=core,alloc || die "Rust's library could not be compiled; see the message above." \
		"If crates could not be downloaded, check cargo's registry settings and start this script again." "$TRY_RUSTUP"
}

# Moves the whole folder in place at once, so that it is never incomplete.
install_libraries() {
	local lib
	rm -rf "$place.new"
	mkdir -p "$place.new/lib"
	for lib in "${LIBRARIES[@]}"; do
		cp "$work/target/$TARGET/release/deps/lib$lib-"*.rlib "$place.new/lib/"
	done
	touch "$place.new/$STAMP"
	mv "$place.new" "$place"
}

# ----------------------------------------------------------------------------------------------

if target_works; then
	say "Wasm target $TARGET found."
	exit
fi
# Libraries of an earlier run do not fit a compiler that rustup has updated in place, and would be in
# rustup's way. Files of other origin are never touched.
if [[ -e "$place/$STAMP" ]]; then
	say "Wasm target $TARGET: removing libraries that were built for another rustc."
	rm -rf "$place"
fi
case "${CALIBER_WASM_TARGET_FROM:-any}" in
	any) from_rustup || from_debian ;;
	rustup) from_rustup || die "rustup could not install $TARGET; see its message above." ;;
	debian) from_debian ;;
	*) die "CALIBER_WASM_TARGET_FROM is \"$CALIBER_WASM_TARGET_FROM\"; it may be rustup, debian or unset." ;;
esac
