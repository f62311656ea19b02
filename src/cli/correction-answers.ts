import {
  boolean,
  fieldsOf,
  items,
  number,
  orNull,
  readAct,
  text,
  type ActAnswer,
} from './answers.ts';

export type CorrectionCountsAnswer = {
  readonly messages: number;
  readonly deliveries: number;
  readonly matched: number;
  readonly corrected: number;
  readonly skipped: Readonly<Record<string, number>>;
};

export type CorrectionAnswer = ActAnswer & { readonly counts: CorrectionCountsAnswer };

/** Values are JSON texts; null where there is none. */
export type FieldChangeAnswer = {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
};

export type CorrectionPreviewAnswer = {
  readonly counts: CorrectionCountsAnswer;
  readonly isWhole: boolean;
  readonly examples: readonly {
    readonly msgId: string;
    readonly endpointId: string;
    readonly eventType: string;
    readonly state: string;
    readonly changes: readonly FieldChangeAnswer[];
  }[];
};

export function readCorrection(value: unknown): CorrectionAnswer {
  return { ...readAct(value), counts: readCounts(fieldsOf(value)['counts']) };
}

export function readCorrectionPreview(value: unknown): CorrectionPreviewAnswer {
  const preview = fieldsOf(value);
  return {
    counts: readCounts(preview['counts']),
    isWhole: boolean(preview, 'isWhole'),
    examples: items(preview, 'examples').map((each) => {
      const example = fieldsOf(each);
      return {
        msgId: text(example, 'msgId'),
        endpointId: text(example, 'endpointId'),
        eventType: text(example, 'eventType'),
        state: text(example, 'state'),
        changes: items(example, 'changes').map(readChange),
      };
    }),
  };
}

function readChange(value: unknown): FieldChangeAnswer {
  const change = fieldsOf(value);
  return {
    path: text(change, 'path'),
    before: orNull(text, change, 'before'),
    after: orNull(text, change, 'after'),
  };
}

function readCounts(value: unknown): CorrectionCountsAnswer {
  const counts = fieldsOf(value);
  const skipped = fieldsOf(counts['skipped']);
  return {
    messages: number(counts, 'messages'),
    deliveries: number(counts, 'deliveries'),
    matched: number(counts, 'matched'),
    corrected: number(counts, 'corrected'),
    skipped: Object.fromEntries(Object.keys(skipped).map((name) => [name, number(skipped, name)])),
  };
}
