// SPDX-License-Identifier: Apache-2.0
//
// Checks of docker/check.sh that no other program makes: every metric in alerts and dashboard is served and the other
// way round, every flag is known, every file that is copied exists, and versions are those of the project.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CATALOGUE } from '../clients/keeper/src/catalogue.js';
import { parseMetrics } from '../clients/keeper/src/metrics.js';
import { nodeBinary } from '../clients/lib/src/node.js';
import { Node } from '../zombienet/node.js';
import { peerId } from '../zombienet/peer.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (name) => readFileSync(join(ROOT, name), 'utf8');

const problems = [];
let checked = 0;
const expect = (holds, problem) => {
	checked += 1;
	if (!holds) problems.push(problem);
};
const notes = [];

/** Returns every expression of the alerts and of the dashboard, with its place. */
function expressions() {
	const dashboard = JSON.parse(read('docker/grafana/dashboards/caliber.json'));
	const ids = dashboard.panels.map(({ id }) => id);
	expect(new Set(ids).size === ids.length, 'the dashboard has two panels with one id');
	const panels = dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ where: `panel "${title}"`, expr })));
	const alerts = [];
	let name;
	let folded;
	for (const line of read('docker/prometheus/alerts.yml').split('\n')) {
		const text = line.trim();
		if (folded !== undefined && (text === '' || /^\w+:/.test(text))) folded = undefined;
		if (folded !== undefined) folded.expr += ` ${text}`;
		if (text.startsWith('- alert:')) name = text.slice(8).trim();
		if (text.startsWith('expr:')) {
			const expr = text.slice(5).trim();
			const entry = { where: `alert ${name}`, expr: expr === '>-' ? '' : expr };
			if (expr === '>-') folded = entry;
			alerts.push(entry);
		}
	}
	const names = alerts.map(({ where }) => where);
	expect(new Set(names).size === names.length && names.length > 0, 'two alerts have one name, or there are none');
	return [...panels, ...alerts];
}

/** Returns true if the brackets and quotes of an expression are balanced. */
function balanced(expr) {
	const bare = expr.replace(/"(?:[^"\\]|\\.)*"/g, '');
	if (bare.includes('"')) return false;
	const open = [];
	const pairs = { ')': '(', ']': '[', '}': '{' };
	for (const sign of bare) {
		if ('([{'.includes(sign)) open.push(sign);
		else if (sign in pairs && open.pop() !== pairs[sign]) return false;
	}
	return open.length === 0;
}

const metricsIn = (expr) => expr.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/\b(caliber|substrate|libp2p)_[a-z0-9_]+/g) ?? [];

/** Returns the metrics of a development node. Checks that the health check fails before its start and holds after. */
async function askNode(binary) {
	const folder = mkdtempSync(join(tmpdir(), 'caliber-docker-'));
	const node = new Node({
		name: 'node',
		command: binary,
		folder,
		args: ({ base, ports }) => ['--dev', '--base-path', base, '--rpc-port', `${ports.rpc}`, '--prometheus-port', `${ports.prometheus}`],
	});
	const health = () => spawnSync(join(ROOT, 'docker/healthcheck.sh'), ['127.0.0.1', `${node.ports.rpc}`], { encoding: 'utf8' }).status;
	try {
		await node.reserve();
		expect(health() !== 0, 'the health check finds a node well that does not run');
		await (await node.start()).answers();
		expect(health() === 0, 'the health check finds a node ill that runs');
		const response = await fetch(`http://127.0.0.1:${node.ports.prometheus}/metrics`);
		return new Set(parseMetrics(await response.text()).map(({ name }) => name));
	} finally {
		await node.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Returns the long flags in the help of a program. */
const flagsOf = (command, args) => {
	const { stdout, status } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
	expect(status === 0, `${args.join(' ')} fails`);
	return new Set(stdout.match(/--[a-z][a-z0-9-]+/g) ?? []);
};

/** Checks the flags in the commands of compose.yml, before and after `--`. */
function composeFlags(compose, nodeFlags) {
	const keeperFlags = flagsOf(process.execPath, [join(ROOT, 'clients/keeper/src/main.js'), '--help']);
	for (const [name, { command = [] }] of Object.entries(compose.services)) {
		const known = name.startsWith('collator') ? nodeFlags : name === 'keeper' ? keeperFlags : undefined;
		if (known === undefined) continue;
		for (const word of command) {
			const [flag] = word.replace(/^\$\{\w+:-(.*)\}$/, '$1').split('=');
			if (flag === '--' || !flag.startsWith('--')) continue;
			expect(known.has(flag), `${name} is given ${flag}, which its program does not know`);
		}
	}
	const used = new Set(Object.values(compose.services).flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(':')[0])));
	for (const volume of Object.keys(compose.volumes)) expect(used.has(volume), `the volume ${volume} is used by nothing`);
	for (const [name, { image }] of Object.entries(compose.services)) expect(!/:latest\b/.test(image), `${name} takes whatever is latest`);
}

/** Checks that boot nodes have the peer ids of their node keys, and that no port of the machine is published twice. */
function composePeers(compose) {
	const value = (name, flag) => compose.services[name]?.command?.find((word) => word.startsWith(`${flag}=`))?.slice(flag.length + 1);
	for (const [name, { command = [] }] of Object.entries(compose.services)) {
		for (const word of command.filter((each) => each.startsWith('--bootnodes='))) {
			const [, host, id] = /^--bootnodes=\/dns\/([^/]+)\/tcp\/30333\/p2p\/(.+)$/.exec(word) ?? [];
			const key = value(host, '--node-key');
			expect(key !== undefined && peerId(key) === id, `${name} looks for ${id} at ${host}, which is somebody else`);
		}
	}
	const published = Object.values(compose.services).flatMap(({ ports = [] }) => ports.map((port) => `${port}`.split(':').slice(-2)[0]));
	expect(new Set(published).size === published.length, `a port is published twice: ${published}`);
}

