// SPDX-License-Identifier: Apache-2.0
//
// A small disk: memory, mounted in a namespace of its own. It needs no privileges, but not every machine lets
// its users have namespaces.

import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../node.js';

const MEBIBYTE = 1024 * 1024;

/** Returns the reason for which this machine gives no such disk; undefined if it does. */
export function diskUnavailable() {
	const tried = spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { encoding: 'utf8' });
	if (tried.error) return `unshare: ${tried.error.code}`;
	return tried.status === 0 ? undefined : tried.stderr.trim() || `unshare ended with ${tried.status}`;
}

/** A small disk in memory. */
export class Disk {
	#holder;

	/**
	 * @param {string} folder where it is mounted; it is made
	 * @param {number} size mebibytes
	 */
	constructor(folder, size) {
		Object.assign(this, { folder, size });
	}

	async mount() {
		mkdirSync(this.folder, { recursive: true });
		const script = 'mount -t tmpfs -o "size=$1m" tmpfs "$0" && : >"$0/mounted" && exec sleep infinity';
		this.#holder = spawn('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', script, this.folder, `${this.size}`], { stdio: 'ignore' });
		process.once('exit', this.#kill);
		await until('a small disk', () => statfsSync(this.#outside('mounted')) !== undefined, { limit: 10_000, every: 100 });
		return this;
	}

	#kill = () => this.#holder.kill('SIGKILL');

	/** Returns a path on the disk, as seen from outside of the namespace. */
	#outside = (path = '') => join(`/proc/${this.#holder.pid}/root`, this.folder, path);

	/** Command that starts another command on this disk. */
	get through() {
		return ['nsenter', '--preserve-credentials', '--user', '--mount', '--target', `${this.#holder.pid}`];
	}

	/** Free space, in mebibytes. */
	get free() {
		const { bavail, bsize } = statfsSync(this.#outside());
		return (bavail * bsize) / MEBIBYTE;
	}

	/** Writes until at most `left` mebibytes are free. */
	fill(left) {
		const file = openSync(this.#outside('ballast'), 'w');
		const some = Buffer.alloc(MEBIBYTE / 4, 1);
		try {
			while (this.free > left) writeSync(file, some);
		} catch (error) {
			if (error.code !== 'ENOSPC') throw error;
		}
		closeSync(file);
	}

	/** Frees the space that `fill` took. */
	empty() {
		rmSync(this.#outside('ballast'));
	}

	unmount() {
		process.off('exit', this.#kill);
		this.#kill();
	}
}
