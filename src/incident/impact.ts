import type { Configuration } from '../change/index.ts';
import {
  LEAST_RATE_MS,
  readImpact as readSpan,
  type FoundSlot,
  type Impact as SpanImpact,
  type Ledger,
} from '../ledger/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../slo/index.ts';
import { heldUntil } from './holding.ts';
import type { Impact, Incident, Money } from './incident.ts';
import { readAccepted, type AcceptedIn } from './service-deliveries.ts';
import type { SeverityFacts } from './severity.ts';

export type ImpactParts = {
  readonly ledger: Pick<Ledger, 'sli' | 'sliValue' | 'affectedMessages'>;
  readonly configuration: Pick<Configuration, 'applications'>;
  /** Days for which SLI minutes are kept. */
  readonly sliMinutesDays: number;
  /** When the audit found deliveries unaccounted. */
  readonly unaccounted: () => readonly FoundSlot[];
  /** Shared by those who reckon many; without it the ledger is read each time. */
  readonly acceptedIn?: AcceptedIn;
};

export type ImpactRead = SeverityFacts & {
  /** Applications with a bad outcome; 1,000 at most. */
  readonly hitAppIds: readonly number[];
};

const WEEK_MS = 7 * DAY_MS;
/** Of an incident with more episodes than this the last ones are reckoned. */
const MOST_EPISODES = 10;

/**
 * What customers felt in the episodes of an incident, as the ledger counted it: each from its impact start until it was
 * over, or until now; what is held back since counts until it is let go. Money per week is at the rate of the last hour of
 * the last one, or of all of it where it is shorter; at least of five minutes.
 */
export async function readImpact(
  incident: Pick<Incident, 'slice' | 'episodes' | 'mitigations'>,
  parts: ImpactParts,
  now: number,
): Promise<ImpactRead> {
  const { ledger, configuration, sliMinutesDays: minutesDays } = parts;
  const acceptedIn = parts.acceptedIn ?? readAccepted(ledger);
  const episodes = incident.episodes.slice(-MOST_EPISODES);
  const isOfAudit = episodes.some(({ alerts }) =>
    alerts.some(({ kind }) => kind === 'unaccounted'),
  );
  const slice = sliceOf(incident.slice);
  const peopleOf = async (appId: number): Promise<number | null> =>
    (await configuration.applications.byId(appId))?.people ?? null;
  const common = { minutesDays, unaccounted: 0, peopleOf };
  const spans: SpanImpact[] = [];
  let serviceDeliveries = 0;
  const heldAt = heldUntil(incident, now) ?? 0;
  for (const [index, { markers }] of episodes.entries()) {
    const startAt = markers.impactStart?.at ?? now;
    // A minute belongs to one episode: to the one before, where that ended within it.
    const fromAt = Math.max(startAt, minuteAfter(spans.at(-1)?.beforeAt ?? 0));
    const overAt = lastOf(fromAt, markers.mitigated?.at ?? now);
    const isLast = index === episodes.length - 1;
    const span = { ...common, fromAt, now: isLast ? Math.max(overAt, heldAt) : overAt };
    const read = await readSpan(ledger, { ...span, slice });
    spans.push(read);
    serviceDeliveries += isEverything(incident.slice)
      ? read.deliveries.accepted
      : await acceptedIn(read.fromAt, read.beforeAt);
  }
  const last = spans.at(-1);
  const fromAt = spans[0]?.fromAt ?? now;
  const lastHour =
    last === undefined || last.money.length === 0 || last.beforeAt - last.fromAt <= HOUR_MS
      ? last
      : await readSpan(ledger, {
          ...common,
          slice,
          fromAt: last.beforeAt - HOUR_MS,
          now: last.beforeAt,
        });
  const sum = (count: (read: SpanImpact) => number): number =>
    spans.reduce((total, read) => total + count(read), 0);
  const hitAppIds = [...new Set(spans.flatMap(({ applicationIds }) => applicationIds))];
  const endpointIds = new Set(spans.flatMap(({ endpointIds: ids }) => ids));
  // An application that was hit twice has as many people behind it as before.
  const people =
    spans.length === 1 ? (last?.people ?? null) : await peopleOfAll(hitAppIds, spans, peopleOf);
  const lost = isOfAudit ? unaccountedIn(parts.unaccounted(), spans) : 0;
  const impact: Impact = {
    at: now,
    fromAt,
    failed: sum(({ deliveries }) => deliveries.failedAtFirst),
    late: sum(({ deliveries }) => deliveries.late),
    dead: sum(({ deliveries }) => deliveries.dead),
    lost,
    deliveries: sum(({ deliveries }) => deliveries.accepted),
    messages: sum(({ messages }) => messages),
    endpoints: Math.max(endpointIds.size, ...spans.map(({ endpoints }) => endpoints)),
    applications: Math.max(hitAppIds.length, ...spans.map(({ applications }) => applications)),
    people,
    // What is late beside it is another matter.
    money: isOfAudit ? await unaccountedMoney(ledger, spans, lost) : moneyOf(spans, lastHour),
  };
  return { impact, serviceDeliveries, hitAppIds };
}

