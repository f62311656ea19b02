import { idAt } from '../core/index.ts';
import type { Slice } from './contract/affected.ts';
import type { Ledger } from './contract/ledger.ts';
import { sliUnitMs, type SliGroup, type SliQuery } from './contract/sli.ts';

/** What became of the deliveries of a slice since a moment, and what it cost. Ids are told up to `MOST_NAMED`. */
export type Impact = {
  /** From the minute (of long spans: the hour) that the moment is in. */
  readonly fromAt: number;
  readonly beforeAt: number;
  readonly deliveries: {
    /** Of messages accepted in the span. */
    readonly accepted: number;
    /** First attempts that ended in the span and did not deliver. */
    readonly failedAtFirst: number;
    /** Of messages accepted in the span: the deadline passed before they were delivered; dead now; cancelled now. */
    readonly late: number;
    readonly dead: number;
    readonly cancelled: number;
    readonly unaccounted: number;
  };
  /** Messages accepted in the span of which a delivery is late or dead, or was not delivered by its first attempt. */
  readonly messages: number;
  /** Not all were looked at: there are at least so many. */
  readonly isMessagesAtLeast: boolean;
  /** Endpoints and applications with a failed first attempt, a late or a dead delivery. */
  readonly endpoints: number;
  readonly applications: number;
  readonly endpointIds: readonly number[];
  readonly applicationIds: readonly number[];
  /** By currency; those of which nothing was delayed or lost are left out. */
  readonly money: readonly ImpactMoney[];
  /** null: no application that is affected says how many people stand behind it. */
  readonly people: number | null;
};

/** Minor units of one currency. */
export type ImpactMoney = {
  readonly currency: string;
  /** Carried by deliveries that are late: delivered after all, or still open. */
  readonly delayed: number;
  /** Carried by deliveries that are dead or cancelled now (those that expired are dead), and never delivered. */
  readonly lost: number;
  /** Both, in a week that goes on as the span went; a shorter one than five minutes counts as five. */
  readonly perWeek: number;
};

export type ImpactRequest = {
  readonly slice: Slice;
  readonly fromAt: number;
  readonly now: number;
  /** Days for which minutes are kept: older spans begin with their hour. */
  readonly minutesDays: number;
  /** Of the slice, as the audit found: it is no SLI count. */
  readonly unaccounted: number;
  readonly peopleOf: (appId: number) => number | null | Promise<number | null>;
};

/** Deliveries of which a reading looks whether their messages are affected: some 50 pages. */
const MOST_DELIVERIES = 1_000_000;
/** In one page: 10 to 20 ms of the reader's thread, and others have their turn after it. */
const PAGE = 20_000;
const MOST_NAMED = 1000;
const WEEK_MS = 7 * sliUnitMs.day;
/** What a minute brought is no rate: one order of it, by chance, would be thousands a week. */
export const LEAST_RATE_MS = 5 * sliUnitMs.minute;
/** By then hours hold all their minutes. */
const ROLLED_MS = 5 * sliUnitMs.minute;

/**
 * Counts are exact, from SLI minutes and, for whole hours of the past, SLI hours; messages are counted in the rows of
 * deliveries, page by page, up to a million of them. A span of any length costs a bounded number of bounded readings.
 */
export async function readImpact(
  ledger: Pick<Ledger, 'sli' | 'sliValue' | 'affectedMessages'>,
  { slice, fromAt, now, minutesDays, unaccounted, peopleOf }: ImpactRequest,
): Promise<Impact> {
  const spans = spansOf(fromAt, now, minutesDays);
  const startAt = spans[0]?.fromAt ?? fromAt;
  const sums = new ImpactSums();
  if (!isNothing(slice)) {
    for (const span of spans) {
      await readPages(
        slice,
        span,
        (query) => ledger.sli(query),
        (row) => sums.count(row),
      );
      await readPages(
        slice,
        span,
        (query) => ledger.sliValue(query),
        (row) => sums.carry(row),
      );
    }
  }
  const messages = await countMessages(ledger, slice, startAt, now);
  const people = await peopleBehind(sums.applications, peopleOf);
  return impactOf(sums, { fromAt: startAt, beforeAt: now, unaccounted, ...messages, people });
}

/** What sums come to: plain data, to be shown, compared and kept. */
export function impactOf(
  sums: ImpactSums,
  {
    unaccounted,
    ...known
  }: Pick<Impact, 'fromAt' | 'beforeAt' | 'messages' | 'isMessagesAtLeast' | 'people'> &
    Pick<ImpactRequest, 'unaccounted'>,
): Impact {
  const spanMs = Math.max(known.beforeAt - known.fromAt, LEAST_RATE_MS);
  return {
    ...known,
    deliveries: { ...sums.deliveries, unaccounted },
    endpoints: sums.endpoints.size,
    applications: sums.applications.size,
    endpointIds: [...sums.endpoints].slice(0, MOST_NAMED),
    applicationIds: [...sums.applications].slice(0, MOST_NAMED),
    money: sums.money(WEEK_MS / spanMs),
  };
}

type Span = Pick<SliQuery, 'unit' | 'fromAt' | 'beforeAt'>;

