import { check, defineDrill, type Check } from '../drill.ts';
import {
  checkMitigated,
  checkOpened,
  incidentOf,
  NO_INCIDENT,
  suspectsOf,
} from '../incident-record.ts';
import { listAt, numberAt, textAt, type Json } from '../json.ts';
import { payment } from '../payments.ts';
import { rankOf, strangers } from '../record.ts';
import { mitigate, noticed, over, saidOf, type Mitigated } from '../responder.ts';
import type { Receiver } from '../receiver.ts';
import type { Traffic } from '../traffic.ts';

const MINUTE_MS = 60_000;
const AMPLIFICATION = 1.2;
const BACKGROUND_PER_SECOND = 8;
/** A job of the producer that sends many at once: the pattern under which the second change fails. */
const BURST = 40;
const BURST_EVERY_MS = 10_000;
/** What the receiver bears at once; beyond it, it refuses, and takes its time over it. */
const BEARS = 16;
/** What the lane sends at once, until the second change. */
const CONCURRENCY = 12;
const STORM_MS = 3 * MINUTE_MS;

type Truth = {
  readonly appId: string;
  readonly endpointId: string;
  readonly receiver: Receiver;
  readonly traffic: Traffic;
  readonly first: string;
  readonly second: string;
  readonly faultAt: number;
  readonly revertAt: number;
  /** What the menu offered when it was reverted. */
  readonly menu: Json | undefined;
  readonly mitigated: Mitigated | null;
};

