import { fault } from './errors.ts';
import { settingTable, type Settings } from './settings.ts';

/**
 * How a lane treats its endpoint. The service's settings give the values; an endpoint may have its own for each.
 * `lanePolicyTable` has default, bounds and meaning of all of them.
 */
export type LanePolicy = {
  /** Requests under way at once, at most. 1 to 4096. */
  readonly concurrency: number;
  /** Finds the best concurrency up to that by the endpoint's answer times; otherwise it is always the most. */
  readonly adaptive: boolean;
  /** Strict order: a delivery starts only once the one before it is delivered or dead. One request at a time. */
  readonly ordered: boolean;
  /** Failures in a row that open the circuit; 0: never. */
  readonly breakerFailures: number;
  /** Share of failures among the last attempts that opens the circuit, in percent; 0: never. */
  readonly breakerFailurePercent: number;
  /** How long the circuit stays open at first, ms; it doubles while probes fail. */
  readonly breakerOpenMs: number;
  /** And at most, ms. */
  readonly breakerLongestOpenMs: number;
  /** Retries for each hundred first attempts, over the long run. */
  readonly retryBudgetPercent: number;
  /** Retries a second beside that share, so that a quiet lane retries too. */
  readonly retryBudgetPerSecond: number;
  /** A Retry-After, or our own wait after 429, holds the lane no longer than this, ms. */
  readonly longestHoldMs: number;
  /** After so long of nothing but failures the endpoint is disabled, ms; 0: never. */
  readonly disableAfterMs: number;
  /** Passes the trace that a message was accepted in on to the receiver (`traceparent`). */
  readonly passTrace: boolean;
};

export type LaneOverrides = Partial<LanePolicy>;
/** What somebody asks for: an absent field stays, null takes it back to the service's setting. */
export type LaneChange = { readonly [Name in keyof LanePolicy]?: LanePolicy[Name] | null };

export type LaneSettings = Pick<
  Settings,
  | 'laneConcurrency'
  | 'adaptiveConcurrency'
  | 'breakerFailures'
  | 'breakerFailurePercent'
  | 'breakerOpenMs'
  | 'breakerLongestOpenMs'
  | 'retryBudgetPercent'
  | 'retryBudgetPerSecond'
  | 'longestHoldMs'
  | 'disableAfterMs'
>;

/** The policy in force for an endpoint: its own values where it has any, the service's otherwise. */
export function lanePolicyOf(settings: LaneSettings, overrides: LaneOverrides | null): LanePolicy {
  const policy: LanePolicy = {
    concurrency: settings.laneConcurrency,
    adaptive: settings.adaptiveConcurrency === 'on',
    ordered: false,
    breakerFailures: settings.breakerFailures,
    breakerFailurePercent: settings.breakerFailurePercent,
    breakerOpenMs: settings.breakerOpenMs,
    breakerLongestOpenMs: settings.breakerLongestOpenMs,
    retryBudgetPercent: settings.retryBudgetPercent,
    retryBudgetPerSecond: settings.retryBudgetPerSecond,
    longestHoldMs: settings.longestHoldMs,
    disableAfterMs: settings.disableAfterMs,
    passTrace: false,
  };
  return overrides === null ? policy : { ...policy, ...overrides };
}

type NumberField = {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly about: string;
};
type SwitchField = { readonly kind: 'switch'; readonly about: string };
export type LaneField = NumberField | SwitchField;
type FieldOf<Value> = Value extends boolean ? SwitchField : NumberField;

const bounded = (
  setting: Exclude<keyof LaneSettings, 'adaptiveConcurrency'>,
  about: string = settingTable[setting].about,
): NumberField => {
  const { min, max } = settingTable[setting];
  return { kind: 'number', min, max, about };
};
const onOrOff = (about: string): SwitchField => ({ kind: 'switch', about });

/**
 * Every field of a lane's policy, with bounds and meaning: those of the setting it stands in for. The shapes that
 * the API checks and the flags of the command line are made from it. Fields that end in `Ms` are milliseconds.
 */
export const lanePolicyTable: { readonly [Name in keyof LanePolicy]: FieldOf<LanePolicy[Name]> } = {
  concurrency: bounded('laneConcurrency', 'Requests under way at once, at most.'),
  adaptive: onOrOff(
    'Finds the best concurrency by the answer times, up to that; otherwise it is always the most.',
  ),
  ordered: onOrOff(
    'Strict order: a delivery starts only once the one before it is delivered or dead.',
  ),
  breakerFailures: bounded('breakerFailures'),
  breakerFailurePercent: bounded('breakerFailurePercent'),
  breakerOpenMs: bounded('breakerOpenMs'),
  breakerLongestOpenMs: bounded('breakerLongestOpenMs'),
  retryBudgetPercent: bounded('retryBudgetPercent'),
  retryBudgetPerSecond: bounded('retryBudgetPerSecond'),
  longestHoldMs: bounded('longestHoldMs'),
  disableAfterMs: bounded('disableAfterMs'),
  passTrace: onOrOff(
    'Passes the trace that a message was accepted in on to the receiver (traceparent).',
  ),
};

export const laneFieldNames = Object.keys(lanePolicyTable).filter(isLaneFieldName);

function isLaneFieldName(name: string): name is keyof LanePolicy {
  return Object.hasOwn(lanePolicyTable, name);
}

/**
 * An endpoint's overrides after a change whose values are in their bounds; null where none is left.
 * Throws `validation` where the circuit's longest time would be shorter than its first.
 */
export function changedOverrides(
  settings: LaneSettings,
  known: LaneOverrides | null,
  change: LaneChange,
): LaneOverrides | null {
  const entries = Object.entries({ ...known, ...change }).filter(
    ([name, value]) => isLaneFieldName(name) && value !== null && value !== undefined,
  );
  if (entries.length === 0) return null;
  const overrides: LaneOverrides = Object.fromEntries(entries);
  const { breakerOpenMs, breakerLongestOpenMs } = lanePolicyOf(settings, overrides);
  const isOwn =
    overrides.breakerOpenMs !== undefined || overrides.breakerLongestOpenMs !== undefined;
  if (isOwn && breakerLongestOpenMs < breakerOpenMs) {
    throw fault('validation', {
      field: change.breakerOpenMs === undefined ? 'breakerLongestOpenMs' : 'breakerOpenMs',
      detail: `The circuit's longest time (breakerLongestOpenMs, ${breakerLongestOpenMs}) must not be shorter than its first (breakerOpenMs, ${breakerOpenMs}). Set both together.`,
    });
  }
  return overrides;
}
