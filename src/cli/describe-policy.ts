import { formatSchedule } from '../retry/index.ts';
import { oneLine } from './one-line.ts';
import { termsOf, type PolicyAnswer } from './policy-answers.ts';
import { formatTable } from './table.ts';
import { momentWords, timeWords } from './time-words.ts';

/** A policy in words: what it says, and what it leaves to others. */
export function describePolicy(policy: PolicyAnswer, now: number): string {
  const { name, version, description, updatedAt } = policy;
  const terms = termsOf(policy);
  return [
    `Policy ${name}, version ${version} of ${momentWords(updatedAt, now)}`,
    ...(description === '' ? [] : [oneLine(description)]),
    terms.length === 0
      ? 'It says nothing: all is as the service has it.'
      : formatTable(
          [
            { title: 'FIELD', value: ([field]: (typeof terms)[number]) => field },
            { title: 'VALUE', value: ([field, value]) => words(field, value) },
          ],
          terms,
        ),
  ].join('\n\n');
}

function words(field: string, value: number | boolean | readonly number[]): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value !== 'number') return formatSchedule(value);
  if (field.endsWith('Ms')) return value < 1000 ? `${value} ms` : timeWords(value);
  return field === 'retry.jitter' ? `± ${Math.round(value * 100)} %` : value.toLocaleString('en');
}
