import { laneFieldNames, lanePolicyTable, type LanePolicy } from '../core/index.ts';
import { boolean, fieldsOf, items, number, orNull, text, type Fields } from './answers.ts';

/** A lane as the API answers it. Moments are ISO 8601. */
export type RestingLaneAnswer = {
  readonly appId: string;
  readonly appUid: string | null;
  readonly endpointId: string;
  readonly endpointUid: string | null;
  readonly url: string;
  readonly isAlternateInUse: boolean;
  readonly policy: LanePolicy;
  readonly overrides: Partial<LanePolicy>;
  readonly isPaused: boolean;
  readonly pausedAt: string | null;
  readonly pausedReason: string | null;
  readonly restsFor: string | null;
  readonly restsUntil: string | null;
  readonly breaker: {
    readonly state: string;
    readonly since: string;
    readonly failuresInARow: number;
    readonly isByHand: boolean;
  };
  readonly handCircuit: { readonly withProbes: boolean; readonly reason: string } | null;
  readonly pausedTypes: readonly string[];
  readonly concurrency: number;
  readonly sending: number;
  readonly held: number;
  readonly failingSince: string | null;
};

export type LaneAnswer = RestingLaneAnswer & {
  readonly waiting: number;
  readonly isMoreWaiting: boolean;
  readonly oldestDueAt: string | null;
};

export function readRestingLane(value: unknown): RestingLaneAnswer {
  const lane = fieldsOf(value);
  const breaker = fieldsOf(lane['breaker']);
  return {
    appId: text(lane, 'appId'),
    appUid: orNull(text, lane, 'appUid'),
    endpointId: text(lane, 'endpointId'),
    endpointUid: orNull(text, lane, 'endpointUid'),
    url: text(lane, 'url'),
    isAlternateInUse: boolean(lane, 'isAlternateInUse'),
    policy: readPolicy(fieldsOf(lane['policy'])),
    overrides: readPolicy(fieldsOf(lane['overrides']), true),
    isPaused: boolean(lane, 'isPaused'),
    pausedAt: orNull(text, lane, 'pausedAt'),
    pausedReason: orNull(text, lane, 'pausedReason'),
    restsFor: orNull(text, lane, 'restsFor'),
    restsUntil: orNull(text, lane, 'restsUntil'),
    breaker: {
      state: text(breaker, 'state'),
      since: text(breaker, 'since'),
      failuresInARow: number(breaker, 'failuresInARow'),
      isByHand: boolean(breaker, 'isByHand'),
    },
    handCircuit: lane['handCircuit'] === null ? null : readHandCircuit(lane['handCircuit']),
    pausedTypes: items(lane, 'pausedTypes').map(String),
    concurrency: number(lane, 'concurrency'),
    sending: number(lane, 'sending'),
    held: number(lane, 'held'),
    failingSince: orNull(text, lane, 'failingSince'),
  };
}

function readHandCircuit(value: unknown): NonNullable<RestingLaneAnswer['handCircuit']> {
  const circuit = fieldsOf(value);
  return { withProbes: boolean(circuit, 'withProbes'), reason: text(circuit, 'reason') };
}

export function readLane(value: unknown): LaneAnswer {
  const lane = fieldsOf(value);
  return {
    ...readRestingLane(value),
    waiting: number(lane, 'waiting'),
    isMoreWaiting: boolean(lane, 'isMoreWaiting'),
    oldestDueAt: orNull(text, lane, 'oldestDueAt'),
  };
}

/** @param isPart whether fields may be missing. */
function readPolicy(fields: Fields, isPart = false): LanePolicy {
  const entries = laneFieldNames
    .filter((name) => !isPart || fields[name] !== undefined)
    .map((name) => [
      name,
      lanePolicyTable[name].kind === 'switch' ? boolean(fields, name) : number(fields, name),
    ]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every name was just read by its kind
  return Object.fromEntries(entries) as LanePolicy;
}
