import { Type } from 'typebox';
import { NowOut } from '../live/live-shapes.ts';
import { route } from '../route.ts';

const moment = Type.String({ format: 'date-time' });
const count = Type.Integer({ minimum: 0 });

const OverviewOut = Type.Object({
  since: moment,
  until: moment,
  now: NowOut,
  /** Without minutes in which nothing was accepted or attempted. */
  minutes: Type.Array(
    Type.Object({
      at: moment,
      accepted: count,
      delivered: count,
      late: count,
      dead: count,
      firstOk: count,
      firstBad: count,
    }),
  ),
  worstEndpoints: Type.Array(
    Type.Object({
      id: Type.String(),
      appId: Type.String(),
      uid: Type.Union([Type.String(), Type.Null()]),
      url: Type.String(),
      firstOk: count,
      firstBad: count,
    }),
  ),
});

export const getOverview = route({
  method: 'GET',
  path: '/api/v1/overview',
  operationId: 'v1.overview.get',
  summary:
    'Show how things stand, what became of the messages of the last minutes (an hour, unless minutes says otherwise), and the endpoints whose first attempts failed most in the last ten. Up to two seconds old.',
  access: 'organization',
  query: Type.Object({ minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440 })) }),
  answers: { 200: OverviewOut },
  async handle({ query }, parts) {
    return { status: 200, value: await parts.overview(query.minutes ?? 60) };
  },
});
