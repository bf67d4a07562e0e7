#!/usr/bin/env bash
# Prepares a machine for building and testing Caliber. Does nothing that is done already.
#
#   scripts/setup.sh           everything
#   scripts/setup.sh rust      what the node and the runtime need
#   scripts/setup.sh clients   what the clients need
#
# A Debian or Ubuntu with rustup's stable toolchain is enough; of the network, only package
# registries (apt, crates, npm) have to be within reach.
#
#   CALIBER_WASM_TARGET_FROM=rustup|debian   take only this road to the wasm target
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
on_interrupt "Set-up was interrupted. Start it again: it goes on from here."

readonly MIN_RUST=1.95.0
readonly MIN_NODE=18
readonly WASM_TARGET=wasm32v1-none
# rustup waits long for a server it cannot reach.
readonly RUSTUP_LIMIT=300
readonly APT_LIMIT=300

# What has to go again when this script ends, however it ends.
work=
placed_source=
cleanup() {
	[[ -z "$work" ]] || rm -rf "$work"
	if [[ -n "$placed_source" ]]; then
		rm -rf "$placed_source"
		rmdir "${placed_source%/*}" "${placed_source%/*/*}" 2>/dev/null || true
	fi
}
trap cleanup EXIT

# A folder for what lives only as long as this script. apt's download user has to see it.
make_work_dir() {
	[[ -n "$work" ]] && return
	work=$(mktemp -d "${TMPDIR:-/tmp}/caliber-setup.XXXXXX")
	chmod 755 "$work"
}

# ---- System packages -------------------------------------------------------------------------

# Debian's name of each package that is needed, and what it is for. Asked for by what it brings,
# not by its name: a protoc from elsewhere is as good.
readonly RUST_PACKAGES=(
	"build-essential|C compiler, linker and make, for the few crates with C inside"
	"pkg-config|finds system libraries"
	"libssl-dev|OpenSSL's headers"
	"protobuf-compiler|protoc, for the network protocols"
	"git|cargo and the node's version string"
	"ca-certificates|HTTPS to the registries"
	"xz-utils|unpacks packages"
)
readonly CLIENT_PACKAGES=(
	"nodejs|runs the clients"
	"npm|installs the clients' packages"
)

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

# Only a terminal is asked for a password.
can_be_root() {
	[[ "$(id -u)" == 0 ]] || { has sudo && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; }
}

as_root() {
	if [[ "$(id -u)" == 0 ]]; then "$@"; else sudo "$@"; fi
}

