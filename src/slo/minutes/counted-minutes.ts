import type { Ledger, SliOutcomesQuery, SliSource } from '../../ledger/index.ts';
import { HOUR_MS, MINUTE_MS } from '../detect/bin.ts';
import type { Outcomes } from '../indicator.ts';
import { keyOfScope, type Scope } from '../scope.ts';
import type { Counted } from './counted.ts';
import { OutcomeRows, RowSums, type ChangedRow } from './outcome-rows.ts';
import { RowKeys } from './row-keys.ts';

export type CountedMinutesLedger = Pick<Ledger, 'sliTouched' | 'sliOutcomes'>;

/** Sums are kept for so long: the past is read by the hour. */
const SUMS_MS = 4 * HOUR_MS;
/** Nobody asked for so long. */
const UNUSED_MS = 10 * MINUTE_MS;
/** What an explanation looks at, and what is behind. */
const ROWS_MS = HOUR_MS + 5 * MINUTE_MS;
/** Minutes of the past that changed and are named; of more it is said that any may have. */
const MOST_PAST = 10_000;

type Slice = {
  readonly scope: Scope;
  readonly minutes: Map<number, Outcomes>;
  /** All minutes from here on are known; what is not in `minutes` had no outcomes. */
  fromAt: number;
  usedAt: number;
};

/** All that is kept of one kind of outcome. */
type Kind = {
  readonly counted: Counted;
  readonly of: SliSource;
  readonly slices: Map<string, Slice>;
  /** Of the last minutes, as they were read last. */
  readonly rows: Map<number, OutcomeRows>;
  /** From here on the rows of all minutes are known; what is not in `rows` had none. */
  rowsFrom: number;
  /** They changed, and were not read again. */
  readonly stale: Set<number>;
};

/**
 * Outcomes by the minute, of many slices at once. A minute is read when something was counted in it since, once for all
 * slices, and added up for each of them here: a look costs by what happened, not by objectives. What is kept: a sum for
 * each slice and minute of four hours, and the rows of the last 65 minutes, some 6 bytes for each endpoint and event type:
 * 4 MB of each kind of outcome where 10,000 endpoints have a delivery a minute.
 */
export class CountedMinutes {
  readonly #ledger: CountedMinutesLedger;
  readonly #kinds = new Map<string, Kind>();
  #rowKeys = new RowKeys();
  readonly #keys = new WeakMap<Scope, string>();
  /** Minutes that changed when their hour was over: what was summed by the hour is no longer true. */
  readonly #past = new Map<string, { readonly of: SliSource; at: number; seenAt: number }>();
  #turn: Promise<unknown> = Promise.resolve();
  #refreshed: Promise<void> = Promise.resolve();
  #mark: number | null = null;
  /** Of refreshes. */
  #count = 0;
  #allChangedAt = 0;
  #now = 0;

  constructor(ledger: CountedMinutesLedger) {
    this.#ledger = ledger;
  }

  /** Reads what changed. What cannot be read fails whoever asks, until the next time. */
  refresh(now: number): Promise<void> {
    this.#refreshed = this.#inTurn(() => this.#readChanged(now));
    return this.#refreshed;
  }

  /** That somebody is going to ask for it, so that what is read for one is added up for all. */
  expect(counted: Counted, scope: Scope): void {
    this.#sliceOf(counted, scope);
  }

  /** The outcomes of a scope by the minute, from one on, as of the last refresh; minutes without any are left out. */
  async sums(
    counted: Counted,
    scope: Scope,
    fromAt: number,
  ): Promise<ReadonlyMap<number, Outcomes>> {
    await this.#refreshed;
    const slice = this.#sliceOf(counted, scope);
    if (slice.fromAt > fromAt) {
      await this.#inTurn(() => this.#load(this.#kindOf(counted), slice, fromAt));
    }
    return slice.minutes;
  }

  /** The same at once, of minutes that were asked for before. */
  known(counted: Counted, scope: Scope): ReadonlyMap<number, Outcomes> {
    return this.#sliceOf(counted, scope).minutes;
  }

