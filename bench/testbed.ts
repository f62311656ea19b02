import { setTimeout as sleep } from 'node:timers/promises';
import { systemRandom } from '../src/core/index.ts';
import { readLedgerFile, type DeliveryState } from '../src/ledger/index.ts';
import { generateSecret } from '../src/signature/index.ts';
import { Child } from './child.ts';
import { bytesIn, makeDataFolder, type DataFolder } from './disk.ts';
import { createApplication, createEndpoint } from './holdfast-api.ts';
import { HoldfastProcess } from './holdfast-process.ts';
import type { LoadCalls } from './load.ts';
import type { ReceiverCalls } from './receiver.ts';

export type TestbedOptions = {
  /** Each with one endpoint, all of them at the one receiver. */
  readonly applications: number;
  readonly connections: number;
  readonly settings?: Readonly<Record<string, string>>;
  readonly nodeFlags?: readonly string[];
  readonly cwd?: string;
};

/** Everything was sent, received and adds up; or not. */
export type Proof = {
  readonly sent: number;
  readonly acknowledged: number;
  readonly received: number;
  readonly repeated: number;
  readonly changed: number;
  readonly badSignatures: number;
  /** Acknowledged and never received. */
  readonly lost: number;
  readonly unaccounted: number;
  readonly states: Readonly<Record<DeliveryState, number>>;
  readonly fileFaults: readonly string[];
  readonly dataFolderBytes: number;
  /** What Holdfast logged as warnings and errors: printed, since a measurement with errors measures them. */
  readonly complaints: readonly string[];
};

const POLL_MS = 50;
/** Nothing more arriving for so long means that nothing more will. */
const STALLED_MS = 20_000;

/** A Holdfast, a sender and a receiver, each in a process of its own, and the proof at the end. */
export class Testbed {
  readonly holdfast: HoldfastProcess;
  readonly load: Child<LoadCalls>;
  readonly receiver: Child<ReceiverCalls>;
  readonly receiverUrl: string;
  readonly secret: string;
  readonly folder: DataFolder;
  #givenUp = 0;

  private constructor(parts: Omit<Testbed, 'drained' | 'finish'>) {
    this.holdfast = parts.holdfast;
    this.load = parts.load;
    this.receiver = parts.receiver;
    this.receiverUrl = parts.receiverUrl;
    this.secret = parts.secret;
    this.folder = parts.folder;
  }

  static async start({
    applications,
    connections,
    settings = {},
    nodeFlags = [],
    cwd = process.cwd(),
  }: TestbedOptions): Promise<Testbed> {
    const folder = makeDataFolder();
    const holdfast = new HoldfastProcess({
      dataDir: folder.path,
      settings: { HOLDFAST_ALLOWED_SUBNETS: '127.0.0.0/8', ...settings },
      nodeFlags,
      cwd,
    });
    const receiver = new Child<ReceiverCalls>(new URL('receiver.ts', import.meta.url));
    const load = new Child<LoadCalls>(new URL('load.ts', import.meta.url));
    const secret = generateSecret(systemRandom).text;
    const receiverUrl = await receiver.call('listen', { secret });
    const at = await holdfast.listening();
    const names = Array.from({ length: applications }, (_, index) => `bench-${index}`);
    for (const name of names) {
      await createApplication(at, name);
      await createEndpoint(at, name, { url: `${receiverUrl}/holdfast/${name}`, secret });
    }
    await load.call('prepare', { ...at, applications: names, connections });
    return new Testbed({ holdfast, load, receiver, receiverUrl, secret, folder });
  }

  /** Resolves once all that was acknowledged has arrived, or when nothing arrives any more: the rest is given up. */
  async drained(): Promise<void> {
    const { acknowledged } = await this.load.call('mark');
    let last = -1;
    let lastAt = performance.now();
    for (;;) {
      const { received } = await this.receiver.call('mark', { stream: 'holdfast' });
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

  /** Waits for what is still on its way, stops all processes, and reads the ledger's file itself. */
  async finish(): Promise<Proof> {
    await this.load.call('stop');
    await this.drained();
    const { sent, acknowledged } = await this.load.call('mark');
    const except = await this.load.call('notAcknowledged');
    await this.load.call('close');
    await this.holdfast.stop();
    const arrived = await this.receiver.call('mark', { stream: 'holdfast' });
    const missing = await this.receiver.call('missing', { stream: 'holdfast', sent, except });
    await Promise.all([this.load.stop(), this.receiver.stop()]);
    const dataFolderBytes = bytesIn(this.folder.path);
    const ledger = readLedgerFile(this.folder.path);
    const audit = ledger.audit({ now: Date.now(), nameAtMost: 10 });
    const states = { scheduled: 0, in_flight: 0, delivered: 0, dead: 0, cancelled: 0 };
    for (const minute of audit.minutes) {
      states.scheduled += minute.states.scheduled;
      states.in_flight += minute.states.in_flight;
      states.delivered += minute.states.delivered;
      states.dead += minute.states.dead;
      states.cancelled += minute.states.cancelled;
    }
    const fileFaults = ledger.fileFaults();
    ledger.close();
    return {
      sent,
      acknowledged,
      received: arrived.received,
      repeated: arrived.repeated,
      changed: arrived.changed,
      badSignatures: arrived.badSignatures,
      lost: missing.length,
      unaccounted: audit.unaccounted,
      states,
      fileFaults,
      dataFolderBytes,
      complaints: this.holdfast.complaints(),
    };
  }
}

/** What a proof shows that must not be, in sentences. */
export function failuresOf(proof: Proof): readonly string[] {
  const { sent, acknowledged, received, states } = proof;
  const checks: readonly (readonly [isWrong: boolean, sentence: string])[] = [
    [proof.lost > 0, `${proof.lost} acknowledged messages were never received.`],
    [acknowledged < sent, `${sent - acknowledged} of ${sent} messages were not acknowledged.`],
    [
      states.delivered !== received,
      `${received} were received, but the ledger has ${states.delivered} delivered.`,
    ],
    [proof.changed > 0, `${proof.changed} bodies were not what was sent.`],
    [proof.badSignatures > 0, `${proof.badSignatures} signatures did not verify.`],
    [proof.unaccounted > 0, `The audit finds ${proof.unaccounted} unaccounted deliveries.`],
    [proof.fileFaults.length > 0, `The ledger's file is damaged: ${proof.fileFaults.join('; ')}.`],
  ];
  return checks.filter(([isWrong]) => isWrong).map(([, sentence]) => sentence);
}
