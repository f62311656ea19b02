import { fault } from '../core/index.ts';

const units = ['count', 'ms', 'moment', 'minor', 'share', 'level', 'text'] as const;

/** A fact as the record of an incident has it. */
export type RecordedFact = {
  readonly name: string;
  readonly value: number | string;
  readonly unit: (typeof units)[number];
  readonly text: string;
  /** The id of the record that says it, or an address elsewhere. */
  readonly evidence: string;
};

/** One fact as the API answers it. Throws `validation` where it has another shape. */
export function readRecordedFact(answer: unknown): RecordedFact {
  const { name, value, unit, text, evidence } = fieldsOf(answer);
  const { id, url } = fieldsOf(evidence);
  const known = units.find((each) => each === unit);
  const from = id ?? url;
  const isValue = typeof value === 'string' || typeof value === 'number';
  if (
    typeof name === 'string' &&
    isValue &&
    known !== undefined &&
    typeof text === 'string' &&
    typeof from === 'string'
  ) {
    return { name, value, unit: known, text, evidence: from };
  }
  throw fault('validation', {
    field: 'fact',
    detail: 'The facts have another shape than expected.',
  });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {};
}
