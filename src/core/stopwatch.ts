/** Milliseconds since the call, on a clock that never steps: for measuring our own work, not for deciding. */
export function startStopwatch(): () => number {
  const startedAt = performance.now();
  return () => performance.now() - startedAt;
}
