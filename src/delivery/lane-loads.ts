import type { Lane } from './lane.ts';

/** What a lane takes of what it may take. */
export type LaneLoad = {
  readonly endpointId: number;
  readonly sending: number;
  /** Requests that may be under way at once, at most. */
  readonly places: number;
  /** How long its answers take of late, ms. */
  readonly answerMs: number;
};

/** A lane without an answer for so long, and without a request under way, is not at work. */
const LOADED_MS = 60_000;

/**
 * Lanes that are well and at work, at most `most`, the fullest or slowest first. In strict order one place is all there
 * is, and a probe takes the only one: they say nothing.
 */
export function laneLoads(
  lanes: Iterable<Lane>,
  most: number,
  attemptTimeoutMs: number,
  now: number,
): readonly LaneLoad[] {
  const loads: LaneLoad[] = [];
  for (const lane of lanes) {
    const { endpointId, sending, policy, answerMs, answeredAt } = lane;
    if (sending === 0 && now - answeredAt > LOADED_MS) continue;
    if (policy.ordered || lane.isResting(now)) continue;
    loads.push({ endpointId, sending, places: policy.concurrency, answerMs });
  }
  const loadOf = ({ sending, places, answerMs }: LaneLoad): number =>
    Math.max(sending / places, answerMs / attemptTimeoutMs);
  return loads.toSorted((one, other) => loadOf(other) - loadOf(one)).slice(0, most);
}
