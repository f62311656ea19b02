import type { Cancel } from '../core/index.ts';
import { createFollowing, type FollowingParts } from './following.ts';
import type { Incidents } from './incidents.ts';
import { createOpening, type OpeningParts } from './opening.ts';

export type IncidentWatchParts = OpeningParts & FollowingParts & { readonly incidents: Incidents };

export type IncidentWatch = {
  load(): Promise<void>;
  /** One look at alerts and incidents; `start` takes one every five seconds. Never throws. */
  tick(): Promise<void>;
  start(): void;
  /** Resolves once the look under way has ended. Never throws. */
  stop(): Promise<void>;
};

const LOOK_MS = 5000;

/** Opens incidents by alerts and keeps them up to date. All it knows is in the ledger: a restart goes on. */
export function createIncidentWatch(parts: IncidentWatchParts): IncidentWatch {
  const { clock, log, incidents } = parts;
  const opening = createOpening(parts);
  const following = createFollowing(parts);
  let cancel: Cancel = () => {};
  let isStopped = false;
  let looking: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    try {
      await opening.look();
    } catch (thrown) {
      log.error({ err: thrown }, 'alerts could not be looked at for incidents');
    }
    try {
      await following.look(incidents.current(), () => isStopped);
    } catch (thrown) {
      log.error({ err: thrown }, 'incidents could not be followed');
    }
  }

  function later(): void {
    if (isStopped) return;
    cancel = clock.after(LOOK_MS, () => void watch.tick().finally(later));
  }

  const watch: IncidentWatch = {
    load: () => opening.load(),
    tick() {
      looking = looking.then(look);
      return looking;
    },
    start: later,
    async stop() {
      isStopped = true;
      cancel();
      await looking;
    },
  };
  return watch;
}
