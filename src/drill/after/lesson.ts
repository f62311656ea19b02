import { textAt, type Json } from '../json.ts';
import { PAYMENT } from '../payments.ts';
import type { Scene } from '../scene.ts';

/** What those who handled a staged incident know of it and write down: the words of its review. They say no number. */
export type Lesson = {
  /** What is told of an incident that no alert opened: its title, and the endpoint (application/endpoint, by uids). */
  readonly title: string;
  readonly endpoint: string;
  /** What ended the impact of such a one. */
  readonly over?: string;
  readonly cause: string;
  readonly refutedBy: string;
  /** Why earlier thoughts were wrong; said of every hypothesis that is open when the review begins. */
  readonly refutation?: string;
  /** Removes the cause; resolves to the change that carries it, empty where none does. */
  readonly mend: (scene: Scene, faultAt: number) => Promise<string>;
  readonly fix: string;
  readonly prevention: string;
  /** What is done so that it stays so; verified by the drill of the same name, unless it says otherwise. */
  readonly item: { readonly text: string; readonly end: string; readonly verification?: Json };
  /** Makes what the item is verified by. */
  readonly guard?: (scene: Scene) => Promise<void>;
  readonly luck: string;
};

/** A team tells of its deploy: of a receiver's, it was in force when the stage mended that, else it is now. */
function deployed(service: string, version: string): Lesson['mend'] {
  return async (scene, faultAt) => {
    const { api, clock } = scene;
    const mended = scene.mendedAt() ?? 0;
    const at = new Date(mended > faultAt ? mended : clock.now()).toISOString();
    return textAt(await api.post('/change/deploy', { service, version, at }), 'id');
  };
}

