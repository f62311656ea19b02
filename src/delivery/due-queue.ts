import TinyQueue from 'tinyqueue';
import type { Cancel, Clock } from '../core/index.ts';

/**
 * Wakes lanes at the moments they are due, with one timer for all of them. A lane has one moment that counts, the
 * earliest it was given; entries that no longer count are skipped when their time comes, and swept when they
 * outnumber the lanes.
 */
export class DueQueue {
  readonly #clock: Clock;
  readonly #wake: (endpointId: number) => void;
  readonly #dueAt = new Map<number, number>();
  #entries = new TinyQueue<Entry>([], byMoment);
  #armedFor = Infinity;
  #disarm: Cancel = () => {};
  #isStopped = false;

  constructor(clock: Clock, wake: (endpointId: number) => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  /** Moments in memory, with those that no longer count: at most four a lane and a few more. */
  get entries(): number {
    return this.#entries.length;
  }

  /** The lane is woken at `dueAt` or earlier; Infinity is never. */
  wakeAt(endpointId: number, dueAt: number): void {
    if (
      this.#isStopped ||
      dueAt === Infinity ||
      dueAt >= (this.#dueAt.get(endpointId) ?? Infinity)
    ) {
      return;
    }
    this.#dueAt.set(endpointId, dueAt);
    this.#entries.push({ endpointId, dueAt });
    if (this.#entries.length > 4 * this.#dueAt.size + 64) this.#sweep();
    this.#arm();
  }

  /** From here on nothing is woken: what ends during a drain must not leave a timer behind. */
  stop(): void {
    this.#isStopped = true;
    this.#disarm();
    this.#dueAt.clear();
    this.#entries = new TinyQueue<Entry>([], byMoment);
  }

  #arm(): void {
    const earliest = this.#entries.peek()?.dueAt ?? Infinity;
    if (earliest >= this.#armedFor) return;
    this.#disarm();
    this.#armedFor = earliest;
    this.#disarm = this.#clock.after(earliest - this.#clock.now(), () => this.#ring());
  }

  #ring(): void {
    this.#armedFor = Infinity;
    const now = this.#clock.now();
    for (;;) {
      const entry = this.#entries.peek();
      if (entry === undefined || entry.dueAt > now) break;
      this.#entries.pop();
      if (this.#dueAt.get(entry.endpointId) !== entry.dueAt) continue;
      this.#dueAt.delete(entry.endpointId);
      this.#wake(entry.endpointId);
    }
    this.#arm();
  }

  #sweep(): void {
    const live = Array.from(this.#dueAt, ([endpointId, dueAt]) => ({ endpointId, dueAt }));
    this.#entries = new TinyQueue(live, byMoment);
  }
}

type Entry = { readonly endpointId: number; readonly dueAt: number };

function byMoment(left: Entry, right: Entry): number {
  return left.dueAt - right.dueAt;
}
