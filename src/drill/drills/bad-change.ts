import { check, defineDrill, duration, percent, type Check } from '../drill.ts';
import { momentAt, textAt, type Json } from '../json.ts';
import { payment } from '../payments.ts';
import type { Receiver } from '../receiver.ts';
import { strangers } from '../record.ts';
import type { Traffic } from '../traffic.ts';

const MINUTE_MS = 60_000;
const PER_SECOND = 2;
/** So much of the traffic must never meet the change. */
const UNTOUCHED = 0.95;
const BAD_HEADER = 'x-api-version';

type Truth = {
  readonly appId: string;
  readonly endpointId: string;
  readonly receiver: Receiver;
  readonly traffic: Traffic;
  readonly faultAt: number;
  readonly canary: Json;
  readonly rolledBackAt: number | null;
  readonly headersBefore: string;
  readonly headersAfter: string;
};

/** A faulty change of configuration, made by the one who tells the story: one header of one endpoint. */
export const badChange = defineDrill<Truth>({
  name: 'bad-change',
  truth: "an operator's change to one endpoint's headers breaks it",
  factor: 60,
  settings: {},
  async stage(scene) {
    const { api, clock, random } = scene;
    const receiver = await scene.receiver({ address: '127.0.0.2' });
    const appId = await scene.application('shop');
    const endpointId = await scene.endpoint('shop', 'main', receiver.url);
    // It knows version 1 alone.
    receiver.behave(({ headers }) => ({ status: headers[BAD_HEADER] === '2' ? 400 : 204 }));
    const traffic = scene.traffic({
      app: 'shop',
      perSecond: PER_SECOND,
      draft: (nth) => payment(random, nth),
    });
    await scene.wait(2 * MINUTE_MS);
    const path = `/app/shop/endpoint/${endpointId}`;
    const headersBefore = JSON.stringify(await api.get(`${path}/headers`));
    const faultAt = clock.now();
    await api.post(`${path}/canary`, {
      headers: { [BAD_HEADER]: scene.isFaulty ? '2' : '1' },
      reason: 'version 2 of the receiver',
    });
    const rolledBackAt = await scene.within(8 * MINUTE_MS, async () => {
      const canary = await api.get(`${path}/canary`);
      return textAt(canary, 'state') === 'rolled_back' ? momentAt(canary, 'endedAt') : null;
    });
    const canary = await api.get(`${path}/canary`);
    // What failed is tried again as the endpoint is; by the default schedule five minutes later.
    await scene.wait(MINUTE_MS);
    clock.pace(100);
    await scene.within(8 * MINUTE_MS, async () =>
      receiver.taken.every(({ id }) => receiver.acknowledged.has(id)) ? true : null,
    );
    await traffic.stop();
    const headersAfter = JSON.stringify(await api.get(`${path}/headers`));
    return {
      appId,
      endpointId,
      receiver,
      traffic,
      faultAt,
      canary,
      rolledBackAt,
      headersBefore,
      headersAfter,
    };
  },
  async judge({ record }, truth) {
    const { appId, endpointId, receiver, traffic, faultAt, canary, rolledBackAt } = truth;
    const alerts = await record.alerts();
    const sent = [...traffic.accepted].filter(([, { at }]) => at >= faultAt);
    const met = new Set(receiver.taken.filter(({ status }) => status === 400).map(({ id }) => id));
    const untouched = 1 - met.size / sent.length;
    const untilEnd = sent.filter(([, { at }]) => rolledBackAt !== null && at <= rolledBackAt);
    const untouchedUntilEnd = 1 - met.size / untilEnd.length;
    const reason = textAt(canary, 'stateReason');
    const checks: readonly Check[] = [
      check(
        'the canary at 5 % finds it and is rolled back by itself',
        'rolled back, at 5 %',
        `${textAt(canary, 'state')}${rolledBackAt === null ? '' : ` after ${duration(rolledBackAt - faultAt)}`}: ${reason}`,
        rolledBackAt !== null && met.size > 0,
      ),
      check(
        'most of the traffic never meets it',
        `≥ ${percent(UNTOUCHED)} of what was sent since`,
        `${percent(untouched)} of ${sent.length} (until it was rolled back: ${percent(untouchedUntilEnd)} of ${untilEnd.length})`,
        rolledBackAt !== null && untouched >= UNTOUCHED,
      ),
      check(
        'the endpoint is what it was',
        'the same headers',
        truth.headersAfter,
        truth.headersBefore === truth.headersAfter,
      ),
      check(
        'what met it is delivered all the same',
        'all of it',
        `${[...met].filter((id) => receiver.acknowledged.has(id)).length} of ${met.size}`,
        met.size > 0 && [...met].every((id) => receiver.acknowledged.has(id)),
      ),
    ];
    return {
      faultAt,
      detectedAt: rolledBackAt,
      // The rollback is the mitigation.
      mitigatedAt: rolledBackAt,
      rank: rolledBackAt === null ? null : 1,
      falseAlarms: strangers(alerts, faultAt, [endpointId, appId, 'objective']),
      redriven: 0,
      money: null,
      checks,
    };
  },
});
