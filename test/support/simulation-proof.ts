import { LEASE_GRACE_MS } from '../../src/ledger/index.ts';
import type { Send } from './simulation-network.ts';
import type { Simulation } from './simulation.ts';
import { keyOf, type Acknowledged, type History, type Key } from './simulation-traffic.ts';

/** Reasons that a delivery may end with; each one is somebody's decision or the policy's. */
const DEAD_REASONS = ['attempts_exhausted', 'too_old', 'gone', 'endpoint_disabled'];
const CANCEL_REASONS = ['endpoint_disabled', 'endpoint_deleted', 'not needed'];

/** The promises, held against what the network saw and the ledger says. Gives a sentence for each one broken. */
export async function brokenPromises(simulation: Simulation, history: History): Promise<string[]> {
  const broken = [...history.violations];
  const sends = sendsByKey(simulation, history);
  const notices = await noticesOf(simulation, history);
  const promised = [...history.acknowledged, ...notices];
  broken.push(...(await lostMessages(simulation, promised, sends)));
  broken.push(...(await untoldDeaths(simulation, history, notices)));
  for (const [key, ofKey] of sends) {
    broken.push(...duplicates(key, ofKey, history));
    broken.push(...tooManyAttempts(key, ofKey, simulation, history));
    broken.push(...earlyAfterThrottle(key, ofKey, simulation, history));
    broken.push(...sentToDisabled(key, ofKey, history));
  }
  broken.push(...(await auditFindings(simulation)));
  broken.push(...(await sliDifferences(simulation)));
  return broken;
}

function sendsByKey(
  { network, idText }: Simulation,
  { endpoints }: History,
): ReadonlyMap<Key, readonly Send[]> {
  const byOrigin = new Map(
    [...endpoints.values()].map(({ id, url }) => [new URL(url).origin, id] as const),
  );
  return Map.groupBy(network.sends, ({ messageId, origin }) =>
    keyOf(idText.parse('message', messageId) ?? 0, byOrigin.get(origin) ?? 0),
  );
}

/** Durable before acknowledged, and every delivery is accounted for. */
async function lostMessages(
  { store }: Simulation,
  acknowledged: readonly Acknowledged[],
  sends: ReadonlyMap<Key, readonly Send[]>,
): Promise<string[]> {
  const broken: string[] = [];
  for (const { message, owedTo } of acknowledged) {
    const stored = await store.message(message.id);
    if (stored?.payload !== message.payload) broken.push(`message ${message.id} is not stored`);
    const deliveries = new Map(
      (await store.deliveriesOf(message.id)).map((delivery) => [delivery.endpointId, delivery]),
    );
    for (const endpointId of new Set([...owedTo, ...message.matched])) {
      const key = keyOf(message.id, endpointId);
      const delivery = deliveries.get(endpointId);
      const isReceived = sends.get(key)?.some(({ outcome }) => outcome === 'delivered') === true;
      const reason = delivery?.reason ?? '';
      const isAccounted =
        (delivery?.state === 'delivered' && isReceived) ||
        (delivery?.state === 'dead' && DEAD_REASONS.includes(reason)) ||
        (delivery?.state === 'cancelled' && CANCEL_REASONS.includes(reason));
      if (!isAccounted) broken.push(`${key} ended as ${JSON.stringify(delivery)}`);
    }
  }
  return broken;
}

/** What the operator was promised: nobody acknowledged it, but it must arrive like everything else. */
async function noticesOf(
  { store }: Simulation,
  { operatorId }: History,
): Promise<readonly Acknowledged[]> {
  if (operatorId === null) return [];
  const all = { appId: operatorId, limit: 10_000, descending: false };
  return (await store.messages(all)).map((message) => ({ message, owedTo: [] }));
}

/** A delivery that dies of its attempts is told of in the same commit. */
async function untoldDeaths(
  { store, idText }: Simulation,
  { acknowledged, operatorId }: History,
  notices: readonly Acknowledged[],
): Promise<string[]> {
  if (operatorId === null) return [];
  const told = new Set(
    notices
      .filter(({ message }) => message.eventType === 'message.dead_lettered')
      .map(({ message }) => {
        const { data } = JSON.parse(message.payload ?? '');
        return keyOf(
          idText.parse('message', data.msgId) ?? 0,
          idText.parse('endpoint', data.endpointId) ?? 0,
        );
      }),
  );
  const broken: string[] = [];
  for (const { message } of acknowledged) {
    for (const { endpointId, state, reason } of await store.deliveriesOf(message.id)) {
      const key = keyOf(message.id, endpointId);
      const isOfAttempts = state === 'dead' && reason !== 'endpoint_disabled';
      if (isOfAttempts && !told.has(key)) {
        broken.push(`nobody was told that ${key} is dead: ${reason}`);
      }
    }
  }
  return broken;
}

