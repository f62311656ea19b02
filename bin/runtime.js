// Which Node runs Holdfast. Plain JavaScript: this file must load on a Node too old for the rest.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Types are stripped without a flag from 22.18 on; undici asks for 22.19. */
const MINIMUM_NODE = '22.19';

/**
 * How the service's Node is started: what a delivery leaves behind dies young, and what is promoted all the same is
 * collected before it has doubled. V8's own choice takes 120 MB more and less CPU; docs/perf.md has both.
 */
export const SERVICE_FLAGS = ['--max-semi-space-size=16', '--heap-growing-percent=60'];

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** @param {string} [version] `process.versions.node`, if not another Node's */
export function isNewEnough(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = MINIMUM_NODE.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** The binary of the npm package `node`, or undefined where it is not installed. */
export function pinnedNode() {
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = fileURLToPath(new URL(`../node_modules/node/bin/${file}`, import.meta.url));
  return existsSync(path) ? path : undefined;
}

/**
 * A binary that exists may still not start, for example one built for glibc on a musl system.
 * @param {string} path
 */
export function doesRun(path) {
  return spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * Why no Node that could run Holdfast is here, and what to do, in two sentences.
 * @param {string} command what to run again
 */
export function explainMissingNode(command) {
  const reason =
    pinnedNode() === undefined
      ? 'the pinned Node 26 is not installed'
      : `the pinned Node 26 does not run on ${process.platform}-${process.arch}`;
  return (
    `Holdfast needs Node ${MINIMUM_NODE} or newer, this is ${process.versions.node}, and ${reason}. ` +
    `Install Node ${MINIMUM_NODE} or newer and run "${command}" again.`
  );
}

/**
 * What a Node for the service is started with, beside the flags that its user gave: those, and NODE_OPTIONS, win.
 * @param {readonly string[]} given
 * @param {string} [nodeOptions]
 * @returns {readonly string[]}
 */
export function missingFlags(given, nodeOptions = process.env['NODE_OPTIONS'] ?? '') {
  const names = [...given, ...nodeOptions.split(/\s+/)].map(nameOf);
  return SERVICE_FLAGS.filter((flag) => !names.includes(nameOf(flag)));
}

/**
 * V8 takes underscores too.
 * @param {string} flag
 */
function nameOf(flag) {
  return flag.replace(/=.*/, '').replaceAll('_', '-');
}
