import { answerParent } from '../calls.ts';
import { acceptMessages, type Accepting } from './accept.ts';
import { gather } from './gather.ts';
import { createDelivery, type Deliver, type Target } from './deliver.ts';

/** A job queue as a team on Node would use it; one file of this folder each. */
export type Queue = {
  /** What it runs with, as handed to it: printed beside the result. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** @param server where its Redis or PostgreSQL listens. */
  openProducer(server: string): Promise<Producer>;
  openWorker(server: string, deliver: Deliver): Promise<Closable>;
};

export type Producer = Closable & {
  /** Resolves once the queue has confirmed the job. */
  add(body: string): Promise<unknown>;
  /** The same for many in one call, where that gains something. */
  readonly addAll?: (bodies: readonly string[]) => Promise<unknown>;
};

type Closable = { close(): Promise<unknown> };

/** What a process of a queue does; both in one, or each in a process of its own. */
export type Role = 'accept' | 'deliver';

/** One call of the queue's a request; or one for all requests of the same moment, by code of the bench. */
export type Adds = 'one by one' | 'gathered';

type StartRequest = {
  readonly server: string;
  readonly roles: readonly Role[];
  readonly target: Target;
  readonly adds: Adds;
};

function callsOf(queue: Queue) {
  const open: Closable[] = [];
  let accepting: Accepting | undefined;
  return {
    /** Resolves with the address that takes messages; empty where this process only delivers. */
    async start({ server, roles, target, adds }: StartRequest): Promise<string> {
      if (roles.includes('deliver')) {
        open.push(await queue.openWorker(server, createDelivery(target)));
      }
      if (roles.includes('accept')) {
        const producer = await queue.openProducer(server);
        open.push(producer);
        accepting = await acceptMessages(adderOf(producer, adds));
      }
      return accepting?.url ?? '';
    },
    settings(): Queue['settings'] {
      return queue.settings;
    },
    async close(): Promise<void> {
      accepting?.close();
      for (const each of open.reverse()) await each.close();
    },
  };
}

export type QueueCalls = ReturnType<typeof callsOf>;

function adderOf(producer: Producer, adds: Adds): (body: string) => Promise<unknown> {
  if (adds === 'one by one') return (body) => producer.add(body);
  const { addAll } = producer;
  if (addAll === undefined) throw new Error('This queue adds one by one only.');
  return gather(addAll);
}

/** Runs a queue as a child of the bench. */
export function answerAsQueue(queue: Queue): void {
  answerParent(callsOf(queue));
}