/** The minute in which the impact was over is well already: it is not counted, unless all of it lies within that one. */
function lastOf(fromAt: number, overAt: number): number {
  return overAt % MINUTE_MS === 0 && overAt > fromAt ? overAt - 1 : overAt;
}

function minuteAfter(at: number): number {
  return Math.ceil(at / MINUTE_MS) * MINUTE_MS;
}

/** Of each application once. Beyond the applications that are named it is at least as many as one episode had. */
async function peopleOfAll(
  appIds: readonly number[],
  spans: readonly SpanImpact[],
  peopleOf: (appId: number) => Promise<number | null>,
): Promise<number | null> {
  const declared = (await Promise.all(appIds.map(peopleOf))).filter((people) => people !== null);
  const ofOne = spans.flatMap(({ people }) => (people === null ? [] : [people]));
  if (declared.length + ofOne.length === 0) return null;
  return Math.max(
    declared.reduce((sum, people) => sum + people, 0),
    ...ofOne,
  );
}

function moneyOf(spans: readonly SpanImpact[], lastHour: SpanImpact | undefined): readonly Money[] {
  const sums = new Map<string, Money>();
  for (const { currency, delayed, lost } of spans.flatMap(({ money }) => money)) {
    const known = sums.get(currency);
    const rate = lastHour?.money.find((each) => each.currency === currency);
    sums.set(currency, {
      currency,
      delayed: delayed + (known?.delayed ?? 0),
      lost: lost + (known?.lost ?? 0),
      perWeek: rate?.perWeek ?? 0,
    });
  }
  return [...sums.values()];
}

/** Found within the spans; a slot counts whole. */
function unaccountedIn(found: readonly FoundSlot[], spans: readonly SpanImpact[]): number {
  return found
    .filter(({ at, unitMs }) =>
      spans.some(({ fromAt, beforeAt }) => at + unitMs > fromAt && at < beforeAt),
    )
    .reduce((sum, { count }) => sum + count, 0);
}

/**
 * What unaccounted deliveries carry, which no row says: as much as those beside them do on average. They are scheduled
 * again once they are found, so it is delayed; what cannot be healed fires on.
 */
async function unaccountedMoney(
  ledger: Pick<Ledger, 'sliValue'>,
  spans: readonly SpanImpact[],
  unaccounted: number,
): Promise<readonly Money[]> {
  const carried = new Map<string, number>();
  let deliveries = 0;
  let spanMs = 0;
  for (const { fromAt: startAt, beforeAt, deliveries: counts } of spans) {
    deliveries += counts.accepted;
    spanMs += beforeAt - startAt;
    const unit = beforeAt - startAt > 6 * HOUR_MS ? 'hour' : 'minute';
    // The minute in which it was over counts, as it does among the deliveries.
    const endAt = beforeAt + 1;
    for (let fromAt: number | null = startAt; fromAt !== null && fromAt < endAt;) {
      const page = await ledger.sliValue({ unit, fromAt, beforeAt: endAt, groupBy: [] });
      for (const { currency, accepted } of page.rows) {
        carried.set(currency, accepted + (carried.get(currency) ?? 0));
      }
      fromAt = page.nextAt;
    }
  }
  if (deliveries === 0) return [];
  return Array.from(carried, ([currency, value]) => {
    const delayed = Math.round((value / deliveries) * unaccounted);
    return {
      currency,
      delayed,
      lost: 0,
      perWeek: Math.round((delayed * WEEK_MS) / Math.max(spanMs, LEAST_RATE_MS)),
    };
  });
}

function isEverything({ appIds, endpointIds, eventTypes }: Incident['slice']): boolean {
  return appIds.length + endpointIds.length + eventTypes.length === 0;
}

/** Here empty lists mean all; there they match nothing. */
function sliceOf({ appIds, endpointIds, eventTypes }: Incident['slice']) {
  return {
    ...(appIds.length === 0 ? {} : { appIds }),
    ...(endpointIds.length === 0 ? {} : { endpointIds }),
    ...(eventTypes.length === 0 ? {} : { eventTypes }),
  };
}
