#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Says whether a node's RPC answers: status 0 or 1. Needs nothing but bash.
#
#   healthcheck.sh [HOST [PORT]]
#
# A node that is still syncing answers, and is well: whoever must not use it yet asks
# /health/readiness instead.
set -u
host=${1:-127.0.0.1}
port=${2:-${RPC_PORT:-9944}}

exec 3<>"/dev/tcp/$host/$port" || exit 1
printf 'GET /health HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$host:$port" >&3
IFS= read -r -t 8 status <&3 || exit 1
case "$status" in
	"HTTP/1.1 200"*) exit 0 ;;
	*)
		printf '%s\n' "$status" >&2
		exit 1
		;;
esac
