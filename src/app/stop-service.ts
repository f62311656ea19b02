import type { Clock, Log } from '../core/index.ts';
import type { createServer } from '../api/index.ts';
import type { Engine, Transport } from '../delivery/index.ts';
import type { Ledger } from '../ledger/index.ts';

type Stoppable = { stop(): Promise<unknown> };

export type StopParts = {
  /** Work of the ledger's own, in no order among themselves. */
  readonly auditor: Stoppable;
  readonly retention: Stoppable;
  readonly canaryWatch: Stoppable;
  readonly sliKeeper: Stoppable;
  readonly server: ReturnType<typeof createServer>;
  readonly acts: Stoppable;
  readonly drift: Stoppable;
  readonly watch: Stoppable;
  readonly incidentWatch: Stoppable;
  readonly reviewWatch: Stoppable;
  readonly alerts: Stoppable;
  readonly engine: Engine;
  readonly timings: Stoppable;
  readonly transport: Transport;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  /** For requests that are being answered, and then for attempts under way, ms each. */
  readonly drainMs: number;
};

/** Stops everything in its order. What cannot be stopped, as where the disk is full, keeps nothing else from it. */
export async function stopService(parts: StopParts): Promise<void> {
  const { clock, drainMs, engine, ledger, log, server, transport } = parts;
  const step = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      log.error({ err: thrown, what }, 'a part of the service did not stop as it should');
    }
  };
  try {
    await Promise.all([
      step('audit', () => parts.auditor.stop()),
      step('retention', () => parts.retention.stop()),
      step('canary watch', () => parts.canaryWatch.stop()),
      step('SLI keeper', () => parts.sliKeeper.stop()),
    ]);
    // Answers what was already sent. A client that stalls in the middle of its request is cut off.
    const cut = clock.after(drainMs, () => server.server.closeAllConnections());
    await step('server', () => server.close());
    cut();
    await step('acts', () => parts.acts.stop());
    // What raises alerts stops before those who tell them.
    await step('drift watch', () => parts.drift.stop());
    await step('watch', () => parts.watch.stop());
    await step('incident watch', () => parts.incidentWatch.stop());
    await step('review watch', () => parts.reviewWatch.stop());
    await step('alerts', () => parts.alerts.stop());
    const abort = clock.after(drainMs, () => transport.abort());
    await step('engine', () => engine.drain());
    abort();
    await step('timings', () => parts.timings.stop());
    await step('transport', () => transport.close());
  } finally {
    await ledger.close();
  }
}
