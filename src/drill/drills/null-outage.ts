import { check, defineDrill, percent, type Check } from '../drill.ts';
import {
  checkImpact,
  checkMitigated,
  checkOpened,
  impactMoneyOf,
  incidentOf,
} from '../incident-record.ts';
import { at, momentAt, textAt } from '../json.ts';
import { amountIn, CURRENCY, payment } from '../payments.ts';
import type { Receiver } from '../receiver.ts';
import { mitigate, noticed, saidOf, undo, type Mitigated } from '../responder.ts';
import { rankAmongAlerts, strangers } from '../record.ts';
import type { Traffic } from '../traffic.ts';

const MINUTE_MS = 60_000;
/** From here on others number their payments. */
const OTHERS = 1_000_000;
const OUTAGE_MS = 25 * MINUTE_MS;
const PER_SECOND = 1;
const PEOPLE = 8000;
/** The service's default: what is delivered later than this is late. */
const DEADLINE_MS = 60_000;
/** The service's default: so many may overtake each other. */
const LANE_CONCURRENCY = 32;

type Truth = {
  readonly appId: string;
  readonly endpointId: string;
  readonly receiver: Receiver;
  readonly standby: Receiver;
  readonly traffic: Traffic;
  readonly faultAt: number;
  readonly alternateAt: number;
  readonly mitigated: Mitigated | null;
  /** The endpoint goes to its usual URL again. */
  readonly isUndone: boolean;
  /** When the circuit opened first; null: never. */
  readonly openedAt: number | null;
};

/** A null dereference at a receiver: 500 to everything for 25 minutes, until it is rolled back there. */
export const nullOutage = defineDrill<Truth>({
  name: 'null-outage',
  truth: 'a receiver answers 500 to everything for 25 minutes',
  factor: 100,
  settings: {},
  async stage(scene) {
    const { clock, api, random } = scene;
    const receiver = await scene.receiver({ address: '127.0.0.2' });
    const others = await scene.receiver({ address: '127.0.0.3' });
    const appId = await scene.application('enrichment', { people: PEOPLE });
    await scene.application('others');
    // The build before the one that breaks still runs there.
    const standby = await scene.receiver({ address: '127.0.0.4' });
    const endpointId = await scene.endpoint('enrichment', 'enrichment', receiver.url, {
      alternateUrl: standby.url,
    });
    await scene.endpoint('others', 'others', others.url);
    const traffic = scene.traffic({
      app: 'enrichment',
      perSecond: PER_SECOND,
      draft: (nth) => payment(random, nth),
    });
    scene.traffic({
      app: 'others',
      perSecond: PER_SECOND / 2,
      draft: (nth) => payment(random, OTHERS + nth),
    });
    await scene.wait(3 * MINUTE_MS);
    const faultAt = clock.now();
    if (scene.isFaulty) receiver.behave(() => ({ status: 500 }));
    const openedAt = await scene.within(2 * MINUTE_MS, async () => {
      const lane = await api.get(`/app/enrichment/endpoint/${endpointId}/lane`);
      return textAt(lane, 'breaker', 'state') === 'open'
        ? momentAt(lane, 'breaker', 'since')
        : null;
    });
    const incident = await noticed(scene, faultAt, 5 * MINUTE_MS);
    const mitigated =
      incident === null ? null : await mitigate(scene, incident, 'alternate_url', { endpointId });
    if (mitigated === null || mitigated.at === null) {
      // Without an incident, or its menu, it is still one call.
      await api.post(`/app/enrichment/endpoint/${endpointId}/lane/alternate`, { isInUse: true });
    }
    const alternateAt = clock.now();
    await scene.wait(10 * MINUTE_MS);
    clock.pace(150);
    await scene.wait(faultAt + OUTAGE_MS - clock.now());
    clock.pace(100);
    receiver.behave(() => ({ status: 204 }));
    if (incident !== null && mitigated !== null && mitigated.at !== null) {
      await undo(scene, incident, mitigated);
    } else {
      await api.post(`/app/enrichment/endpoint/${endpointId}/lane/alternate`, { isInUse: false });
    }
    await scene.wait(2 * MINUTE_MS);
    await traffic.stop();
    await scene.within(10 * MINUTE_MS, async () =>
      [...traffic.accepted.keys()].every(
        (id) => receiver.acknowledged.has(id) || standby.acknowledged.has(id),
      )
        ? true
        : null,
    );
    const endpoint = await api.get(`/app/enrichment/endpoint/${endpointId}`);
    return {
      appId,
      endpointId,
      receiver,
      standby,
      traffic,
      faultAt,
      alternateAt,
      openedAt,
      mitigated,
      isUndone: at(endpoint, 'isAlternateInUse') === false,
    };
  },
  async judge({ record }, truth) {
    const { receiver, standby, faultAt, openedAt, appId, endpointId, mitigated } = truth;
    const attempts = receiver.taken.length + standby.taken.length;
    const alerts = await record.alerts();
    const incident = await incidentOf(record, faultAt);
    const failed = receiver.taken.filter(({ at, status }) => status === 500 && at >= faultAt);
    const untilOpen = failed.filter(({ at }) => openedAt !== null && at <= openedAt).length;
    // What was under way when the circuit opened is not wasted by it.
    const whileOpen = failed.filter(({ at }) => openedAt !== null && at > openedAt + 1000).length;
    const money = lateMoney(truth);
    const estimated = impactMoneyOf(incident, CURRENCY);
    const checks: readonly Check[] = [
      check(
        'the circuit opens',
        '≤ 20 attempts',
        openedAt === null ? 'it stayed closed' : `${untilOpen} attempts`,
        openedAt !== null && untilOpen > 0 && untilOpen <= 20,
      ),
      check(
        'attempts wasted while it is open',
        '≤ 1 % of all of that endpoint',
        `${whileOpen} of ${attempts} (${percent(whileOpen / attempts)})`,
        openedAt !== null && whileOpen <= attempts / 100,
      ),
      drained(truth),
      check(
        'one call mitigates, and one call takes it back',
        'both accepted',
        `${saidOf(mitigated ?? undefined)}; ${truth.isUndone ? 'taken back' : 'not taken back'}`,
        mitigated !== null && mitigated.status < 300 && truth.isUndone,
      ),
      checkOpened(incident, faultAt, 2 * MINUTE_MS),
      checkMitigated(
        incident,
        incident?.detectedAt ?? null,
        10 * MINUTE_MS,
        'time from T+0 to mitigated',
      ),
      checkImpact('money', money, estimated, 0.02),
      checkImpact('people', PEOPLE, incident?.people ?? null, 0.02),
    ];
    const host = receiver.host;
    return {
      faultAt,
      detectedAt:
        incident?.detectedAt ?? alerts.find(({ firedAt }) => firedAt >= faultAt)?.firedAt ?? null,
      mitigatedAt: incident?.mitigatedAt ?? null,
      rank: rankAmongAlerts(alerts, [endpointId, host, appId]),
      falseAlarms: strangers(alerts, faultAt, [endpointId, host, 'objective', 'growth lag']),
      redriven: 0,
      money: { estimated, true: money, currency: CURRENCY },
      checks,
    };
  },
});

