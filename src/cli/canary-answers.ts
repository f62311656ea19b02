import { fieldsOf, items, number, orNull, text, type Fields } from './answers.ts';

export type CanaryArmAnswer = {
  readonly attempts: number;
  readonly ripe: number;
  readonly failed: number;
  readonly late: number;
  readonly slow: number;
  readonly p95Ms: number | null;
};

/** A canary as the API answers it. Moments are ISO 8601. */
export type CanaryAnswer = {
  readonly id: string;
  readonly endpointId: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly fields: readonly string[];
  readonly steps: readonly { readonly percent: number }[];
  readonly step: number;
  readonly percent: number;
  readonly stable: CanaryArmAnswer;
  readonly candidate: CanaryArmAnswer;
  readonly compared: readonly { readonly words: string }[];
  readonly waitsFor: readonly string[];
};

export function readCanary(value: unknown): CanaryAnswer {
  const canary = fieldsOf(value);
  return {
    id: text(canary, 'id'),
    endpointId: text(canary, 'endpointId'),
    state: text(canary, 'state'),
    stateReason: orNull(text, canary, 'stateReason'),
    createdAt: text(canary, 'createdAt'),
    endedAt: orNull(text, canary, 'endedAt'),
    fields: items(canary, 'fields').map(String),
    steps: items(canary, 'steps').map((step) => ({ percent: number(fieldsOf(step), 'percent') })),
    step: number(canary, 'step'),
    percent: number(canary, 'percent'),
    stable: readArm(fieldsOf(canary['stable'])),
    candidate: readArm(fieldsOf(canary['candidate'])),
    compared: items(canary, 'compared').map((one) => ({ words: text(fieldsOf(one), 'words') })),
    waitsFor: items(canary, 'waitsFor').map(String),
  };
}

function readArm(arm: Fields): CanaryArmAnswer {
  return {
    attempts: number(arm, 'attempts'),
    ripe: number(arm, 'ripe'),
    failed: number(arm, 'failed'),
    late: number(arm, 'late'),
    slow: number(arm, 'slow'),
    p95Ms: orNull(number, arm, 'p95Ms'),
  };
}
