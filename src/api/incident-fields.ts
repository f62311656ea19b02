import { Type, type TSchema } from 'typebox';
import { incidentBounds, type IncidentSeverity } from '../incident/index.ts';

export const oneOf = <Text extends string>(texts: readonly Text[]) =>
  Type.Union(texts.map((text) => Type.Literal(text)));
export const orNull = <Shape extends TSchema>(shape: Shape) => Type.Union([shape, Type.Null()]);
export const dateTime = Type.String({ format: 'date-time' });
export const strict = { additionalProperties: false } as const;
const { title: longestTitle, text: longestText } = incidentBounds;
export const longestName = incidentBounds.name;

export const title = Type.String({ minLength: 1, maxLength: longestTitle });
export const name = Type.String({ minLength: 1, maxLength: longestName });
export const someText = Type.String({ maxLength: longestText });
export const neededText = Type.String({ minLength: 1, maxLength: longestText });
export const names = Type.Array(name, { maxItems: 50, uniqueItems: true });
export const severity = Type.Unsafe<IncidentSeverity>(Type.Integer({ minimum: 1, maximum: 4 }));
const id = Type.String({ minLength: 1, maxLength: 600 });
export const ids = (most: number) => Type.Array(id, { maxItems: most, uniqueItems: true });
export const ms = orNull(Type.Integer({ minimum: 0 }));
export const count = Type.Integer({ minimum: 0 });

const evidenceKinds = [
  'alert',
  'change',
  'incident',
  'mitigation',
  'hypothesis',
  'objective',
] as const;
const evidenceLink = Type.Union([
  Type.Object(
    { kind: oneOf(evidenceKinds), id: Type.String({ minLength: 1, maxLength: 256 }) },
    strict,
  ),
  Type.Object(
    { kind: Type.Literal('url'), url: Type.String({ minLength: 1, maxLength: 2048 }) },
    strict,
  ),
]);
export const evidence = Type.Array(evidenceLink, { maxItems: incidentBounds.evidenceLinks });

/** Empty lists mean all. */
export const sliceIn = Type.Object(
  {
    objective: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 63 }))),
    /** Ids or uids. */
    appIds: Type.Optional(ids(100)),
    /** Ids, or application/endpoint by their uids. */
    endpointIds: Type.Optional(ids(100)),
    eventTypes: Type.Optional(names),
  },
  strict,
);
