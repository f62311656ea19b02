// Everything that can be known about the code without running it, side by side, in seconds.
// One line a check; the output of those that fail follows.

import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { ROOT } from '../bin/runtime.js';
import { toolPath } from './tool-path.js';

/** @type {readonly { name: string, file: string, flags: readonly string[] }[]} */
const checks = [
  { name: 'format', file: toolPath('oxfmt'), flags: ['--check'] },
  { name: 'lint', file: toolPath('oxlint'), flags: [] },
  { name: 'types', file: toolPath('tsc'), flags: ['--noEmit', '--pretty', 'false'] },
  {
    name: 'console',
    file: toolPath('tsc'),
    flags: ['--noEmit', '--pretty', 'false', '-p', join('console', 'tsconfig.json')],
  },
  { name: 'dead code', file: toolPath('knip'), flags: ['--treat-config-hints-as-errors'] },
  {
    name: 'generated',
    file: join(ROOT, 'scripts', 'write-openapi.ts'),
    flags: ['--check'],
  },
  { name: 'house', file: join(ROOT, 'scripts', 'check-house.js'), flags: [] },
];

const startedAt = performance.now();
const results = await Promise.all(checks.map(run));
const failed = results.filter((result) => !result.isPassed);

for (const { name, output } of failed) console.log(`\n── ${name} ──\n${output.trim()}`);
console.log(
  failed.length === 0
    ? `All ${results.length} checks passed in ${seconds(startedAt)}.`
    : `\n${failed.length} of ${results.length} checks failed: ${failed.map(({ name }) => name).join(', ')}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

/**
 * @param {{ name: string, file: string, flags: readonly string[] }} check
 * @returns {Promise<{ name: string, isPassed: boolean, output: string }>}
 */
function run({ name, file, flags }) {
  const checkStartedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...flags], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.on('close', (code) => {
      const isPassed = code === 0;
      console.log(
        `${isPassed ? 'ok    ' : 'FAILED'}  ${name.padEnd(10)}  ${seconds(checkStartedAt)}`,
      );
      resolve({ name, isPassed, output });
    });
  });
}

/** @param {number} sinceMs */
function seconds(sinceMs) {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}
