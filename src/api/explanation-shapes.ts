import { Type, type TSchema } from 'typebox';

const orNull = <Shape extends TSchema>(shape: Shape) => Type.Union([shape, Type.Null()]);
const dateTime = Type.String({ format: 'date-time' });
const count = Type.Integer({ minimum: 0 });

export const ExplanationQuery = Type.Object({
  /** An hour before `to`, unless given; a day before it at the earliest. */
  from: Type.Optional(dateTime),
  /** Now, unless given. */
  to: Type.Optional(dateTime),
});

const row = {
  dimension: Type.String(),
  value: Type.String(),
  about: orNull(Type.String({ description: 'What people know the value by.' })),
  bad: count,
  total: count,
  otherBad: count,
  otherTotal: count,
  lift: orNull(
    Type.Number({ description: 'Share of bad over that of all others; null: no other is bad.' }),
  ),
  liftAtLeast: Type.Number({ description: 'Its lower bound, at 95 %.' }),
  explained: Type.Number({ description: 'Part of all bad outcomes, 0 to 1.' }),
  isExact: Type.Boolean({ description: 'Counted over all outcomes; otherwise over the sample.' }),
};

export const ExplanationOut = Type.Object({
  at: dateTime,
  from: dateTime,
  to: dateTime,
  /** Outcomes as they are counted by the minute. */
  exact: Type.Object({ total: count, bad: count }),
  sample: Type.Object({
    lookedAt: count,
    total: count,
    bad: count,
    isWhole: Type.Boolean({ description: 'Every delivery of the span was looked at.' }),
  }),
  /** Where it fails; the best explanation first, 20 at most. */
  explanations: Type.Array(Type.Object(row)),
  /** How it fails, always of the sample. */
  symptoms: Type.Array(
    Type.Object({
      ...row,
      mostlyAt: orNull(Type.Object({ host: Type.String(), bad: count })),
    }),
  ),
});