/** By the names of drills. */
export const lessons: Readonly<Record<string, Lesson>> = {
  'silent-drop': {
    title: 'Retries are forgotten',
    endpoint: 'payments/ledger',
    cause:
      'The lane kept its retries in memory alone, and two writers raced for the same list under load.',
    refutedBy: 'Retries stay unaccounted while the list has one writer.',
    mend: deployed('delivery-lane', 'one-writer'),
    fix: 'The list of retries has one writer, and is read again from the ledger.',
    prevention:
      'An audit compares what was promised with what is recorded, heals what is unaccounted, and opens an incident.',
    item: {
      text: 'Play the drill of a lane that forgets its retries before each release.',
      end: 'The drill finds and heals every retry that was forgotten.',
    },
    luck: 'The audit reads the newest messages first, and these were among them.',
  },
  'retry-storm': {
    title: 'Retries multiply',
    endpoint: 'orders/warehouse',
    cause:
      'The new policy sent every refusal again at once and lifted the concurrency above what the receiver bears.',
    refutedBy: 'The receiver refuses as before once the policy is what it was.',
    async mend({ api }) {
      await api.put('/policy/receivers', {
        retry: { delaysMs: [0, 5000, 300_000, 1_800_000] },
        lane: { concurrency: 12 },
        description: 'Retries are spread; the concurrency is what the receiver bears.',
      });
      const [newest] = await api.list('/change', 1);
      return textAt(newest, 'id');
    },
    fix: 'The policy spreads its retries, and its concurrency is what the receiver bears.',
    prevention:
      'A policy is tried against the traffic of the last day before it is in force, and the retry budget holds what slips through.',
    item: {
      text: 'Forecast every change of a retry policy, and refuse one that multiplies attempts.',
      end: 'The drill holds amplification within its bound.',
    },
    luck: 'The job that sends in bursts ran in working hours, and not at night.',
  },
  hundredfold: {
    title: 'Amounts are off by a factor of a hundred',
    endpoint: 'billing/books',
    over: 'The endpoint was paused, and what was wrong was corrected and sent again.',
    cause:
      'A build of the producer wrote units where cents are agreed, and no schema version covered that event type.',
    refutedBy: 'Amounts are off also from processes with the build before.',
    mend: deployed('billing-producer', 'cents-again'),
    fix: 'The producer writes cents again, and what was booked wrong was corrected and sent again.',
    prevention: 'A schema version that asks for whole cents refuses such payloads at intake.',
    item: {
      text: 'Register a schema version for payments that takes whole cents alone, in mode reject.',
      end: 'The contract refuses an amount in units.',
      verification: {
        kind: 'contract',
        eventType: PAYMENT,
        payload: { id: 'pay', amount: 12.34, currency: 'EUR' },
        wanted: 'refuses',
      },
    },
    async guard({ api }) {
      await api.post('/event-type', {
        name: PAYMENT,
        description: 'Money came in.',
        schemas: {
          '1': {
            type: 'object',
            required: ['id', 'amount', 'currency'],
            properties: { amount: { type: 'integer', 'x-unit': 'cents' } },
          },
        },
      });
      await api.put(`/event-type/${PAYMENT}/contract`, { mode: 'reject' });
    },
    luck: 'The books had not been closed yet, so a correction was still possible.',
  },
  'half-failover': {
    title: 'A shard does not answer',
    endpoint: 'customer-1-0/customer-1-0',
    cause:
      'The failover moved the other shards and left this one taking connections with no process behind it.',
    refutedBy: 'Deliveries fail as before at a standby that answers.',
    async mend(scene, faultAt) {
      for (const receiver of scene.receivers()) receiver.behave(() => ({ status: 204 }));
      return deployed('receiver-shards', 'failover-finished')(scene, faultAt);
    },
    fix: 'The failover was finished: the shard has a process behind it again.',
    prevention: 'A failover counts as done only when every shard has answered a request.',
    item: {
      text: 'Set an alternate URL for every endpoint behind shards.',
      end: 'The drill restores the deliveries of a shard that does not answer.',
    },
    luck: 'The standby had been left running after the failover.',
  },
  'red-herring': {
    title: 'Deliveries fail in spells',
    endpoint: 'orders/warehouse',
    cause:
      "The receiver's answer time has a periodic tail that is longer than an attempt may take; lock waits rise with it, since both follow the clock.",
    refutedBy: 'Deliveries fail in spells while the receiver answers at once.',
    refutation: 'Deliveries failed as before while the gauge stayed low.',
    mend: deployed('warehouse-receiver', 'no-periodic-scan'),
    fix: 'The receiver does its periodic scan outside of requests.',
    prevention:
      'A hypothesis is confirmed only where the SLI moved after a change that tests it, and alerts name the phase in which time went.',
    item: {
      text: 'Show the phases of an attempt beside every alert on timeouts.',
      end: 'The drill names the phase and the host, and refuses the hypothesis on the gauge.',
    },
    luck: 'The period of the tail was short, so it showed several times while people looked.',
  },
  leak: {
    title: 'A receiver runs out of connections',
    endpoint: 'orders/warehouse',
    cause: 'The receiver leaked a connection with every request until its pool was empty.',
    refutedBy: 'Answers take longer while the pool has free connections.',
    mend: deployed('warehouse-receiver', 'connections-returned'),
    fix: 'The receiver gives each connection back when its request ends.',
    prevention: 'An alert on growth comes while the pool still has connections.',
    item: {
      text: 'Keep the alert on growth of answer times, with its route to the team of the receiver.',
      end: 'The drill raises the alert before the first delivery fails.',
    },
    luck: 'Answers grew slower long before the pool was empty, which is not so for every leak.',
  },
  'new-chain': {
    title: 'Some connections meet a chain that is not trusted',
    endpoint: 'bank/main',
    cause:
      'One machine behind the balancer sent an intermediate certificate that no trusted root has signed.',
    refutedBy: 'Connections fail as before once every machine sends the same chain.',
    mend: deployed('bank-balancer', 'one-chain'),
    fix: 'Every machine behind the balancer sends the chain that was renewed.',
    prevention:
      'A chain that is seen for the first time is recorded as a change, and the alert names host and chain.',
    item: {
      text: 'Route alerts on observed chains to the team that renews certificates.',
      end: 'The drill names the host and the chain.',
    },
    luck: 'The receiver closed its connections, so the machine with the other chain was met soon.',
  },
  'null-outage': {
    title: 'The enrichment receiver refuses everything',
    endpoint: 'enrichment/enrichment',
    cause:
      'The new build dereferences a field that some messages leave out, and answers all with an error.',
    refutedBy: 'The build before it answers with the same error.',
    mend: deployed('enrichment', 'rolled-back'),
    fix: 'The receiver was rolled back to the build before, and a test covers messages without the field.',
    prevention:
      'A new build takes a share of the traffic first, and the build before it stays reachable at the alternate URL.',
    item: {
      text: 'Keep the build before at the alternate URL of every endpoint of enrichment.',
      end: 'The drill is mitigated by one call within its bound.',
    },
    luck: 'The build before was still running when the new one began to fail.',
  },
  'bad-change': {
    title: 'A header breaks deliveries to the shop',
    endpoint: 'shop/main',
    over: 'The canary was rolled back by itself.',
    cause: 'The header asked for a version of the interface that the receiver does not know.',
    refutedBy: 'Deliveries without the header fail as well.',
    // What took the canary back.
    async mend({ api }) {
      const changes = await api.list('/change', 100);
      const ended = changes.find((change) => textAt(change, 'items', 0, 'kind') === 'canary');
      return textAt(ended, 'id');
    },
    fix: 'The header was withdrawn until the receiver knows the version that it asks for.',
    prevention: 'A change of headers goes to a canary first, which is rolled back by itself.',
    item: {
      text: 'Begin every change of headers as a canary.',
      end: 'The drill is rolled back by itself, and most of the traffic never meets it.',
    },
    luck: 'The receiver refused the header at once: one that accepts and drops would show later.',
  },
};
