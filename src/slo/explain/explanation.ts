import type { Explanation } from '../detect/explain.ts';

/** The dimensions that are ranked, in the order in which they are told where they say the same. */
export const explainedDimensions = [
  'endpoint',
  'host',
  'resolved address',
  'certificate chain',
  'change in force',
  'canary arm',
  'application',
  'event type',
  'policy',
] as const;
/** Every key of endpoints' metadata is a dimension of its own, such as `label region`. */
export const LABEL = 'label ';

export type RankedExplanation = Explanation & {
  /** The counts are of all outcomes of the span (SLI rows); otherwise of the sample. */
  readonly isExact: boolean;
  /** What people know the value by: an endpoint's host, what a change did; null: the value says it all. */
  readonly about: string | null;
};

/**
 * How it fails rather than where: `failure phase` and `status class` are ranked apart, as they always separate what fails
 * from what does not.
 */
export type Symptom = RankedExplanation & {
  /** The host that has the most bad outcomes with this symptom, and how many; null: no host is known. */
  readonly mostlyAt: { readonly host: string; readonly bad: number } | null;
};

/** What the bad outcomes of a slice have in common. Moments are ms since the epoch. */
export type SliceExplanation = {
  readonly at: number;
  readonly fromAt: number;
  readonly beforeAt: number;
  /** Outcomes as SLI rows count them. */
  readonly exact: { readonly total: number; readonly bad: number };
  readonly sample: {
    /** Deliveries that were looked at, and what they stand for. */
    readonly lookedAt: number;
    readonly total: number;
    readonly bad: number;
    /** Every delivery of the span was looked at. */
    readonly isWhole: boolean;
  };
  /** Where it fails: the best explanation first, 20 at most. */
  readonly explanations: readonly RankedExplanation[];
  /** How it fails: the commonest first. */
  readonly symptoms: readonly Symptom[];
};
