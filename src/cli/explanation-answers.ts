import { boolean, fieldsOf, items, number, orNull, text } from './answers.ts';

export type ExplanationRowAnswer = {
  readonly dimension: string;
  readonly value: string;
  readonly about: string | null;
  readonly bad: number;
  readonly total: number;
  readonly otherBad: number;
  readonly otherTotal: number;
  readonly liftAtLeast: number;
  readonly isExact: boolean;
};

export type SymptomAnswer = ExplanationRowAnswer & {
  readonly mostlyAt: { readonly host: string; readonly bad: number } | null;
};

/** What explains the bad outcomes of an objective. Moments are ISO 8601. */
export type ExplanationAnswer = {
  readonly from: string;
  readonly to: string;
  readonly exact: { readonly total: number; readonly bad: number };
  readonly sample: {
    readonly lookedAt: number;
    readonly bad: number;
    readonly isWhole: boolean;
  };
  readonly explanations: readonly ExplanationRowAnswer[];
  readonly symptoms: readonly SymptomAnswer[];
  /** All that the API said. */
  readonly whole: unknown;
};

export function readExplanation(value: unknown): ExplanationAnswer {
  const answer = fieldsOf(value);
  const exact = fieldsOf(answer['exact']);
  const sample = fieldsOf(answer['sample']);
  return {
    from: text(answer, 'from'),
    to: text(answer, 'to'),
    exact: { total: number(exact, 'total'), bad: number(exact, 'bad') },
    sample: {
      lookedAt: number(sample, 'lookedAt'),
      bad: number(sample, 'bad'),
      isWhole: boolean(sample, 'isWhole'),
    },
    explanations: items(answer, 'explanations').map(readRow),
    symptoms: items(answer, 'symptoms').map(readSymptom),
    whole: value,
  };
}

function readRow(value: unknown): ExplanationRowAnswer {
  const row = fieldsOf(value);
  return {
    dimension: text(row, 'dimension'),
    value: text(row, 'value'),
    about: orNull(text, row, 'about'),
    bad: number(row, 'bad'),
    total: number(row, 'total'),
    otherBad: number(row, 'otherBad'),
    otherTotal: number(row, 'otherTotal'),
    liftAtLeast: number(row, 'liftAtLeast'),
    isExact: boolean(row, 'isExact'),
  };
}

function readSymptom(value: unknown): SymptomAnswer {
  const at = fieldsOf(value)['mostlyAt'];
  const most = at === null || at === undefined ? null : fieldsOf(at);
  return {
    ...readRow(value),
    mostlyAt: most === null ? null : { host: text(most, 'host'), bad: number(most, 'bad') },
  };
}
