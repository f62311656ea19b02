import { useCallback, useEffect, useRef, useState } from 'react';
import { useLive } from '../api/index.ts';

/** An attempt as the live stream tells it. */
export type LiveAttempt = {
  readonly id: string;
  readonly messageId: string;
  readonly appId: string;
  readonly endpointId: string;
  readonly eventType: string;
  /** Which attempt of its delivery it was. */
  readonly attempt: number;
  readonly outcome: string;
  /** What its delivery is after it. */
  readonly state: string;
  readonly statusCode: number | null;
  readonly durationMs: number;
  readonly at: string;
};

export const MOST_ROWS = 1000;

export type Tail = {
  /** The newest first. */
  readonly rows: readonly LiveAttempt[];
  /** How many the stream did not tell of. */
  readonly skipped: number;
  readonly isPaused: boolean;
  /** How many came since it was paused. */
  readonly waiting: number;
  readonly toggle: () => void;
  readonly clear: () => void;
};

/** The last attempts of the live stream, shown once a frame at most however many come. */
export function useTail(): Tail {
  const kept = useRef<LiveAttempt[]>([]);
  const frame = useRef(0);
  const paused = useRef(false);
  const [shown, setShown] = useState<readonly LiveAttempt[]>([]);
  const [skipped, setSkipped] = useState(0);
  const [isPaused, setPaused] = useState(false);
  const [waiting, setWaiting] = useState(0);
  const show = useCallback((): void => {
    if (frame.current !== 0) return;
    frame.current = requestAnimationFrame(() => {
      frame.current = 0;
      setShown(kept.current.toReversed());
    });
  }, []);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  useLive('attempt', (value) => {
    if (!isAttempt(value)) return;
    kept.current.push(value);
    // Cut in steps, so that not every row moves a thousand.
    if (kept.current.length > MOST_ROWS * 2) kept.current = kept.current.slice(-MOST_ROWS);
    if (paused.current) setWaiting((many) => many + 1);
    else show();
  });
  useLive('skipped', (value) => {
    const many = countIn(value);
    setSkipped((before) => before + many);
  });
  return {
    rows: shown.length > MOST_ROWS ? shown.slice(0, MOST_ROWS) : shown,
    skipped,
    isPaused,
    waiting,
    toggle: () => {
      paused.current = !paused.current;
      setPaused(paused.current);
      setWaiting(0);
      if (!paused.current) show();
    },
    clear: () => {
      kept.current = [];
      setSkipped(0);
      setWaiting(0);
      setShown([]);
    },
  };
}

function isAttempt(value: unknown): value is LiveAttempt {
  return typeof value === 'object' && value !== null && 'messageId' in value && 'outcome' in value;
}

function countIn(value: unknown): number {
  const count: unknown =
    typeof value === 'object' && value !== null && 'count' in value ? value.count : 0;
  return typeof count === 'number' ? count : 0;
}
