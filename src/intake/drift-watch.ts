import { monotonicMs, type Cancel, type Clock, type Log } from '../core/index.ts';
import {
  EventTypeDrift,
  type DriftFinding,
  type DriftField,
  type DriftKind,
} from '../contract/index.ts';
import type { DriftMemory, Ledger, Message } from '../ledger/index.ts';

/**
 * Looks at accepted messages for drift, beside the way of the message: what is offered waits in a short queue and is
 * looked at when the event loop has nothing else at hand. Time is a budget: `percent` of the clock, measured around
 * parsing and looking; when it is spent, messages are passed over until it has grown again, so under load a sample is
 * looked at. The first messages of an event type are
 * looked at on credit: whatever is rare would never be known.
 */
export type DriftWatch = {
  /** Never waits and never throws. */
  offer(message: Message & { readonly payload: string }): void;
  /** What is known of an event type; null: none of its messages was looked at. */
  of(eventType: string): DriftView | null;
  /** This is how it is from now on. Null: there is no such finding. */
  accept(eventType: string, finding: number): Promise<DriftFinding | null>;
  /** Fields that raise no findings; null: nothing is known of the event type. */
  ignore(eventType: string, fields: readonly string[]): Promise<DriftView | null>;
  figures(): DriftFigures;
  start(): void;
  /** Looks at what waits, waits until what it found is told, and keeps what is known. */
  stop(): Promise<void>;
};

export type DriftView = {
  readonly looked: number;
  readonly fields: readonly DriftField[];
  readonly ignoredFields: readonly string[];
  readonly findings: readonly DriftFinding[];
};

export type DriftFigures = {
  readonly looked: number;
  /** busy: the budget was spent, or the queue full. large: the payload was. */
  readonly skipped: Readonly<Record<'busy' | 'large', number>>;
  readonly findings: Readonly<Record<DriftKind, number>>;
  readonly spentMs: number;
};

/** Told of each new finding once; and again of one where it rejects. */
export type DriftFound = (eventType: string, finding: DriftFinding) => Promise<void>;

export type DriftWatchParts = {
  readonly ledger: Pick<Ledger, 'rememberDrift' | 'driftMemories'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Share of time, 0 to 100; 0 looks at nothing. */
  readonly percent: number;
  readonly found?: DriftFound;
};

const MOST_WAITING = 256;
const MOST_WAITING_BYTES = 1_048_576;
/** A payload above this takes longer to parse than others should wait. */
const LARGEST = 65_536;
/** The budget of a quiet time lasts for so long a busy one. */
const SAVED_MS = 50;
/** One turn of the event loop; the last message may take it a little further. */
const SLICE_MS = 2;
const FIRST_MESSAGES = 500;
/** What the first messages of event types may take ahead of the budget. */
const LENT_MS = 500;
const SAVE_MS = 60_000;
/** Fields of all event types together, about 3 kB each; the event types unseen for longest are forgotten. */
const MOST_FIELDS = 10_000;
const MOST_EVENT_TYPES = 1000;

