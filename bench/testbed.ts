import { setTimeout as sleep } from 'node:timers/promises';
import { systemRandom } from '../src/core/index.ts';
import { generateSecret } from '../src/signature/index.ts';
import { Child } from './child.ts';
import { bytesIn, makeDataFolder, type DataFolder } from './disk.ts';
import { createApplication, createEndpoint } from './holdfast-api.ts';
import { HoldfastProcess, type HoldfastOptions } from './holdfast-process.ts';
import { readLedgerSums } from './ledger-sums.ts';
import type { LoadCalls } from './load.ts';
import { lostOf, type Proof } from './proof.ts';
import type { Answering, ReceiverCalls } from './receiver.ts';

export type TestbedOptions = {
  /** Each with one endpoint. */
  readonly applications: number;
  readonly connections: number;
  /** Processes that receive; one by default. */
  readonly receivers?: number;
  /** Which of them has an application's endpoint; by default the first has all. */
  readonly receiverOf?: (application: number) => number;
} & Partial<Omit<HoldfastOptions, 'dataDir'>>;

const POLL_MS = 50;
/** Nothing more arriving for so long means that nothing more will. */
const STALLED_MS = 20_000;

type Received = Pick<Proof, 'received' | 'repeated' | 'changed' | 'badSignatures'> & {
  readonly requests: number;
  readonly asked: number;
  /** By `nowUs`; NaN before the first. */
  readonly lastAtUs: number;
};

/** A Holdfast, a sender and receivers, each in a process of its own, and the proof at the end. */
export class Testbed {
  readonly load: Child<LoadCalls>;
  readonly receivers: readonly Child<ReceiverCalls>[];
  /** Of the first receiver. */
  readonly receiverUrl: string;
  readonly secret: string;
  readonly folder: DataFolder;
  readonly #launch: () => HoldfastProcess;
  readonly #applications: readonly string[];
  readonly #connections: number;
  #holdfast: HoldfastProcess;
  readonly #complaints: string[] = [];
  #givenUp = 0;

  private constructor(parts: TestbedParts) {
    this.load = parts.load;
    this.receivers = parts.receivers;
    this.receiverUrl = parts.receiverUrl;
    this.secret = parts.secret;
    this.folder = parts.folder;
    this.#launch = parts.launch;
    this.#applications = parts.applications;
    this.#connections = parts.connections;
    this.#holdfast = parts.holdfast;
  }

  static async start(options: TestbedOptions): Promise<Testbed> {
    const {
      applications: count,
      connections,
      receivers: receiverCount = 1,
      receiverOf = () => 0,
      settings = {},
      ...rest
    } = options;
    const folder = makeDataFolder();
    const launch = (): HoldfastProcess =>
      new HoldfastProcess({
        ...rest,
        dataDir: folder.path,
        settings: { HOLDFAST_ALLOWED_SUBNETS: '127.0.0.0/8', ...settings },
      });
    const holdfast = launch();
    const secret = generateSecret(systemRandom).text;
    const receivers = Array.from({ length: receiverCount }, newReceiver);
    const urls = await Promise.all(
      receivers.map((receiver) => receiver.call('listen', { secret })),
    );
    const load = new Child<LoadCalls>(new URL('load.ts', import.meta.url));
    const at = await holdfast.listening();
    const applications = Array.from({ length: count }, (_, index) => `bench-${index}`);
    for (const [index, name] of applications.entries()) {
      await createApplication(at, name);
      const url = `${urls[receiverOf(index)]}/holdfast/${name}`;
      await createEndpoint(at, name, { url, secret });
    }
    await load.call('prepare', { ...at, applications, connections });
    const [receiverUrl = ''] = urls;
    return new Testbed({
      load,
      receivers,
      receiverUrl,
      secret,
      folder,
      launch,
      applications,
      connections,
      holdfast,
    });
  }

  get holdfast(): HoldfastProcess {
    return this.#holdfast;
  }

  /** The only one, or the first. */
  get receiver(): Child<ReceiverCalls> {
    const [first] = this.receivers;
    if (first === undefined) throw new Error('a testbed without a receiver');
    return first;
  }