  /** Reads rows of minutes that are no longer kept, so that `rows` has them. */
  async recall(counted: Counted, minutes: Iterable<number>): Promise<void> {
    const kind = this.#kindOf(counted);
    for (const at of minutes) {
      if (!kind.rows.has(at)) await this.#inTurn(() => this.#readInto(kind, at));
    }
  }

  /**
   * Outcomes of the minutes in [fromAt, beforeAt) by endpoint and event type, as of the last refresh. null: nobody asked
   * for the sums of so early a minute, so they would have to be read.
   */
  async outcomes(
    counted: Counted,
    fromAt: number,
    beforeAt: number,
  ): Promise<readonly ChangedRow[] | null> {
    await this.#refreshed;
    const { rows, rowsFrom, stale } = this.#kindOf(counted);
    if (fromAt < rowsFrom || stale.size > 0) return null;
    const sums = new RowSums(this.#rowKeys);
    const minutes = [...rows.keys()].filter((at) => at >= fromAt && at < beforeAt);
    for (const at of minutes.toSorted((one, other) => one - other)) {
      const ofMinute = rows.get(at);
      if (ofMinute !== undefined) sums.addAll(ofMinute);
    }
    return sums.all();
  }

  /** The rows that the sums of a minute are of. */
  rows(counted: Counted, at: number): OutcomeRows | undefined {
    return this.#kindOf(counted).rows.get(at);
  }

  /** To be compared with later. */
  get count(): number {
    return this.#count;
  }

  /** Whether what was summed of minutes before a moment, when `count` was so much, is still true. */
  isPastSame(of: SliSource, beforeAt: number, count: number): boolean {
    if (this.#allChangedAt > count) return false;
    for (const one of this.#past.values()) {
      if (one.of === of && one.at < beforeAt && one.seenAt > count) return false;
    }
    return true;
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #readChanged(now: number): Promise<void> {
    const { mark, minutes } = await this.#ledger.sliTouched({ since: this.#mark });
    this.#count += 1;
    for (const kind of this.#kinds.values()) {
      if (minutes === null) this.#staleAll(kind, now);
      else for (const { of, at } of minutes) if (of === kind.of) kind.stale.add(at);
    }
    if (minutes === null) this.#allChangedAt = this.#count;
    else this.#notePast(minutes, now);
    this.#mark = mark;
    this.#tidy(now);
    this.#now = now;
    for (const kind of this.#kinds.values()) {
      for (const at of kind.stale) {
        await this.#readInto(kind, at);
        kind.stale.delete(at);
      }
    }
  }

  async #readInto(kind: Kind, at: number): Promise<void> {
    kind.rows.delete(at);
    const slices = [...kind.slices.values()].filter(({ fromAt }) => fromAt <= at);
    if (slices.length === 0) {
      kind.rowsFrom = Math.max(kind.rowsFrom, at + MINUTE_MS);
      return;
    }
    const rows = await this.#read(kind, at);
    kind.rows.set(at, rows);
    addUp(slices, at, rows);
  }

  #staleAll({ slices, stale }: Kind, now: number): void {
    for (const { fromAt, minutes } of slices.values()) {
      for (const at of minutes.keys()) stale.add(at);
      for (let at = fromAt; at <= now; at += MINUTE_MS) stale.add(at);
    }
  }

