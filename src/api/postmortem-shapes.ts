import { Type, type TSchema } from 'typebox';
import { markerSources } from '../incident/index.ts';
import {
  exportFormats,
  postmortemBounds,
  postmortemStates,
  templateNames,
  type ExportFormat,
} from '../review/index.ts';
import { PageQuery } from './page-shapes.ts';

const oneOf = <Text extends string>(texts: readonly Text[]) =>
  Type.Union(texts.map((text) => Type.Literal(text)));
const orNull = <Shape extends TSchema>(shape: Shape) => Type.Union([shape, Type.Null()]);
const dateTime = Type.String({ format: 'date-time' });
const strict = { additionalProperties: false } as const;
const nth = Type.Integer({ minimum: 1 });

export const PostmortemIn = Type.Object(
  {
    /** By the incident's severity, unless given. */
    template: Type.Optional(oneOf(templateNames)),
  },
  strict,
);
export const PostmortemEdit = Type.Object(
  {
    /** With references to facts: {{fact:impact.late}}, {{list:timeline}}. */
    markdown: Type.String({ minLength: 1, maxLength: postmortemBounds.markdown }),
    /** The version that it was made from: where another is there by now, it is refused. */
    basedOn: Type.Optional(Type.Integer({ minimum: 1, maximum: postmortemBounds.versions })),
    /** What is new in it. */
    note: Type.Optional(Type.String({ maxLength: 500 })),
  },
  strict,
);
export const PostmortemPreviewIn = Type.Object(
  { markdown: Type.String({ maxLength: postmortemBounds.markdown }) },
  strict,
);
export const PostmortemMoveIn = Type.Object({}, strict);
export const PostmortemReturnIn = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 500 }) },
  strict,
);
export const CommentIn = Type.Object(
  {
    text: Type.String({ minLength: 1, maxLength: postmortemBounds.comment }),
    /** Words of the text, as they are shown; left out, it is about all of it. */
    quote: Type.Optional(Type.String({ maxLength: postmortemBounds.quote })),
  },
  strict,
);
export const ExportQuery = Type.Object({
  format: Type.Optional(Type.Unsafe<ExportFormat>(oneOf(exportFormats))),
  version: Type.Optional(Type.Integer({ minimum: 1, maximum: postmortemBounds.versions })),
});
export const VersionsQuery = PageQuery;

const FactOut = Type.Object({
  /** What references call it. */
  name: Type.String(),
  value: Type.Union([Type.Number(), Type.String()]),
  unit: oneOf(['count', 'ms', 'moment', 'minor', 'share', 'level', 'text']),
  currency: orNull(Type.String()),
  text: Type.String(),
  source: oneOf(markerSources),
  at: dateTime,
  evidence: Type.Object({
    kind: Type.String(),
    id: Type.Optional(Type.String()),
    url: Type.Optional(Type.String()),
  }),
});
export const FactsOut = Type.Object({ data: Type.Array(FactOut) });

const position = Type.Object({
  line: nth,
  column: nth,
  offset: Type.Integer({ minimum: 0 }),
});
export const VersionOut = Type.Object({
  version: nth,
  by: Type.String(),
  at: dateTime,
  note: Type.String(),
  markdown: Type.String(),
  /** When its numbers were frozen; null: they are live. */
  frozenAt: orNull(dateTime),
});
const finding = {
  flag: Type.String(),
  severity: oneOf(['block', 'warn']),
  section: Type.String(),
  phrase: Type.String(),
  reason: Type.String(),
  rewrite: Type.String(),
  start: position,
  end: position,
};
export const PostmortemPreviewOut = Type.Object({
  /** Its text as HTML that loads and runs nothing. Each number is a data element; its value names one of the facts. */
  html: Type.String(),
  facts: Type.Array(FactOut),
  missing: Type.Array(Type.String()),
  findings: Type.Array(
    Type.Object({
      ...finding,
      /** Where it stands in the Markdown; null: in what the record says. */
      place: orNull(
        Type.Object({
          start: Type.Integer({ minimum: 0 }),
          end: Type.Integer({ minimum: 0 }),
        }),
      ),
      /** What can be put in its place, with … for what only the writer knows; an empty text strikes it. */
      replacements: Type.Array(Type.String()),
    }),
  ),
});
export const PostmortemOut = Type.Object({
  incidentId: Type.String(),
  state: oneOf(postmortemStates),
  template: oneOf(templateNames),
  /** The present one. */
  version: nth,
  publishedVersion: orNull(nth),
  createdAt: dateTime,
  changedAt: dateTime,
  changedBy: Type.String(),
  submittedAt: orNull(dateTime),
  publishedAt: orNull(dateTime),
  shown: VersionOut,
  /** Its text with references filled in. */
  text: Type.String(),
  /** Each number of the text, with where it is known from. */
  facts: Type.Array(FactOut),
  comments: Type.Array(
    Type.Object({
      comment: nth,
      version: nth,
      quote: Type.String(),
      text: Type.String(),
      by: Type.String(),
      at: dateTime,
      resolvedAt: orNull(dateTime),
      resolvedBy: orNull(Type.String()),
      /** Where the quote stands in the text now; null: it is about all of it, or not there any more. */
      anchor: orNull(
        Type.Object({
          start: Type.Integer({ minimum: 0 }),
          end: Type.Integer({ minimum: 0 }),
        }),
      ),
    }),
  ),
  /** What it lacks to be published. */
  missing: Type.Array(Type.String()),
  /** Of its language, by their places in the text. */
  findings: Type.Array(Type.Object(finding)),
});
/** As a file: what it is, how to call it, and its text. */
export const ExportOut = Type.Object({
  type: Type.String(),
  name: Type.String(),
  text: Type.String(),
});

const count = Type.Integer({ minimum: 0 });
export const DrillFileOut = Type.Object({
  format: Type.String(),
  name: Type.String(),
  title: Type.String(),
  incident: Type.String(),
  exportedAt: dateTime,
  minutes: nth,
  endpoints: nth,
  eventTypes: Type.Array(Type.String()),
  traffic: Type.Array(
    Type.Object({
      minute: count,
      endpoint: count,
      eventType: count,
      accepted: count,
      ok: count,
      bad: count,
    }),
  ),
  faults: Type.Array(
    Type.Object({
      endpoint: count,
      fromMinute: count,
      toMinute: count,
      badShare: Type.Number(),
      outcomes: Type.Array(
        Type.Object({
          outcome: Type.String(),
          status: orNull(Type.Integer()),
          share: Type.Number(),
        }),
      ),
    }),
  ),
  recorded: Type.Object({
    impactStartMinute: Type.Integer(),
    detectedMinute: Type.Integer(),
    mitigatedMinute: orNull(Type.Integer()),
    accepted: count,
    failed: count,
    late: count,
    dead: count,
  }),
});
