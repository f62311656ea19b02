import { until } from '../support/service-until.ts';

const PATIENCE_MS = 5_000;

/** Waits until the condition gives something true; seconds are long enough for a service on this machine. */
export const soon = <Result>(condition: () => Result | Promise<Result>, what: string) =>
  until(condition, what, PATIENCE_MS);
