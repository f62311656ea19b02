import { seededRandom, type Random } from '../../core/index.ts';
import { check, defineDrill, duration, type Check, type Drill } from '../drill.ts';
import { textAt, type Json } from '../json.ts';
import { payment } from '../payments.ts';
import type { Answer, Receiver } from '../receiver.ts';
import type { Scene } from '../scene.ts';
import type { Traffic } from '../traffic.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Each numbers its payments from here on. */
const EACH = 1_000_000;
/** The producers' rates follow the hour so often. */
const STEP_MS = 5 * MINUTE_MS;
/** Least share of the day's greatest rate: at four in the morning. */
const NIGHT = 0.1;
const RESTART_MS = 30_000;
/** What an answer takes, drawn evenly. */
const USUAL_MS = { least: 100, most: 700 } as const;
/** Slow, and well within what an attempt may take. */
const SLOW_MS = { least: 3000, most: 7000 } as const;

type Customer = {
  readonly app: string;
  readonly uid: string;
  readonly eventType: string;
  /** Messages a second at the day's greatest. */
  readonly perSecond: number;
  /** Shares of requests that are answered 500, slowly, or not at all but by a reset. */
  readonly failing: number;
  readonly slow?: number;
  readonly reset?: number;
};

const customers: readonly Customer[] = [
  { app: 'shop', uid: 'orders', eventType: 'order.paid', perSecond: 0.35, failing: 0.0002 },
  { app: 'shop', uid: 'mail', eventType: 'order.sent', perSecond: 0.2, failing: 0.003 },
  { app: 'billing', uid: 'ledger', eventType: 'invoice.made', perSecond: 0.2, failing: 0.001 },
  { app: 'billing', uid: 'export', eventType: 'invoice.paid', perSecond: 0.1, failing: 0.01 },
  {
    app: 'crm',
    uid: 'main',
    eventType: 'contact.changed',
    perSecond: 0.25,
    failing: 0.0005,
    slow: 0.02,
  },
  {
    app: 'logistics',
    uid: 'parcels',
    eventType: 'parcel.moved',
    perSecond: 0.3,
    failing: 0.0005,
    reset: 0.001,
  },
  { app: 'press', uid: 'feed', eventType: 'article.out', perSecond: 0.05, failing: 0.005 },
];
const leaving: Customer = {
  app: 'leaving',
  uid: 'old',
  eventType: 'order.paid',
  perSecond: 0.1,
  failing: 0.002,
};
const coming: Customer = {
  app: 'coming',
  uid: 'new',
  eventType: 'order.paid',
  perSecond: 0.1,
  failing: 0.002,
};

type Noise = { failed: number; slow: number; resets: number; restarts: number; changes: number };

type Live = {
  readonly customer: Customer;
  readonly endpointId: string;
  readonly receiver: Receiver;
  readonly traffic: Traffic;
};

type Truth = { readonly beganAt: number; readonly endedAt: number; readonly noise: Noise };

/**
 * A day on which nothing is broken: ordinary noise, ordinary work, and no incident.
 *
 * @param brokenMs for so long one endpoint answers 500 to everything, in the middle of it: then the drill must fail.
 */
export function quiet(hours: number, brokenMs = 0): Drill {
  return defineDrill<Truth>({
    name: 'quiet',
    truth: `${hours} hours on which nothing is broken, with ordinary noise`,
    factor: 120,
    settings: {},
    async stage(scene) {
      const { clock } = scene;
      const noise: Noise = { failed: 0, slow: 0, resets: 0, restarts: 0, changes: 0 };
      const live: Live[] = [];
      for (const customer of customers) live.push(await begin(scene, customer, noise, live.length));
      const left = await begin(scene, leaving, noise, live.length);
      live.push(left);
      const beganAt = clock.now();
      const lengthMs = hours * HOUR_MS;
      const plan = planOf(scene, live, left, noise, brokenMs);
      while (clock.now() - beganAt < lengthMs) {
        const spentMs = clock.now() - beganAt;
        while ((plan[0]?.after ?? Infinity) * lengthMs <= spentMs) await plan.shift()?.run();
        for (const { traffic, customer } of live) {
          traffic.pace(customer.perSecond * rhythm(clock.now()));
        }
        scene.note(`${(spentMs / HOUR_MS).toFixed(1)} of ${hours} hours`);
        await scene.wait(Math.min(STEP_MS, lengthMs - spentMs));
      }
      for (const { traffic } of live) await traffic.stop();
      return { beganAt, endedAt: clock.now(), noise };
    },
    async judge({ record }, { beganAt, endedAt, noise }) {
      const alerts = await record.alerts();
      const incidents = (await record.incidents()) ?? [];
      const opened = incidents.filter((row) => textAt(row, 'detectedBy') === 'system');
      const pages = alerts.filter(({ severity }) => severity === 'page');
      const { failed, slow, resets, restarts, changes } = noise;
      const checks: readonly Check[] = [
        check(
          'no incident is opened',
          '0',
          said(opened.map((row) => textAt(row, 'title'))),
          opened.length === 0,
        ),
        check('nobody is paged', '0', said(pages.map(({ text }) => text)), pages.length === 0),
        check(
          'there was noise',
          'of each kind',
          `in ${duration(endedAt - beganAt)}: ${failed} answers of 500, ${slow} slow ones, ${resets} resets, ${restarts} restarts, ${changes} changes`,
          endedAt - beganAt >= hours * HOUR_MS &&
            Math.min(failed, slow, resets, restarts, changes) > 0,
        ),
      ];
      return {
        faultAt: null,
        detectedAt: null,
        mitigatedAt: null,
        rank: null,
        falseAlarms: alerts.map(({ severity, key }) => `${severity} ${key}`),
        redriven: 0,
        money: null,
        checks,
      };
    },
  });
}

