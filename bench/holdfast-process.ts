import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { missingFlags } from '../bin/runtime.js';
import { nowUs } from './payload.ts';
import { usageOf, type ProcessUsage } from './process-usage.ts';

export type Listening = { readonly url: string; readonly token: string };

export type HoldfastOptions = {
  readonly dataDir: string;
  /** Environment variables of the service; none of the caller's HOLDFAST_ ones get through. */
  readonly settings: Readonly<Record<string, string>>;
  readonly nodeFlags?: readonly string[];
  /** Where the process runs; profiles are written there. */
  readonly cwd?: string;
  /** Lets the process tell its heap's size every second: `heap()`. */
  readonly tellsHeap?: boolean;
};

const HEAP_TELLER = new URL('heap-teller.ts', import.meta.url).href;
const HOLDFAST = fileURLToPath(new URL('../bin/holdfast.js', import.meta.url));
const KEPT_COMPLAINTS = 20;
const WARN = 40;

/** What the process itself says of its memory, in bytes. */
export type HeapUsage = { readonly heapUsed: number; readonly external: number };

const running = new Set<ChildProcess>();
// First of all: their folders are removed by other handlers.
process.prependOnceListener('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Whatever a scenario that failed left behind. */
export async function killHoldfasts(): Promise<void> {
  const ends = [...running].map(
    (child) =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill('SIGKILL');
      }),
  );
  await Promise.all(ends);
}

/**
 * A service as its users run it, `holdfast serve` in a process of its own, on a free port of the loopback:
 *
 *     launched ──► listening ──► stopped (drained, exit code 0)
 *         └────────────┴───────► killed  (SIGKILL)
 */
export class HoldfastProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | NodeJS.Signals>;
  readonly #complaints: string[] = [];
  readonly #listening: Promise<Listening>;

  /** When it was launched, by `nowUs`. */
  readonly launchedAtUs = nowUs();
  #heap: HeapUsage | undefined;

  constructor(options: HoldfastOptions) {
    const { dataDir, settings, nodeFlags = [], cwd, tellsHeap = false } = options;
    const preload = tellsHeap ? ['--import', HEAP_TELLER] : [];
    const flags = ['serve', '--port', '0', '--data', dataDir, '--json', '--log-level', 'warn'];
    // With its flags from the start: a Node that starts again with them would lose the channel to this process.
    const allFlags = [...missingFlags(nodeFlags), ...nodeFlags, ...preload];
    this.#child = spawn(process.execPath, [...allFlags, HOLDFAST, ...flags], {
      cwd,
      env: { ...environmentWithoutOurs(), ...settings },
      stdio: ['ignore', 'pipe', 'pipe', ...(tellsHeap ? (['ipc'] as const) : [])],
    });
    // From heap-teller.ts, the only one in that process that sends.
    this.#child.on('message', (heap) => {
      this.#heap = heap as HeapUsage;
    });
    running.add(this.#child);
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => {
        running.delete(this.#child);
        resolve(code ?? signal ?? 1);
      });
    });
    this.#listening = this.#readFirstLine();
    // Whoever kills it before it listens does not wait for this.
    this.#listening.catch(() => {});
    this.#readComplaints();
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Rejects where it ends before it listens. */
  listening(): Promise<Listening> {
    return this.#listening;
  }

  /** What it logged as warnings and errors, the latest 20. */
  complaints(): readonly string[] {
    return this.#complaints;
  }

  usage(): ProcessUsage {
    return usageOf(this.pid);
  }

  /** The latest that it told; undefined before. */
  heap(): HeapUsage | undefined {
    return this.#heap;
  }

  /** Takes it off the cores, so that its background work does not slow what is measured beside it. */
  pause(): void {
    this.#child.kill('SIGSTOP');
  }

  resume(): void {
    this.#child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Ctrl-C, in effect. Throws where it does not end well. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    const end = await this.#ended;
    if (end !== 0) throw new Error(`Holdfast ended with ${end}: ${this.#complaints.join('\n')}`);
  }

  async #readFirstLine(): Promise<Listening> {
    const { stdout } = this.#child;
    if (stdout === null) throw new Error('Holdfast has no standard output');
    const lines = createInterface({ input: stdout });
    const [line] = await Promise.race([
      new Promise<string[]>((resolve) => {
        lines.once('line', (text) => resolve([text]));
      }),
      this.#ended.then((): string[] => []),
    ]);
    if (line === undefined) {
      throw new Error(`Holdfast did not start: ${this.#complaints.join('\n')}`);
    }
    return JSON.parse(line) as Listening; // as `serve --json` prints it
  }

  #readComplaints(): void {
    const { stderr } = this.#child;
    if (stderr === null) return;
    createInterface({ input: stderr }).on('line', (line) => {
      if (isComplaint(line)) this.#complaints.push(line);
      if (this.#complaints.length > KEPT_COMPLAINTS) this.#complaints.shift();
    });
  }
}

function isComplaint(line: string): boolean {
  try {
    const { level } = JSON.parse(line) as { readonly level?: unknown };
    return typeof level !== 'number' || level >= WARN;
  } catch {
    return line.trim() !== ''; // not from the log: a crash, in its own words
  }
}

function environmentWithoutOurs(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !name.startsWith('HOLDFAST_') && name !== 'NODE_TEST_CONTEXT',
    ),
  );
}
