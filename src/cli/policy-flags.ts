import type { Command } from 'commander';
import { retentionBounds, throttleRateBounds, type PolicyTerms } from '../change/index.ts';
import { parseSchedule, policyBounds } from '../retry/index.ts';
import { withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { laneChangeOf, withLaneFields, type LaneFlags } from './lane-flags.ts';
import { durationWithin, orDefault, wholeNumber } from './values.ts';

type OrDefault<Value> = Value | 'default' | undefined;

export type PolicyFlags = ClientFlags &
  LaneFlags & {
    readonly json?: true;
    readonly description?: string;
    readonly retry?: OrDefault<readonly number[]>;
    readonly jitter?: OrDefault<number>;
    readonly maxAge?: OrDefault<number>;
    readonly retryAfterMax?: OrDefault<number>;
    readonly rate?: OrDefault<number>;
    readonly retention?: OrDefault<number>;
  };

/** What a policy says, as flags; "default" leaves a field to whoever is asked next. */
export function withPolicyTerms(command: Command): Command {
  const time = (flag: string, { min, max }: { min: number; max: number }) =>
    orDefault(durationWithin(flag, min, max));
  const number = (flag: string, { min, max }: { min: number; max: number }) =>
    orDefault(wholeNumber(flag, min, max));
  withClient(command)
    .option(
      '--retry <schedule>',
      'the wait before each attempt, such as 0s,5s,5m,2h',
      orDefault(parseSchedule),
    )
    .option(
      '--jitter <percent>',
      'each wait is drawn from ± this share of it, 0 to 50',
      number('--jitter', { min: 0, max: policyBounds.jitter.max * 100 }),
    )
    .option('--max-age <time>', 'no attempt later', time('--max-age', policyBounds.maxAgeMs))
    .option(
      '--retry-after-max <time>',
      'how far a Retry-After is honoured',
      time('--retry-after-max', policyBounds.retryAfterMaxMs),
    )
    .option(
      '--rate <number>',
      'requests a second to each endpoint, at most',
      number('--rate', throttleRateBounds),
    )
    .option(
      '--retention <days>',
      'days for which payloads are kept',
      number('--retention', retentionBounds),
    );
  return withLaneFields(command);
}

/** The terms that flags make of those known: what was not given stays. */
export function changedTerms(known: PolicyTerms, flags: PolicyFlags): PolicyTerms {
  const { retry: delaysMs, jitter, maxAge, retryAfterMax, rate, retention } = flags;
  const change = {
    delaysMs,
    jitter: typeof jitter === 'number' ? jitter / 100 : jitter,
    maxAgeMs: maxAge,
    retryAfterMaxMs: retryAfterMax,
  };
  const lane = { ...known.lane, ...laneChangeOf(flags) };
  return {
    retry: someOf({ ...known.retry, ...givenOf(change) }),
    lane: someOf(lane),
    throttleRate: changed(known.throttleRate, rate),
    retentionDays: changed(known.retentionDays, retention),
  };
}

export const noTerms: PolicyTerms = {
  retry: null,
  lane: null,
  throttleRate: null,
  retentionDays: null,
};

function changed(known: number | null, given: OrDefault<number>): number | null {
  if (given === undefined) return known;
  return given === 'default' ? null : given;
}

function givenOf(fields: Readonly<Record<string, unknown>>): object {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => [name, value === 'default' ? null : value]),
  );
}

/** Without what was taken back; null where nothing is left. */
function someOf(fields: object): object | null {
  const some = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return some.length === 0 ? null : Object.fromEntries(some);
}