/** Never more than it must: only what was in flight at a crash, or somebody's replay, is sent again after a success. */
function duplicates(key: Key, sends: readonly Send[], { crashes, replays }: History): string[] {
  return sends.flatMap((send, index) => {
    const next = sends[index + 1];
    if (next === undefined) return [];
    const lifeEnded = crashes.find(
      ({ at, inFlight }) => at >= send.sentAt && at <= next.sentAt && inFlight.has(key),
    );
    if (lifeEnded !== undefined) return [];
    if (send.answeredAt === null || send.answeredAt > next.sentAt) {
      return [`${key} was sent at ${next.sentAt} while it was under way since ${send.sentAt}`];
    }
    // A request is asked for before its attempt begins, and may wait for the end of the one before.
    const isReplayed = replays.some((replay) => replay.key === key && replay.at <= next.sentAt);
    return send.outcome === 'delivered' && !isReplayed
      ? [`${key} was sent again at ${next.sentAt} although it was delivered`]
      : [];
  });
}

/** A policy cannot multiply traffic: so many attempts a round, and a round for each act. */
function tooManyAttempts(
  key: Key,
  sends: readonly Send[],
  { policy }: Simulation,
  { replays, redrives }: History,
): string[] {
  const rounds = 1 + replays.filter((replay) => replay.key === key).length + redrives.length;
  const most = rounds * policy.delaysMs.length;
  return sends.length > most ? [`${key} was sent ${sends.length} times, ${most} at most`] : [];
}

function earlyAfterThrottle(
  key: Key,
  sends: readonly Send[],
  { policy }: Simulation,
  { crashes, replays, redrives }: History,
): string[] {
  const [first] = sends;
  // A later round has an age of its own; such deliveries are left to the tests of the policy.
  if (first === undefined || replays.some((replay) => replay.key === key)) return [];
  return sends.flatMap((send, index) => {
    const next = sends[index + 1];
    if (send.outcome !== 'throttled' || send.answeredAt === null || next === undefined) return [];
    const isBetween = ({ at }: { readonly at: number }): boolean =>
      at >= send.sentAt && at <= next.sentAt;
    if (crashes.some(isBetween) || redrives.some(({ at }) => at <= next.sentAt)) return [];
    const askedMs = Math.min(Number(send.retryAfter) * 1000, policy.retryAfterMaxMs);
    const lastDueAt = first.sentAt + policy.maxAgeMs - 60_000; // generous: acceptance was earlier
    return next.sentAt < Math.min(send.answeredAt + askedMs, lastDueAt)
      ? [`${key} was sent ${next.sentAt - send.answeredAt} ms after it asked for ${askedMs} ms`]
      : [];
  });
}

/** Once somebody heard that an endpoint is disabled or gone, nothing leaves for it until it may be enabled again. */
function sentToDisabled(key: Key, sends: readonly Send[], { switches }: History): string[] {
  const ofEndpoint = switches.filter(({ endpointId }) => key.endsWith(`/${endpointId}`));
  return sends.flatMap(({ sentAt }) => {
    const isDisabled = ofEndpoint.some(
      ({ isEnabled, askedAt, doneAt }) =>
        !isEnabled &&
        doneAt !== null &&
        doneAt < sentAt &&
        !ofEndpoint.some(
          (other) =>
            other.isEnabled &&
            other.askedAt <= sentAt &&
            (other.doneAt === null || other.doneAt >= askedAt),
        ),
    );
    return isDisabled ? [`${key} was sent at ${sentAt} to an endpoint that was disabled`] : [];
  });
}

/** SLI minutes are exact, and every deadline was seen to pass. */
async function sliDifferences({ store }: Simulation): Promise<string[]> {
  const span = { fromAt: 0, beforeAt: Number.MAX_SAFE_INTEGER, nameAtMost: 10 };
  const { differences } = await store.compareSli(span);
  return differences.map((difference) => `SLI minutes differ: ${JSON.stringify(difference)}`);
}

async function auditFindings({ store, clock }: Simulation): Promise<string[]> {
  const { unaccounted, findings, minutes } = await store.audit({
    fromId: 0,
    beforeId: Number.MAX_SAFE_INTEGER,
    leasesEndedBefore: clock.now() - LEASE_GRACE_MS,
    nameAtMost: 10,
  });
  const unequal = minutes.filter(
    ({ matched, states }) =>
      matched !== states.delivered + states.dead + states.cancelled ||
      states.scheduled + states.in_flight > 0,
  );
  return [
    ...(unaccounted > 0 ? [`the audit names ${JSON.stringify(findings)}`] : []),
    ...unequal.map((minute) => `a minute does not add up: ${JSON.stringify(minute)}`),
  ];
}
