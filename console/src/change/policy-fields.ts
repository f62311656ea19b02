type Kind = 'schedule' | 'duration' | 'whole' | 'percent' | 'spread' | 'switch';

/** One field of a policy: where it stands in the API, its unit and its bounds there. */
export type PolicyField = {
  /** Such as retry.jitter, lane.concurrency, throttleRate. */
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly kind: Kind;
  /** Said behind the label. */
  readonly unit?: string;
  readonly min: number;
  readonly max: number;
};

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const duration = (
  id: string,
  label: string,
  hint: string,
  min: number,
  max: number,
): PolicyField => ({ id, label, hint, kind: 'duration', min, max });
const whole = (
  id: string,
  label: string,
  hint: string,
  [min, max]: readonly [number, number],
  unit?: string,
): PolicyField => ({
  id,
  label,
  hint,
  kind: 'whole',
  min,
  max,
  ...(unit === undefined ? {} : { unit }),
});
const onOrOff = (id: string, label: string, hint: string): PolicyField => ({
  id,
  label,
  hint,
  kind: 'switch',
  min: 0,
  max: 1,
});

export const retryFields: readonly PolicyField[] = [
  {
    id: 'retry.delaysMs',
    label: 'Wait before each attempt',
    hint: 'The first included, as 0s,5s,5m,2h: as many attempts as waits.',
    kind: 'schedule',
    min: 0,
    max: 7 * DAY_MS,
  },
  {
    id: 'retry.jitter',
    label: 'Spread of the waits',
    hint: 'Each wait is drawn evenly from ± this part of it, so that what failed together returns apart.',
    kind: 'spread',
    unit: '± %',
    min: 0,
    max: 0.5,
  },
  duration(
    'retry.maxAgeMs',
    'Given up after',
    'No attempt is due later than this after acceptance.',
    60_000,
    30 * DAY_MS,
  ),
  duration(
    'retry.retryAfterMaxMs',
    'Retry-After is honoured up to',
    '0s ignores it.',
    0,
    7 * DAY_MS,
  ),
];

export const budgetFields: readonly PolicyField[] = [
  {
    id: 'lane.retryBudgetPercent',
    label: 'Retry budget',
    hint: 'Retries that may fail for each hundred first attempts.',
    kind: 'percent',
    unit: '% of first attempts',
    min: 0,
    max: 1000,
  },
  whole(
    'lane.retryBudgetPerSecond',
    'And besides',
    'So that a quiet endpoint retries too.',
    [0, 10_000],
    'retries/s',
  ),
];

export const laneGroups: readonly {
  readonly title: string;
  readonly fields: readonly PolicyField[];
}[] = [
  {
    title: 'Rate and concurrency',
    fields: [
      whole('throttleRate', 'Rate, at most', 'To each endpoint.', [1, 65_535], 'requests/s'),
      whole(
        'lane.concurrency',
        'Concurrency, at most',
        'Requests under way at once.',
        [1, 4096],
        'requests',
      ),
      onOrOff('lane.adaptive', 'Fewer at once while it is slow', 'Found by its answer times.'),
      onOrOff(
        'lane.ordered',
        'Strict order',
        'One at a time; a delivery starts once the one before it is delivered or dead.',
      ),
    ],
  },
  {
    title: 'Circuit',
    fields: [
      whole(
        'lane.breakerFailures',
        'Opens after failures in a row',
        '0: never by these.',
        [0, 10_000],
        'failures',
      ),
      {
        id: 'lane.breakerFailurePercent',
        label: 'Opens at a share of failures',
        hint: 'Among the last 20 to 50 attempts. 0: never by these.',
        kind: 'percent',
        unit: '%',
        min: 0,
        max: 100,
      },
      duration(
        'lane.breakerOpenMs',
        'Stays open at first',
        'It doubles while probes fail.',
        100,
        HOUR_MS,
      ),
      duration('lane.breakerLongestOpenMs', 'Stays open at most', '', 100, DAY_MS),
    ],
  },
  {
    title: 'Holds, ends and retention',
    fields: [
      duration(
        'lane.longestHoldMs',
        'The endpoint may ask to wait up to',
        'By Retry-After, or by answering 429.',
        0,
        DAY_MS,
      ),
      duration(
        'lane.disableAfterMs',
        'Disabled after failing for',
        'Of nothing but failures. 0s: never.',
        0,
        30 * DAY_MS,
      ),
      whole('retentionDays', 'Payloads are kept', 'With their attempts.', [1, 3650], 'days'),
      onOrOff('lane.passTrace', 'Trace is passed on', 'The receiver gets traceparent.'),
    ],
  },
];

export const policyFields: readonly PolicyField[] = [
  ...retryFields,
  ...budgetFields,
  ...laneGroups.flatMap(({ fields }) => fields),
];
