import { HoldfastError, type Cancel, type Clock, type Log } from '../core/index.ts';
import type { Ledger } from '../ledger/index.ts';

/** Deliveries that one commit of an act touches. */
const STEP = 200;
/** The wait before an act goes on that the ledger could not carry out for now. */
const AGAIN_MS = 1000;

export type ActRunner = {
  /** Carries on with the acts that an earlier life began. */
  start(): Promise<void>;
  /** Carries an act out in the background. */
  run(actId: number): void;
  /** Stops after the step under way; the ledger knows where to go on. */
  stop(): Promise<void>;
};

/** Carries out acts on many deliveries in steps, so that no commit is long and none is lost in a restart or a fault. */
export function createActRunner(
  { ledger, clock, log }: { readonly ledger: Ledger; readonly clock: Clock; readonly log: Log },
  lookAgain: () => Promise<void>,
): ActRunner {
  const owned = new Set<Promise<void>>();
  const waiting = new Set<Cancel>();
  let isStopped = false;

  async function carryOut(actId: number): Promise<void> {
    // oxlint-disable-next-line no-unmodified-loop-condition -- stop() modifies it
    for (let steps = 1; !isStopped; steps += 1) {
      const act = await ledger.stepAct({ actId, limit: STEP, now: clock.now() });
      if (act.done) break;
      if (steps === 1) await lookAgain(); // its first deliveries are due now
    }
    await lookAgain();
  }

  function run(actId: number): void {
    const work = carryOut(actId)
      .catch((thrown: unknown) => {
        log.error({ err: thrown, actId }, 'an act stopped part way');
        if (thrown instanceof HoldfastError) runAgain(actId);
      })
      .finally(() => owned.delete(work));
    owned.add(work);
  }

  function runAgain(actId: number): void {
    if (isStopped) return;
    const cancel = clock.after(AGAIN_MS, () => {
      waiting.delete(cancel);
      run(actId);
    });
    waiting.add(cancel);
  }

  return {
    async start() {
      for (const actId of await ledger.runningActs({})) run(actId);
    },
    run,
    async stop() {
      isStopped = true;
      for (const cancel of waiting) cancel();
      await Promise.all(owned);
    },
  };
}