/** Reads back what the last life knew. */
export async function createDriftWatch({
  ledger,
  clock,
  log,
  percent,
  found = () => Promise.resolve(),
}: DriftWatchParts): Promise<DriftWatch> {
  /** The one looked at longest ago comes first. */
  const known = new Map<string, EventTypeDrift>();
  const changed = new Set<string>();
  const untold: Untold[] = [];
  const waiting: Waiting[] = [];
  let waitingBytes = 0;
  let isScheduled = false;
  let budgetMs = SAVED_MS;
  let grownAt = monotonicMs();
  let fields = 0;
  let looked = 0;
  let spentMs = 0;
  const skipped = { busy: 0, large: 0 };
  const findings: Record<DriftKind, number> = {
    shift: 0,
    vanished: 0,
    new_value: 0,
    type_changed: 0,
  };
  let cancel: Cancel = () => {};
  let isStopped = false;
  let saving: Promise<void> = Promise.resolve();

  if (percent > 0) {
    for (const memory of await ledger.driftMemories({ limit: MOST_EVENT_TYPES })) restore(memory);
  }

  function restore({ eventType, state }: DriftMemory): void {
    if (state === null) return;
    try {
      const restored = EventTypeDrift.fromJson(state);
      known.set(eventType, restored);
      fields += restored.fields;
    } catch (thrown) {
      log.warn({ err: thrown, eventType }, 'what was known of an event type cannot be read');
    }
  }

  function budget(): number {
    const now = monotonicMs();
    budgetMs = Math.min(SAVED_MS, budgetMs + ((now - grownAt) * percent) / 100);
    grownAt = now;
    return budgetMs;
  }

  function offer({ id, eventType, payload }: Message & { readonly payload: string }): void {
    if (percent === 0 || isStopped) return;
    if (payload.length > LARGEST) {
      skipped.large += 1;
      return;
    }
    const isFull =
      waiting.length >= MOST_WAITING || waitingBytes + payload.length > MOST_WAITING_BYTES;
    const isNew = (known.get(eventType)?.looked ?? 0) < FIRST_MESSAGES;
    if (isFull || budget() <= (isNew ? -LENT_MS : 0)) {
      skipped.busy += 1;
      return;
    }
    waiting.push({ id, eventType, payload });
    waitingBytes += payload.length;
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(lookOn);
  }

  /** Looks for one slice of time, and goes on in a later turn. */
  function lookOn(): void {
    const startedAt = monotonicMs();
    let now = startedAt;
    let next = waiting.shift();
    while (next !== undefined) {
      waitingBytes -= next.payload.length;
      look(next);
      now = monotonicMs();
      if (now - startedAt >= SLICE_MS) break;
      next = waiting.shift();
    }
    spentMs += now - startedAt;
    budgetMs -= now - startedAt;
    isScheduled = waiting.length > 0;
    if (isScheduled) setImmediate(lookOn);
  }

  function look({ id, eventType, payload }: Waiting): void {
    try {
      const drift = known.get(eventType) ?? new EventTypeDrift();
      const before = drift.fields;
      known.delete(eventType);
      known.set(eventType, drift);
      const settled = drift.look({ id, payload: JSON.parse(payload) });
      looked += 1;
      changed.add(eventType);
      fields += drift.fields - before;
      while (known.size > 1 && (fields > MOST_FIELDS || known.size > MOST_EVENT_TYPES)) forget();
      for (const finding of settled) tell(eventType, finding);
    } catch (thrown) {
      log.error({ err: thrown, eventType }, 'a message could not be looked at for drift');
    }
  }

  function tell(eventType: string, finding: DriftFinding): void {
    findings[finding.kind] += 1;
    const { kind, field, factor, share, foundWithin } = finding;
    log.warn(
      { eventType, finding: finding.id, kind, field, factor, share, foundWithin },
      'the payloads of an event type changed',
    );
    untold.push({ eventType, finding, telling: tellOnce(eventType, finding) });
  }

  /** Whether somebody was told. */
  async function tellOnce(eventType: string, finding: DriftFinding): Promise<boolean> {
    try {
      await found(eventType, finding);
      return true;
    } catch (thrown) {
      log.error({ err: thrown, eventType }, 'drift that was found could not be told');
      return false;
    }
  }

  /** Tells again what could not be told. Whether all that was found in the event type is told. */
  async function isTold(eventType: string): Promise<boolean> {
    for (const one of untold.filter((each) => each.eventType === eventType)) {
      if (!(await one.telling)) one.telling = tellOnce(eventType, one.finding);
      if (!(await one.telling)) continue;
      const place = untold.indexOf(one);
      if (place >= 0) untold.splice(place, 1);
    }
    return !untold.some((each) => each.eventType === eventType);
  }

  function forget(): void {
    const [oldest] = known;
    if (oldest === undefined) return;
    fields -= oldest[1].fields;
    known.delete(oldest[0]);
    changed.add(oldest[0]);
  }

  async function save(): Promise<void> {
    // Each is written in a turn of its own: one is up to some hundred kilobytes of JSON.
    const due = [...changed];
    for (const eventType of due) {
      // What was found is part of what is known: kept before it is told, it would never be told.
      if (!(await isTold(eventType))) continue;
      changed.delete(eventType);
      const startedAt = monotonicMs();
      const state = known.get(eventType)?.toJson() ?? null;
      budgetMs -= monotonicMs() - startedAt;
      try {
        await ledger.rememberDrift({ rows: [{ eventType, state }] });
      } catch (thrown) {
        changed.add(eventType);
        log.error({ err: thrown, eventType }, 'what is known of an event type was not kept');
      }
    }
  }

  function schedule(): void {
    cancel = clock.after(SAVE_MS, () => {
      saving = save().finally(() => {
        if (!isStopped) schedule();
      });
    });
  }

  function viewOf(eventType: string): DriftView | null {
    const drift = known.get(eventType);
    if (drift === undefined) return null;
    return {
      looked: drift.looked,
      fields: drift.summary(),
      ignoredFields: drift.ignored,
      findings: drift.findings,
    };
  }

  return {
    offer,
    of: viewOf,
    async accept(eventType, finding) {
      const accepted = known.get(eventType)?.accept(finding) ?? null;
      if (accepted !== null) {
        changed.add(eventType);
        await save();
      }
      return accepted;
    },
    async ignore(eventType, ignored) {
      const drift = known.get(eventType);
      if (drift === undefined) return null;
      drift.ignore(ignored);
      changed.add(eventType);
      await save();
      return viewOf(eventType);
    },
    figures: () => ({ looked, skipped, findings, spentMs }),
    start: schedule,
    async stop() {
      isStopped = true;
      cancel();
      while (waiting.length > 0) lookOn();
      await saving;
      await save();
    },
  };
}

type Untold = {
  readonly eventType: string;
  readonly finding: DriftFinding;
  telling: Promise<boolean>;
};

type Waiting = { readonly id: number; readonly eventType: string; readonly payload: string };
