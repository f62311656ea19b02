import { check, defineDrill, type Check } from '../drill.ts';
import { at, listAt, numberAt, textAt, type Json } from '../json.ts';
import { amountIn, inUnits, payment, PAYMENT } from '../payments.ts';
import { strangers, type Alert } from '../record.ts';
import type { Traffic } from '../traffic.ts';

const MINUTE_MS = 60_000;
const PAYOUT = 'payout.made';
/** Of so many processes behind a balancer one runs the new build: 0.4 % of messages. */
const PROCESSES = 250;
const LEARNED = 2000;
const WITHIN = 500;
const MOST_LOOKED_AT = 3000;
const PER_SECOND = 50;
const PAYOUTS_PER_SECOND = 15;
/** No payment is of less than 10 units, so whatever is below 1,000 is in units. */
const LEAST_CENTS = 1000;

type Truth = {
  readonly payments: Traffic;
  readonly payouts: Traffic;
  readonly faultAt: number;
  readonly alert: Alert | null;
  readonly finding: Json | undefined;
  readonly isPaused: boolean;
  readonly corrected: number;
  readonly rows: readonly Json[];
  /** The amount that the receiver has by each payment's own id, the last one it was sent. */
  readonly booked: ReadonlyMap<string, number>;
};

/** Cents and units between two services, in 0.4 % of the messages of one event type. */
export const hundredfold = defineDrill<Truth>({
  name: 'hundredfold',
  truth: 'a producer switches from cents to units for 0.4 % of messages of one event type',
  factor: 10,
  // The producer sends as fast as the machine can: a sample of that would be 2 % of an hour's traffic.
  settings: { driftPercent: 50 },
  async stage(scene) {
    const { api, clock, random } = scene;
    const receiver = await scene.receiver({ address: '127.0.0.2' });
    const booked = new Map<string, number>();
    receiver.behave(({ body }) => {
      const [, id = '', amount = ''] = /"id":"(\w+)","amount":([\d.]+)/.exec(body) ?? [];
      booked.set(id, Number(amount));
      return { status: 204 };
    });
    await scene.application('billing');
    const endpointId = await scene.endpoint('billing', 'books', receiver.url);
    await api.post('/event-type', {
      name: PAYOUT,
      description: 'Money went out.',
      schemas: {
        '1': {
          type: 'object',
          required: ['id', 'amount', 'currency'],
          properties: {
            amount: { type: 'integer', 'x-unit': 'cents' },
            currency: { type: 'string' },
          },
        },
      },
    });
    await api.put(`/event-type/${PAYOUT}/contract`, { mode: 'reject' });
    let isWrong = false;
    const deployed = Math.floor(random.next() * PROCESSES);
    const draw = (eventType: string) => (nth: number) => {
      const draft = payment(random, nth, eventType);
      return isWrong && nth % PROCESSES === deployed ? inUnits(draft) : draft;
    };
    const payments = scene.traffic({ app: 'billing', perSecond: PER_SECOND, draft: draw(PAYMENT) });
    const payouts = scene.traffic({
      app: 'billing',
      perSecond: PAYOUTS_PER_SECOND,
      draft: draw(PAYOUT),
    });
    await scene.within(5 * MINUTE_MS, async () =>
      payments.accepted.size >= LEARNED ? true : null,
    );
    const faultAt = clock.now();
    isWrong = scene.isFaulty;
    const before = payments.accepted.size;
    const path = `/app/billing/endpoint/${endpointId}`;
    let alert: Alert | null = null;
    await scene.within(5 * MINUTE_MS, async () => {
      const alerts = await scene.record.alerts();
      alert = alerts.find(({ kind, text }) => kind === 'drift' && text.includes('amount')) ?? null;
      return alert !== null || payments.accepted.size - before >= MOST_LOOKED_AT ? true : null;
    });
    // Drift may be found before the same process has sent a payout at all.
    await scene.within(MINUTE_MS, async () => (payouts.refused.length > 0 ? true : null));
    const drift = await api.get(`/event-type/${PAYMENT}/drift`);
    const finding = listAt(drift, 'findings').find((row) => textAt(row, 'field') === 'amount');
    let rows: readonly Json[] = [];
    let corrected = 0;
    let isPaused = false;
    if (finding !== undefined) {
      const lane = await api.post(`${path}/lane/pause`, { reason: 'amounts off by 100' });
      isPaused = textAt(lane, 'restsFor') === 'paused';
      await scene.wait(5000);
      isWrong = false;
      await scene.wait(5000);
      const act = await api.post('/app/billing/correction', {
        reason: 'units sent for cents',
        eventTypes: [PAYMENT],
        states: ['scheduled', 'dead', 'delivered'],
        correction: {
          where: [{ path: 'amount', op: 'lt', value: LEAST_CENTS }],
          operations: [{ path: 'amount', multiply: '100' }],
        },
      });
      const correction = `/app/billing/correction/${textAt(act, 'id')}`;
      await scene.within(MINUTE_MS, async () =>
        at(await api.get(correction), 'done') === true ? true : null,
      );
      corrected = numberAt(await api.get(correction), 'counts', 'corrected');
      rows = await api.list(`${correction}/record`, 10_000);
      await api.post(`${path}/lane/resume`);
    }
    await payments.stop();
    await payouts.stop();
    await scene.within(2 * MINUTE_MS, async () =>
      [...payments.accepted.values()].every(({ nth }) => booked.has(`pay_${nth}`)) ? true : null,
    );
    await scene.wait(10_000);
    return { payments, payouts, faultAt, alert, finding, isPaused, corrected, rows, booked };
  },
  async judge({ record }, truth) {
    const { payments, payouts, faultAt, finding, booked, rows, corrected } = truth;
    const alerts = await record.alerts();
    const isWrong = ({ draft }: { readonly draft: Parameters<typeof amountIn>[0] }): boolean =>
      amountIn(draft) < LEAST_CENTS;
    const refused = payouts.refused.filter(isWrong).length;
    const slipped = [...payouts.accepted.values()].filter(isWrong).length;
    const sent = [...payments.accepted].toSorted(([one], [other]) => (one < other ? -1 : 1));
    const since = sent.filter(([, { sentAt }]) => sentAt >= faultAt);
    const foundId = textAt(finding, 'foundMessageId');
    const within = since.findIndex(([id]) => id === foundId) + 1;
    const wrong = sent.filter(([, { draft }]) => isWrong({ draft }));
    const right = wrong.filter(
      ([, { nth, draft }]) => booked.get(`pay_${nth}`) === Math.round(amountIn(draft) * 100),
    );
    const correctedIds = new Set(rows.map((row) => textAt(row, 'msgId')));
    const checks: readonly Check[] = [
      check(
        'a schema version that forbids it refuses it',
        'every one of them, and nothing else',
        `${refused} refused, ${slipped} accepted; ${payouts.refused.length - refused} others refused`,
        refused > 0 && slipped === 0 && payouts.refused.length === refused,
      ),
      check(
        'where none does, drift is found',
        `≤ ${WITHIN} messages`,
        finding === undefined
          ? `not within ${since.length}, ${wrong.length} of them wrong`
          : `${within} messages (${wrong.filter(([id]) => id <= foundId).length} of them wrong): ${textAt(finding, 'kind')} × ${numberAt(finding, 'factor')}`,
        within > 0 && within <= WITHIN,
      ),
      check(
        'the endpoint is paused by one call',
        'paused',
        truth.isPaused ? 'paused' : 'not',
        truth.isPaused,
      ),
      check(
        'corrected replay, with one audit row a record',
        'a row for each, and right at the receiver',
        `${wrong.length} wrong, ${corrected} corrected, ${rows.length} rows, ${right.length} right at the receiver`,
        wrong.length > 0 &&
          corrected === wrong.length &&
          rows.length === corrected &&
          right.length === wrong.length &&
          wrong.every(([id]) => correctedIds.has(id)),
      ),
    ];
    const drifts = alerts.filter(({ kind }) => kind === 'drift');
    return {
      faultAt,
      detectedAt: truth.alert?.firedAt ?? null,
      mitigatedAt: null,
      rank:
        finding === undefined ? null : drifts.findIndex(({ text }) => text.includes('amount')) + 1,
      falseAlarms: strangers(alerts, faultAt, [
        `drift ${PAYMENT} shift amount`,
        `drift ${PAYMENT} type_changed amount`,
        // What is paused is late, and comes all at once when it goes on.
        'objective on-time',
        'growth lag',
      ]),
      redriven: corrected,
      money: null,
      checks,
    };
  },
});
