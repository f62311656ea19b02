import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { treeOf } from './process-tree.ts';

type ServerOptions = {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Its address as clients take it. */
  readonly url: string;
  readonly settings: string;
  /** Of its user, where it refuses to run as root. */
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly stopBy: NodeJS.Signals;
};

const START_MS = 30_000;
const POLL_MS = 20;
const KEPT_OUTPUT = 4000;
/** Both print it. PostgreSQL takes connections before, and refuses them. */
const READY = /ready to accept connections/i;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) signalTree(child, 'SIGKILL');
});

/** The Redis or PostgreSQL of one queue, in processes of its own, its data in a temporary folder. */
export class QueueServer {
  readonly url: string;
  readonly settings: string;
  readonly #child: ChildProcess;
  readonly #stopBy: NodeJS.Signals;
  #output = '';

  private constructor(options: ServerOptions) {
    this.url = options.url;
    this.settings = options.settings;
    this.#stopBy = options.stopBy;
    this.#child = spawn(options.command, options.args, {
      cwd: options.cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options.user,
    });
    running.add(this.#child);
    this.#child.once('exit', () => running.delete(this.#child));
    this.#child.once('error', (error) => (this.#output += error.message));
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk) => {
        this.#output = (this.#output + String(chunk)).slice(-KEPT_OUTPUT);
      });
    }
  }

  /** Resolves when it takes connections. Rejects with what it printed where it ends before, or takes over 30 s. */
  static async start(options: ServerOptions): Promise<QueueServer> {
    const server = new QueueServer(options);
    const until = Date.now() + START_MS;
    while (!READY.test(server.#output)) {
      if (server.#child.exitCode !== null || server.pid === 0 || Date.now() > until) {
        throw new Error(`${options.command} did not start: ${server.#output.trim()}`);
      }
      await sleep(POLL_MS);
    }
    return server;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Takes it off the cores, so that its background work falls into its own turns. */
  pause(): void {
    signalTree(this.#child, 'SIGSTOP');
  }

  resume(): void {
    signalTree(this.#child, 'SIGCONT');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = new Promise((resolve) => {
      this.#child.once('exit', resolve);
    });
    this.resume();
    this.#child.kill(this.#stopBy);
    await ended;
  }
}

/** A port of the loopback that was free a moment ago: neither server can be asked which one it took. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo; // a TCP server that listens has one
      probe.close(() => resolve(port));
    });
  });
}

function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  for (const pid of treeOf(child.pid)) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has just ended.
    }
  }
}
