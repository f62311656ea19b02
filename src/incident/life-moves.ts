import {
  type AppliedMitigation,
  type AttachedAlert,
  type Episode,
  type Incident,
  incidentBounds,
  type IncidentState,
  inForce,
  type IntendedMitigation,
  type MarkerSource,
  presentEpisode,
} from './incident.ts';
import {
  type IncidentMove,
  type Moved,
  moved,
  type MovedBy,
  refused,
  rowDraft,
  type RowDraft,
  stateRow,
  tooMany,
  withEpisode,
} from './moves.ts';
import { widenSlice } from './widen-slice.ts';

export function attach(
  incident: Incident,
  given: Extract<IncidentMove, { readonly kind: 'attach_alert' }>,
  by: MovedBy,
): Moved {
  const { alert, impactStartAt, isPast = false } = given;
  const isNamed = ({ key }: AttachedAlert): boolean => key === alert.key;
  // One that fires again tells nothing new of what is hit: whoever took it out of the slice had a reason.
  const isNew = !incident.episodes.some(({ alerts }) => alerts.some(isNamed));
  const slice = isNew ? widenSlice(incident.slice, given.slice) : incident.slice;
  const episode = presentEpisode(incident);
  const isKnown = (each: AttachedAlert): boolean =>
    each.alertId === alert.alertId &&
    each.count === alert.count &&
    each.severity === alert.severity;
  if (incident.episodes.some(({ alerts }) => alerts.some(isKnown))) return moved(incident, []);
  const told = alertRow(alert, by);
  if (incident.state === 'open' || isPast) {
    const isFull = episode.alerts.length >= incidentBounds.alerts;
    const alerts = isFull ? episode.alerts : [...episode.alerts, alert];
    return moved(withEpisode({ ...incident, slice }, { ...episode, alerts }), [told]);
  }
  const again = begin(
    { ...incident, slice },
    { impactStartAt, detectedAt: alert.firedAt, source: 'alert', alerts: [alert] },
    by,
  );
  if (again.kind === 'refused') return again;
  return { ...again, rows: [told, ...again.rows] };
}

export function alertRow({ title, firedAt, publicId }: AttachedAlert, by: MovedBy): RowDraft {
  return rowDraft(by, 'alert', title, firedAt, [{ kind: 'alert', id: publicId }]);
}

type Beginning = {
  readonly impactStartAt: number;
  readonly detectedAt: number;
  readonly source: MarkerSource;
  readonly alerts: readonly AttachedAlert[];
};

function begin(incident: Incident, beginning: Beginning, by: MovedBy): Moved {
  if (incident.episodes.length >= incidentBounds.episodes) {
    return refused(`An incident has at most ${incidentBounds.episodes} episodes. Open a new one.`);
  }
  const before = presentEpisode(incident);
  const nth = before.nth + 1;
  const overAt = before.markers.mitigated?.at ?? 0;
  const episode = firstEpisode(
    nth,
    {
      ...beginning,
      impactStartAt: Math.max(beginning.impactStartAt, overAt),
      detectedAt: Math.max(beginning.detectedAt, overAt),
    },
    by,
  );
  const state: IncidentState = 'open';
  return moved({ ...incident, state, endedAt: null, episodes: [...incident.episodes, episode] }, [
    rowDraft(by, 'state', `Episode ${nth} begins: impact is back.`, by.now),
  ]);
}

/** An episode as it begins. Impact that is said to begin after its detection began with it. */
export function firstEpisode(nth: number, given: Beginning, { actor, now }: MovedBy): Episode {
  const { impactStartAt, detectedAt, source, alerts } = given;
  const set = { by: actor, note: '', setAt: now };
  return {
    nth,
    markers: {
      impactStart: {
        ...set,
        at: Math.min(impactStartAt, detectedAt),
        source: source === 'alert' ? 'ledger' : source,
      },
      detected: { ...set, at: detectedAt, source },
    },
    alerts,
  };
}

