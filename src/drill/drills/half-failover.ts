import { check, defineDrill, percent, type Check } from '../drill.ts';
import { checkMitigated, checkOpened, incidentOf, NO_INCIDENT } from '../incident-record.ts';
import { payment } from '../payments.ts';
import { explanationsOf, rankOf, strangers } from '../record.ts';
import type { Receiver } from '../receiver.ts';
import { mitigate, noticed, over, saidOf } from '../responder.ts';
import type { Traffic } from '../traffic.ts';

const MINUTE_MS = 60_000;
const SHARDS = 3;
const ENDPOINTS_OF_SHARD = 3;
/** Of each endpoint. */
const PER_SECOND = 0.5;
/** What a shard takes to answer, drawn evenly; far more than this machine's own noise. */
const ANSWER_MS = { least: 500, most: 2500 } as const;
const SLOWER = 1.2;
const RESTORED = 0.99;

type Sender = {
  readonly uid: string;
  readonly shard: number;
  readonly endpointId: string;
  readonly traffic: Traffic;
};

type Truth = {
  readonly senders: readonly Sender[];
  readonly shards: readonly Receiver[];
  readonly standby: Receiver;
  readonly faultAt: number;
  readonly alternateAt: number | null;
  readonly refusal: string;
  readonly endedAt: number;
};

/** A failover that was half done: one of three shards takes connections and never answers. */
export const halfFailover = defineDrill<Truth>({
  name: 'half-failover',
  truth: 'one of three receiver shards accepts connections and never answers',
  factor: 15,
  settings: {},
  async stage(scene) {
    const { clock, random } = scene;
    const answer = (): { status: number; afterMs: number } => ({
      status: 204,
      afterMs: ANSWER_MS.least + random.next() * (ANSWER_MS.most - ANSWER_MS.least),
    });
    const shards: Receiver[] = [];
    for (let shard = 0; shard < SHARDS; shard += 1) {
      const receiver = await scene.receiver({ address: `127.0.0.${11 + shard}` });
      receiver.behave(answer);
      shards.push(receiver);
    }
    const standby = await scene.receiver({ address: '127.0.0.21' });
    standby.behave(answer);
    const senders: Sender[] = [];
    for (const [shard, { url }] of shards.entries()) {
      for (let nth = 0; nth < ENDPOINTS_OF_SHARD; nth += 1) {
        const uid = `customer-${shard}-${nth}`;
        await scene.application(uid);
        const endpointId = await scene.endpoint(uid, uid, url, {
          alternateUrl: standby.url,
        });
        // Ids of their own: one that comes nine times is drift, and rightly so.
        const from = senders.length * 1_000_000;
        const draft = (message: number) => payment(random, from + message);
        senders.push({
          uid,
          shard,
          endpointId,
          traffic: scene.traffic({ app: uid, perSecond: PER_SECOND, draft }),
        });
      }
    }
    await scene.wait(3 * MINUTE_MS);
    const faultAt = clock.now();
    if (scene.isFaulty) shards[1]?.behave(() => null);
    const incident = await noticed(scene, faultAt, 3 * MINUTE_MS);
    let refusal = incident === null ? NO_INCIDENT : '';
    for (const { shard, endpointId } of senders) {
      if (shard !== 1 || incident === null) continue;
      const mitigated = await mitigate(scene, incident, 'alternate_url', { endpointId });
      if (mitigated.at === null) refusal = saidOf(mitigated);
    }
    const alternateAt = refusal === '' ? clock.now() : null;
    await scene.wait(3 * MINUTE_MS);
    const endedAt = clock.now();
    // Nothing of what follows is judged to the second.
    clock.pace(60);
    await over(scene, incident, 10 * MINUTE_MS);
    for (const { traffic } of senders) await traffic.stop();
    return { senders, shards, standby, faultAt, alternateAt, refusal, endedAt };
  },
  async judge({ record }, truth) {
    const { shards, faultAt, senders, alternateAt } = truth;
    const alerts = await record.alerts();
    const incident = await incidentOf(record, faultAt);
    const broken = shards[1]?.host ?? '';
    const explained = explanationsOf(alerts);
    const rank = rankOf(explained, ({ value }) => value === broken);
    const [top] = explained;
    const [before, after] = [
      healthyP99(truth, 0, faultAt),
      healthyP99(truth, faultAt, truth.endedAt),
    ];
    const restored = restoredShare(truth);
    const checks: readonly Check[] = [
      check(
        'the shard is the top explanation',
        `host ${broken} first`,
        top === undefined
          ? 'no explanation'
          : `${top.dimension} ${top.value}: ${top.bad} of ${top.total} failed`,
        rank === 1,
      ),
      check(
        'the alternate URL restores deliveries',
        `≥ ${percent(RESTORED)} of that shard's`,
        alternateAt === null ? `refused: ${truth.refusal}` : percent(restored),
        restored >= RESTORED,
      ),
      check(
        'p99 of the other shards, during the fault over before it',
        `≤ ${SLOWER}`,
        `${(after / before).toFixed(3)} (${Math.round(after)} over ${Math.round(before)} ms)`,
        after / before <= SLOWER && truth.shards.length > 0 && rank !== null,
      ),
      checkOpened(incident, faultAt, 2 * MINUTE_MS),
      checkMitigated(
        incident,
        alternateAt,
        5 * MINUTE_MS,
        'mitigated once the alternate URL is in use',
      ),
    ];
    const ids = senders.filter(({ shard }) => shard === 1).map(({ endpointId }) => endpointId);
    return {
      faultAt,
      detectedAt:
        incident?.detectedAt ?? alerts.find(({ firedAt }) => firedAt >= faultAt)?.firedAt ?? null,
      mitigatedAt: incident?.mitigatedAt ?? null,
      rank,
      falseAlarms: strangers(alerts, faultAt, [...ids, broken, 'objective', 'growth']),
      redriven: 0,
      money: null,
      checks,
    };
  },
});

/** From the producer's request to the answer, of messages to the other shards. */
function healthyP99({ senders, shards }: Truth, fromAt: number, beforeAt: number): number {
  const tookMs: number[] = [];
  for (const [index, { taken }] of shards.entries()) {
    if (index === 1) continue;
    const sentAt = new Map<string, number>();
    for (const { shard, traffic } of senders) {
      if (shard !== index) continue;
      for (const [id, sent] of traffic.accepted) sentAt.set(id, sent.sentAt);
    }
    for (const { id, at, answeredAfterMs } of taken) {
      const began = sentAt.get(id);
      if (began !== undefined && began >= fromAt && began < beforeAt) {
        tookMs.push(at + answeredAfterMs - began);
      }
    }
  }
  tookMs.sort((one, other) => one - other);
  return tookMs[Math.floor(tookMs.length * 0.99)] ?? Number.NaN;
}

/** Of what was sent to the broken shard from the fault on: what arrived at the standby in the end. */
function restoredShare({ senders, standby, shards, faultAt }: Truth): number {
  const ids = senders
    .filter(({ shard }) => shard === 1)
    .flatMap(({ traffic }) =>
      [...traffic.accepted].filter(([, { at }]) => at >= faultAt).map(([id]) => id),
    );
  const arrived = ids.filter(
    (id) => standby.acknowledged.has(id) || shards[1]?.acknowledged.has(id) === true,
  );
  return arrived.length / ids.length;
}
