import { check, defineDrill, type Check } from '../drill.ts';
import { checkOpened, incidentOf, NO_INCIDENT } from '../incident-record.ts';
import { at, listAt, numberAt, textAt, type Json } from '../json.ts';
import { payment } from '../payments.ts';
import { rankAmongAlerts, strangers } from '../record.ts';
import type { Answer, Receiver } from '../receiver.ts';

const MINUTE_MS = 60_000;
/** From here on others number their payments. */
const OTHERS = 1_000_000;
const PER_SECOND = 2;
/** Every three minutes the receiver takes longer than an attempt may, for a quarter of one. */
const PERIOD_MS = 3 * MINUTE_MS;
const TAIL_MS = 15_000;
const SLOW_MS = 25_000;
const USUAL_MS = 400;
/** As many hang in each spell: a lane that adapts lets fewer through each time, and so moves the SLI by itself. */
const CONCURRENCY = 12;
/** A gauge of the producer's own that rises with the tail, since both follow the clock. */
const GAUGE = 'orders_db_lock_waits';

type Truth = {
  readonly appId: string;
  readonly endpointId: string;
  readonly receiver: Receiver;
  readonly faultAt: number;
  readonly slow: Json;
  readonly steady: Json;
  readonly hypothesis: { readonly status: number; readonly json: Json } | null;
  readonly confirmation: { readonly status: number; readonly json: Json } | null;
  readonly changedAt: number;
};