/** A regression in a retry loop under one concurrency pattern; two changes within ten minutes are suspects. */
export const retryStorm = defineDrill<Truth>({
  name: 'retry-storm',
  truth: "two changes 10 minutes apart; the second one's retry policy multiplies under concurrency",
  factor: 80,
  settings: {},
  async stage(scene) {
    const { api, clock, random } = scene;
    const receiver = await scene.receiver({ address: '127.0.0.2' });
    receiver.behave(({ underWay }) =>
      underWay > BEARS ? { status: 503, afterMs: 1500 } : { status: 204, afterMs: 100 },
    );
    const appId = await scene.application('orders');
    const endpointId = await scene.endpoint('orders', 'warehouse', receiver.url);
    await api.post('/policy', {
      name: 'receivers',
      retry: { delaysMs: [0, 5000, 300_000, 1_800_000] },
      lane: { concurrency: CONCURRENCY },
    });
    await api.put('/app/orders/policy', { policy: 'receivers' });
    const traffic = scene.traffic({
      app: 'orders',
      perSecond: 2,
      draft: (nth) => payment(random, nth),
    });
    await scene.wait(MINUTE_MS);
    const path = `/app/orders/endpoint/${endpointId}`;
    await api.put(`${path}/headers`, { headers: { 'x-tenant': 'warehouse-7' } });
    const first = await newestChange(scene.record);
    clock.pace(80);
    await scene.wait(10 * MINUTE_MS);
    clock.pace(25);
    const delaysMs = Array.from({ length: 20 }, (_, nth) => (nth === 0 ? 0 : 200));
    await api.put(
      '/policy/receivers',
      scene.isFaulty
        ? { retry: { delaysMs }, lane: { concurrency: 64, adaptive: false } }
        : {
            retry: { delaysMs: [0, 5000, 300_000, 1_800_000] },
            lane: { concurrency: CONCURRENCY },
            description: 'the same',
          },
    );
    const second = await newestChange(scene.record);
    traffic.pace(BACKGROUND_PER_SECOND);
    const faultAt = clock.now();
    const batches = new AbortController();
    scene.onEnd(() => batches.abort());
    const job = (async (): Promise<void> => {
      while (!batches.signal.aborted) {
        traffic.burst(BURST);
        await scene.wait(BURST_EVERY_MS);
      }
    })();
    const incident = await noticed(scene, faultAt, STORM_MS);
    await scene.wait(faultAt + STORM_MS - clock.now());
    const menu =
      incident === null ? null : await scene.record.incident(incident.id, '/mitigation-menu');
    const mitigated =
      incident === null
        ? null
        : await mitigate(scene, incident, 'revert_changes', { changeIds: [second] });
    if (mitigated === null || mitigated.at === null) {
      // Without an incident, or its menu, it is still one call.
      await api.post('/change/revert', { changeIds: [second], reason: 'retries multiply' });
    }
    const revertAt = clock.now();
    await scene.wait(MINUTE_MS);
    batches.abort();
    await job;
    traffic.pace(2);
    await scene.within(6 * MINUTE_MS, async () => {
      const lane = await api.get(`/app/orders/endpoint/${endpointId}/lane`);
      return numberAt(lane, 'waiting') < BURST ? true : null;
    });
    clock.pace(80);
    await over(scene, incident, 13 * MINUTE_MS);
    await traffic.stop();
    return {
      appId,
      endpointId,
      receiver,
      traffic,
      first,
      second,
      faultAt,
      revertAt,
      menu: menu ?? undefined,
      mitigated,
    };
  },
  async judge({ record }, truth) {
    const {
      appId,
      endpointId,
      receiver,
      traffic,
      first,
      second,
      faultAt,
      revertAt,
      menu,
      mitigated,
    } = truth;
    const alerts = await record.alerts();
    const incident = await incidentOf(record, faultAt);
    const suspects = await suspectsOf(record, incident);
    const inStorm = (at: number): boolean => at >= faultAt && at < revertAt;
    const tried = receiver.taken.filter(({ at }) => inStorm(at));
    const attempts = tried.length;
    const messages = new Set(tried.map(({ id }) => id)).size;
    const accepted = [...traffic.accepted.values()].filter(({ at }) => inStorm(at)).length;
    const failed = receiver.taken.filter(({ at, status }) => inStorm(at) && status === 503).length;
    const rank = rankOf(suspects, ({ changeId }) => changeId === second);
    // Changes that one entry of the menu would revert.
    const offers = listAt(menu, 'data')
      .filter((offer) => textAt(offer, 'kind').startsWith('revert'))
      .map((offer) => listAt(offer, 'target', 'changeIds'));
    const isOffered = offers.some((ids) => ids.includes(first) && ids.includes(second));
    const checks: readonly Check[] = [
      check(
        'the storm is held by the retry budget',
        `amplification ≤ ${AMPLIFICATION}, while the receiver fails`,
        `${attempts} attempts for ${messages} messages: ${(attempts / messages).toFixed(3)}; ${failed} refused; ${accepted} accepted meanwhile`,
        failed > BURST && attempts / messages <= AMPLIFICATION,
      ),
      check(
        'the second change is the first suspect',
        'rank 1',
        incident === null
          ? NO_INCIDENT
          : rank === null
            ? `not among ${suspects.length}`
            : `rank ${rank}; first: ${suspects[0]?.subject ?? 'none'}`,
        rank === 1,
      ),
      check(
        'both changes are offered for revert together',
        'one entry of the menu',
        incident === null
          ? NO_INCIDENT
          : isOffered
            ? 'offered'
            : `offered: ${offers.map((ids) => `${ids.length} changes`).join(', ') || 'no revert'}`,
        isOffered,
      ),
      check(
        'the second is reverted by one call',
        'accepted',
        saidOf(mitigated ?? undefined),
        mitigated !== null && mitigated.status < 300,
      ),
      checkMitigated(incident, revertAt, 5 * MINUTE_MS, 'mitigated after the revert'),
      checkOpened(incident, faultAt, 2 * MINUTE_MS),
    ];
    return {
      faultAt,
      detectedAt:
        incident?.detectedAt ?? alerts.find(({ firedAt }) => firedAt >= faultAt)?.firedAt ?? null,
      mitigatedAt: incident?.mitigatedAt ?? null,
      rank,
      falseAlarms: strangers(alerts, faultAt, [
        appId,
        endpointId,
        'objective',
        'growth',
        'first_dead_letter',
      ]),
      redriven: 0,
      money: null,
      checks,
    };
  },
});

async function newestChange(record: { changes(): Promise<readonly Json[]> }): Promise<string> {
  return textAt((await record.changes()).at(-1), 'id');
}
