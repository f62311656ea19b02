import { check, defineDrill, percent, type Check } from '../drill.ts';
import {
  checkImpact,
  checkMitigated,
  checkOpened,
  impactMoneyOf,
  incidentOf,
} from '../incident-record.ts';
import { at, momentAt, numberAt, textAt, type Json } from '../json.ts';
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
/** What arrives so shortly before its deadline may be answered after it. */
const ON_THE_LINE_MS = 2000;
/** The service's default: so many may overtake each other. */
const LANE_CONCURRENCY = 32;
const MOST_ATTEMPTS = 10_000;

type Truth = {
  readonly appId: string;
  readonly endpointId: string;
  readonly receiver: Receiver;
  readonly standby: Receiver;
  readonly traffic: Traffic;
  readonly faultAt: number;
  readonly alternateAt: number;
  /** When the first attempt of each message started, as the product recorded it, by the message's id. */
  readonly startedAt: ReadonlyMap<string, number>;
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
    // What drains is judged to the second.
    clock.pace(20);
    const mitigated =
      incident === null ? null : await mitigate(scene, incident, 'alternate_url', { endpointId });
    if (mitigated === null || mitigated.at === null) {
      // Without an incident, or its menu, it is still one call.
      await api.post(`/app/enrichment/endpoint/${endpointId}/lane/alternate`, { isInUse: true });
    }
    const alternateAt = clock.now();
    await scene.wait(MINUTE_MS / 2);
    clock.pace(100);
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
    const attempts = await api.list(
      `/app/enrichment/attempt/endpoint/${endpointId}?with_content=false`,
      MOST_ATTEMPTS,
    );
    return {
      appId,
      endpointId,
      receiver,
      standby,
      traffic,
      faultAt,
      alternateAt,
      startedAt: startsIn(attempts, traffic),
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
      checkImpact('money', money.least, estimated, 0.02, money.most),
      checkImpact('people', PEOPLE, incident?.people ?? null, 0.02),
    ];
    const host = receiver.host;
    return {
      faultAt,
      detectedAt:
        incident?.detectedAt ?? alerts.find(({ firedAt }) => firedAt >= faultAt)?.firedAt ?? null,
      mitigatedAt: incident?.mitigatedAt ?? null,
      rank: rankAmongAlerts(alerts, [endpointId, host, receiver.address, appId]),
      falseAlarms: strangers(alerts, faultAt, [endpointId, host, 'objective', 'growth lag']),
      redriven: 0,
      money: { estimated, true: money.least, currency: CURRENCY },
      checks,
    };
  },
});

/** A first attempt waits from acceptance on. */
function startsIn(attempts: readonly Json[], { accepted }: Traffic): ReadonlyMap<string, number> {
  const starts = new Map<string, number>();
  // The newest come first: of each message the first one stays.
  for (const attempt of attempts) {
    const id = textAt(attempt, 'msgId');
    const acceptedAt = accepted.get(id)?.acceptedAt;
    if (acceptedAt === undefined) continue;
    starts.set(id, acceptedAt + numberAt(attempt, 'timing', 'queuedMs'));
  }
  return starts;
}

/**
 * What waited untried is started the oldest first. Starts are judged, and no arrivals: each of those that go out first
 * makes a connection of its own, and is overtaken by all that find one that is ready. What arrived before the product
 * says that it started would give the lie to it.
 */
function drained({ receiver, standby, traffic, alternateAt, faultAt, startedAt }: Truth): Check {
  const tried = new Set(receiver.taken.filter(({ status }) => status === 500).map(({ id }) => id));
  const arrivedAt = new Map(standby.taken.toReversed().map(({ id, at }) => [id, at]));
  const waited = [...traffic.accepted]
    .filter(([id, { at }]) => at >= faultAt && at < alternateAt && !tried.has(id))
    .map(([id, { acceptedAt }]) => ({
      acceptedAt,
      startedAt: startedAt.get(id) ?? Number.NaN,
      arrivedAt: arrivedAt.get(id) ?? Number.NaN,
    }));
  const truly = waited.filter((each) => each.startedAt <= each.arrivedAt).length;
  const overtaken = waited.map(
    (each) =>
      waited.filter(
        (other) => other.acceptedAt > each.acceptedAt && other.startedAt < each.startedAt,
      ).length,
  );
  const most = Math.max(0, ...overtaken);
  return check(
    'what waited is drained in order afterwards',
    `all of it, none started behind more than ${LANE_CONCURRENCY} accepted later`,
    `${truly} of ${waited.length}, behind ${most} at most`,
    waited.length > 100 && truly === waited.length && most <= LANE_CONCURRENCY,
  );
}

/** Cents carried by what came later than the deadline: for sure, and with what came on the line. */
function lateMoney({ receiver, standby, traffic, faultAt }: Truth): {
  readonly least: number;
  readonly most: number;
} {
  const arrivedAt = new Map(
    [...receiver.taken, ...standby.taken]
      .filter(({ status }) => status === 204)
      .map(({ id, at }) => [id, at]),
  );
  let [least, most] = [0, 0];
  for (const [id, { acceptedAt, draft }] of traffic.accepted) {
    const deadlineAt = acceptedAt + DEADLINE_MS;
    const arrived = arrivedAt.get(id) ?? Infinity;
    if (deadlineAt < faultAt || arrived <= deadlineAt - ON_THE_LINE_MS) continue;
    most += amountIn(draft);
    if (arrived > deadlineAt) least += amountIn(draft);
  }
  return { least, most };
}
