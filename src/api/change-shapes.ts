import { Type, type TSchema } from 'typebox';
import { conflictChoices } from '../change/index.ts';
import { changeKinds, changeVerbs, changeWays } from '../ledger/index.ts';
import { PageQuery } from './page-shapes.ts';
import { patterned } from './patterned.ts';

const oneOf = <Text extends string>(texts: readonly Text[]) =>
  Type.Union(texts.map((text) => Type.Literal(text)));
const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()]);
const moment = Type.String({ format: 'date-time' });
/** They are shown in terminals and tables. */
const WITHOUT_CONTROLS = String.raw`^[^\u0000-\u001f\u007f-\u009f]*$`;
const lineOf = (example: string, minLength: number) =>
  patterned(WITHOUT_CONTROLS, 'takes one line without control characters', example, {
    minLength,
    maxLength: 256,
  });

const MOST_NAMED = 1000;
const LONGEST_SPAN_MINUTES = 14 * 24 * 60;

export const ChangesQuery = Type.Object({
  ...PageQuery.properties,
  kind: Type.Optional(oneOf(changeKinds)),
  /** The name of what was changed, such as an event type's; with kind. */
  subject: Type.Optional(Type.String({ maxLength: 256 })),
  app_id: Type.Optional(Type.String({ maxLength: 256 })),
  endpoint_id: Type.Optional(Type.String({ maxLength: 256 })),
  after: Type.Optional(moment),
  before: Type.Optional(moment),
});

export const ApplicationChangesQuery = Type.Object({
  ...PageQuery.properties,
  after: Type.Optional(moment),
  before: Type.Optional(moment),
});

const FieldChangeOut = Type.Object({
  /** The field's name; with a key behind a dot where the field holds named values. */
  field: Type.String(),
  before: Type.Unknown(),
  after: Type.Unknown(),
  /** Secrets and the like: that they changed is shown, never what they are. */
  isHidden: Type.Boolean(),
});

const ChangeItemOut = Type.Object({
  kind: oneOf(changeKinds),
  verb: oneOf(changeVerbs),
  /** The application it is in force over; null: all of them. */
  appId: orNull(Type.String()),
  subjectId: orNull(Type.String()),
  subject: Type.String(),
  fields: Type.Array(FieldChangeOut),
});

export const ChangeOut = Type.Object({
  id: Type.String(),
  at: moment,
  actor: Type.String(),
  via: oneOf(changeWays),
  reason: Type.String(),
  reverts: Type.Array(Type.String()),
  /** The last change that took it back; null: it stands. */
  revertedBy: orNull(Type.String()),
  isRevertible: Type.Boolean(),
  items: Type.Array(ChangeItemOut),
});

const which = {
  changeIds: Type.Optional(
    Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: MOST_NAMED }),
  ),
  lastMinutes: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: LONGEST_SPAN_MINUTES })),
  /** With lastMinutes: changes of this application only. */
  appId: Type.Optional(Type.String({ maxLength: 256 })),
  onConflict: Type.Optional(oneOf(conflictChoices)),
};

export const RevertIn = Type.Object(
  { ...which, reason: Type.Optional(Type.String({ maxLength: 500 })) },
  { additionalProperties: false },
);

const ConflictOut = Type.Object({
  changeId: Type.String(),
  /** The later change that altered it; null where it is not known. */
  laterId: orNull(Type.String()),
  kind: Type.String(),
  subjectId: Type.String(),
  subject: Type.String(),
  /** Empty: the whole of it. */
  field: Type.String(),
  now: Type.Unknown(),
  before: Type.Unknown(),
  isHidden: Type.Boolean(),
});

export const RevertOut = Type.Object({
  /** The change that was made; null in a preview, or where there was nothing to do. */
  changeId: orNull(Type.String()),
  /** What is taken back, the newest first. */
  reverts: Type.Array(Type.String()),
  items: Type.Array(ChangeItemOut),
  conflicts: Type.Array(ConflictOut),
  /** What going back breaks of contracts; it is not refused for that. */
  warnings: Type.Array(Type.String()),
});

export const DeployIn = Type.Object(
  {
    service: lineOf('checkout', 1),
    version: lineOf('2.4.1', 1),
    ref: Type.Optional(lineOf('3f2c1ab', 0)),
    environment: Type.Optional(lineOf('production', 0)),
    /** Who deployed; without it, the token's name. */
    actor: Type.Optional(lineOf('ada', 1)),
    link: Type.Optional(
      patterned(
        '^[Hh][Tt][Tt][Pp][Ss]?://',
        'begins with http:// or https://',
        'https://ci.example.com/run/1',
        { maxLength: 2048, format: 'uri' },
      ),
    ),
    /** When it was in force; without it, now. */
    at: Type.Optional(moment),
    note: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false },
);
