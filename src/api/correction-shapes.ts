import { Type } from 'typebox';
import { comparisons, patchOperations, roundings } from '../correction/index.ts';
import { correctableStates } from '../ledger/index.ts';
import { recordOf } from './record-of.ts';
import { ActOut } from './delivery-shapes.ts';
import { PageQuery } from './page-shapes.ts';

const oneOf = <Text extends string>(texts: readonly Text[]) =>
  Type.Union(texts.map((text) => Type.Literal(text)));
const path = Type.String({ maxLength: 512 });
const dateTime = Type.String({ format: 'date-time' });
const count = Type.Integer({ minimum: 0 });
const textOrNull = Type.Union([Type.String(), Type.Null()]);

const condition = Type.Object({
  path,
  op: oneOf(comparisons),
  value: Type.Optional(Type.Unknown()),
});

/** Either `path`, `multiply` and `round`, or an operation of RFC 6902: src/correction reads which. */
const operation = Type.Object({
  path,
  multiply: Type.Optional(Type.String({ maxLength: 40 })),
  round: Type.Optional(oneOf(roundings)),
  op: Type.Optional(oneOf(patchOperations)),
  from: Type.Optional(path),
  value: Type.Optional(Type.Unknown()),
});

/** Whose payloads, and what becomes of them: src/correction reads it. */
export const CorrectionDeclaration = Type.Object({
  where: Type.Optional(Type.Array(condition, { maxItems: 16 })),
  operations: Type.Array(operation, { minItems: 1, maxItems: 32 }),
});

/** A misspelt filter would correct more than was meant, in silence: so it is refused. */
export const CorrectionIn = Type.Object(
  {
    correction: CorrectionDeclaration,
    states: Type.Optional(
      Type.Array(oneOf(correctableStates), { minItems: 1, maxItems: 4, uniqueItems: true }),
    ),
    eventTypes: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 256 }), {
        minItems: 1,
        maxItems: 512,
        uniqueItems: true,
      }),
    ),
    endpointId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    since: Type.Optional(dateTime),
    until: Type.Optional(dateTime),
    webhookId: Type.Optional(oneOf(['same', 'new'])),
    perSecond: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
    reason: Type.String({ minLength: 1, maxLength: 1024 }),
    preview: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

const counts = Type.Object({
  messages: count,
  deliveries: count,
  matched: count,
  corrected: count,
  skipped: recordOf(count),
});

/** Values are JSON texts as they stand in the payload: a number in JavaScript would not hold each of them. */
const changes = Type.Array(Type.Object({ path, before: textOrNull, after: textOrNull }));

export const CorrectionPreviewOut = Type.Object({
  counts,
  /** False: there are more messages than a preview walks. */
  isWhole: Type.Boolean(),
  /** The newest message walked was accepted then; null: there was none. */
  walkedUntil: Type.Union([dateTime, Type.Null()]),
  examples: Type.Array(
    Type.Object({
      msgId: Type.String(),
      endpointId: Type.String(),
      eventType: Type.String(),
      state: Type.String(),
      changes,
    }),
  ),
});

export const CorrectionOut = Type.Object({
  ...ActOut.properties,
  counts,
  /** As it was declared. */
  correction: recordOf(Type.Unknown()),
});

export const CorrectionRecordsQuery = Type.Object(PageQuery.properties);

export const CorrectionRecordOut = Type.Object({
  msgId: Type.String(),
  endpointId: Type.String(),
  /** 1 for the first correction of this delivery. */
  nth: Type.Integer({ minimum: 1 }),
  webhookId: Type.String(),
  changes: Type.Union([changes, Type.Null()]),
  beforeHash: Type.String(),
  afterHash: Type.String(),
  actor: Type.String(),
  reason: Type.String(),
  at: dateTime,
  /** Of the delivery now. */
  state: Type.String(),
});