export function review(incident: Incident, by: MovedBy): Moved {
  if (incident.state !== 'fixed') {
    return refused(
      'Only what is fixed goes into review. Record the fix, or mark it as fixed and say how you know.',
    );
  }
  return moved({ ...incident, state: 'in_review' }, stateRow('fixed', 'in_review', by));
}

export function close(incident: Incident, by: MovedBy): Moved {
  if (incident.state !== 'in_review') return refused('Only what was reviewed can be closed.');
  const left = leftInForce(incident);
  if (left !== null) return left;
  return moved(
    { ...incident, state: 'closed', endedAt: by.now, updateDueAt: null },
    stateRow('in_review', 'closed', by),
  );
}

/** Mitigations that nobody would think of any more once it has ended. */
function runningOf(incident: Incident): readonly AppliedMitigation[] {
  return inForce(incident).filter(
    ({ isReversible, keptBecause }) => isReversible && keptBecause === null,
  );
}

function leftInForce(incident: Incident): Moved | null {
  if (incident.intended !== undefined) return beingApplied(incident.intended);
  const running = runningOf(incident);
  if (running.length === 0) return null;
  const titles = running.map(({ title }) => title).join('; ');
  return refused(`Mitigations are in force still: ${titles}. Undo them, or say why they stay.`);
}

function beingApplied({ mitigation }: IntendedMitigation): Moved {
  return refused(`"${mitigation.title}" is being applied at this moment. Try again.`);
}

export function decline(incident: Incident, reason: string, by: MovedBy): Moved {
  if (incident.state !== 'open' && incident.state !== 'mitigated') {
    return refused('What was fixed was an incident.');
  }
  if (reason.trim() === '') return refused('Say why it is none.', 'reason');
  const left = leftInForce(incident);
  if (left !== null) return left;
  return moved(
    {
      ...incident,
      state: 'declined',
      declinedBecause: reason,
      endedAt: by.now,
      updateDueAt: null,
    },
    [rowDraft(by, 'state', `Declined: ${reason}`, by.now)],
  );
}

export function merge(incident: Incident, into: number, by: MovedBy): Moved {
  if (into === incident.id) return refused('It cannot be merged into itself.', 'into');
  if (incident.intended !== undefined) return beingApplied(incident.intended);
  // What is in force is undone from the one that goes on.
  const running = inForce(incident);
  const mitigations = incident.mitigations.filter((each) => !running.includes(each));
  return moved(
    {
      ...incident,
      mitigations,
      state: 'merged',
      mergedInto: into,
      endedAt: by.now,
      updateDueAt: null,
    },
    [rowDraft(by, 'state', 'Merged into another incident.', by.now)],
  );
}

export function takeOver(
  incident: Incident,
  mitigations: readonly AppliedMitigation[],
  by: MovedBy,
): Moved {
  if (incident.mitigations.length + mitigations.length > incidentBounds.mitigations) {
    return tooMany('mitigations', incidentBounds.mitigations);
  }
  return moved(
    { ...incident, mitigations: [...incident.mitigations, ...mitigations] },
    mitigations.map(({ title, at }) =>
      rowDraft(by, 'mitigation', `${title} (of the incident that became a part of this one)`, at),
    ),
  );
}

export function reopen(incident: Incident, at: number, reason: string, by: MovedBy): Moved {
  if (incident.state === 'open') return refused('The incident is open.');
  if (reason.trim() === '') return refused('Say what is back.', 'reason');
  if (at > by.now) return refused('It cannot begin in the future.', 'at');
  const overAt = presentEpisode(incident).markers.mitigated?.at ?? 0;
  if (at < overAt) {
    return refused(
      `The impact before it was over at ${new Date(overAt).toISOString()}: it is back since then or later.`,
      'at',
    );
  }
  const again = begin(
    incident,
    { impactStartAt: at, detectedAt: by.now, source: 'person', alerts: [] },
    by,
  );
  if (again.kind === 'refused') return again;
  return { ...again, rows: [rowDraft(by, 'note', reason, by.now), ...again.rows] };
}
