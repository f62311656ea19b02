import { setTimeout as sleep } from 'node:timers/promises';
import { Child } from '../child.ts';
import type { LoadCalls } from '../load.ts';
import type { ReceiverCalls } from '../receiver.ts';
import type { PeerChoice } from './all.ts';
import { treeCpuUs } from './process-tree.ts';
import type { QueueCalls } from './queue-process.ts';
import type { QueueServer } from './queue-server.ts';

/** One round of one peer, from the first message to the arrival of the last. */
export type PeerWindow = {
  /** The larger of the rate while messages were being accepted and the rate until all had arrived. */
  readonly deliveriesPerSecond: number;
  readonly whileAccepting: number;
  readonly untilDrained: number;
  readonly acceptedPerSecond: number;
  /** CPU a delivery, in microseconds: of the queue's Node processes, and of its Redis or PostgreSQL. */
  readonly nodeCpuUs: number;
  readonly serverCpuUs: number;
};

export type PeerProof = {
  readonly sent: number;
  readonly acknowledged: number;
  readonly received: number;
  readonly repeated: number;
  readonly changed: number;
  readonly badSignatures: number;
  readonly lost: number;
};

const SETTLE_MS = 600;
const POLL_MS = 20;
const COMPLETE_MS = 500;
/** Nothing more arriving for so long means that nothing more will. */
const STALLED_MS = 20_000;
/** The receiver counts everything but the bare client's as this stream. */
const STREAM = { stream: 'holdfast' } as const;

/** Processes off the cores, which would not notice that the bench has ended. */
const paused = new Set<number>();
process.once('exit', () => {
  for (const pid of paused) process.kill(pid, 'SIGKILL');
});

/** A queue with its own server, sender and receiver, off the cores but for its turns. */
export class Peer {
  readonly name: string;
  readonly settings: string;
  readonly #processes: readonly Child<QueueCalls>[];
  readonly #server: QueueServer;
  readonly #load: Child<LoadCalls>;
  readonly #receiver: Child<ReceiverCalls>;

  private constructor(
    name: string,
    settings: string,
    parts: {
      readonly processes: readonly Child<QueueCalls>[];
      readonly server: QueueServer;
      readonly load: Child<LoadCalls>;
      readonly receiver: Child<ReceiverCalls>;
    },
  ) {
    this.name = name;
    this.settings = settings;
    this.#processes = parts.processes;
    this.#server = parts.server;
    this.#load = parts.load;
    this.#receiver = parts.receiver;
  }

  /** Throws where its server cannot run here. */
  static async start(
    choice: PeerChoice,
    { secret, connections }: { readonly secret: string; readonly connections: number },
  ): Promise<Peer> {
    const server = await choice.startServer();
    const receiver = new Child<ReceiverCalls>(new URL('../receiver.ts', import.meta.url));
    const load = new Child<LoadCalls>(new URL('../load.ts', import.meta.url));
    const target = { url: await receiver.call('listen', { secret }), secret, connections };
    const processes: Child<QueueCalls>[] = [];
    let url = '';
    for (const roles of choice.processes) {
      const child = new Child<QueueCalls>(choice.module);
      processes.push(child);
      const accepting = await child.call('start', {
        server: server.url,
        roles,
        target,
        adds: choice.adds,
      });
      if (accepting !== '') url = accepting;
    }
    const given = Object.entries((await processes[0]?.call('settings')) ?? {});
    const settings = [
      `jobs added ${choice.adds}`,
      processes.length === 1 ? 'worker in the server’s process' : 'worker in a process of its own',
      ...given.map(([name, value]) => `${name} ${String(value)}`),
      server.settings,
    ].join(', ');
    await load.call('prepare', { url, token: 'none', applications: ['bench'], connections });
    const peer = new Peer(choice.name, settings, { processes, server, load, receiver });
    peer.#pause();
    return peer;
  }

  /** The sender at full speed for so long, then the wait for what is left in the queue. */
  async measure({ seconds }: { readonly seconds: number }): Promise<PeerWindow> {
    this.#resume();
    const first = await this.#look();
    await this.#load.call('startClosed');
    await sleep(SETTLE_MS);
    const before = await this.#look();
    await sleep(seconds * 1000);
    const after = await this.#look();
    await this.#load.call('stop');
    await this.#drained();
    const last = await this.#look();
    // The receiver has all, but the last jobs are still being completed: a lock that expires in the pause repeats them.
    await sleep(COMPLETE_MS);
    this.#pause();
    const whileAccepting = rate(before, after, 'received');
    const untilDrained = rate(first, last, 'received');
    const received = last.received - first.received;
    return {
      deliveriesPerSecond: Math.max(whileAccepting, untilDrained),
      whileAccepting,
      untilDrained,
      acceptedPerSecond: rate(before, after, 'acknowledged'),
      nodeCpuUs: (last.nodeCpuUs - first.nodeCpuUs) / received,
      serverCpuUs: (last.serverCpuUs - first.serverCpuUs) / received,
    };
  }

  /** Stops everything and counts. */
  async finish(): Promise<PeerProof> {
    this.#resume();
    const { sent, acknowledged } = await this.#load.call('mark');
    const except = await this.#load.call('notAcknowledged');
    await this.#load.call('close');
    for (const child of this.#processes) await child.call('close');
    const arrived = await this.#receiver.call('mark', STREAM);
    const missing = await this.#receiver.call('missing', { ...STREAM, sent, except });
    const { received, repeated, changed, badSignatures } = arrived;
    for (const child of [...this.#processes, this.#load, this.#receiver]) await child.stop();
    await this.#server.stop();
    return {
      sent,
      acknowledged,
      received,
      repeated,
      changed,
      badSignatures,
      lost: missing.length,
    };
  }

  async #look() {
    const { acknowledged } = await this.#load.call('mark');
    const { atUs, received } = await this.#receiver.call('mark', STREAM);
    const ofProcesses = this.#processes.map(({ pid }) => treeCpuUs(pid));
    return {
      atUs,
      received,
      acknowledged,
      nodeCpuUs: ofProcesses.reduce((sum, each) => sum + each, 0),
      serverCpuUs: treeCpuUs(this.#server.pid),
    };
  }

  async #drained(): Promise<void> {
    const { acknowledged } = await this.#load.call('mark');
    let [last, lastAt] = [-1, Date.now()];
    for (;;) {
      const { received } = await this.#receiver.call('mark', STREAM);
      if (received >= acknowledged) return;
      if (received !== last) [last, lastAt] = [received, Date.now()];
      else if (Date.now() - lastAt > STALLED_MS) return;
      await sleep(POLL_MS);
    }
  }

  /** The Node processes first, so that none of them waits for a server that is not there. */
  #pause(): void {
    for (const { pid } of this.#processes) {
      process.kill(pid, 'SIGSTOP');
      paused.add(pid);
    }
    this.#server.pause();
  }

  #resume(): void {
    this.#server.resume();
    for (const { pid } of this.#processes) {
      process.kill(pid, 'SIGCONT');
      paused.delete(pid);
    }
  }
}

type Look = { readonly atUs: number; readonly received: number; readonly acknowledged: number };

function rate(before: Look, after: Look, what: 'received' | 'acknowledged'): number {
  return ((after[what] - before[what]) / (after.atUs - before.atUs)) * 1e6;
}
