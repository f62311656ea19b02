import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { optionsOrExit, type Choice } from '../../bench/options.ts';

const choices: readonly Choice[] = [
  { name: 'fast', sentence: 'Fast.' },
  { name: 'slow', sentence: 'Slow.' },
  { name: 'soak', sentence: 'Long.', isOnRequest: true },
];
const only = (...args: string[]): readonly string[] => optionsOrExit(args, choices).only;

describe('options of the bench', () => {
  it('run every scenario but those on request', () => {
    assert.deepEqual(only(), ['fast', 'slow']);
    assert.deepEqual(only('--quick'), ['fast', 'slow']);
  });

  it('choose scenarios by name', () => {
    assert.deepEqual(only('--only', 'slow'), ['slow']);
    assert.deepEqual(only('--only', 'slow, soak'), ['slow', 'soak']);
  });

  it('take --soak with minutes, without, and before another flag', () => {
    assert.deepEqual(only('--soak'), ['soak']);
    assert.equal(optionsOrExit(['--soak'], choices).soakMinutes, 10);
    assert.equal(optionsOrExit(['--soak', '0.5'], choices).soakMinutes, 0.5);
    const { soakMinutes, isJson } = optionsOrExit(['--soak', '--json'], choices);
    assert.deepEqual([soakMinutes, isJson], [10, true]);
  });

  it('end the process with the names there are at one there is not', () => {
    const main = fileURLToPath(new URL('../../bench/main.ts', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [main, '--only', 'fats'], {
      encoding: 'utf8',
    });
    assert.equal(status, 1);
    assert.match(stderr, /--only knows one-request, .*soak, not "fats"/);
  });
});
