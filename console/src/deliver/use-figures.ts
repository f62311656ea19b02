import { useState } from 'react';
import { useLive } from '../api/index.ts';

/** How things stand, as the live stream tells it once a second. */
export type LiveFigures = {
  readonly lagMs: number;
  readonly pending: number;
  readonly isPendingMore: boolean;
  readonly dueLanes: number;
  readonly inFlight: number;
  readonly unaccounted: number;
  readonly openAlerts: number;
  readonly openIncidents: number;
  readonly acceptedPerSecond: number;
  readonly deliveredPerSecond: number;
  readonly failedPerSecond: number;
  /** Of the attempts of the last minute, how many delivered; null: there was none. */
  readonly successShare: number | null;
};

/** null: the stream has not told any yet. */
export function useFigures(): LiveFigures | null {
  const [figures, setFigures] = useState<LiveFigures | null>(null);
  useLive('figures', (value) => {
    if (isFigures(value)) setFigures(value);
  });
  return figures;
}

function isFigures(value: unknown): value is LiveFigures {
  return (
    typeof value === 'object' &&
    value !== null &&
    'acceptedPerSecond' in value &&
    'successShare' in value
  );
}
