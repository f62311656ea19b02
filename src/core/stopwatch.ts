/** Milliseconds with fractions since the process began, on a clock that never steps. */
export function monotonicMs(): number {
  return performance.now();
}

/** Milliseconds since the call, on a clock that never steps: for measuring our own work, not for deciding. */
export function startStopwatch(): () => number {
  const startedAt = performance.now();
  return () => performance.now() - startedAt;
}
