import { forgetDeliveries } from '../../ledger/index.ts';
import { check, defineDrill, duration, percent, type Check } from '../drill.ts';
import { checkOpened, incidentOf, NO_INCIDENT, perWeekOf } from '../incident-record.ts';
import { numberAt } from '../json.ts';
import { CURRENCY, payment } from '../payments.ts';
import { rankOf, strangers } from '../record.ts';
import { ReferenceQueue, type ReferenceFigures } from '../reference-queue.ts';
import type { Request } from '../receiver.ts';

const MINUTE_MS = 60_000;
const PER_SECOND = 40;
const MESSAGES = 4000;
/** This part of first attempts meets a receiver that is restarting. */
const FAIL_SHARE = 0.015;
const DROPPED = 0.003;
const ROUNDS = 6;
const FOUND_WITHIN_MS = 30_000;

type Truth = {
  readonly reference: ReferenceFigures;
  /** Of the reference's messages: never acknowledged by its receiver. */
  readonly referenceLost: number;
  readonly faultAt: number;
  /** Retries that the lane was made to forget, and in how many rounds. */
  readonly forgotten: number;
  /** When the product said so; null: not within ten minutes. */
  readonly foundAt: number | null;
  readonly healed: number;
};

/** 0.3 % of payment webhooks are dropped by a race in a retry queue, for weeks, and nobody is told. */
export const silentDrop = defineDrill<Truth>({
  name: 'silent-drop',
  truth: 'a retry queue with a race under load loses 0.3 % of deliveries and says nothing',
  factor: 7,
  settings: { retrySchedule: '0s,20s,20s,20s,20s', disableAfterMs: 0 },
  async stage(scene) {
    const { api, clock, random } = scene;
    const flaky = failsFirst(FAIL_SHARE);
    const theirs = await scene.receiver({ address: '127.0.0.2' });
    const ours = await scene.receiver({ address: '127.0.0.3' });
    theirs.behave(flaky);
    ours.behave(flaky);
    await scene.application('payments');
    await scene.endpoint('payments', 'ledger', ours.url);
    await api.put('/objective/payments', {
      indicator: 'first_attempt',
      target: 0.9,
      owner: 'payments',
      consumers: ['finance'],
      value: { valuePerDelivery: 2981, currency: CURRENCY },
    });
    const queue = new ReferenceQueue({ clock, url: theirs.url, storeMs: 240, retryMs: 8000 });
    const traffic = scene.traffic({
      app: 'payments',
      perSecond: PER_SECOND,
      most: MESSAGES,
      draft(nth) {
        const draft = payment(random, nth);
        queue.send(draft.eventType + String(nth), JSON.stringify(draft.payload));
        return draft;
      },
    });
    await scene.wait(MINUTE_MS);
    const faultAt = clock.now();
    let forgotten = 0;
    // A lane's bug shows as its retries come, so not all at once.
    for (let round = 0; scene.isFaulty && round < ROUNDS; round += 1) {
      const most = Math.ceil((MESSAGES * DROPPED) / ROUNDS);
      forgotten += forgetDeliveries(scene.dataDir, random, most, clock.now()).length;
      await scene.wait(3000);
    }
    const foundAt = await scene.within(2 * MINUTE_MS, async () => {
      const alerts = await scene.record.alerts();
      return alerts.find(({ kind }) => kind === 'unaccounted')?.firedAt ?? null;
    });
    await traffic.done;
    await queue.drain();
    await scene.within(2 * MINUTE_MS, async () =>
      [...traffic.accepted.keys()].every((id) => ours.acknowledged.has(id)) ? true : null,
    );
    const reference = queue.figures();
    const referenceLost = reference.accepted - theirs.acknowledged.size;
    return {
      reference,
      referenceLost,
      faultAt,
      forgotten,
      foundAt,
      healed: numberAt(await api.get('/audit'), 'healed'),
    };
  },
  async judge({ record }, { reference, referenceLost, faultAt, forgotten, foundAt, healed }) {
    // The receiver's restarts are there before the fault, and rightly told of.
    const alerts = (await record.alerts()).filter(
      ({ kind }) => kind !== 'burn_rate' && kind !== 'fast_burn',
    );
    const incident = await incidentOf(record, faultAt);
    const lostShare = referenceLost / reference.accepted;
    const perWeek = perWeekOf(incident, CURRENCY);
    const owner = incident?.owner ?? '';
    const checks: readonly Check[] = [
      check(
        'the reference queue loses deliveries, and its own figures show nothing',
        '0.1 to 0.6 %, 0 errors, nothing waiting',
        `${referenceLost} of ${reference.accepted} (${percent(lostShare)}), ${reference.errors} errors, ${reference.waiting} waiting`,
        lostShare >= 0.001 &&
          lostShare <= 0.006 &&
          reference.errors === 0 &&
          reference.waiting === 0,
      ),
      check(
        'retries that a lane forgot are found unaccounted',
        `≤ ${duration(FOUND_WITHIN_MS)}`,
        foundAt === null
          ? `never, of ${forgotten}`
          : `${duration(foundAt - faultAt)} after the first of ${forgotten}`,
        foundAt !== null && forgotten > 0 && foundAt - faultAt <= FOUND_WITHIN_MS,
      ),
      check(
        'they are healed',
        'all of them',
        `${healed} of ${forgotten}`,
        forgotten > 0 && healed >= forgotten,
      ),
      checkOpened(incident, faultAt, MINUTE_MS),
      check(
        'the incident has an owner',
        'a team',
        incident === null ? NO_INCIDENT : owner === '' ? 'none' : owner,
        owner !== '',
      ),
      check(
        'the incident says what it costs a week',
        'money per week',
        incident === null
          ? NO_INCIDENT
          : perWeek === null
            ? 'nothing'
            : `${perWeek} minor units of ${CURRENCY}`,
        perWeek !== null && perWeek > 0,
      ),
    ];
    return {
      faultAt,
      detectedAt: foundAt,
      mitigatedAt: incident?.mitigatedAt ?? null,
      rank: rankOf(alerts, ({ kind }) => kind === 'unaccounted'),
      falseAlarms: strangers(alerts, faultAt, ['unaccounted']),
      redriven: healed,
      money: null,
      checks,
    };
  },
});

/** The same messages fail at both receivers, at their first attempt. */
function failsFirst(share: number): (request: Request) => { readonly status: number } {
  return ({ nth, body }) => ({ status: nth === 1 && drawOf(body) < share ? 503 : 204 });
}

/** An even draw from the payment's number, the same wherever it arrives. FNV-1a, mixed once more. */
function drawOf(body: string): number {
  const [, number = ''] = /"id":"pay_(\d+)"/.exec(body) ?? [];
  let hash = 0x811c9dc5;
  for (const letter of number) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 12)) >>> 0) / 4_294_967_296;
}
