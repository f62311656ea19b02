import { findGaps, keyOf } from './containment.ts';
import { differenceOf, type Difference } from './difference.ts';
import { inspectSchema } from './inspect-schema.ts';

/** What a new version must be to the one before it. */
export const compatibilities = ['backward', 'forward', 'full', 'none'] as const;
export type CompatibilityRequired = (typeof compatibilities)[number];

export type Comparison = {
  /** Readers of the old version understand what the new one sends: what webhooks need. */
  readonly isBackward: boolean;
  /** Readers of the new version understand what the old one sent. */
  readonly isForward: boolean;
  /** Each difference that breaks one direction or both, by its place. */
  readonly differences: readonly Difference[];
};

/**
 * Compares two versions of a contract as sets of payloads: backward holds where every payload of the new version is
 * one of the old. What cannot be decided counts as breaking. Throws `validation` for a schema out of bounds.
 */
export function compareSchemas(old: unknown, next: unknown): Comparison {
  const before = inspectSchema(old, 'from');
  const after = inspectSchema(next, 'to');
  const backward = new Map(findGaps(after, before).map((gap) => [keyOf(gap), gap]));
  const forward = new Map(findGaps(before, after).map((gap) => [keyOf(gap), gap]));
  const differences = [
    ...[...backward].map(([key, gap]) => differenceOf(gap, forward.has(key) ? 'both' : 'backward')),
    ...[...forward]
      .filter(([key]) => !backward.has(key))
      .map(([, gap]) => differenceOf(gap, 'forward')),
  ];
  const isBroken = (direction: 'backward' | 'forward'): boolean =>
    differences.some(({ breaks }) => breaks === direction || breaks === 'both');
  return {
    isBackward: !isBroken('backward'),
    isForward: !isBroken('forward'),
    differences: differences.toSorted((one, other) =>
      one.path < other.path ? -1 : Number(one.path > other.path),
    ),
  };
}

/** The differences that a required compatibility does not bear. */
export function breakingOf(
  { differences }: Comparison,
  required: CompatibilityRequired,
): readonly Difference[] {
  if (required === 'none') return [];
  return differences.filter(
    ({ breaks }) => required === 'full' || breaks === 'both' || breaks === required,
  );
}