  /** Another life on the same ledger, for one that was killed. */
  async restartHoldfast(): Promise<void> {
    this.#complaints.push(...this.#holdfast.complaints());
    this.#holdfast = this.#launch();
    const at = await this.#holdfast.listening();
    const applications = this.#applications;
    await this.load.call('prepare', { ...at, applications, connections: this.#connections });
  }

  /** Of all receivers, from the given one on. */
  async answer(answering: Answering, from = 0): Promise<void> {
    await Promise.all(
      this.receivers.slice(from).map((receiver) => receiver.call('answer', { answering })),
    );
  }

  /** Over all receivers. */
  async received(): Promise<Received> {
    const marks = await Promise.all(
      this.receivers.map((receiver) => receiver.call('mark', { stream: 'holdfast' })),
    );
    const sum = (pick: (mark: (typeof marks)[number]) => number): number =>
      marks.reduce((total, mark) => total + pick(mark), 0);
    const moments = marks.map(({ lastAtUs }) => lastAtUs).filter(Number.isFinite);
    return {
      received: sum(({ received }) => received),
      repeated: sum(({ repeated }) => repeated),
      changed: sum(({ changed }) => changed),
      badSignatures: sum(({ badSignatures }) => badSignatures),
      requests: sum(({ requests }) => requests),
      asked: sum(({ asked }) => asked),
      lastAtUs: moments.length === 0 ? Number.NaN : Math.max(...moments),
    };
  }

  /** Resolves once all that was acknowledged has arrived, or when nothing arrives any more: the rest is given up. */
  async drained(): Promise<void> {
    const { acknowledged } = await this.load.call('mark');
    let last = -1;
    let lastAt = performance.now();
    for (;;) {
      const { received } = await this.received();
      if (received >= acknowledged - this.#givenUp) return;
      if (received !== last) lastAt = performance.now();
      else if (performance.now() - lastAt > STALLED_MS) {
        this.#givenUp = acknowledged - received;
        return;
      }
      last = received;
      await sleep(POLL_MS);
    }
  }

  /** Resolves once no request has come for so long, or after `atMostMs`. */
  async quiet(forMs: number, atMostMs: number): Promise<void> {
    const startedAt = performance.now();
    let last = -1;
    let lastAt = startedAt;
    while (performance.now() - startedAt < atMostMs) {
      const { requests } = await this.received();
      if (requests !== last) lastAt = performance.now();
      else if (performance.now() - lastAt > forMs) return;
      last = requests;
      await sleep(POLL_MS);
    }
  }

  /**
   * Waits for what is still on its way, stops all processes, and reads the ledger's file itself. What `mayBeOpen` is
   * not waited for: a later attempt would bring it.
   */
  async finish({ mayBeOpen = false } = {}): Promise<Proof> {
    await this.load.call('stop');
    if (!mayBeOpen) await this.drained();
    const { sent, acknowledged } = await this.load.call('mark');
    const except = await this.load.call('notAcknowledged');
    await this.load.call('close');
    await this.#holdfast.stop();
    const arrived = await this.received();
    const missing = await this.#missing(sent, except);
    await Promise.all([this.load, ...this.receivers].map((child) => child.stop()));
    const dataFolderBytes = bytesIn(this.folder.path);
    const { states, unaccounted, fileFaults } = readLedgerSums(this.folder.path);
    return {
      sent,
      acknowledged,
      received: arrived.received,
      repeated: arrived.repeated,
      changed: arrived.changed,
      badSignatures: arrived.badSignatures,
      lost: lostOf(missing, states, mayBeOpen),
      mayBeOpen,
      unaccounted,
      states,
      fileFaults,
      dataFolderBytes,
      complaints: [...this.#complaints, ...this.#holdfast.complaints()],
    };
  }

  /** Messages that no receiver received. */
  async #missing(sent: number, except: readonly number[]): Promise<number> {
    const [first, ...more] = await Promise.all(
      this.receivers.map((receiver) =>
        receiver.call('missing', { stream: 'holdfast', sent, except }),
      ),
    );
    const others = more.map((missing) => new Set(missing));
    return (
      first?.filter((sequence) => others.every((missing) => missing.has(sequence))).length ?? 0
    );
  }
}

type TestbedParts = Pick<Testbed, 'load' | 'receivers' | 'receiverUrl' | 'secret' | 'folder'> & {
  readonly launch: () => HoldfastProcess;
  readonly applications: readonly string[];
  readonly connections: number;
  readonly holdfast: HoldfastProcess;
};

export function newReceiver(): Child<ReceiverCalls> {
  return new Child<ReceiverCalls>(new URL('receiver.ts', import.meta.url));
}
