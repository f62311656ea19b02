import { Type } from 'typebox';
import { contractBounds, contractModes } from '../change/index.ts';
import { patterned } from './patterned.ts';
import { ConversionCheckIn, ConversionCheckOut } from './payload-version-shapes.ts';
import { compatibilities } from '../contract/index.ts';

const oneOf = <Text extends string>(texts: readonly Text[]) =>
  Type.Union(texts.map((text) => Type.Literal(text)));
const closed = { additionalProperties: false } as const;
const textOrNull = Type.Union([Type.String(), Type.Null()]);
const moment = Type.String({ format: 'date-time' });
const version = Type.String({ minLength: 1, maxLength: 64 });

const mode = oneOf(contractModes);
const compatibility = oneOf(compatibilities);

export const ContractIn = Type.Object(
  { mode, compatibility: Type.Optional(compatibility) },
  closed,
);
export const ContractPatch = Type.Object(
  { mode: Type.Optional(mode), compatibility: Type.Optional(compatibility) },
  closed,
);

const DifferenceOut = Type.Object({
  path: Type.String(),
  kind: Type.String(),
  sentence: Type.String(),
  before: Type.Unknown(),
  after: Type.Unknown(),
  breaks: oneOf(['backward', 'forward', 'both']),
});
const BrokenConsumerOut = Type.Object({
  name: Type.String(),
  differences: Type.Array(DifferenceOut),
});
export const CompatibilityOut = Type.Object({
  from: Type.String(),
  to: Type.String(),
  isBackward: Type.Boolean(),
  isForward: Type.Boolean(),
  isFull: Type.Boolean(),
  /** What the event type asks for, and whether this is so. */
  required: compatibility,
  isCompatible: Type.Boolean(),
  differences: Type.Array(DifferenceOut),
  consumers: Type.Array(BrokenConsumerOut),
});
export const CompatibilityQuery = Type.Object({
  from: Type.Optional(version),
  to: Type.Optional(version),
});

const ProblemOut = Type.Object({
  path: Type.String(),
  field: Type.String(),
  rule: Type.String(),
});

const valueTypes = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'] as const;
const RelianceIn = Type.Object(
  {
    /** A JSON pointer (RFC 6901); "*" stands for every element of an array. */
    path: patterned(
      '^(/[^/]*){0,32}$',
      'is empty or begins with "/", and has at most 32 parts',
      '/items/*/price',
      { maxLength: 500 },
    ),
    type: Type.Optional(
      Type.Union([
        oneOf(valueTypes),
        Type.Array(oneOf(valueTypes), { minItems: 1, maxItems: 7, uniqueItems: true }),
      ]),
    ),
    unit: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    required: Type.Optional(Type.Boolean()),
    enum: Type.Optional(Type.Array(Type.Unknown(), { minItems: 1, maxItems: 200 })),
  },
  closed,
);
const relies = Type.Array(RelianceIn, { maxItems: contractBounds.relies });
export const ConsumerIn = Type.Object(
  {
    description: Type.Optional(Type.String({ maxLength: 500 })),
    /** May be empty where a schema is given. */
    relies,
    schema: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  closed,
);
export const ConsumerOut = Type.Object({
  name: Type.String(),
  description: Type.String(),
  relies,
  schema: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
  updatedAt: moment,
  /** What it relies on and the version in force does not promise. */
  unmet: Type.Array(DifferenceOut),
});

const BreakOut = Type.Object({
  version: Type.String(),
  against: Type.String(),
  at: moment,
  actor: Type.String(),
  isAllowed: Type.Boolean(),
  differences: Type.Array(DifferenceOut),
  consumers: Type.Array(Type.String()),
});

export const ContractOut = Type.Object({
  eventType: Type.String(),
  mode,
  compatibility,
  /** The version in force: the highest. */
  version: textOrNull,
  versions: Type.Array(Type.String()),
  /** The version in force against the one before it. */
  latestChange: Type.Union([CompatibilityOut, Type.Null()]),
  consumers: Type.Array(ConsumerOut),
  breaks: Type.Array(BreakOut),
  /** Older versions that payloads can be converted to, and which version was in force when that was declared. */
  conversions: Type.Array(
    Type.Object({ version: Type.String(), from: Type.String(), isStale: Type.Boolean() }),
  ),
  /** Since the service started. */
  violations: Type.Object({
    warned: Type.Integer(),
    rejected: Type.Integer(),
    examples: Type.Array(
      Type.Object({
        at: moment,
        mode,
        version: Type.String(),
        appId: textOrNull,
        msgId: textOrNull,
        problems: Type.Array(ProblemOut),
      }),
    ),
  }),
});

export const ContractCheckIn = Type.Object(
  {
    schema: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    payload: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    /** The version to compare with; the one in force where it is absent. */
    against: Type.Optional(version),
    /** Whether payloads can be made for a version, by its conversion or the given one. */
    conversion: Type.Optional(ConversionCheckIn),
  },
  closed,
);
export const ContractCheckOut = Type.Object({
  /** null: no schema was given, or there is no version to compare it with. */
  compatibility: Type.Union([CompatibilityOut, Type.Null()]),
  /** What storing the schema as the next version would come to. */
  outcome: Type.Union([oneOf(['stored', 'stored_with_warning', 'refused']), Type.Null()]),
  /** null: no payload was given. */
  problems: Type.Union([Type.Array(ProblemOut), Type.Null()]),
  /** null: no conversion was asked about. */
  conversion: Type.Union([ConversionCheckOut, Type.Null()]),
});