/** What waited untried comes in the order of its acceptance, as far as requests under way at once allow. */
function drained({ receiver, standby, traffic, alternateAt, faultAt }: Truth): Check {
  const tried = new Set(receiver.taken.filter(({ status }) => status === 500).map(({ id }) => id));
  // Ids are made in the order of acceptance, and sort by it.
  const waited = [...traffic.accepted]
    .filter(([id, { at }]) => at >= faultAt && at < alternateAt && !tried.has(id))
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  const place = new Map(waited.map(([id], index) => [id, index]));
  const first = new Set(standby.taken.map(({ id }) => id));
  const arrived = [...first].flatMap((id) => place.get(id) ?? []);
  const offBy = arrived.map((place, index) => Math.abs(place - index));
  const astray = offBy.filter((places) => places > LANE_CONCURRENCY).length;
  return check(
    'what waited is drained in order afterwards',
    `all of it, 99 % no further from their place than ${LANE_CONCURRENCY} under way at once`,
    `${arrived.length} of ${waited.length}, ${astray} further, the furthest ${Math.max(0, ...offBy)} places off`,
    waited.length > 100 && arrived.length === waited.length && astray <= arrived.length / 100,
  );
}

/** Cents carried by what came later than the deadline. */
function lateMoney({ receiver, standby, traffic, faultAt }: Truth): number {
  const arrivedAt = new Map(
    [...receiver.taken, ...standby.taken]
      .filter(({ status }) => status === 204)
      .map(({ id, at }) => [id, at]),
  );
  return [...traffic.accepted].reduce((sum, [id, { at, draft }]) => {
    const deadlineAt = at + DEADLINE_MS;
    const isLate = deadlineAt >= faultAt && (arrivedAt.get(id) ?? Infinity) > deadlineAt;
    return isLate ? sum + amountIn(draft) : sum;
  }, 0);
}
