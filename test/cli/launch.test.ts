import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, it, type TestContext } from 'node:test';
import { missingFlags, SERVICE_FLAGS } from '../../bin/runtime.js';
import { temporaryFolder, until } from './processes.ts';

const HOLDFAST = fileURLToPath(new URL('../../bin/holdfast.js', import.meta.url));
/** Each Node that starts says so. */
const TELL = `data:text/javascript,${encodeURIComponent(
  `import { isMainThread } from 'node:worker_threads';
   if (isMainThread) console.error(JSON.stringify({ pid: process.pid, flags: process.execArgv }));`,
)}`;

type Told = { readonly pid: number; readonly flags: readonly string[] };

type Launched = {
  readonly pid: number | undefined;
  readonly told: () => readonly Told[];
  readonly stdout: () => string;
};

function launch(context: TestContext, flags: readonly string[], args: readonly string[]): Launched {
  const own = Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS');
  const child = spawn(process.execPath, [...flags, '--import', TELL, HOLDFAST, ...args], {
    env: { ...Object.fromEntries(own), HOLDFAST_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  context.after(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return {
    pid: child.pid,
    told: () =>
      stderr
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Told),
    stdout: () => stdout,
  };
}

const serving = (context: TestContext): readonly string[] => [
  'serve',
  '--json',
  '--port',
  '0',
  '--data',
  temporaryFolder(context),
];
/** Windows cannot start a process again in its place. */
const skip = process.platform === 'win32' ? 'there is no execve' : false;

describe('bin/holdfast.js', () => {
  it(
    'runs the service in its own process, with the flags it was measured with',
    { skip },
    async (context) => {
      const { pid, told, stdout } = launch(context, [], serving(context));
      await until(() => stdout().includes('\n'), 'the service');
      assert.equal((JSON.parse(stdout()) as Told).pid, pid);
      const last = told().at(-1);
      assert.equal(last?.pid, pid);
      for (const flag of SERVICE_FLAGS) assert.ok(last?.flags.includes(flag), flag);
    },
  );

  it('starts once where the flags were given, with the values that were given', async (context) => {
    const given = SERVICE_FLAGS.map((flag) => flag.replace(/=.*/, '=4'));
    const { told, stdout } = launch(context, given, serving(context));
    await until(() => stdout().includes('\n'), 'the service');
    assert.deepEqual(
      told().map(({ flags }) => flags.slice(0, given.length)),
      [given],
    );
  });

  it('starts once for other commands', async (context) => {
    const { told, stdout } = launch(context, [], ['settings', '--json']);
    await until(() => stdout().trimEnd().endsWith('}') || stdout().trimEnd().endsWith(']'), 'them');
    assert.equal(told().length, 1);
  });
});

describe('the flags of the service', () => {
  it('are left to whoever gives them, on the command line or in NODE_OPTIONS', () => {
    assert.deepEqual(missingFlags([], ''), SERVICE_FLAGS);
    assert.deepEqual(missingFlags(['--inspect'], '--enable-source-maps'), SERVICE_FLAGS);
    const others = SERVICE_FLAGS.filter((flag) => !flag.startsWith('--max-semi-space-size'));
    assert.deepEqual(missingFlags(['--max-semi-space-size=64'], ''), others);
    assert.deepEqual(missingFlags(['--max_semi_space_size=64'], ''), others);
    assert.deepEqual(missingFlags([], '--inspect --max-semi-space-size=64'), others);
  });
});
