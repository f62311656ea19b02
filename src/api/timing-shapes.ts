import { Type } from 'typebox';
import { timedPhases } from '../ledger/index.ts';

const moment = Type.String({ format: 'date-time' });
const count = Type.Integer({ minimum: 0 });
const milliseconds = Type.Number({ minimum: 0 });

export const TimingQuery = Type.Object({
  since: Type.Optional(moment),
  until: Type.Optional(moment),
  by: Type.Optional(Type.Literal('minute')),
});

const phase = Type.Object({
  count,
  p50Ms: milliseconds,
  p90Ms: milliseconds,
  p99Ms: milliseconds,
  maxMs: milliseconds,
});

/** null where no attempt had the phase. */
const phases = Type.Object(
  Object.fromEntries(timedPhases.map((name) => [name, Type.Union([phase, Type.Null()])])),
);

export const TimingOut = Type.Object({
  since: moment,
  until: moment,
  phases,
  /** Minutes in which an attempt ended; with by=minute. */
  minutes: Type.Optional(Type.Array(Type.Object({ at: moment, phases }))),
});
