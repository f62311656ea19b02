#!/usr/bin/env node
// Starts the command line on a Node that can strip types: this one, or else the pinned one.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { doesRun, explainMissingNode, isNewEnough, pinnedNode } from './runtime.js';

const pinned = pinnedNode();

if (isNewEnough()) {
  await import('../src/cli/main.ts');
} else if (pinned !== undefined && doesRun(pinned)) {
  runOn(pinned);
} else {
  console.error(explainMissingNode('holdfast'));
  process.exitCode = 1;
}

/** @param {string} node */
function runOn(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  /** @type {readonly NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) {
    // Without a listener this process would die first and leave the service without a parent.
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (code, signal) => {
    for (const each of signals) process.removeAllListeners(each);
    if (signal === null) process.exitCode = code ?? 1;
    else process.kill(process.pid, signal);
  });
}
