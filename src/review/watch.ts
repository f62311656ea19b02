import type { Cancel, Clock, IdText, Log } from '../core/index.ts';
import {
  incidentOf,
  SYSTEM,
  timelineRowOf,
  type Incident,
  type Incidents,
} from '../incident/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Alerts } from '../slo/index.ts';
import { earlierOf, recurrenceRow, topExplanation } from './recurrence.ts';
import { isReminderDue, remindedOwner, reminderNotice } from './reminders.ts';
import type { Reviews } from './reviews.ts';
import { actionItemOf } from './stored.ts';
import { templateFor, type TemplateName } from './templates.ts';

export type ReviewWatchParts = {
  readonly ledger: Pick<Ledger, 'actionItems' | 'incidents' | 'timeline'>;
  readonly incidents: Pick<Incidents, 'current' | 'byId' | 'note'>;
  readonly reviews: Pick<Reviews, 'draft' | 'moveItem'>;
  readonly alerts: Pick<Alerts, 'tellIncident'>;
  readonly clock: Clock;
  readonly idText: Pick<IdText, 'format'>;
  readonly log: Log;
};

export type ReviewWatch = {
  /** One look; `start` takes one every five seconds. Never throws. */
  tick(): Promise<void>;
  start(): void;
  /** Resolves once the look under way has ended. Never throws. */
  stop(): Promise<void>;
};

const LOOK_MS = 5000;
/** Overdue items are looked at so often: reminders are a matter of days. */
const REMIND_MS = 60_000;
/** Incidents, the newest, among which one with the same explanation is looked for. */
const MOST_EARLIER = 1000;
const MOST_ROWS = 1000;
const PAGE = 250;
/** Of one look, so that a heap of overdue items is not told at once. */
const MOST_REMINDED = 100;

/**
 * Drafts postmortems as soon as an impact is over, names the incident that had the same explanation, and reminds of what
 * is overdue. All it knows is in the ledger: a restart goes on.
 */
export function createReviewWatch(parts: ReviewWatchParts): ReviewWatch {
  const { ledger, incidents, reviews, alerts, clock, log } = parts;
  /** The postmortem that each incident needs and has, and the incidents that were compared with earlier ones. */
  const drafted = new Map<number, TemplateName>();
  const compared = new Set<number>();
  let remindedAt = -Infinity;
  let cancel: Cancel = () => {};
  let isStopped = false;
  let looking: Promise<void> = Promise.resolve();

  async function draft(incident: Incident): Promise<void> {
    // Its severity follows its impact, which may grow after the draft.
    const needed = templateFor(incident.severity);
    if (incident.state === 'open' || drafted.get(incident.id) === needed) return;
    await reviews.draft(incident.id, SYSTEM);
    drafted.set(incident.id, needed);
  }

  async function compare(incident: Incident): Promise<void> {
    if (compared.has(incident.id) || topExplanation(incident) === null) return;
    if (!(await isLinked(incident.id))) {
      const stored = await ledger.incidents({ limit: MOST_EARLIER, descending: true });
      const others = stored.map(incidentOf).filter((each) => each !== null);
      const earlier = earlierOf(incident, others);
      if (earlier !== null) {
        const items = await ledger.actionItems({ incidentId: earlier.id, limit: PAGE });
        const now = clock.now();
        const row = recurrenceRow(incident, earlier, items.map(actionItemOf), parts.idText, now);
        await incidents.note(incident.id, row);
      }
    }
    compared.add(incident.id);
  }

  async function isLinked(incidentId: number): Promise<boolean> {
    const query = { incidentId, kind: 'evidence', limit: MOST_ROWS, descending: false };
    return (await ledger.timeline(query)).some((row) => {
      const { pinned } = timelineRowOf(row);
      return typeof pinned === 'object' && pinned !== null && 'recurrenceOf' in pinned;
    });
  }

  async function remind(now: number): Promise<void> {
    let reminded = 0;
    for (let afterId: number | undefined; reminded < MOST_REMINDED;) {
      const page = await ledger.actionItems({
        isOpen: true,
        dueBefore: now + 1,
        afterId,
        limit: PAGE,
      });
      for (const item of page.map(actionItemOf)) {
        if (isStopped || reminded >= MOST_REMINDED) return;
        if (!isReminderDue(item, now)) continue;
        const incident = await incidents.byId(item.incidentId);
        if (incident === null) continue;
        reminded += 1;
        // Written down first: who was told twice would not listen any more.
        await reviews.moveItem(item.id, { kind: 'reminded' }, SYSTEM);
        const owner = remindedOwner(item, incident) ?? '';
        const told = await alerts.tellIncident(reminderNotice(item, incident, owner, now));
        if (told.length > 0) continue;
        log.warn(
          { owner, item: item.text },
          'no route names a notifier for an overdue action item',
        );
      }
      if (page.length < PAGE) return;
      afterId = page.at(-1)?.id;
    }
  }

  async function attempt(work: () => Promise<void>, what: string): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      log.error({ err: thrown }, what);
    }
  }

  async function look(): Promise<void> {
    const current = incidents.current();
    for (const incident of current) {
      if (isStopped) return;
      await attempt(() => draft(incident), 'a postmortem could not be drafted');
      await attempt(() => compare(incident), 'an incident could not be compared with earlier ones');
    }
    const ids = new Set(current.map(({ id }) => id));
    for (const known of [drafted, compared]) {
      for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    }
    const now = clock.now();
    if (now - remindedAt < REMIND_MS && now >= remindedAt) return;
    remindedAt = now;
    await attempt(() => remind(now), 'overdue action items could not be looked at');
  }

  function later(): void {
    if (isStopped) return;
    cancel = clock.after(LOOK_MS, () => void watch.tick().finally(later));
  }

  const watch: ReviewWatch = {
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