/** Returns the commands in the operators' guide, continued lines joined. */
const guideCommands = () =>
	read('docs/operators.md')
		.replace(/\\\n\s*/g, ' ')
		.split('\n')
		.filter((line) => line.startsWith('$ '))
		.map((line) => line.slice(2));

/** Checks that every flag in the guide is one of its program. */
function guideFlags(binary, nodeFlags) {
	const client = (name) => flagsOf(process.execPath, [join(ROOT, `clients/${name}/src/main.js`), '--help']);
	const ofClients = { keeper: client('keeper'), feeder: client('feeder') };
	let found = 0;
	for (const command of guideCommands()) {
		const words = command.split(/\s+/);
		let known;
		if (words[0] === 'caliber-node') {
			const nested = words.slice(1).filter((word, at, all) => !word.startsWith('-') && all.slice(0, at).every((before) => !before.startsWith('-')));
			const [subcommand, second] = nested;
			known = subcommand === undefined ? nodeFlags : flagsOf(binary, [subcommand, ...(subcommand === 'key' ? [second] : []), '--help']);
		} else if (words[0] === 'npm' && words[1] === 'run') {
			known = ofClients[words.slice(2).find((word) => word in ofClients)];
			words.splice(0, words.indexOf('--') + 1);
		}
		if (known === undefined) continue;
		for (const word of words.filter((each) => /^--\w/.test(each))) {
			found += 1;
			expect(known.has(word.split('=')[0]), `the operators' guide uses ${word}, which "${words.slice(0, 2).join(' ')}" does not know`);
		}
	}
	expect(found > 20, "the operators' guide has hardly any flags: has its form changed?");
}

/** Checks the files, versions, users and health checks of the Dockerfile. */
function dockerfile() {
	const text = read('docker/Dockerfile');
	const lines = text.replace(/\\\n/g, ' ').split('\n');
	for (const line of lines.filter((each) => each.startsWith('COPY') && !each.includes('--from='))) {
		const words = line.split(/\s+/).slice(1).filter((word) => !word.startsWith('--'));
		for (const source of words.slice(0, -1)) expect(existsSync(join(ROOT, source)), `${source} is copied and does not exist`);
	}
	const stages = text.split(/^FROM /m).slice(1);
	const [build, node, clients] = stages;
	expect(/cargo build --locked --profile production -p caliber-node/.test(build), 'the node is not built as the README says');
	expect(read('README.md').includes('cargo build --profile production -p caliber-node'), 'the README no longer names the build for operators');
	expect(build.includes('scripts/setup.sh rust'), "the build does not use the project's set-up");
	const rust = /rust:(\d+\.\d+)/.exec(build)?.[1];
	expect(rust !== undefined && read('Cargo.toml').includes(`rust-version = "${rust}"`), `the image builds with Rust ${rust}, not with the project's`);
	for (const [name, stage] of [['node', node], ['clients', clients]]) {
		expect(/^USER (?!root|0)/m.test(stage), `the image ${name} runs as root`);
		expect(/^HEALTHCHECK /m.test(stage), `the image ${name} has no health check`);
	}
	expect(/^VOLUME \/data$/m.test(node), 'the node has no volume for its data');
	for (const workspace of JSON.parse(read('clients/package.json')).workspaces) {
		expect(clients.includes(`clients/${workspace}/package.json`), `npm ci in the image misses the workspace ${workspace}`);
	}
	const major = Number(/FROM node:(\d+)|^node:(\d+)/m.exec(clients)?.slice(1).find(Boolean));
	expect(major >= 18, 'the image of the clients has an old Node.js');
}

const all = expressions();
for (const { where, expr } of all) {
	expect(balanced(expr), `${where}: brackets or quotes do not close`);
	for (const name of metricsIn(expr).filter((metric) => metric.startsWith('caliber_'))) {
		expect(CATALOGUE[name] !== undefined, `${where}: the exporter does not serve ${name}`);
	}
}
const used = new Set(all.flatMap(({ expr }) => metricsIn(expr)));
for (const name of Object.keys(CATALOGUE)) expect(used.has(name), `${name} is served, and in no panel and no alert`);
dockerfile();
if (process.env.COMPOSE_JSON) composePeers(JSON.parse(process.env.COMPOSE_JSON));

const binary = nodeBinary();
if (existsSync(binary)) {
	const served = await askNode(binary);
	for (const { where, expr } of all) {
		for (const name of metricsIn(expr).filter((metric) => !metric.startsWith('caliber_'))) {
			expect(served.has(name), `${where}: a node does not serve ${name}`);
		}
	}
	const nodeFlags = flagsOf(binary, ['--help']);
	if (process.env.COMPOSE_JSON) composeFlags(JSON.parse(process.env.COMPOSE_JSON), nodeFlags);
	guideFlags(binary, nodeFlags);
} else {
	notes.push(`there is no node at ${binary}: its flags, its metrics and the health check were not tried`);
}

for (const note of notes) console.log(`note: ${note}`);
for (const problem of problems) console.log(`- ${problem}`);
console.log(`${checked - problems.length} of ${checked} hold; ${all.length} expressions`);
process.exitCode = problems.length === 0 ? 0 : 1;
