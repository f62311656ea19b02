import { useSyncExternalStore } from 'react';

/** One beat a second for all clocks of a page; none where nobody looks at one. */
const listeners = new Set<() => void>();
let now = Date.now();
let timer: number | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= window.setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(timer);
    timer = undefined;
  };
}

/** The time by the second. */
export function useSecond(): number {
  return useSyncExternalStore(subscribe, () => now);
}
