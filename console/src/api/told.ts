import type { OperationId } from './client.ts';

/** What the stream of news tells of is asked for by a timer this rarely, in milliseconds, for what no news tells. */
const TOLD_MS = 20_000;

let told: ReadonlySet<OperationId> = new Set();

/** Answers that the stream tells of from now on: while it is open, those that news makes old; otherwise none. */
export function setTold(ids: readonly OperationId[]): void {
  told = new Set(ids);
}

/** How often an answer is asked for that a page wants anew every so many milliseconds. */
export function paceOf(id: OperationId, everyMs: number): number {
  return told.has(id) ? Math.max(everyMs, TOLD_MS) : everyMs;
}
