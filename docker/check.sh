#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Checks what is in this folder as far as it can be checked without a container engine, and with the
# engine's own tools where they are installed.
#
#   docker/check.sh
#
# CALIBER_NODE names a node; with one, flags and metrics are compared with what it really has.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/env.sh
. scripts/env.sh

status=0
skipped=()

# check WHAT COMMAND …
check() {
	local what=$1
	shift
	if "$@"; then say "passed   $what"; else
		say "FAILED   $what"
		status=1
	fi
}

# Says what is not checked for want of a program.
without() { skipped+=("$1: there is no $2"); }

# shellcheck disable=SC2317 # called by its name
yaml_parses() {
	python3 -c 'import sys, yaml; [yaml.safe_load(open(name)) for name in sys.argv[1:]]' "$@"
}

# docker/compose.yml as JSON, with its anchors resolved.
compose_as_json() {
	python3 -c 'import json, sys, yaml; json.dump(yaml.safe_load(open("docker/compose.yml")), sys.stdout)'
}

yaml_files=(docker/compose.yml docker/prometheus/*.yml docker/grafana/provisioning/*/*.yml)
compose=
if has python3 && python3 -c 'import yaml' 2>/dev/null; then
	check "YAML is well formed" yaml_parses "${yaml_files[@]}"
	compose=$(compose_as_json)
else
	without "YAML, and the flags in compose.yml" "python3 with yaml"
fi

check "names, flags, files and versions agree" env COMPOSE_JSON="$compose" node docker/check.js

if has shellcheck; then
	check "shell scripts" shellcheck -x docker/*.sh
else
	without "shell scripts" shellcheck
fi
if has promtool; then
	check "Prometheus' configuration and alerts" promtool check config docker/prometheus/prometheus.yml
else
	without "the syntax of alerts beyond their brackets and names" promtool
fi
if has hadolint; then
	check "Dockerfile" hadolint --ignore DL3008 docker/Dockerfile
else
	without "the Dockerfile's style" hadolint
fi
if has docker && docker compose version >/dev/null 2>&1; then
	check "compose.yml by compose itself" docker compose -f docker/compose.yml --profile relay config --quiet
else
	without "compose.yml by compose itself" "docker compose"
fi
if has docker && docker info >/dev/null 2>&1; then
	say "A container engine is there: docker build -f docker/Dockerfile --target node . would try the build itself."
else
	without "the build of the images, and running them" "running container engine"
fi
[[ ${#skipped[@]} -eq 0 ]] || printf 'skipped  %s\n' "${skipped[@]}"
exit "$status"
