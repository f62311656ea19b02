import type { IdText } from '../core/index.ts';
import { urlInUse, type Application, type Endpoint, type HandCircuit } from '../change/index.ts';
import type { LaneFigures } from '../delivery/index.ts';
import type { LaneBacklog } from '../ledger/index.ts';

/** Deliveries that are counted behind a lane, at most: more cost a reader nothing he would want to know. */
export const MOST_COUNTED = 10_000;

const moment = (at: number): string => new Date(at).toISOString();
const momentOrNull = (at: number | null): string | null => (at === null ? null : moment(at));

function handCircuitView(circuit: HandCircuit | null): object | null {
  if (circuit === null) return null;
  const { openedAt, until, withProbes, reason } = circuit;
  return { openedAt: moment(openedAt), until: momentOrNull(until), withProbes, reason };
}

/** How a lane looks from outside. */
export function restingLaneView(
  application: Application,
  endpoint: Endpoint,
  figures: LaneFigures,
  idText: IdText,
): object {
  const { policy, restsFor, breaker, concurrency, sending, held } = figures;
  return {
    appId: idText.format('application', application.id),
    appUid: application.uid,
    endpointId: idText.format('endpoint', endpoint.id),
    endpointUid: endpoint.uid,
    url: urlInUse(endpoint),
    alternateUrl: endpoint.alternateUrl,
    isAlternateInUse: endpoint.isAlternateInUse,
    policy,
    overrides: endpoint.lane ?? {},
    isPaused: endpoint.pausedAt !== null,
    pausedAt: momentOrNull(endpoint.pausedAt ?? figures.pause?.createdAt ?? null),
    pausedReason:
      endpoint.pausedAt === null ? (figures.pause?.reason ?? null) : endpoint.pausedReason,
    restsFor,
    restsUntil: momentOrNull(figures.restsUntil),
    breaker: { ...breaker, since: moment(breaker.since) },
    handCircuit: handCircuitView(figures.handCircuit),
    pausedTypes: figures.pausedTypes,
    concurrency,
    sending,
    held,
    failingSince: momentOrNull(figures.failingSince),
  };
}

/** @param backlog counted to one more than is shown. */
export function backlogView({ scheduled, oldestDueAt }: LaneBacklog): object {
  return {
    waiting: Math.min(scheduled, MOST_COUNTED),
    isMoreWaiting: scheduled > MOST_COUNTED,
    oldestDueAt: momentOrNull(oldestDueAt),
  };
}
