/** A signal that aborts at Ctrl-C or SIGTERM, for commands that only wait: whatever they wait for goes on without them. */
export function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  process.once('SIGINT', abort);
  process.once('SIGTERM', abort);
  return controller.signal;
}

export function isInterruption(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}
