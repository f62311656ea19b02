#!/usr/bin/env node
// Starts the command line on a Node that can strip types: this one, or else the pinned one. The service gets a Node
// with flags of its own.

import { spawn } from 'node:child_process';
import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

import { doesRun, explainMissingNode, isNewEnough, missingFlags, pinnedNode } from './runtime.js';

const flags = process.argv[2] === 'serve' ? missingFlags(process.execArgv) : [];
const pinned = pinnedNode();

if (isNewEnough()) {
  if (flags.length > 0) startAgain();
  // Node keeps what it compiled from run to run: so a command needs nothing that strips types either. Within node_modules,
  // where only those may write whose code we run anyway; where it cannot be written, Node goes without.
  nodeModule.enableCompileCache?.(
    fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)),
  );
  await import('../src/cli/main.ts');
} else if (pinned !== undefined && doesRun(pinned)) {
  runOn(pinned);
} else {
  console.error(explainMissingNode('holdfast'));
  process.exitCode = 1;
}

/** The same process with the flags that it lacks; where there is no such way (Windows, older Node), it goes on without. */
function startAgain() {
  if (process.platform === 'win32') return;
  const { execPath, execArgv, argv } = process;
  process.execve?.(execPath, [execPath, ...flags, ...execArgv, ...argv.slice(1)], process.env);
}

/** @param {string} node */
function runOn(node) {
  const script = fileURLToPath(import.meta.url);
  const child = spawn(node, [...flags, ...process.execArgv, script, ...process.argv.slice(2)], {
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
