import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The command line as its users have it: real processes, each ended by its id. */
const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
/** A test, or a file of tests: what must be undone at its end. */
export type Undo = { readonly after: (undo: () => unknown) => unknown };

const PATIENCE_MS = 20_000;

/** What a program answers is looked at, not parsed. */
export type Json = ReturnType<typeof JSON.parse>;

export type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

export type RunOptions = {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
};

/** Runs a command to its end. */
export async function holdfast(
  args: readonly string[],
  { input, env, cwd }: RunOptions = {},
): Promise<Ended> {
  const child = spawnHoldfast(args, env, cwd);
  const output = collect(child);
  child.stdin?.end(input ?? '');
  const code = await ended(child);
  return { code, ...output() };
}

export type Running = {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Lines of standard output that are JSON, so far. */
  readonly records: () => readonly Readonly<Record<string, unknown>>[];
  /** Sends the signal and waits for the end. Resolves to the exit code. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number>;
};

/** Starts a command that runs until it is stopped, at the latest when the test ends. */
export function start(
  context: Undo,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Running {
  const child = spawnHoldfast(args, env);
  child.stdin?.end();
  const output = collect(child);
  const exited = ended(child);
  const stop = async (signal: NodeJS.Signals = 'SIGINT'): Promise<number> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return exited;
  };
  context.after(() => stop('SIGKILL'));
  return {
    pid: child.pid ?? 0,
    stdout: () => output().stdout,
    stderr: () => output().stderr,
    records: () => jsonLines(output().stdout),
    stop,
  };
}

export type Service = Running & {
  readonly url: string;
  readonly token: string;
  readonly dataDir: string;
  /** Flags that lead the other commands to this service. */
  readonly flags: readonly string[];
  /** A request to the API. Resolves to the parsed answer. */
  readonly call: (path: string, body?: object) => Promise<Json>;
};

/** A service on a free port that may deliver to this machine, and gives up after a few quick attempts. */
export async function startService(
  context: Undo,
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Service> {
  const flags = ['serve', '--json', '--port', '0', '--data', dataDir, '--log-level', 'error'];
  const running = start(context, flags, {
    HOLDFAST_ALLOWED_SUBNETS: '127.0.0.0/8',
    HOLDFAST_RETRY_SCHEDULE: '0s,20ms',
    HOLDFAST_RETRY_JITTER_PERCENT: '0',
    ...env,
  });
  await until(() => running.records().length > 0, `the service: ${running.stderr()}`);
  const { url, token } = running.records()[0] as { url: string; token: string };
  return {
    ...running,
    url,
    token,
    dataDir,
    flags: ['--url', url, '--data', dataDir],
    async call(path, body) {
      const response = await fetch(`${url}/api/v1${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
  };
}

export function temporaryFolder(context: Undo): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-cli-'));
  context.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** Looks again and again until the condition holds. */
export async function until(
  isReached: () => boolean | Promise<boolean>,
  what: string,
): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  while (!(await isReached())) {
    if (signal.aborted) throw new Error(`waited ${PATIENCE_MS} ms in vain for ${what}`);
    await wait(10);
  }
}

function jsonLines(text: string): readonly Readonly<Record<string, unknown>>[] {
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

function spawnHoldfast(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd?: string,
): ChildProcess {
  const foreign = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('HOLDFAST_') && name !== 'NODE_OPTIONS',
  );
  return spawn(process.execPath, [MAIN, ...args], {
    env: { ...Object.fromEntries(foreign), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
}

function collect(child: ChildProcess): () => { readonly stdout: string; readonly stderr: string } {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return () => ({ stdout, stderr });
}

/** The exit code, or 128 where a signal ended it; after all output was read. */
async function ended(child: ChildProcess): Promise<number> {
  const [code] = await once(child, 'close');
  return code ?? 128;
}
