import { check, defineDrill, duration, type Check } from '../drill.ts';
import { incidentOf, NO_INCIDENT, type IncidentView } from '../incident-record.ts';
import { payment } from '../payments.ts';
import { rankAmongAlerts, strangers } from '../record.ts';
import type { Receiver } from '../receiver.ts';
import { mitigate, saidOf, type Mitigated } from '../responder.ts';
import type { Scene } from '../scene.ts';

const MINUTE_MS = 60_000;
/** From here on others number their payments. */
const OTHERS = 1_000_000;
const PER_SECOND = 0.4;
/** Connections that the receiver has; each request leaks one, so they last for about 25 minutes. */
const POOL = 600;
const USUAL_MS = 500;
/** The pool is searched from its beginning: each leaked connection is looked at, and costs so much. */
const SEARCH_MS = 20;

type Truth = {
  readonly appId: string;
  readonly endpointId: string;
  readonly receiver: Receiver;
  readonly faultAt: number;
  readonly ranDryAt: number | null;
  readonly incident: IncidentView | null;
  readonly tried: readonly Mitigated[];
};

/** A connection leaked per request: the pool runs dry, and each answer takes longer until then. */
export const leak = defineDrill<Truth>({
  name: 'leak',
  truth: 'a receiver leaks a connection per request until it refuses',
  factor: 120,
  settings: {},
  async stage(scene) {
    const { clock, random } = scene;
    const receiver = await scene.receiver({ address: '127.0.0.2' });
    const other = await scene.receiver({ address: '127.0.0.3' });
    receiver.behave(() => ({ status: 204, afterMs: USUAL_MS }));
    other.behave(() => ({ status: 204, afterMs: USUAL_MS }));
    const appId = await scene.application('orders');
    await scene.application('others');
    const endpointId = await scene.endpoint('orders', 'warehouse', receiver.url);
    await scene.endpoint('others', 'others', other.url);
    const traffic = scene.traffic({
      app: 'orders',
      perSecond: PER_SECOND,
      draft: (nth) => payment(random, nth),
    });
    scene.traffic({
      app: 'others',
      perSecond: PER_SECOND / 2,
      draft: (nth) => payment(random, OTHERS + nth),
    });
    await scene.wait(15 * MINUTE_MS);
    const faultAt = clock.now();
    let leaked = 0;
    let ranDryAt: number | null = null;
    if (scene.isFaulty) {
      receiver.behave(() => {
        leaked += 1;
        if (leaked < POOL) return { status: 204, afterMs: USUAL_MS + leaked * SEARCH_MS };
        ranDryAt ??= clock.now();
        return { status: 503 };
      });
    }
    const isOver = (): boolean => ranDryAt !== null && clock.now() > ranDryAt + 3 * MINUTE_MS;
    await scene.within(40 * MINUTE_MS, async () =>
      isOver() || (await incidentOf(scene.record, faultAt)) !== null ? true : null,
    );
    const incident = await incidentOf(scene.record, faultAt);
    const tried = incident === null ? [] : await mitigateTwice(scene, incident, endpointId);
    await scene.within(15 * MINUTE_MS, async () =>
      ranDryAt === null && scene.isFaulty ? null : true,
    );
    await scene.wait(MINUTE_MS);
    // It is started anew, with all of its connections.
    receiver.behave(() => ({ status: 204, afterMs: USUAL_MS }));
    await scene.wait(3 * MINUTE_MS);
    await traffic.stop();
    return { appId, endpointId, receiver, faultAt, ranDryAt, incident, tried };
  },
  async judge({ record }, truth) {
    const { appId, endpointId, receiver, faultAt, ranDryAt, tried } = truth;
    const alerts = await record.alerts();
    const incident = await incidentOf(record, faultAt);
    const growth = alerts.find(
      ({ kind, key, text, firedAt }) =>
        kind === 'growth' && firedAt >= faultAt && (key + text).includes(endpointId),
    );
    const failedAt =
      receiver.taken.find(({ at, status }) => at >= faultAt && status !== 204)?.at ?? ranDryAt;
    const [first, second, third] = tried;
    const checks: readonly Check[] = [
      check(
        'an alert on growth comes before the first failed delivery',
        'before it',
        growth === undefined
          ? 'no alert on growth'
          : failedAt === null
            ? 'nothing failed'
            : `${duration(failedAt - growth.firedAt)} before it: ${growth.text.split('\n')[0] ?? ''}`,
        growth !== undefined && failedAt !== null && growth.firedAt < failedAt,
      ),
      check(
        'two mitigations of different settings run side by side',
        'both accepted',
        incident === null ? NO_INCIDENT : [first, second].map(saidOf).join('; '),
        first !== undefined && second !== undefined && first.status < 300 && second.status < 300,
      ),
      check(
        'a third that touches the same setting is refused',
        '409, with what it conflicts with',
        incident === null ? NO_INCIDENT : saidOf(third),
        third?.status === 409,
      ),
    ];
    return {
      faultAt,
      detectedAt:
        growth?.firedAt ?? alerts.find(({ firedAt }) => firedAt >= faultAt)?.firedAt ?? null,
      mitigatedAt: incident?.mitigatedAt ?? null,
      rank: rankAmongAlerts(alerts, [endpointId, receiver.host, appId]),
      falseAlarms: strangers(alerts, faultAt, [
        endpointId,
        receiver.host,
        'objective',
        'growth lag',
      ]),
      redriven: 0,
      money: null,
      checks,
    };
  },
});

/** Two that alter different settings, and one more that alters what the second one did. */
async function mitigateTwice(
  scene: Scene,
  incident: IncidentView,
  endpointId: string,
): Promise<readonly Mitigated[]> {
  const tried: Mitigated[] = [];
  for (const [kind, target] of [
    ['lower_rate', { endpointId, throttleRate: 1, concurrency: null }],
    ['lower_rate', { endpointId, throttleRate: null, concurrency: 8 }],
    ['raise_concurrency', { endpointId, concurrency: 64 }],
  ] as const) {
    tried.push(await mitigate(scene, incident, kind, target));
  }
  return tried;
}
