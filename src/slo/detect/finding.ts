/** One entry a detector: what its findings are called. */
export const detectorKinds = [
  'burn_rate',
  'small_step',
  'outage',
  'fast_burn',
  'first_dead_letter',
  'unaccounted',
  'stuck',
  'growth',
  'silence',
] as const;

export type DetectorKind = (typeof detectorKinds)[number];

/** `page`: somebody should look now. `ticket`: within a day. */
export type Severity = 'page' | 'ticket';

/** What one detector saw in one slice. Numbers only; `sayFinding` makes a sentence of it. */
export type Finding = {
  readonly detector: DetectorKind;
  readonly severity: Severity;
  /** The end of the bin that decided, ms since 1970. */
  readonly seenAt: number;
  /** The best guess of when it began, ms since 1970; for windows, the window's start. */
  readonly sinceAt: number;
  /** What was seen since then. */
  readonly observed: Quantity;
  /** What it is held against: a baseline, a threshold, an expectation. */
  readonly against: Quantity;
  readonly sure: Certainty;
  /** Of growth: what grows. */
  readonly gauge?: Gauge;
  /** Where it leads, if it goes on: when a limit is reached, ms since 1970. */
  readonly limitAt?: number;
};

/**
 * What may run out. lag, age: of the oldest due delivery, of all lanes that may send, or of an objective's; ms. backlog:
 * deliveries that wait. places: requests under way at once. answers: how long they take; ms.
 */
export type Gauge = 'lag' | 'age' | 'backlog' | 'places' | 'answers';

export type Quantity =
  /** `of` is null where only the share is known, as of a baseline. */
  | {
      readonly unit: 'share';
      readonly value: number;
      readonly bad: number;
      readonly of: number | null;
    }
  | { readonly unit: 'count'; readonly value: number }
  | { readonly unit: 'ms'; readonly value: number }
  | { readonly unit: 'burn_rate'; readonly value: number }
  /** Whatever a gauge counts: deliveries waiting, connections, milliseconds of lag. */
  | { readonly unit: 'gauge'; readonly value: number };

export type Certainty =
  /** A fact that was counted, not inferred. */
  | { readonly kind: 'certain' }
  /** The detector raises so many false alarms a year on this slice, if failures are independent. */
  | { readonly kind: 'false_alarms'; readonly perYear: number }
  /** The probability that the rate is above `against`. */
  | { readonly kind: 'posterior'; readonly probability: number }
  /** A rule of thumb: no probability is known. */
  | { readonly kind: 'rule'; readonly name: string };