# system_packages WHOSE ENTRY …
system_packages() {
	local whose=$1 entry missing=() lines=()
	shift
	for entry in "$@"; do
		is_provided "${entry%%|*}" && continue
		missing+=("${entry%%|*}")
		lines+=("  ${entry%%|*}: ${entry#*|}")
	done
	if [[ ${#missing[@]} -eq 0 ]]; then
		say "System packages for $whose: all there."
		return
	fi
	has apt-get || die "these are missing, and this system has no apt-get to get them (Debian's names):" \
		"${lines[@]}" "Install them your system's way, then start this script again."
	say "System packages for $whose: installing" "${lines[@]}"
	can_be_root || die "that needs root, and there is no sudo that answers." \
		"By hand, as root: apt-get update && apt-get install ${missing[*]}" "Then start this script again."
	as_root apt-get update || warn "apt-get update failed; trying with the package lists that are there."
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" ||
		die "apt could not install: ${missing[*]}" \
			"Look at its message above. By hand, as root: apt-get update && apt-get install ${missing[*]}"
	for entry in "${missing[@]}"; do
		is_provided "$entry" || die "$entry was installed, but what it brings is not found." \
			"Look at PATH, and at another installation of the same."
	done
}

# ---- Rust ------------------------------------------------------------------------------------

# Runs rustup with a time limit; its failure is not fatal.
try_rustup() {
	has rustup && RUST_BACKTRACE=0 timeout --foreground "$RUSTUP_LIMIT" rustup "$@"
}

rust_toolchain() {
	{ has cargo && has rustc; } || die "cargo and rustc are not there." \
		"Install rustup (from its home page, or: apt-get install rustup), then: rustup toolchain install stable" \
		"If they are installed, put them on the PATH: . \"\$HOME/.cargo/env\""
	local version
	version=$(rustc --version --verbose | sed -n 's/^release: //p') || version=
	[[ -n "$version" ]] || die "rustc does not run; its message is above." \
		"rustup toolchain install stable && rustup default stable"
	at_least "$MIN_RUST" "${version%%-*}" || die "rustc is $version, and at least $MIN_RUST is needed." \
		"rustup update stable && rustup default stable"
	local missing=()
	cargo fmt --version >/dev/null 2>&1 || missing+=(rustfmt)
	clippy-driver --version >/dev/null 2>&1 || missing+=(clippy)
	if [[ ${#missing[@]} -gt 0 ]]; then
		say "Rust $version: adding ${missing[*]}, which the tests and every build use."
		try_rustup component add "${missing[@]}" || die "rustup could not add ${missing[*]}." \
			"By hand: rustup toolchain install stable --component ${missing[*]}"
		return
	fi
	say "Rust $version: there, with rustfmt and clippy."
}

# ---- The wasm target -------------------------------------------------------------------------

wasm_target() {
	sysroot=$(rustc --print sysroot)
	if wasm_target_works; then
		say "Wasm target $WASM_TARGET: there."
		return
	fi
	forget_own_wasm_libraries
	case "${CALIBER_WASM_TARGET_FROM:-any}" in
		any) wasm_target_from_rustup || wasm_target_from_debian ;;
		rustup) wasm_target_from_rustup || die "rustup could not add $WASM_TARGET; its message is above." ;;
		debian) wasm_target_from_debian ;;
		*) die "CALIBER_WASM_TARGET_FROM is \"$CALIBER_WASM_TARGET_FROM\"; it may be rustup, debian or unset." ;;
	esac
}

# The libraries are where the SDK's wasm builder looks for them, and this very rustc can link a
# module with link-time optimisation from them, as that builder does.
wasm_target_works() {
	local lib
	for lib in core alloc compiler_builtins; do
		compgen -G "$sysroot/lib/rustlib/$WASM_TARGET/lib/lib$lib-*.rlib" >/dev/null || return 1
	done
	make_work_dir
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
	rustc --crate-type cdylib --edition 2021 --target "$WASM_TARGET" -C panic=abort -C lto=thin \
		-C opt-level=1 -o "$work/probe.wasm" "$work/probe.rs" >"$work/probe.log" 2>&1
}

show_probe() {
	[[ -e "$work/probe.log" ]] && cat "$work/probe.log" >&2
	return 0
}

wasm_target_from_rustup() {
	has rustup || return 1
	say "Wasm target $WASM_TARGET: asking rustup (for $RUSTUP_LIMIT s at most)."
	try_rustup target add "$WASM_TARGET" || return 1
	wasm_target_works && return
	warn "rustup added $WASM_TARGET, but this rustc cannot use it:"
	show_probe
	return 1
}

# What an earlier run of this script built stops working when rustup updates the compiler in place,
# and would be in rustup's way. Files that rustup or someone else put there are never touched.
readonly STAMP=built-by-caliber-setup
forget_own_wasm_libraries() {
	local place="$sysroot/lib/rustlib/$WASM_TARGET"
	[[ -e "$place/$STAMP" ]] || return 0
	say "Wasm target $WASM_TARGET: what was built for it is not for this rustc; taking it away."
	rm -rf "$place"
}

# Without rustup's server: Debian packages the source of Rust's library for each of its Rust
# versions. From it the libraries are built as cargo's build-std does.
wasm_target_from_debian() {
	say "Wasm target $WASM_TARGET: building it from Rust's library source (a minute or two)."
	[[ -w "$sysroot/lib/rustlib" ]] || die "$sysroot/lib/rustlib cannot be written by this user." \
		"Start this script as its owner, or use a toolchain of rustup."
	[[ ! -e "$sysroot/lib/rustlib/$WASM_TARGET" ]] || die "$sysroot/lib/rustlib/$WASM_TARGET exists, but this rustc cannot use what is in it." \
		"Put it in order with rustup target remove $WASM_TARGET, or take that folder away; then start this script again."
	make_work_dir
	local version
	version=$(rustc --version --verbose | sed -n 's/^release: //p')
	library_source "$version"
	build_wasm_libraries
	install_wasm_libraries
	wasm_target_works || {
		show_probe
		die "the libraries built for $WASM_TARGET do not work; the compiler's message is above." \
			"Where rustup reaches its server: rustup target add $WASM_TARGET"
	}
	say "Wasm target $WASM_TARGET: built and put into $sysroot"
}

# Puts the library source of exactly this version where cargo looks for it, unless it is there.
# What is put there is taken away again at the end: it would be in rustup's way later.
library_source() {
	local version=$1 src="$sysroot/lib/rustlib/src/rust" found
	if [[ -e "$src/library/Cargo.lock" ]]; then
		say "  The library source is in the toolchain already."
		return
	fi
	{ has apt-get && has dpkg; } || die "there is no library source in the toolchain, and no apt-get to get Debian's." \
		"Where rustup reaches its server: rustup target add $WASM_TARGET" \
		"Or put the folder library/ of Rust $version's source into $src and start this script again."
	download_library_source "$version" || die "no package of Rust $version's source was found on the mirrors that apt uses." \
		"Where rustup reaches its server: rustup target add $WASM_TARGET" \
		"Or use a Rust version that Debian has, of at least $MIN_RUST."
	found=$(find "$work/source" -path '*/library/Cargo.lock' -print -quit)
	[[ -n "$found" ]] || die "the package of Rust $version's source has no folder library/." \
		"Put that folder from elsewhere into $src and start this script again."
	mkdir -p "$src"
	placed_source=$src/library
	cp -a "${found%/Cargo.lock}" "$src/"
}

# apt with settings and lists of its own: what the machine has configured stays as it is. The
# proxy and the like are still taken from there.
own_apt() {
	local tool=$1
	shift
	timeout --foreground "$APT_LIMIT" "$tool" -q -o Dir::Etc::sourcelist="$work/apt/sources.list" \
		-o Dir::Etc::sourceparts=- -o Dir::State::lists="$work/apt/lists" -o Dir::Cache="$work/apt/cache" "$@"
}

# The mirrors that apt is configured with, in either of its formats: apt itself reads them. Those
# for security updates have nothing else.
apt_mirrors() {
	apt-get update --print-uris 2>/dev/null |
		sed -nE "s#^'(.*)/dists/.*/(In)?Release'.*#\1#p" | grep -v security | awk '!seen[$0]++'
}

# The suites that may have the source: the machine's own, then where Debian keeps newer Rusts.
source_suites() {
	local own
	own=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-stable}")
	printf '%s\n' "$own" "$own-updates" "$own-backports" trixie-backports forky forky-backports sid |
		awk '!seen[$0]++'
}

# The keys that the distribution signs its archive with, also where a suite is newer than it.
keyring_option() {
	local id keyring
	# shellcheck disable=SC2046 # words are meant
	for id in $(. /etc/os-release && printf '%s' "${ID:-} ${ID_LIKE:-}"); do
		for keyring in /usr/share/keyrings/"$id"-archive-keyring.{pgp,gpg}; do
			[[ -e "$keyring" ]] && printf '[signed-by=%s]' "$keyring" && return
		done
	done
}

# Looks through the suites until one has the source of this version, then unpacks it.
download_library_source() {
	local version=$1 mirror mirrors suite package keyring
	mirrors=$(apt_mirrors) || true
	[[ -n "$mirrors" ]] || return 1
	keyring=$(keyring_option) || true
	mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial" "$work/source"
	# Started by root, apt downloads as a user of its own, which has to write here.
	if [[ "$(id -u)" == 0 ]] && id _apt >/dev/null 2>&1; then
		chown -R _apt "$work/apt"
	fi
	for suite in $(source_suites); do
		for mirror in $mirrors; do
			printf 'deb %s %s %s main\n' "$keyring" "$mirror" "$suite" >"$work/apt/sources.list"
			own_apt apt-get update >"$work/apt/log" 2>&1 || continue
			package=$(find_source_package "$version")
			[[ -n "$package" ]] || continue
			say "  The source of Rust $version is in $suite: getting $package"
			(cd "$work/apt/cache" && own_apt apt-get download "$package") || continue
			# A tenth of the package is the library; its copies of crates come from the registry anyway.
			dpkg --fsys-tarfile "$work/apt/cache"/*.deb |
				tar -x -C "$work/source" --wildcards --exclude='*/library/vendor' './usr/src/*/library' && return
		done
		say "  Not in $suite."
	done
	return 1
}

# Debian calls the package rust-src; Ubuntu has one for each version besides.
find_source_package() {
	own_apt apt-cache madison rust-src "rust-${1%.*}-src" 2>/dev/null |
		awk -v version="$1" '
			{ rest = substr($3, length(version) + 1) }
			index($3, version) == 1 && rest !~ /^[0-9.]/ { print $1 "=" $3; exit }'
}

# Builds core, alloc and compiler_builtins as rustup's are: optimised, and with the bitcode inside
# that link-time optimisation reads. Unstable options of a stable compiler need the bootstrap flag.
build_wasm_libraries() {
	mkdir -p "$work/empty/src"
	printf '#![no_std]\n' >"$work/empty/src/lib.rs"
	printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' >"$work/empty/Cargo.toml"
	say "  Compiling core, alloc and compiler_builtins."
	env -u RUSTC_WORKSPACE_WRAPPER -u RUSTC_WRAPPER -u CARGO_ENCODED_RUSTFLAGS -u CARGO_BUILD_TARGET \
		RUSTC_BOOTSTRAP=1 RUSTFLAGS="-C embed-bitcode=yes" CARGO_TARGET_DIR="$work/target" \
		cargo build --manifest-path "$work/empty/Cargo.toml" --release --target "$WASM_TARGET" \
		-Z build-std=core,alloc || die "Rust's library could not be compiled; the message is above." \
		"If crates could not be downloaded: look at cargo's registry settings and start this script again." \
		"Where rustup reaches its server: rustup target add $WASM_TARGET"
}

# Moves the libraries in as a whole, so that a half-filled folder is never found.
install_wasm_libraries() {
	local place="$sysroot/lib/rustlib/$WASM_TARGET" lib
	rm -rf "$place.new"
	mkdir -p "$place.new/lib"
	for lib in core alloc compiler_builtins; do
		cp "$work/target/$WASM_TARGET/release/deps/lib$lib-"*.rlib "$place.new/lib/"
	done
	touch "$place.new/$STAMP"
	mv "$place.new" "$place"
}

# ---- The clients -----------------------------------------------------------------------------

node_js() {
	local version
	version=$(node --version) || die "node does not run; its message is above." "Install Node.js $MIN_NODE or newer."
	at_least "$MIN_NODE" "${version#v}" || die "Node.js is $version, and at least $MIN_NODE is needed." \
		"Install a newer one, for example from nodejs.org or with a version manager."
	say "Node.js ${version#v}: there."
}

# The lockfile is kept beside what was installed from it: equal means nothing to do.
client_packages() {
	local lock=clients/package-lock.json stamp=clients/node_modules/.installed-lock.json
	if [[ ! -e "$lock" ]]; then
		say "Clients' packages: clients/package-lock.json is not there, nothing to install."
		return
	fi
	if cmp -s "$lock" "$stamp"; then
		say "Clients' packages: all there."
		return
	fi
	say "Clients' packages: installing what the lockfile names."
	npm ci --prefix clients --no-audit --no-fund || die "npm could not install the clients' packages; its message is above." \
		"If the registry could not be reached: look at npm's registry and proxy settings (npm config list)."
	cp "$lock" "$stamp"
}

# ----------------------------------------------------------------------------------------------

set_up_rust() {
	system_packages Rust "${RUST_PACKAGES[@]}"
	rust_toolchain
	wasm_target
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
say "Set-up: done."
