import { request } from 'undici';
import { sleep, type Clock } from '../core/index.ts';
import { standardHeaders } from '../signature/index.ts';

/** A list under a key, in a store that answers over a network: each call takes its time. */
type Store = {
  read(key: number): Promise<readonly Entry[]>;
  write(key: number, entries: readonly Entry[]): Promise<void>;
  take(key: number): Promise<readonly Entry[]>;
};

type Entry = { readonly id: string; readonly body: string };

export type ReferenceQueueOptions = {
  readonly clock: Clock;
  readonly url: string;
  /** What the store takes to answer; on the drill's clock. */
  readonly storeMs: number;
  /** After this what failed is tried again, and again. */
  readonly retryMs: number;
};

/** What its own dashboard shows. */
export type ReferenceFigures = {
  readonly accepted: number;
  readonly delivered: number;
  readonly waiting: number;
  readonly errors: number;
};

/**
 * A sender as many have written it: what fails is put into the list of the second in which it is due, and a timer takes
 * that list when its second has come. Putting something in is a read, and a write of what was read with one more. Two
 * failures within the time that takes read the same list, and the one that writes last overwrites the other: it is in no
 * list any more, in no state, and in nobody's count. With little load that never happens, and no test sees it.
 */
export class ReferenceQueue {
  readonly #options: ReferenceQueueOptions;
  readonly #store: Store;
  #accepted = 0;
  #delivered = 0;
  #waiting = 0;
  #errors = 0;
  #isStopped = false;
  #lastTaken: number;
  readonly #underWay = new Set<Promise<void>>();
  readonly #timer: Promise<void>;

  constructor(options: ReferenceQueueOptions) {
    this.#options = options;
    this.#store = createStore(options);
    this.#lastTaken = secondOf(options.clock.now()) - 1;
    this.#timer = this.#takeWhatIsDue();
  }

  send(id: string, body: string): void {
    this.#accepted += 1;
    this.#run(this.#attempt({ id, body }));
  }

  figures(): ReferenceFigures {
    return {
      accepted: this.#accepted,
      delivered: this.#delivered,
      waiting: Math.max(0, this.#waiting),
      errors: this.#errors,
    };
  }

  /** Waits until nothing is under way or in a list. */
  async drain(): Promise<void> {
    const { clock, retryMs } = this.#options;
    let quietSince = clock.now();
    while (clock.now() - quietSince < 3 * retryMs) {
      await sleep(clock, retryMs);
      if (this.#underWay.size > 0 || this.#waiting > 0) quietSince = clock.now();
    }
    this.#isStopped = true;
    await this.#timer;
  }

  #run(work: Promise<void>): void {
    const running = work
      .catch(() => void (this.#errors += 1))
      .finally(() => this.#underWay.delete(running));
    this.#underWay.add(running);
  }

  async #attempt(entry: Entry): Promise<void> {
    const { statusCode, body } = await request(this.#options.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [standardHeaders.id]: entry.id },
      body: entry.body,
    });
    await body.dump();
    if (statusCode < 300) this.#delivered += 1;
    else await this.#retryLater(entry);
  }

  async #retryLater(entry: Entry): Promise<void> {
    const second = secondOf(this.#options.clock.now() + this.#options.retryMs);
    const known = await this.#store.read(second);
    // Here the lock is missing.
    await this.#store.write(second, [...known, entry]);
    this.#waiting = Math.max(this.#waiting, known.length + 1);
  }

  async #takeWhatIsDue(): Promise<void> {
    while (!this.#isStopped) {
      await sleep(this.#options.clock, 250);
      const now = secondOf(this.#options.clock.now()) - 1;
      for (let second = this.#lastTaken + 1; second <= now; second += 1) {
        this.#lastTaken = second;
        const due = await this.#store.take(second);
        this.#waiting = 0;
        for (const entry of due) this.#run(this.#attempt(entry));
      }
    }
  }
}

function secondOf(at: number): number {
  return Math.floor(at / 1000);
}

function createStore({ clock, storeMs }: ReferenceQueueOptions): Store {
  const lists = new Map<number, readonly Entry[]>();
  return {
    async read(key) {
      await sleep(clock, storeMs / 2);
      const found = lists.get(key) ?? [];
      await sleep(clock, storeMs / 2);
      return found;
    },
    async write(key, entries) {
      await sleep(clock, storeMs / 2);
      lists.set(key, entries);
    },
    async take(key) {
      const found = lists.get(key) ?? [];
      lists.delete(key);
      return found;
    },
  };
}
