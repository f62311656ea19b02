// Loaded into every test file by scripts/test.js. A file that has run all its tests and still does
// not end has left a server, a pool or a timer open: that fails, and says so, instead of hanging.

import { after } from 'node:test';
import { isMainThread } from 'node:worker_threads';

const GRACE_MS = 5000;

// Workers and forks of a test inherit the flag that loads this file, but have no tests to wait for.
if (isMainThread && (process.argv[1] ?? '').endsWith('.test.ts')) {
  after(() => {
    setTimeout(() => {
      const kinds = [...new Set(process.getActiveResourcesInfo())].join(', ');
      console.error(`${process.argv[1]} has run its tests and left open: ${kinds}`);
      process.exit(1);
    }, GRACE_MS).unref();
  });
}