/** Minutes up to the first whole hour, hours as far as they hold all, minutes from there on. */
function spansOf(fromAt: number, now: number, minutesDays: number): readonly Span[] {
  const { minute, hour, day } = sliUnitMs;
  const isForgotten = fromAt < now - minutesDays * day + hour;
  const startAt = fromAt - (fromAt % (isForgotten ? hour : minute));
  const hoursFrom = Math.ceil(startAt / hour) * hour;
  const hoursBefore = Math.floor((now - ROLLED_MS) / hour) * hour;
  const span = (unit: Span['unit'], from: number, before: number): Span => ({
    unit,
    fromAt: from,
    beforeAt: before,
  });
  const spans =
    hoursBefore <= hoursFrom
      ? [span('minute', startAt, now + 1)]
      : [
          span('minute', startAt, hoursFrom),
          span('hour', hoursFrom, hoursBefore),
          span('minute', hoursBefore, now + 1),
        ];
  return spans.filter((one) => one.fromAt < one.beforeAt);
}

/** One value of a part is asked for; several are read apart and picked out. */
async function readPages<Row extends Grouped>(
  { appIds, endpointIds, eventTypes }: Slice,
  span: Span,
  read: (query: SliQuery) => Promise<{ rows: readonly Row[]; nextAt: number | null }>,
  take: (row: Row) => void,
): Promise<void> {
  const groupBy: SliGroup[] = ['app', 'endpoint'];
  if (eventTypes !== undefined && eventTypes.length > 1) groupBy.push('event_type');
  const query = {
    ...span,
    appId: onlyOf(appIds),
    endpointId: onlyOf(endpointIds),
    eventType: onlyOf(eventTypes),
    groupBy,
  };
  const [apps, endpoints, types] = [setOf(appIds), setOf(endpointIds), setOf(eventTypes)];
  for (let fromAt: number | null = span.fromAt; fromAt !== null && fromAt < span.beforeAt;) {
    const page = await read({ ...query, fromAt });
    for (const row of page.rows) {
      const isIn =
        has(apps, row.appId) && has(endpoints, row.endpointId) && has(types, row.eventType);
      if (isIn) take(row);
    }
    fromAt = page.nextAt;
  }
}

async function countMessages(
  ledger: Pick<Ledger, 'affectedMessages'>,
  slice: Slice,
  fromAt: number,
  now: number,
): Promise<Pick<Impact, 'messages' | 'isMessagesAtLeast'>> {
  const beforeId = idAt(now + 1);
  let messages = 0;
  let fromId: number | null = isNothing(slice) ? null : idAt(fromAt);
  for (let looked = 0; fromId !== null && looked < MOST_DELIVERIES; looked += PAGE) {
    const page = await ledger.affectedMessages({ ...slice, fromId, beforeId, limit: PAGE });
    messages += page.messages;
    fromId = page.nextId;
  }
  return { messages, isMessagesAtLeast: fromId !== null };
}

async function peopleBehind(
  appIds: Iterable<number>,
  peopleOf: ImpactRequest['peopleOf'],
): Promise<number | null> {
  let people: number | null = null;
  for (const appId of appIds) {
    const behind = await peopleOf(appId);
    if (behind !== null) people = (people ?? 0) + behind;
  }
  return people;
}

type Grouped = {
  readonly appId: number | null;
  readonly endpointId: number | null;
  readonly eventType: string | null;
};
type Counted = Grouped & {
  readonly accepted: number;
  readonly firstBad: number;
  readonly late: number;
  readonly dead: number;
  readonly cancelled: number;
};
type Carried = {
  readonly currency: string;
  readonly delayed: number;
  readonly lost: number;
};

/** Adds up rows of a slice as they are read. */
export class ImpactSums {
  readonly deliveries = { accepted: 0, failedAtFirst: 0, late: 0, dead: 0, cancelled: 0 };
  readonly endpoints = new Set<number>();
  readonly applications = new Set<number>();
  readonly #money = new Map<string, { delayed: number; lost: number }>();

  count({ appId, endpointId, accepted, firstBad, late, dead, cancelled }: Counted): void {
    const { deliveries } = this;
    deliveries.accepted += accepted;
    deliveries.failedAtFirst += firstBad;
    deliveries.late += late;
    deliveries.dead += dead;
    deliveries.cancelled += cancelled;
    if (firstBad + late + dead === 0) return;
    if (endpointId !== null) this.endpoints.add(endpointId);
    // Deliveries without their message belong to no application that is known.
    if (appId !== null && appId !== 0) this.applications.add(appId);
  }

  carry({ currency, delayed, lost }: Carried): void {
    const sum = this.#money.get(currency) ?? { delayed: 0, lost: 0 };
    this.#money.set(currency, { delayed: sum.delayed + delayed, lost: sum.lost + lost });
  }

  money(timesAWeek: number): readonly ImpactMoney[] {
    return Array.from(this.#money, ([currency, { delayed, lost }]) => ({
      currency,
      delayed,
      lost,
      perWeek: Math.round((delayed + lost) * timesAWeek),
    }))
      .filter(({ delayed, lost }) => delayed + lost > 0)
      .toSorted((one, other) => (one.currency < other.currency ? -1 : 1));
  }
}

/** A part that names nothing matches nothing. */
function isNothing({ appIds, endpointIds, eventTypes }: Slice): boolean {
  return [appIds, endpointIds, eventTypes].some((values) => values?.length === 0);
}

function onlyOf<Value>(values: readonly Value[] | undefined): Value | undefined {
  return values?.length === 1 ? values[0] : undefined;
}

function setOf<Value>(values: readonly Value[] | undefined): ReadonlySet<Value> | null {
  return values === undefined ? null : new Set(values);
}

function has<Value>(values: ReadonlySet<Value> | null, value: Value | null): boolean {
  return values === null || value === null || values.has(value);
}
