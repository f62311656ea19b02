import type { OperationId } from '../api/index.ts';

/** What may be another once a lane is opened, closed or diverted. */
export const laneAnswers: readonly OperationId[] = [
  'v1.lane.get',
  'v1.endpoint.get',
  'v1.lane.list-resting',
  'v1.message-attempt.list-by-endpoint',
];
