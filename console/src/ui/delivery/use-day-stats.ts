import { useState } from 'react';
import { useAnswer } from '../../api/index.ts';
import type { EndpointPath } from './reach.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

type DayStats = {
  readonly success: number;
  readonly fail: number;
  readonly pending: number;
  readonly sending: number;
};

/** What became of an endpoint's deliveries of the last 24 hours; zeros before it is known. */
export function useDayStats(path: EndpointPath, everyMs: number): DayStats {
  // Of whole minutes, so that the same question has the same answer on every look.
  const [since] = useState(() =>
    new Date(Math.floor((Date.now() - DAY_MS) / MINUTE_MS) * MINUTE_MS).toISOString(),
  );
  const stats = useAnswer('v1.endpoint.get-stats', { path, query: { since } }, { everyMs });
  return { success: 0, fail: 0, pending: 0, sending: 0, ...stats.data };
}
