import { Type } from 'typebox';

const moment = Type.String({ format: 'date-time' });
const count = Type.Integer({ minimum: 0 });
const rate = Type.Number({ minimum: 0 });

const now = {
  at: moment,
  lagMs: Type.Number({ minimum: 0 }),
  pending: count,
  isPendingMore: Type.Boolean(),
  dueLanes: count,
  inFlight: count,
  unaccounted: count,
  openAlerts: count,
  openIncidents: count,
};

/** How things stand, in the overview. */
export const NowOut = Type.Object(now);

const LookAgain = Type.Object({ id: Type.String() });

/** What the data of each event is, by the event's name. */
export const LiveEvents = Type.Object({
  figures: Type.Object({
    ...now,
    acceptedPerSecond: rate,
    deliveredPerSecond: rate,
    failedPerSecond: rate,
    deadPerSecond: rate,
    successShare: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()]),
  }),
  attempt: Type.Object({
    id: Type.String(),
    messageId: Type.String(),
    appId: Type.String(),
    endpointId: Type.String(),
    eventType: Type.String(),
    attempt: count,
    outcome: Type.String(),
    state: Type.String(),
    statusCode: Type.Union([Type.Integer(), Type.Null()]),
    durationMs: Type.Number(),
    isCandidate: Type.Boolean(),
    at: moment,
  }),
  skipped: Type.Object({ count }),
  alert: LookAgain,
  incident: LookAgain,
  change: LookAgain,
});
