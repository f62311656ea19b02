import type { AnswerOf, Operations } from '../api/index.ts';
import { policyFields } from './policy-fields.ts';
import { fieldText, readField, type PolicyDraft } from './policy-values.ts';

export type Policy = AnswerOf<'v1.policy.get'>;
export type Terms = Pick<
  Operations['v1.policy.update']['body'],
  'retry' | 'lane' | 'throttleRate' | 'retentionDays'
>;

/** What a policy, or what is in force, says of a field. */
export function valueOf(terms: object, id: string): unknown {
  let value: unknown = terms;
  for (const name of id.split('.')) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  }
  return value;
}

export function draftOf(terms: object): PolicyDraft {
  return Object.fromEntries(
    policyFields.map((field) => [field.id, fieldText(field, valueOf(terms, field.id))]),
  );
}

/** What is wrong in the fields, by their ids. */
export function errorsIn(draft: PolicyDraft): Readonly<Record<string, string>> {
  return Object.fromEntries(
    policyFields.flatMap((field) => {
      const { error } = readField(field, draft[field.id] ?? '');
      return error === undefined ? [] : [[field.id, error]];
    }),
  );
}

/** The terms that a draft without errors says. */
export function termsIn(draft: PolicyDraft): Terms {
  const parts: Record<'retry' | 'lane' | 'alone', Record<string, unknown>> = {
    retry: {},
    lane: {},
    alone: {},
  };
  for (const field of policyFields) {
    const { value } = readField(field, draft[field.id] ?? '');
    if (value === undefined) continue;
    const [part = '', name] = field.id.split('.');
    if (name === undefined) parts.alone[part] = value;
    else if (part === 'retry') parts.retry[name] = value;
    else parts.lane[name] = value;
  }
  const orNull = (part: object): object | null => (Object.keys(part).length === 0 ? null : part);
  return { retry: orNull(parts.retry), lane: orNull(parts.lane), ...parts.alone };
}
