// Formats every file, then mends what the linter can mend by itself, then formats that.

import { spawnSync } from 'node:child_process';

import { ROOT } from '../bin/runtime.js';
import { toolPath } from './tool-path.js';

/** @type {readonly (readonly [string, ...string[]])[]} */
const steps = [['oxfmt'], ['oxlint', '--fix'], ['oxfmt']];

for (const [tool, ...flags] of steps) {
  const run = spawnSync(process.execPath, [toolPath(tool), ...flags], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (run.status !== 0) process.exitCode = 1;
}
