import { fault, type Clock } from '../../core/index.ts';
import { createTimingSummary, readTiming, type PhaseSummaries } from '../../delivery/index.ts';
import { momentOf, momentText } from '../moment.ts';
import { findEndpoint } from '../resolve.ts';
import { route } from '../route.ts';
import { TimingOut, TimingQuery } from '../timing-shapes.ts';

const MINUTE_MS = 60_000;
const DEFAULT_MS = 60 * MINUTE_MS;
const MOST_MS = 1440 * MINUTE_MS;
/** Read at once: 120 histograms at most, 7 ms. Others have their turn between. */
const READ_MS = 15 * MINUTE_MS;

export const getEndpointTiming = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/timing',
  operationId: 'v1.endpoint.get-timing',
  summary:
    'Tell how long the attempts of an endpoint took, by phase: count, percentiles and maximum in milliseconds, true to 6 %. The last hour unless asked otherwise, at most a day, of the last 30; by=minute adds each minute. A minute is there about ten seconds after its end.',
  access: 'portal',
  query: TimingQuery,
  answers: { 200: TimingOut },
  async handle({ path, query, application }, parts) {
    const endpoint = await findEndpoint(parts, await application(), path('endpoint_id'));
    const { fromAt, beforeAt } = rangeOf(query, parts.clock);
    const whole = createTimingSummary();
    const minutes: { readonly at: string; readonly phases: PhaseSummaries }[] = [];
    for (let sliceAt = fromAt; sliceAt < beforeAt; sliceAt += READ_MS) {
      const rows = await parts.ledger.timings({
        endpointId: endpoint.id,
        fromAt: sliceAt,
        beforeAt: Math.min(sliceAt + READ_MS, beforeAt),
      });
      const timings = rows.map(readTiming);
      whole.add(timings);
      if (query.by !== 'minute') continue;
      for (const [minuteAt, ofMinute] of Map.groupBy(timings, (timing) => timing.minuteAt)) {
        const summary = createTimingSummary();
        summary.add(ofMinute);
        minutes.push({ at: momentText(minuteAt), phases: summary.phases() });
      }
    }
    return {
      status: 200,
      value: {
        since: momentText(fromAt),
        until: momentText(beforeAt),
        phases: whole.phases(),
        ...(query.by === 'minute' ? { minutes } : {}),
      },
    };
  },
});

/**
 * Whole minutes: the one that `since` lies in is the first, the one that `until` lies in the last. Throws `validation`
 * where `since` is not before `until`, or they are more than a day apart.
 */
function rangeOf(
  { since, until }: { readonly since?: string | undefined; readonly until?: string | undefined },
  clock: Clock,
): { readonly fromAt: number; readonly beforeAt: number } {
  const untilAt = until === undefined ? clock.now() + 1 : momentOf(until, 'until');
  const sinceAt = since === undefined ? untilAt - DEFAULT_MS : momentOf(since, 'since');
  if (sinceAt >= untilAt) {
    throw fault('validation', {
      field: 'since',
      detail: '"since" must lie before "until", and before now.',
    });
  }
  if (untilAt - sinceAt > MOST_MS) {
    throw fault('validation', {
      field: 'since',
      detail: '"since" and "until" may be a day apart. Ask for one day after the other.',
    });
  }
  return {
    fromAt: Math.floor(sinceAt / MINUTE_MS) * MINUTE_MS,
    beforeAt: Math.ceil(untilAt / MINUTE_MS) * MINUTE_MS,
  };
}
