// Runs before every npm script, so that a fresh clone needs no other step than the script itself.
//
//   node scripts/ensure-installed.js            everything: tests, checks, benchmarks
//   node scripts/ensure-installed.js --runtime  what the service needs: an install without the
//                                               development dependencies is enough
//
// Silent, offline and quick (a hash and two small reads) when nothing is missing. Plain JavaScript
// for Node 20, because on the first run the pinned Node is not there yet.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { doesRun, explainMissingNode, isNewEnough, pinnedNode, ROOT } from '../bin/runtime.js';

/** @typedef {{ version?: string, integrity?: string, dev?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockedPackage */

const LOCK = join(ROOT, 'package-lock.json');
const INSTALLED_LOCK = join(ROOT, 'node_modules', '.package-lock.json');
const STAMP = join(ROOT, 'node_modules', '.holdfast-installed');

const isRuntimeOnly = process.argv.includes('--runtime');
const script = (process.env['npm_lifecycle_event'] ?? 'prestart').replace(/^pre/, '');

// The platform belongs to the stamp: a folder copied from another machine holds other binaries.
const stamp = `${createHash('sha256').update(readFileSync(LOCK)).digest('hex')} ${process.platform}-${process.arch}`;

if (readOrEmpty(STAMP) !== stamp) bringUpToDate();

if (!isNewEnough()) {
  // Right after the first install this still is the old Node; the script itself finds the pinned one.
  const pinned = pinnedNode();
  if (pinned === undefined || !doesRun(pinned)) fail(explainMissingNode(`npm run ${script}`));
}

function bringUpToDate() {
  // Somebody may have run npm by hand: then what is installed is compared with the lock.
  const isOtherPlatform = existsSync(STAMP) && !readOrEmpty(STAMP).endsWith(stamp.slice(64));
  const missing = isOtherPlatform ? 'all' : whatIsMissing();
  if (missing === 'nothing') writeFileSync(STAMP, stamp);
  else if (missing === 'all' || !isRuntimeOnly) install();
}

/**
 * Compares npm's record of what it installed with the lock. A missing optional package is none for
 * this platform.
 * @returns {'nothing' | 'development' | 'all'}
 */
function whatIsMissing() {
  if (!existsSync(INSTALLED_LOCK)) return 'all';
  const installed = packagesOf(INSTALLED_LOCK);
  const absent = Object.entries(packagesOf(LOCK)).filter(([path, locked]) => {
    const found = installed[path];
    if (path === '') return false;
    if (found === undefined) return !(locked.optional ?? locked.devOptional ?? false);
    return found.version !== locked.version || found.integrity !== locked.integrity;
  });
  if (absent.some(([, locked]) => !(locked.dev ?? false))) return 'all';
  return absent.length > 0 || pinnedNode() === undefined ? 'development' : 'nothing';
}

function install() {
  console.error('Holdfast: installing its parts with "npm ci", about half a minute ...');
  const first = npmCi('--ignore-scripts=false');
  if (first.status !== 0) {
    // The package `node` fails to install where it has no build. Any other new Node does as well.
    const isPinnedNodeToBlame = /node_modules[/\\]node\b/.test(first.output);
    if (!isPinnedNodeToBlame) giveUp(first.output);
    if (!isNewEnough()) {
      console.error(first.output.trimEnd());
      fail(explainMissingNode(`npm run ${script}`));
    }
    const second = npmCi('--ignore-scripts');
    if (second.status !== 0) giveUp(second.output);
  }
  const pinned = pinnedNode();
  // The shell would try the pinned binary first, and some shells stop at one that does not start.
  if (pinned === undefined || !doesRun(pinned)) {
    rmSync(join(ROOT, 'node_modules', '.bin', 'node'), { force: true });
  }
  writeFileSync(STAMP, stamp);
}

/** @param {'--ignore-scripts' | '--ignore-scripts=false'} scripts */
function npmCi(scripts) {
  // npm must not run on the pinned Node: it is about to be replaced.
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(ROOT, 'node_modules')))
    .join(delimiter);
  const run = spawnSync(`npm ci --include=dev --include=optional --loglevel=error ${scripts}`, {
    cwd: ROOT,
    env: { ...process.env, PATH: path },
    shell: true,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status: run.status, output: `${run.stdout}${run.stderr}` };
}

/** @param {string} path */
function readOrEmpty(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage>}
 */
function packagesOf(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}

/**
 * @param {string} output
 * @returns {never}
 */
function giveUp(output) {
  console.error(output.trimEnd());
  return fail(
    `"npm ci" failed, its words are above. Holdfast installs its parts once and needs a package registry for it; run "npm run ${script}" again when that is mended.`,
  );
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