/** Three weeks on the wrong hypothesis, in minutes: lock waits rise with the failures; the receiver's tail is the cause. */
export const redHerring = defineDrill<Truth>({
  name: 'red-herring',
  truth:
    "a periodic tail in the receiver's answer time; a correlated gauge is offered as the cause",
  factor: 80,
  settings: {},
  async stage(scene) {
    const { api, clock, random } = scene;
    const receiver = await scene.receiver({ address: '127.0.0.2' });
    const other = await scene.receiver({ address: '127.0.0.3' });
    const usual = (): Answer => ({ status: 204, afterMs: USUAL_MS * (0.5 + random.next()) });
    receiver.behave(usual);
    other.behave(usual);
    const appId = await scene.application('orders');
    await scene.application('others');
    const endpointId = await scene.endpoint('orders', 'warehouse', receiver.url);
    await api.post('/policy', {
      name: 'receivers',
      lane: { concurrency: CONCURRENCY, adaptive: false },
    });
    await api.put('/app/orders/policy', { policy: 'receivers' });
    const otherId = await scene.endpoint('others', 'others', other.url);
    scene.traffic({ app: 'orders', perSecond: PER_SECOND, draft: (nth) => payment(random, nth) });
    scene.traffic({
      app: 'others',
      perSecond: PER_SECOND / 2,
      draft: (nth) => payment(random, OTHERS + nth),
    });
    await scene.wait(3 * MINUTE_MS);
    const faultAt = clock.now();
    if (scene.isFaulty) {
      receiver.behave(({ at }) =>
        (at - faultAt) % PERIOD_MS < TAIL_MS ? { status: 204, afterMs: SLOW_MS } : usual(),
      );
    }
    // Between two spells, so that each belongs to one side of it.
    await scene.wait(2.5 * PERIOD_MS);
    const incident = await scene.within(2 * MINUTE_MS, () => incidentOf(scene.record, faultAt));
    // The responders blame the locks, and bring out what lowers them; the gauge falls, deliveries go on failing.
    const marker = await api.post('/change/deploy', {
      service: 'orders-db',
      version: 'fewer-locks',
      note: `lowers ${GAUGE}`,
    });
    const changedAt = clock.now();
    let hypothesis: Truth['hypothesis'] = null;
    let confirmation: Truth['confirmation'] = null;
    if (incident !== null) {
      hypothesis = await api.call('POST', `/incident/${incident.id}/hypothesis`, {
        cause: `Lock waits in the orders database hold deliveries up: ${GAUGE} rises with every spell of failures.`,
        metric: 'first-attempt',
        refutedBy: 'Deliveries fail as before while the gauge stays low.',
        changeIds: [textAt(marker, 'id')],
      });
    }
    await scene.wait(2 * PERIOD_MS);
    if (incident !== null && hypothesis !== null) {
      const id = textAt(listAt(hypothesis.json, 'hypotheses').at(-1), 'id');
      confirmation = await api.call('POST', `/incident/${incident.id}/hypothesis/${id}/judge`, {
        state: 'confirmed',
        verdict: 'The gauge fell.',
      });
    }
    const timing = (app: string, endpoint: string): Promise<Json> =>
      api.get(`/app/${app}/endpoint/${endpoint}/timing?since=${new Date(faultAt).toISOString()}`);
    const [slow, steady] = [await timing('orders', endpointId), await timing('others', otherId)];
    receiver.behave(usual);
    await scene.wait(MINUTE_MS);
    return {
      appId,
      endpointId,
      receiver,
      faultAt,
      slow,
      steady,
      hypothesis,
      confirmation,
      changedAt,
    };
  },
  async judge({ record }, truth) {
    const { appId, endpointId, receiver, faultAt, slow, steady, hypothesis, confirmation } = truth;
    const alerts = await record.alerts();
    const incident = await incidentOf(record, faultAt);
    const grown = grownPhases(slow, steady);
    const [worst] = grown;
    const rank = rankAmongAlerts(alerts, [endpointId, receiver.host, appId]);
    const said = JSON.stringify(
      alerts.filter(({ firedAt }) => firedAt >= faultAt).map(({ text, facts }) => [text, facts]),
    );
    const namesPhase = /first.?byte/i.test(said) && said.includes(receiver.host);
    const checks: readonly Check[] = [
      check(
        'phase timing names the time to first byte of that host',
        "first_byte grows most, beside a steady receiver's",
        worst === undefined
          ? 'no timing'
          : `${worst.phase}: p99 ${worst.p99Ms.toFixed(0)} ms, elsewhere ${worst.otherMs.toFixed(0)} ms`,
        worst !== undefined && /first.?byte/i.test(worst.phase) && worst.p99Ms > 2 * worst.otherMs,
      ),
      check(
        'an alert says so: host and phase',
        `${receiver.host}, first byte`,
        namesPhase ? 'both named' : 'not both',
        namesPhase,
      ),
      check(
        'the hypothesis on the gauge is refused confirmation, as the SLI did not move',
        '409',
        incident === null
          ? NO_INCIDENT
          : `stated: ${hypothesis?.status ?? 'not'}; confirmed: ${confirmation?.status ?? 'not'} ${textAt(confirmation?.json, 'detail')}`,
        hypothesis !== null && hypothesis.status < 300 && confirmation?.status === 409,
      ),
      checkOpened(incident, faultAt, 2 * MINUTE_MS),
    ];
    return {
      faultAt,
      detectedAt:
        incident?.detectedAt ?? alerts.find(({ firedAt }) => firedAt >= faultAt)?.firedAt ?? null,
      mitigatedAt: incident?.mitigatedAt ?? null,
      rank,
      falseAlarms: strangers(alerts, faultAt, [endpointId, receiver.host, 'objective', 'growth']),
      redriven: 0,
      money: null,
      checks,
    };
  },
});

/** Waiting in our own lane is what follows, and the total is all of them. */
const OUR_OWN = new Set(['queued', 'total']);

type Grown = { readonly phase: string; readonly p99Ms: number; readonly otherMs: number };

/** Phases by how many milliseconds their slowest hundredth takes longer than elsewhere, the most first. */
function grownPhases(slow: Json, steady: Json): readonly Grown[] {
  const phases = at(slow, 'phases');
  if (phases === null || typeof phases !== 'object' || Array.isArray(phases)) return [];
  return Object.keys(phases)
    .map((phase) => ({
      phase,
      p99Ms: numberAt(phases, phase, 'p99Ms'),
      otherMs: numberAt(steady, 'phases', phase, 'p99Ms'),
    }))
    .filter(({ phase, p99Ms }) => !Number.isNaN(p99Ms) && !OUR_OWN.has(phase))
    .toSorted(
      (one, other) => other.p99Ms - (other.otherMs || 0) - (one.p99Ms - (one.otherMs || 0)),
    );
}
