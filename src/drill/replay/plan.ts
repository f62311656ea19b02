import { fault, type Random } from '../../core/index.ts';
import type { DrillFault, DrillFile, DrillOutcome } from '../../review/index.ts';

/** Bounds of what is replayed here, beside those of the file itself: a replay is a matter of minutes. */
const replayBounds = { minutes: 360, endpoints: 100, messages: 50_000 } as const;

/** One message of the file: when it is sent, in ms from the file's first minute with traffic, and where to. */
export type PlannedMessage = {
  readonly atMs: number;
  /** From 0. */
  readonly endpoint: number;
  readonly eventType: string;
};

/** What an endpoint does with a request. `reset`: the connection is closed; null: it is never answered. */
export type ReplayedAnswer = { readonly status: number } | 'reset' | null;

export type ReplayPlan = {
  /** The file's minute that is the first one here: those before it are empty. */
  readonly firstMinute: number;
  readonly minutes: number;
  readonly endpoints: number;
  /** In the order of their moments. */
  readonly messages: readonly PlannedMessage[];
};

const MINUTE_MS = 60_000;
const WELL = 204;
/** What a receiver of ours can do of each outcome; the others cannot be staged on loopback and close the connection. */
const statuses: Readonly<Record<string, number>> = {
  redirect: 302,
  client_error: 400,
  throttled: 429,
  server_error: 500,
  unavailable: 503,
  unknown: 500,
};

/**
 * A drill file as messages and moments. Within its minute a message is sent at an even draw. Throws `validation` where
 * the file is longer or wider than what is replayed here. Pure but for the draws.
 */
export function planReplay(file: DrillFile, random: Random): ReplayPlan {
  const { traffic, endpoints, eventTypes } = file;
  const accepted = traffic.reduce((sum, row) => sum + row.accepted, 0);
  const firstMinute = traffic.reduce(
    (least, { minute, accepted: sent }) => (sent === 0 ? least : Math.min(least, minute)),
    file.minutes,
  );
  const minutes = file.minutes - firstMinute;
  refuse(accepted === 0, 'traffic', 'has no message that was accepted');
  refuse(
    minutes > replayBounds.minutes,
    'minutes',
    `is over the ${replayBounds.minutes} that are replayed`,
  );
  refuse(
    endpoints > replayBounds.endpoints,
    'endpoints',
    `is over the ${replayBounds.endpoints} that are replayed`,
  );
  refuse(accepted > replayBounds.messages, 'traffic', `has over ${replayBounds.messages} messages`);
  const messages = traffic.flatMap((row) =>
    Array.from({ length: row.accepted }, (): PlannedMessage => ({
      atMs: (row.minute - firstMinute + random.next()) * MINUTE_MS,
      endpoint: row.endpoint,
      eventType: eventTypes[row.eventType] ?? '',
    })),
  );
  return {
    firstMinute,
    minutes,
    endpoints,
    messages: messages.toSorted((one, other) => one.atMs - other.atMs),
  };
}

/**
 * What an endpoint does at a minute of the file: within a spell of failures it fails with the spell's share, by one of its
 * outcomes; else it is well. Pure but for the draws.
 */
export function answerAt(
  faults: readonly DrillFault[],
  endpoint: number,
  minute: number,
  random: Random,
): ReplayedAnswer {
  const spell = faults.find(
    (each) => each.endpoint === endpoint && minute >= each.fromMinute && minute < each.toMinute,
  );
  if (spell === undefined || random.next() >= spell.badShare) return { status: WELL };
  return answerFor(drawn(spell.outcomes, random.next()));
}

function drawn(outcomes: readonly DrillOutcome[], draw: number): DrillOutcome | undefined {
  let left = draw;
  for (const outcome of outcomes) {
    left -= outcome.share;
    if (left < 0) return outcome;
  }
  return outcomes.at(-1);
}

function answerFor(outcome: DrillOutcome | undefined): ReplayedAnswer {
  if (outcome === undefined) return { status: 500 };
  if (outcome.outcome === 'timeout') return null;
  // 410 would end the endpoint for good, which is no outcome of a spell.
  const { status } = outcome;
  if (status !== null && status >= 300 && status !== 410) return { status };
  const known = statuses[outcome.outcome];
  return known === undefined ? 'reset' : { status: known };
}

function refuse(isWrong: boolean, field: string, detail: string): void {
  if (!isWrong) return;
  throw fault('validation', { field, detail: `The drill file's "${field}" ${detail}.` });
}
