import type { AutomaticMitigation, Configuration } from '../change/index.ts';
import { HoldfastError, type Clock, type Log } from '../core/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { isOpenAlert, type Alert, type Alerts } from '../slo/index.ts';
import { attachedOf } from './alert-subject.ts';
import { groupFor } from './grouping.ts';
import { readImpact, type ImpactParts } from './impact.ts';
import { bySystem, presentEpisode, SYSTEM, type Incident } from './incident.ts';
import { incidentOf, type Incidents } from './incidents.ts';
import { impactStartOf, isBadSince } from './markers.ts';
import { sliceOf, type MeasureParts } from './measure.ts';
import { createRuleReader, rulingOf, type Ruling } from './rules.ts';
import { severityOf } from './severity.ts';
import { rowDraft } from './moves.ts';
import { updateEveryMs } from './update-clock.ts';

/** Carries out one mitigation by itself, through the menu; throws where it cannot. */
export type AutoMitigate = (
  incident: Incident,
  kind: AutomaticMitigation,
  rule: string,
) => Promise<void>;

export type OpeningParts = MeasureParts &
  ImpactParts & {
    readonly ledger: Pick<Ledger, 'sli' | 'incidents'>;
    readonly configuration: Pick<Configuration, 'incidentRules'>;
    readonly clock: Clock;
    readonly log: Log;
    readonly alerts: Pick<Alerts, 'current' | 'isHeldBack'>;
    readonly incidents: Pick<Incidents, 'current' | 'open' | 'move' | 'note'>;
    /** null: nothing is done by itself. */
    readonly autoMitigate: AutoMitigate | null;
    /** What opens is staged, and counts in no figures. */
    readonly isDrill: boolean;
    readonly updateMs: number;
  };

export type Opening = {
  /** Firings that ended incidents took: they open none again. */
  load(): Promise<void>;
  /** Every alert that is open joins an incident, opens one, or waits. */
  look(): Promise<void>;
};

/** Incidents that ended, newest first, whose alerts may still fire. */
const REMEMBERED = 1000;
/** Beyond so many firings those are forgotten whose alerts are over. */
const MOST_TAKEN = 100_000;

/** Turns alerts into incidents: one firing is taken once, by the incident it belongs to. */
export function createOpening(parts: OpeningParts): Opening {
  const { alerts, incidents, clock, log } = parts;
  const rules = createRuleReader(parts.configuration);
  const taken = new Set<string>();

  function remember({ episodes }: Pick<Incident, 'episodes'>): void {
    for (const { alerts: attached } of episodes) {
      for (const { alertId, count, severity } of attached) {
        taken.add(firingOf({ id: alertId, count, severity }));
      }
    }
  }

  function forget(held: readonly Alert[]): void {
    if (taken.size < MOST_TAKEN) return;
    const firings = new Set(held.map((alert) => firingOf(alert)));
    for (const firing of taken) if (!firings.has(firing)) taken.delete(firing);
  }

  async function take(alert: Alert, now: number): Promise<void> {
    // What is real never becomes a part of what is staged.
    const current = incidents.current().filter(({ isDrill }) => isDrill === parts.isDrill);
    const joined = groupFor(alert, current, now);
    const ruling = rulingOf(await rules(), alert, now);
    if (joined === null && !ruling.opens) return;
    if (await alerts.isHeldBack(alert)) return;
    if (joined === null) await open(alert, ruling, now);
    else await attach(joined.incident, alert, ruling, now);
  }

  async function open(alert: Alert, ruling: Ruling, now: number): Promise<void> {
    const slice = await sliceOf(alert, parts);
    const impactStartAt = await impactStartOf(alert, parts, now);
    const draft = {
      title: alert.title,
      summary: '',
      isSeverityByHand: false,
      owner: alert.owner,
      consumers: alert.consumers,
      slice,
      detectedBy: 'system',
      isDrill: parts.isDrill,
      isRetrospective: false,
      impactStartAt,
      detectedAt: alert.firedAt,
      source: 'alert',
      alerts: [attachedOf(alert, parts.idText)],
    } as const;
    const severity = await severityNow(draft, now);
    const updateMs = updateEveryMs(severity, parts.updateMs);
    const incident = await incidents.open(
      { ...draft, severity, updateDueAt: updateMs === null ? null : now + updateMs },
      bySystem,
    );
    remember(incident);
    for (const kind of ruling.mitigations) await mitigate(incident, kind, ruling);
  }

  async function severityNow(
    draft: Pick<Incident, 'slice'> & {
      readonly impactStartAt: number;
      readonly detectedAt: number;
    },
    now: number,
  ): Promise<Incident['severity']> {
    const at = {
      at: draft.impactStartAt,
      source: 'ledger',
      by: SYSTEM,
      note: '',
      setAt: now,
    } as const;
    const episode = { nth: 1, markers: { impactStart: at }, alerts: [] };
    return severityOf(
      await readImpact({ slice: draft.slice, episodes: [episode], mitigations: [] }, parts, now),
    );
  }

  async function attach(
    incident: Incident,
    alert: Alert,
    ruling: Ruling,
    now: number,
  ): Promise<void> {
    const { mitigated } = presentEpisode(incident).markers;
    const isBack =
      ruling.opens &&
      (mitigated === undefined || (await isBadSince(alert, mitigated.at, parts, now)));
    const impactStartAt = await impactStartOf(alert, parts, now);
    const after = await incidents.move(
      incident.id,
      {
        kind: 'attach_alert',
        alert: attachedOf(alert, parts.idText),
        impactStartAt: Math.max(impactStartAt, mitigated?.at ?? 0),
        slice: await sliceOf(alert, parts),
        isPast: !isBack,
      },
      bySystem,
    );
    remember({ episodes: after.episodes.slice(-1) });
    taken.add(firingOf(alert));
  }

  async function mitigate(
    incident: Incident,
    kind: AutomaticMitigation,
    { rule }: Ruling,
  ): Promise<void> {
    if (parts.autoMitigate === null || rule === null) return;
    try {
      await parts.autoMitigate(incident, kind, rule);
    } catch (thrown) {
      // That there is no place for it is no fault: the timeline says so.
      const isRefused = thrown instanceof HoldfastError && thrown.status < 500;
      const fields = { err: thrown, mitigation: kind, rule };
      log[isRefused ? 'info' : 'error'](fields, 'an automatic mitigation was not applied');
      const said = thrown instanceof Error ? thrown.message : String(thrown);
      const by = { ...bySystem, now: clock.now() };
      const text = `The rule "${rule}" allows "${kind}", which could not be applied: ${said}`;
      await incidents.note(incident.id, rowDraft(by, 'mitigation', text, by.now));
    }
  }

  return {
    async load() {
      const ended = await parts.ledger.incidents({
        isOpen: false,
        limit: REMEMBERED,
        descending: true,
      });
      for (const stored of ended) {
        const incident = incidentOf(stored);
        if (incident !== null) remember(incident);
      }
    },
    async look() {
      const now = clock.now();
      const held = alerts.current();
      forget(held);
      for (const incident of incidents.current()) remember(incident);
      for (const alert of held.toSorted((a, b) => a.firedAt - b.firedAt || a.id - b.id)) {
        if (!isOpenAlert(alert) || taken.has(firingOf(alert))) continue;
        try {
          await take(alert, now);
        } catch (thrown) {
          log.error({ err: thrown, key: alert.key }, 'an alert opened no incident');
        }
      }
    },
  };
}

/** One that gets worse is looked at anew. */
function firingOf({ id, count, severity }: Pick<Alert, 'id' | 'count' | 'severity'>): string {
  return `${id} ${count} ${severity}`;
}
