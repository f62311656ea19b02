import { fault, type HoldfastError } from '../core/index.ts';
import type { Draft, Objective, ObjectiveIndicator, ObjectiveSlice } from '../change/index.ts';
import { sliAgeMs, sliLatencyMs } from '../ledger/index.ts';

/** Of one service: each is watched. */
export const MOST_OBJECTIVES = 1000;

/** Bounds of an objective's fields. */
export const objectiveBounds = {
  /** Five nines: above them one failure of a day's deliveries says nothing yet. */
  target: { min: 0.00001, max: 0.99999 },
  periodDays: { min: 1, max: 90 },
  consumers: 50,
  /** Values of each part of a slice. */
  sliceValues: 200,
} as const;

export const everything: ObjectiveSlice = {
  appIds: [],
  endpointIds: [],
  eventTypes: [],
  applicationMetadata: {},
  endpointMetadata: {},
};

/** Names follow DNS (RFC 1123), as OpenSLO's do. */
export const objectiveNamePattern = '^[a-z0-9]([a-z0-9.\\-]{0,61}[a-z0-9])?$';

const notYet: { readonly [Indicator in ObjectiveIndicator]?: string } = {
  confirmed:
    'Receivers cannot say yet that they are done with a message, so no objective can be held to it. Use "on_time" until they can.',
};

/** Deadlines that recorded counts answer exactly, in milliseconds, in their order. */
export function exactDeadlines(deliveryDeadlineMs: number): readonly number[] {
  return [...new Set([...sliLatencyMs, deliveryDeadlineMs])].toSorted((one, other) => one - other);
}

/**
 * What an objective says, checked beyond its shape. Throws `validation` naming the field.
 *
 * @param deliveryDeadlineMs the service's own, whose lateness is counted beside the latency counts.
 */
export function checkedObjective(
  given: Draft<Objective>,
  deliveryDeadlineMs: number,
): Draft<Objective> {
  const { indicator, target, deadlineMs, periodDays, slice } = given;
  const unmet = notYet[indicator];
  if (unmet !== undefined) throw refused('indicator', unmet);
  if (!(target >= objectiveBounds.target.min && target <= objectiveBounds.target.max)) {
    throw refused(
      'target',
      `A target is a share above 0 and at most ${objectiveBounds.target.max} (five nines), such as 0.999.`,
    );
  }
  const { min, max } = objectiveBounds.periodDays;
  if (!Number.isInteger(periodDays) || periodDays < min || periodDays > max) {
    throw refused('periodDays', `A period has ${min} to ${max} whole days.`);
  }
  if (indicator !== 'on_time' && indicator !== 'freshness' && deadlineMs !== null) {
    throw refused(
      'deadlineMs',
      `Only "on_time" and "freshness" have a deadline; leave it out for "${indicator}".`,
    );
  }
  if (indicator === 'accounted' && !isEverything(slice)) {
    throw refused(
      'slice',
      'The audit counts unaccounted deliveries over all; leave the slice out for "accounted".',
    );
  }
  if (indicator === 'freshness' && slice.eventTypes.length > 0) {
    throw refused(
      'slice',
      'A lane holds all event types of its endpoint, so freshness is not told apart by them; leave "eventTypes" out.',
    );
  }
  if (indicator !== 'on_time' && indicator !== 'freshness') return given;
  const exact = indicator === 'freshness' ? sliAgeMs : exactDeadlines(deliveryDeadlineMs);
  if (deadlineMs === null || !exact.includes(deadlineMs)) {
    throw refused(
      'deadlineMs',
      `Counts are kept for these deadlines in milliseconds, and no other can be answered exactly: ${exact.join(', ')}.`,
    );
  }
  return given;
}

export function isEverything(slice: ObjectiveSlice): boolean {
  return Object.values(slice).every((part: object) => Object.keys(part).length === 0);
}

function refused(field: string, detail: string): HoldfastError {
  return fault('validation', { field, detail });
}
