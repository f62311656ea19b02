import { sliUnitMs, type SliRow } from '../ledger/index.ts';
import { readNow } from './live/now-figures.ts';
import type { ApiParts } from './parts.ts';

const MINUTE_MS = sliUnitMs.minute;
/** Endpoints that fail now; an hour of all of them would be six times as long a read. */
const WORST_MINUTES = 10;
const WORST = 5;
/** Pages of outcomes that are read for them; with more endpoints at work the last of them are left out. */
const MOST_PAGES = 5;

type Minute = {
  readonly at: number;
  readonly accepted: number;
  readonly delivered: number;
  readonly late: number;
  readonly dead: number;
  readonly firstOk: number;
  readonly firstBad: number;
};

type Sums = { readonly endpointId: number; ok: number; bad: number };

type OverviewParts = Parameters<typeof readNow>[0] & Pick<ApiParts, 'configuration' | 'idText'>;

const KEPT_MS = 2000;
/** Spans that are asked for at once; with more of them all are forgotten. */
const MOST_KEPT = 20;

/** One answer for a first page: the same for all who ask within two seconds, however many they are. */
export function createOverview(parts: OverviewParts): (minutes: number) => Promise<object> {
  const kept = new Map<number, { readonly until: number; readonly overview: Promise<object> }>();
  return (minutes) => {
    const now = parts.clock.now();
    const known = kept.get(minutes);
    if (known !== undefined && now < known.until) return known.overview;
    if (kept.size >= MOST_KEPT) kept.clear();
    const overview = read(parts, minutes);
    kept.set(minutes, { until: now + KEPT_MS, overview });
    // What could not be read is read again at once.
    overview.catch(() => kept.delete(minutes));
    return overview;
  };
}

/** The counts come from SLI minutes, never from messages. */
async function read(parts: OverviewParts, minutes: number): Promise<object> {
  const { clock } = parts;
  const beforeAt = Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  const fromAt = beforeAt - minutes * MINUTE_MS;
  const [now, counts, worstEndpoints] = await Promise.all([
    readNow(parts),
    readMinutes(parts, fromAt, beforeAt),
    readWorst(parts, beforeAt),
  ]);
  return {
    since: momentText(fromAt),
    until: momentText(now.at),
    now: { ...now, at: momentText(now.at) },
    minutes: counts.map((minute) => ({ ...minute, at: momentText(minute.at) })),
    worstEndpoints,
  };
}

async function readMinutes(
  { ledger }: OverviewParts,
  fromAt: number,
  beforeAt: number,
): Promise<readonly Minute[]> {
  const minutes: Minute[] = [];
  for (let at: number | null = fromAt; at !== null;) {
    const page = await ledger.sli({ unit: 'minute', fromAt: at, beforeAt, groupBy: [] });
    minutes.push(...page.rows.map(minuteOf));
    at = page.nextAt;
  }
  return minutes;
}

function minuteOf({ at, accepted, late, dead, firstOk, firstBad, latency }: SliRow): Minute {
  const delivered = latency.reduce((sum, count) => sum + count, 0);
  return { at, accepted, delivered, late, dead, firstOk, firstBad };
}

async function readWorst(
  { ledger, configuration, idText }: OverviewParts,
  beforeAt: number,
): Promise<readonly object[]> {
  const sums = new Map<number, Sums>();
  const fromAt = beforeAt - WORST_MINUTES * MINUTE_MS;
  const span = { unit: 'minute', indicator: 'first_attempt', fromAt, beforeAt } as const;
  let after: Awaited<ReturnType<typeof ledger.sliOutcomes>>['next'] | undefined;
  for (let pages = 0; pages < MOST_PAGES && after !== null; pages += 1) {
    const page = await ledger.sliOutcomes(after === undefined ? span : { ...span, after });
    for (let nth = 0; nth < page.sums.length; nth += 5) {
      const endpointId = Number(page.sums[nth]);
      const sum = sums.get(endpointId) ?? { endpointId, ok: 0, bad: 0 };
      sum.ok += Number(page.sums[nth + 3]);
      sum.bad += Number(page.sums[nth + 4]);
      sums.set(endpointId, sum);
    }
    after = page.next;
  }
  const worst = [...sums.values()]
    .filter(({ bad }) => bad > 0)
    .sort((one, other) => other.bad - one.bad)
    .slice(0, WORST);
  const found = await Promise.all(
    worst.map(async ({ endpointId, ok, bad }) => {
      const endpoint = await configuration.endpoints.byId(endpointId);
      // It was deleted since.
      if (endpoint === null) return [];
      const { id, appId, uid, url } = endpoint;
      return {
        id: idText.format('endpoint', id),
        appId: idText.format('application', appId),
        uid: uid ?? null,
        url,
        firstOk: ok,
        firstBad: bad,
      };
    }),
  );
  return found.flat();
}

function momentText(at: number): string {
  return new Date(at).toISOString();
}
