import type { Clock, Log } from '../core/index.ts';
import type { Ledger } from '../ledger/index.ts';

/** Deliveries that one commit of an act touches. */
const STEP = 200;

export type ActRunner = {
  /** Carries on with the acts that an earlier life began. */
  start(): Promise<void>;
  /** Carries an act out in the background. */
  run(actId: number): void;
  /** Stops after the step under way; the ledger knows where to go on. */
  stop(): Promise<void>;
};

/** Carries out acts on many deliveries in steps, so that no commit is long and none is lost in a restart. */
export function createActRunner(
  { ledger, clock, log }: { readonly ledger: Ledger; readonly clock: Clock; readonly log: Log },
  lookAgain: () => Promise<void>,
): ActRunner {
  const owned = new Set<Promise<void>>();
  const stopped = new AbortController();
  const isStopped = (): boolean => stopped.signal.aborted;

  async function carryOut(actId: number): Promise<void> {
    for (let step = 0; ; step += 1) {
      const act = await ledger.stepAct({ actId, limit: STEP, now: clock.now() });
      if (act.done || isStopped()) break;
      if (step === 0) await lookAgain(); // its first deliveries are due now
    }
    await lookAgain();
  }

  function run(actId: number): void {
    const work = carryOut(actId)
      .catch((thrown: unknown) =>
        log.error({ err: thrown, actId }, 'an act stopped part way; it goes on at the next start'),
      )
      .finally(() => owned.delete(work));
    owned.add(work);
  }

  return {
    async start() {
      for (const actId of await ledger.runningActs({})) run(actId);
    },
    run,
    async stop() {
      stopped.abort();
      await Promise.all(owned);
    },
  };
}