function said(texts: readonly string[]): string {
  const first = texts[0]?.split('\n')[0];
  return first === undefined ? '0' : `${texts.length}: ${first}`;
}

/** Share of the day's greatest rate: least at four in the morning, most at four in the afternoon. */
function rhythm(at: number): number {
  const hour = (at % (24 * HOUR_MS)) / HOUR_MS;
  return NIGHT + (1 - NIGHT) * (0.5 - 0.5 * Math.cos((2 * Math.PI * (hour - 4)) / 24));
}

async function begin(scene: Scene, customer: Customer, noise: Noise, nth: number): Promise<Live> {
  const { app, uid, eventType, perSecond } = customer;
  const random = seededRandom(Math.floor(scene.random.next() * 2 ** 32));
  const receiver = await scene.receiver({ address: `127.0.0.${31 + nth}` });
  receiver.behave(() => usual(customer, random, noise));
  const { status } = await scene.api.call('GET', `/app/${app}`);
  if (status === 404) await scene.application(app);
  await scene.api.call('POST', '/event-type', { name: eventType, description: '' });
  const endpointId = await scene.endpoint(app, uid, receiver.url, { eventTypes: [eventType] });
  const draft = (message: number) => payment(random, nth * EACH + message, eventType);
  const traffic = scene.traffic({ app, perSecond: perSecond * rhythm(scene.clock.now()), draft });
  return { customer, endpointId, receiver, traffic };
}

function usual({ failing, slow = 0, reset = 0 }: Customer, random: Random, noise: Noise): Answer {
  const drawn = random.next();
  const between = ({ least, most }: { least: number; most: number }): number =>
    least + random.next() * (most - least);
  if (drawn < failing) {
    noise.failed += 1;
    return { status: 500, afterMs: between(USUAL_MS) };
  }
  if (drawn < failing + reset) {
    noise.resets += 1;
    return 'reset';
  }
  if (drawn < failing + reset + slow) {
    noise.slow += 1;
    return { status: 204, afterMs: between(SLOW_MS) };
  }
  return { status: 204, afterMs: between(USUAL_MS) };
}

/** What happens on the day, by the share of it that has passed; in order. */
function planOf(
  scene: Scene,
  live: Live[],
  left: Live,
  noise: Noise,
  brokenMs: number,
): { readonly after: number; readonly run: () => Promise<void> }[] {
  const { api, clock, random } = scene;
  const pathOf = (uid: string): string => {
    const found = live.find(({ customer }) => customer.uid === uid);
    return `/app/${found?.customer.app}/endpoint/${found?.endpointId}`;
  };
  const changing = (change: () => Promise<Json>) => async (): Promise<void> => {
    await change();
    noise.changes += 1;
  };
  const failingFor = (uid: string, ms: number, status: number) => async (): Promise<void> => {
    const found = live.find(({ customer }) => customer.uid === uid);
    if (found === undefined) return;
    const { customer, receiver } = found;
    const own = seededRandom(Math.floor(random.next() * 2 ** 32));
    const overAt = clock.now() + ms;
    receiver.behave(() => (clock.now() < overAt ? { status } : usual(customer, own, noise)));
    noise.restarts += 1;
  };
  const restart = (uid: string) => failingFor(uid, RESTART_MS, 503);
  const leave = async (): Promise<void> => {
    live.splice(live.indexOf(left), 1);
    await left.traffic.stop();
    await api.call('DELETE', `/app/${left.customer.app}/endpoint/${left.endpointId}`);
    noise.changes += 1;
  };
  const come = async (): Promise<void> => {
    live.push(await begin(scene, coming, noise, customers.length + 1));
    noise.changes += 1;
  };
  const refuse = async (): Promise<void> => {
    const { receiver } = live[2] ?? left;
    await receiver.refuse();
    await scene.wait(RESTART_MS / 3);
    await receiver.accept();
    noise.restarts += 1;
  };
  const plan = [
    { after: 0.08, run: restart('orders') },
    {
      after: 0.12,
      run: changing(() =>
        api.put(`${pathOf('mail')}/headers`, { headers: { 'x-tenant': 'mail-2' } }),
      ),
    },
    { after: 0.2, run: restart('parcels') },
    {
      after: 0.25,
      run: changing(() => api.patch(pathOf('feed'), { description: 'the feed of the press' })),
    },
    { after: 0.3, run: leave },
    { after: 0.34, run: come },
    {
      after: 0.4,
      run: changing(() =>
        api.post('/change/deploy', { service: 'shop', version: '2026.47', note: 'the weekly one' }),
      ),
    },
    { after: 0.45, run: restart('main') },
    {
      after: 0.5,
      run: changing(() => api.post(`${pathOf('ledger')}/secret/rotate`, {})),
    },
    ...(brokenMs === 0 ? [] : [{ after: 0.52, run: failingFor('orders', brokenMs, 500) }]),
    { after: 0.55, run: refuse },
    {
      after: 0.6,
      run: changing(() => api.post('/policy', { name: 'calm', lane: { concurrency: 16 } })),
    },
    {
      after: 0.62,
      run: changing(() => api.put('/app/press/policy', { policy: 'calm' })),
    },
    { after: 0.7, run: restart('export') },
    {
      after: 0.8,
      run: changing(() => api.put('/policy/calm', { lane: { concurrency: 24 } })),
    },
    { after: 0.9, run: restart('orders') },
  ];
  return plan;
}
