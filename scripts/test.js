// Runs the tests under test/, all of them or those named.
//
//   npm test                                  everything
//   npm test -- backoff signature/            files whose path contains one of the words
//   npm test -- backoff --test-name-pattern=jitter --test-only   flags go to node as they are

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { ROOT } from '../bin/runtime.js';

/** A test that hangs must say so itself, long before whatever waits for it loses patience. */
const TIMEOUT_MS = 180_000;

/** The commands keep theirs there too. */
const COMPILED = join(ROOT, 'node_modules', '.cache', 'compiled');

const flags = process.argv.slice(2).filter((word) => word.startsWith('-'));
const words = process.argv.slice(2).filter((word) => !word.startsWith('-'));

const files = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
  .map((path) => join('test', path))
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) => words.length === 0 || words.some((word) => path.includes(word)))
  .toSorted();

if (files.length === 0) {
  // node --test itself succeeds when it finds nothing.
  console.error(
    `No test file matches ${words.length === 0 ? 'test/**/*.test.ts' : words.join(' ')}.`,
  );
  process.exitCode = 1;
} else {
  const run = spawnSync(
    process.execPath,
    [
      '--test',
      `--test-timeout=${TIMEOUT_MS}`,
      // node leaves one core to itself, which of two is half: files wait more than they work.
      `--test-concurrency=${availableParallelism()}`,
      `--import=${new URL('fail-on-leak.js', import.meta.url).href}`,
      ...flags,
      ...files,
    ],
    // Hundreds of processes compile the same modules: what one has compiled, the others read. A third less CPU a file.
    { cwd: ROOT, stdio: 'inherit', env: { NODE_COMPILE_CACHE: COMPILED, ...process.env } },
  );
  process.exitCode = run.status ?? 1;
}
