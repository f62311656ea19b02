import { Type } from 'typebox';
import { CorrectionDeclaration } from './correction-shapes.ts';
import { recordOf } from './record-of.ts';

const version = Type.String({ minLength: 1, maxLength: 64 });

/** By event type: the version of its schema that the endpoint's payloads are made for. */
export const PayloadVersions = Type.Unsafe<Readonly<Record<string, string>>>(
  Type.Object({}, { additionalProperties: version }),
);

/** All pins: they replace those that there are. */
export const PayloadVersionsIn = Type.Object(
  { payloadVersions: PayloadVersions },
  { additionalProperties: false },
);

export const PayloadVersionsOut = Type.Object({
  payloadVersions: recordOf(Type.String()),
  pins: Type.Array(
    Type.Object({
      eventType: Type.String(),
      version: Type.String(),
      /** null: the event type has no versions any more, and nothing of it is sent. */
      versionInForce: Type.Union([Type.String(), Type.Null()]),
      /** A conversion is declared; otherwise payloads must follow the version as they are. */
      isConverted: Type.Boolean(),
    }),
  ),
});

/** They apply one after the other. */
const corrections = Type.Array(CorrectionDeclaration, { minItems: 1, maxItems: 16 });

export const ConversionIn = Type.Object({ corrections }, { additionalProperties: false });

export const ConversionOut = Type.Object({
  version: Type.String(),
  /** The version that was in force when it was declared. */
  from: Type.String(),
  /** Another one is in force by now. */
  isStale: Type.Boolean(),
  /** As it was declared. */
  corrections: Type.Array(recordOf(Type.Unknown())),
  /** Examples of the version in force that were tried, and what went wrong. */
  examples: Type.Integer({ minimum: 0 }),
  failures: Type.Array(Type.String()),
});

/** What a conversion would do to examples, or to one payload. */
export const ConversionCheckIn = Type.Object(
  { version, corrections: Type.Optional(corrections) },
  { additionalProperties: false },
);
export const ConversionCheckOut = Type.Object({
  version: Type.String(),
  examples: Type.Integer({ minimum: 0 }),
  failures: Type.Array(Type.String()),
  /** The given payload as the version has it; null: none was given, or it could not be made. */
  payload: Type.Union([recordOf(Type.Unknown()), Type.Null()]),
  failure: Type.Union([Type.String(), Type.Null()]),
});