  #notePast(
    minutes: readonly { readonly of: SliSource; readonly at: number }[],
    now: number,
  ): void {
    for (const { of, at } of minutes) {
      if (at < now - HOUR_MS) this.#past.set(`${of} ${at}`, { of, at, seenAt: this.#count });
    }
    if (this.#past.size <= MOST_PAST) return;
    this.#past.clear();
    this.#allChangedAt = this.#count;
  }

  #tidy(now: number): void {
    const rowsFrom = floorToMinute(Math.min(now, this.#now) - ROWS_MS);
    const sumsFrom = floorToMinute(now - SUMS_MS);
    for (const kind of this.#kinds.values()) {
      const { slices, rows, stale } = kind;
      kind.rowsFrom = Math.max(kind.rowsFrom, rowsFrom);
      for (const at of rows.keys()) if (at < rowsFrom) rows.delete(at);
      for (const at of stale) if (at < sumsFrom) stale.delete(at);
      for (const [key, slice] of slices) {
        if (now - slice.usedAt >= UNUSED_MS) slices.delete(key);
        if (slice.fromAt >= sumsFrom) continue;
        slice.fromAt = sumsFrom;
        for (const at of slice.minutes.keys()) if (at < sumsFrom) slice.minutes.delete(at);
      }
    }
  }

  /** Backwards, and for all slices that lack the same. */
  async #load(kind: Kind, slice: Slice, fromAt: number): Promise<void> {
    for (let at = slice.fromAt - MINUTE_MS; at >= fromAt; at -= MINUTE_MS) {
      const lacking = [...kind.slices.values()].filter((one) => one.fromAt === at + MINUTE_MS);
      const known = kind.rows.get(at);
      const rows = known ?? (await this.#read(kind, at));
      if (at >= floorToMinute(this.#now - ROWS_MS)) {
        kind.rows.set(at, rows);
        if (at === kind.rowsFrom - MINUTE_MS) kind.rowsFrom = at;
      }
      addUp(lacking, at, rows);
      for (const one of lacking) one.fromAt = at;
    }
  }

  async #read(kind: Kind, at: number): Promise<OutcomeRows> {
    const sums: (number | string)[] = [];
    const span = { unit: 'minute', fromAt: at, beforeAt: at + MINUTE_MS } as const;
    for (let after: SliOutcomesQuery['after']; ;) {
      const page = await this.#ledger.sliOutcomes({ ...kind.counted, ...span, after });
      if (after === undefined && page.next === null) return this.#rowsOf(page.sums);
      for (const value of page.sums) sums.push(value);
      if (page.next === null) return this.#rowsOf(sums);
      after = page.next;
    }
  }

  #rowsOf(sums: readonly (number | string)[]): OutcomeRows {
    const rows = new OutcomeRows(sums, this.#rowKeys);
    if (this.#rowKeys.isOutgrown(rows.size)) this.#rowKeys = new RowKeys();
    return rows;
  }

  #kindOf(counted: Counted): Kind {
    const key = `${counted.indicator} ${counted.deadlineMs}`;
    let kind = this.#kinds.get(key);
    if (kind === undefined) {
      const of = counted.indicator === 'freshness' ? 'lanes' : 'deliveries';
      const rowsFrom = this.#unknownFrom();
      kind = { counted, of, slices: new Map(), rows: new Map(), rowsFrom, stale: new Set() };
      this.#kinds.set(key, kind);
    }
    return kind;
  }

  #sliceOf(counted: Counted, scope: Scope): Slice {
    const { slices } = this.#kindOf(counted);
    const key = this.#keyOf(scope);
    let slice = slices.get(key);
    if (slice === undefined) {
      const fromAt = this.#unknownFrom();
      slice = { scope, minutes: new Map(), fromAt, usedAt: this.#now };
      slices.set(key, slice);
    }
    slice.usedAt = this.#now;
    return slice;
  }

  /** What is counted from now on is read with the next refresh, what was before when somebody asks for it. */
  #unknownFrom(): number {
    return floorToMinute(this.#now) + 2 * MINUTE_MS;
  }

  #keyOf(scope: Scope): string {
    const known = this.#keys.get(scope);
    if (known !== undefined) return known;
    const key = keyOfScope(scope);
    this.#keys.set(scope, key);
    return key;
  }
}

function addUp(slices: readonly Slice[], at: number, rows: OutcomeRows): void {
  for (const { scope, minutes } of slices) {
    const sum = rows.size === 0 ? null : rows.sumIn(scope);
    if (sum === null || sum.good + sum.bad === 0) minutes.delete(at);
    else minutes.set(at, sum);
  }
}

function floorToMinute(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}
