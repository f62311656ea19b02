import { Type } from 'typebox';
import { driftKinds, driftStates } from '../contract/index.ts';

const count = Type.Integer({ minimum: 0 });
const share = Type.Number({ minimum: 0, maximum: 1 });

export const DriftFindingOut = Type.Object({
  id: Type.Integer({ minimum: 1 }),
  kind: Type.Union(driftKinds.map((kind) => Type.Literal(kind))),
  field: Type.String(),
  factor: Type.Union([Type.Number(), Type.Null()]),
  value: Type.Union([Type.String(), Type.Null()]),
  share: Type.Union([share, Type.Null()]),
  sinceMessageId: Type.String(),
  foundMessageId: Type.String(),
  foundWithin: count,
  examples: Type.Array(
    Type.Object({
      messageId: Type.String(),
      value: Type.Union([Type.String(), Type.Number(), Type.Null()]),
    }),
  ),
  oncePerMessages: count,
  repeats: count,
  state: Type.Union(driftStates.map((state) => Type.Literal(state))),
});

export const DriftOut = Type.Object({
  looked: count,
  fields: Type.Array(
    Type.Object({
      field: Type.String(),
      types: Type.Array(Type.String()),
      share,
      magnitudes: Type.Array(
        Type.Object({
          name: Type.String(),
          known: count,
          p5: Type.Number(),
          p50: Type.Number(),
          p95: Type.Number(),
        }),
      ),
      values: Type.Union([Type.Array(Type.String()), Type.Null()]),
      isIgnored: Type.Boolean(),
    }),
  ),
  ignoredFields: Type.Array(Type.String()),
  findings: Type.Array(DriftFindingOut),
});

export const DriftIn = Type.Object({
  ignoredFields: Type.Array(Type.String({ minLength: 1, maxLength: 1000 }), { maxItems: 200 }),
});
