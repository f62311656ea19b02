// Holds the code against the walls in .dependency-cruiser.mjs. The cruiser reports no violation
// also when it could not read a single file, so its sight is tested before its verdict is believed.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { FOLDERS } from '../.dependency-cruiser.mjs';
import { ROOT } from '../bin/runtime.js';
import { toolPath } from './tool-path.js';

/**
 * @typedef {{ source: string, dependencies: readonly { module: string }[] }} CruisedModule
 * @typedef {{ from: string, to: string, rule: { name: string }, cycle?: readonly { name: string }[] }} Violation
 */

/** The last line of an import, or of an export from elsewhere. */
const IMPORT = /^(?:import|export|\}) .*?from '(.+?)';/gm;

const roots = ['src', 'test', 'bench', 'scripts', 'bin'].filter((root) =>
  existsSync(join(ROOT, root)),
);
const { modules, violations } = cruise();
const complaints = [
  ...violations.map(describe),
  ...blindSpots(),
  ...unknownFolders(),
  ...wideOpenDoors(),
];

if (complaints.length > 0) {
  console.log(complaints.join('\n'));
  process.exitCode = 1;
} else {
  console.log(`${sourceFiles().length} files of src stand within the walls`);
}

function cruise() {
  const run = spawnSync(
    process.execPath,
    [toolPath('depcruise'), '--config', '.dependency-cruiser.mjs', '-T', 'json', ...roots],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  // With -T json the exit code tells only whether it ran.
  if (run.status !== 0) {
    console.error(`dependency-cruiser could not read the code:\n${run.stderr}`);
    process.exit(1);
  }
  /** @type {{ modules: readonly CruisedModule[], summary: { violations: readonly Violation[] } }} */
  const report = JSON.parse(run.stdout);
  return {
    modules: new Map(report.modules.map((module) => [module.source, module])),
    violations: report.summary.violations,
  };
}

/** @param {Violation} violation */
function describe({ from, to, rule, cycle }) {
  const way = cycle === undefined ? to : cycle.map(({ name }) => name).join(' → ');
  return `${rule.name}: ${from} → ${way}`;
}

/** Files that were not read, or in which imports stand that were not seen. */
function blindSpots() {
  const files = sourceFiles();
  if (files.length === 0) return ['blind: no .ts file under src/'];
  return files.flatMap((file) => {
    const seen = modules.get(file);
    if (seen === undefined) return [`blind: ${file} was not read`];
    const text = readFileSync(join(ROOT, file), 'utf8');
    const written = new Set([...text.matchAll(IMPORT)].map((match) => withoutNode(match[1] ?? '')));
    const found = new Set(seen.dependencies.map(({ module }) => withoutNode(module)));
    return [...written.difference(found)].map((name) => `blind: ${file} imports ${name}, unseen`);
  });
}

/** @param {string} name the cruiser writes some of Node's modules with their prefix, some without */
function withoutNode(name) {
  return name.replace(/^node:/, '');
}

function unknownFolders() {
  return readdirSync(join(ROOT, 'src'))
    .filter((name) => !FOLDERS.includes(name))
    .map((name) => `unknown: src/${name} has no place in the order of .dependency-cruiser.mjs`);
}

function wideOpenDoors() {
  return sourceFiles()
    .filter((file) => /^export \* from/m.test(readFileSync(join(ROOT, file), 'utf8')))
    .map((file) => `door: ${file} says "export *", a door names what it lets out`);
}

function sourceFiles() {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/(^|\/)fixtures\//.test(path))
    .map((path) => `src/${path.replaceAll('\\', '/')}`);
}
