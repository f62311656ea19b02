import { useEffect, useRef, useState } from 'react';

const BEAT_MS = 250;

export type SectionClock = {
  /** Seconds of each section so far. */
  readonly seconds: readonly number[];
  readonly isRunning: boolean;
  readonly start: () => void;
  readonly stop: () => void;
};

/** Counts the time of the section that is being told. @param at its place. */
export function useSectionClock(sections: number, at: number): SectionClock {
  const [times, setTimes] = useState<readonly number[]>(() =>
    Array.from({ length: sections }, () => 0),
  );
  const [isRunning, setRunning] = useState(false);
  const place = useRef(at);
  place.current = at;
  useEffect(() => {
    if (!isRunning) return undefined;
    let before = performance.now();
    const timer = window.setInterval(() => {
      const now = performance.now();
      const passed = now - before;
      before = now;
      setTimes((all) => all.map((ms, nth) => (nth === place.current ? ms + passed : ms)));
    }, BEAT_MS);
    return () => window.clearInterval(timer);
  }, [isRunning]);
  return {
    seconds: times.map((ms) => Math.floor(ms / 1000)),
    isRunning,
    start: () => setRunning(true),
    stop: () => setRunning(false),
  };
}
