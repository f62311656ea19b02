import type { PolicyTerms } from '../change/index.ts';
import { laneFieldNames } from '../core/index.ts';
import { fieldsOf, items, number, orNull, text, type Fields } from './answers.ts';

export type PolicyAnswer = PolicyTerms & {
  readonly name: string;
  readonly description: string;
  readonly version: number;
  readonly updatedAt: string;
};

export type SimulationAnswer = {
  readonly messages: number;
  readonly attempts: number;
  readonly amplification: number;
  readonly deadLetters: number;
  readonly peakPerMinute: number;
  readonly oldestDeliveryMs: number | null;
  /** Attempts in each quarter of an hour. */
  readonly series: readonly number[];
};
export type SceneAnswer = {
  readonly present: SimulationAnswer;
  readonly candidate: SimulationAnswer;
};

export type ForecastAnswer = {
  readonly basis: string;
  readonly sampledMinutes: number;
  readonly warnings: readonly string[];
  readonly assumptions: readonly string[];
  /** When each attempt is made at the latest, after acceptance, milliseconds. */
  readonly plan: readonly number[];
  readonly presentPlan: readonly number[];
  readonly day: SceneAnswer;
  readonly outage: SceneAnswer;
  /** All that the API said. */
  readonly whole: unknown;
};

export function readPolicy(value: unknown): PolicyAnswer {
  const policy = fieldsOf(value);
  return {
    name: text(policy, 'name'),
    description: text(policy, 'description'),
    version: number(policy, 'version'),
    updatedAt: text(policy, 'updatedAt'),
    retry: objectOrNull(policy, 'retry'),
    lane: objectOrNull(policy, 'lane'),
    throttleRate: orNull(number, policy, 'throttleRate'),
    retentionDays: orNull(number, policy, 'retentionDays'),
  };
}

export function readForecast(value: unknown): ForecastAnswer {
  const whole = fieldsOf(value);
  return {
    basis: text(whole, 'basis'),
    sampledMinutes: number(whole, 'sampledMinutes'),
    warnings: items(whole, 'warnings').map((warning) => text(fieldsOf(warning), 'text')),
    assumptions: items(whole, 'assumptions').map(String),
    plan: planOf(whole['candidate']),
    presentPlan: planOf(whole['present']),
    day: sceneOf(whole['day']),
    outage: sceneOf(whole['outage']),
    whole: value,
  };
}

/** What a policy says, field by field. */
export function termsOf({ retry, lane, throttleRate, retentionDays }: PolicyTerms) {
  return [
    ...Object.entries(retry ?? {}).map(([name, said]) => [`retry.${name}`, said] as const),
    ...laneFieldNames.flatMap((name) => {
      const said = lane?.[name];
      return said === undefined ? [] : [[`lane.${name}`, said] as const];
    }),
    ...(throttleRate === null ? [] : [['throttleRate', throttleRate] as const]),
    ...(retentionDays === null ? [] : [['retentionDays', retentionDays] as const]),
  ];
}

function planOf(value: unknown): readonly number[] {
  const attempts = items(fieldsOf(fieldsOf(value)['plan']), 'attempts');
  return attempts.map((attempt) => number(fieldsOf(attempt), 'latestAtMs'));
}

function sceneOf(value: unknown): SceneAnswer {
  const scene = fieldsOf(value);
  return { present: simulationOf(scene['present']), candidate: simulationOf(scene['candidate']) };
}

function simulationOf(value: unknown): SimulationAnswer {
  const simulation = fieldsOf(value);
  return {
    messages: number(simulation, 'messages'),
    attempts: number(simulation, 'attempts'),
    amplification: number(simulation, 'amplification'),
    deadLetters: number(simulation, 'deadLetters'),
    peakPerMinute: number(simulation, 'peakPerMinute'),
    oldestDeliveryMs: orNull(number, simulation, 'oldestDeliveryMs'),
    series: items(simulation, 'series').map(Number),
  };
}

function objectOrNull(fields: Fields, name: string): Fields | null {
  const value = fields[name];
  return value === null || value === undefined ? null : fieldsOf(value);
}
