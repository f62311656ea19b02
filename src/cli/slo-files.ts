import { stringify } from 'yaml';
import { fault, HoldfastError } from '../core/index.ts';
import { fromOpenSlo, readYamlDocuments, toOpenSlo } from '../slo/index.ts';
import { readObjective, type ObjectiveAnswer } from './objective-answers.ts';

/**
 * Objectives as YAML: `objectives:` with a list of them as the API has them, or OpenSLO documents. Both may stand in one
 * file, as documents of their own.
 */
export function writeObjectives(
  objectives: readonly ObjectiveAnswer[],
  { isOpenSlo }: { readonly isOpenSlo: boolean },
): string {
  if (!isOpenSlo) return stringify({ objectives }, { lineWidth: 0 });
  return objectives
    .map((objective) => `---\n${stringify(toOpenSlo(objective), { lineWidth: 0 })}`)
    .join('');
}

/** Throws `validation` that names the document and the field. */
export function readObjectives(yaml: string): readonly ObjectiveAnswer[] {
  const found = readYamlDocuments(yaml, ofDocument).flat();
  const names = found.map(({ name }) => name);
  const twice = names.find((name, nth) => names.indexOf(name) !== nth);
  if (twice === undefined) return found;
  throw fault('validation', { field: 'name', detail: `The objective "${twice}" is there twice.` });
}

function ofDocument(value: unknown): readonly ObjectiveAnswer[] {
  if (typeof value === 'object' && value !== null && 'objectives' in value && !('kind' in value)) {
    const unknown = Object.keys(value).find((key) => key !== 'objectives');
    if (unknown !== undefined) {
      throw fault('validation', {
        field: unknown,
        detail: `Beside "objectives" nothing is read, and there is "${unknown}".`,
      });
    }
    const { objectives } = value;
    if (!Array.isArray(objectives)) {
      throw fault('validation', { field: 'objectives', detail: '"objectives" is a list.' });
    }
    return objectives.map(readPlain);
  }
  return [fromOpenSlo(value)];
}

const fields = [
  'name',
  'description',
  'indicator',
  'target',
  'deadlineMs',
  'periodDays',
  'owner',
  'consumers',
  'slice',
  'value',
];

function readPlain(value: unknown): ObjectiveAnswer {
  if (typeof value !== 'object' || value === null) {
    throw fault('validation', { field: 'objectives', detail: 'An objective has fields.' });
  }
  const unknown = Object.keys(value).find((key) => !fields.includes(key));
  if (unknown !== undefined) {
    throw fault('validation', {
      field: unknown,
      detail: `An objective has no field "${unknown}".`,
    });
  }
  try {
    return readObjective({ description: '', periodDays: 30, consumers: [], slice: {}, ...value });
  } catch (thrown) {
    const field = thrown instanceof HoldfastError ? thrown.field : undefined;
    throw fault('validation', {
      field,
      detail: `"${field ?? 'a field'}" of an objective is missing or of another type.`,
    });
  }
}
