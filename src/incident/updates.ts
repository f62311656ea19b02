import { fault, type Clock } from '../core/index.ts';
import { isEnded, presentEpisode, type Incident } from './incident.ts';
import type { Incidents } from './incidents.ts';
import { updateEveryMs } from './update-clock.ts';
import { draftUpdate, type UpdateTexts } from './words.ts';

export type GivenUpdate = UpdateTexts & {
  /** When word is due again, 1 to 1,440 minutes; null: no more; undefined: by the clock of its severity. */
  readonly nextInMinutes?: number | null | undefined;
};

/** Status updates: for responders, and for owners of endpoints that are hit. */
export type Updates = {
  /** How it stands, as texts to begin with. Throws `not_found`. */
  draft(id: number): Promise<UpdateTexts>;
  /**
   * Puts it on the timeline and tells both; empty texts for owners tell them nothing. Throws `not_found`,
   * `state_conflict` where it ended, and `validation`.
   */
  send(id: number, given: GivenUpdate, actor: string): Promise<Incident>;
};

export type UpdatesParts = {
  readonly incidents: Pick<Incidents, 'byId' | 'move'>;
  readonly clock: Clock;
  /** How often responders are told of severities 1 and 2, ms. */
  readonly updateMs: number;
};

const LONGEST_MINUTES = 1440;

export function createUpdates({ incidents, clock, updateMs }: UpdatesParts): Updates {
  async function find(id: number): Promise<Incident> {
    const known = await incidents.byId(id);
    if (known === null) throw fault('not_found', { field: 'incident_id' });
    return known;
  }

  return {
    draft: async (id) => draftUpdate(await find(id), clock.now()),
    async send(id, { responders, owners, nextInMinutes }, actor) {
      if (responders.trim() === '') {
        throw fault('validation', { field: 'responders', detail: 'Say how it stands.' });
      }
      const known = await find(id);
      const nextDueAt = nextOf(known, nextInMinutes, clock.now(), updateMs);
      return incidents.move(id, { kind: 'update', responders, owners, nextDueAt }, actor);
    },
  };
}

/** Nobody waits for word once the impact is over, unless it is asked for. */
function nextOf(
  incident: Incident,
  nextInMinutes: number | null | undefined,
  now: number,
  updateMs: number,
): number | null {
  if (nextInMinutes === undefined) {
    const isOver = presentEpisode(incident).markers.mitigated !== undefined;
    const everyMs = updateEveryMs(incident.severity, updateMs);
    return isOver || isEnded(incident) || everyMs === null ? null : now + everyMs;
  }
  if (nextInMinutes === null) return null;
  if (!(nextInMinutes >= 1 && nextInMinutes <= LONGEST_MINUTES)) {
    throw fault('validation', {
      field: 'nextInMinutes',
      detail: `Give 1 to ${LONGEST_MINUTES} minutes, or null for no further update.`,
    });
  }
  return now + nextInMinutes * 60_000;
}
