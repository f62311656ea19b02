import { assertNever } from '../core/index.ts';
import {
  incidentBounds,
  inForce,
  isEnded,
  presentEpisode,
  type AppliedMitigation,
  type AttachedAlert,
  type CauseClass,
  type Episode,
  type EpisodeMarker,
  type EvidenceLink,
  type Fix,
  type Hypothesis,
  type Impact,
  type Incident,
  type IncidentRole,
  type IncidentSeverity,
  type IncidentSlice,
  type IncidentState,
  type IntendedMitigation,
  type MarkerSource,
  type Prevention,
  type ReviewMarker,
  type TimelineKind,
  type TimelineRow,
} from './incident.ts';

/**
 * The life of an incident.
 *
 *   open ──mark mitigated──▶ mitigated ──mark fixed──▶ fixed ──review──▶ in_review ──close──▶ closed
 *    ▲  │                      │   │                     │                  │                    │
 *    │  └──────decline─────────┘   │                     │                  │                    │
 *    │  └──────merge (from every state that is not ended) ──▶ merged        │                    │
 *    └──────────────────reopen: a new episode ───────────┴──────────────────┴────────────────────┘
 *
 * declined and merged are final. An alert that is attached while impact is over reopens the incident. Markers are set
 * once for each episode: what comes later never overwrites them, and their order is
 * impact start ≤ detected ≤ acknowledged, mitigated, cause located; mitigated ≤ fixed. Episodes do not overlap: one
 * begins when the impact of the one before it is over, or later.
 */
export type IncidentMove =
  | { readonly kind: 'acknowledge'; readonly note: string }
  | { readonly kind: 'assign'; readonly role: IncidentRole; readonly who: string | null }
  | {
      readonly kind: 'set_severity';
      readonly severity: IncidentSeverity;
      readonly reason: string;
      /** Where it got worse and the impact lasts, word is due then at the latest; null: nobody waits. */
      readonly updateDueBy?: number | null;
    }
  | { readonly kind: 'describe'; readonly fields: Described }
  | {
      readonly kind: 'attach_alert';
      readonly alert: AttachedAlert;
      readonly impactStartAt: number;
      /** What it saw lies before the impact was over: it begins no episode. */
      readonly isPast?: boolean;
    }
  | {
      readonly kind: 'mark';
      readonly marker: EpisodeMarker;
      readonly at: number;
      readonly source: MarkerSource;
      /** Needed where a person sets it. */
      readonly note: string;
      readonly evidence: readonly EvidenceLink[];
    }
  | {
      readonly kind: 'mark_review';
      readonly marker: ReviewMarker;
      readonly at: number;
      readonly source: MarkerSource;
      readonly note: string;
    }
  | { readonly kind: 'add_hypothesis'; readonly hypothesis: Hypothesis }
  | {
      readonly kind: 'judge_hypothesis';
      readonly id: number;
      readonly state: 'confirmed' | 'refuted';
      readonly verdict: string;
      readonly pinned: unknown;
    }
  /** About to be applied; null: it was not, for the reason that `note` gives, or whoever asked was told. */
  | {
      readonly kind: 'intend_mitigation';
      readonly intended: IntendedMitigation | null;
      readonly note: string;
    }
  | { readonly kind: 'add_mitigation'; readonly mitigation: AppliedMitigation }
  | {
      readonly kind: 'undo_mitigation';
      readonly id: number;
      readonly undoChangeIds: readonly number[];
    }
  | { readonly kind: 'keep_mitigation'; readonly id: number; readonly reason: string }
  | { readonly kind: 'add_fix'; readonly fix: Fix }
  | { readonly kind: 'fix_held'; readonly id: number; readonly at: number }
  | { readonly kind: 'add_prevention'; readonly prevention: Prevention }
  | {
      readonly kind: 'refresh';
      readonly impact: Impact;
      readonly severity: IncidentSeverity;
      /** As for `set_severity`. */
      readonly updateDueBy?: number | null;
    }
  | {
      readonly kind: 'update';
      readonly responders: string;
      readonly owners: string;
      /** When word is due again; null: no more. */
      readonly nextDueAt: number | null;
    }
  /** People wait for word from now on, until then. */
  | { readonly kind: 'expect_update'; readonly dueAt: number }
  | { readonly kind: 'remind'; readonly text: string; readonly nextDueAt: number | null }
  | { readonly kind: 'review' }
  | { readonly kind: 'close' }
  | { readonly kind: 'decline'; readonly reason: string }
  | { readonly kind: 'merge'; readonly into: number }
  /** Mitigations in force of one that became a part of it: they are undone from here. */
  | { readonly kind: 'take_over'; readonly mitigations: readonly AppliedMitigation[] }
  | { readonly kind: 'reopen'; readonly at: number; readonly reason: string };

export type Described = {
  readonly title?: string | undefined;
  readonly summary?: string | undefined;
  readonly owner?: string | undefined;
  readonly consumers?: readonly string[] | undefined;
  readonly causeClass?: CauseClass | undefined;
  readonly slice?: IncidentSlice | undefined;
};

/** Who moves it, and when. */
export type MovedBy = { readonly actor: string; readonly now: number };

/** A row that a move leaves, before it has an id. */
export type RowDraft = Omit<TimelineRow, 'id' | 'incidentId'>;

export type Moved =
  | { readonly kind: 'moved'; readonly incident: Incident; readonly rows: readonly RowDraft[] }
  /** Not possible in its state, or by its order: why, and the field to blame where there is one. */
  | { readonly kind: 'refused'; readonly field: string | null; readonly detail: string };

/** The incident after one move, with what is written on its timeline; or why it cannot be. Pure. */
export function moveIncident(incident: Incident, move: IncidentMove, by: MovedBy): Moved {
  if (isEnded(incident) && !isPossibleWhenEnded(incident, move)) {
    return refused(`The incident is ${incident.state}.`);
  }
  switch (move.kind) {
    case 'acknowledge':
      return mark(incident, by, {
        marker: 'acknowledged',
        at: by.now,
        source: 'person',
        note: move.note,
      });
    case 'assign':
      return assign(incident, move.role, move.who, by);
    case 'set_severity':
      return setSeverity(incident, move, by);
    case 'describe':
      return describe(incident, move.fields, by);
    case 'attach_alert':
      return attach(incident, move, by);
    case 'mark':
      return mark(incident, by, move);
    case 'mark_review':
      return markReview(incident, move, by);
    case 'add_hypothesis':
      return addHypothesis(incident, move.hypothesis, by);
    case 'judge_hypothesis':
      return judge(incident, move, by);
    case 'intend_mitigation':
      return intend(incident, move.intended, move.note, by);
    case 'add_mitigation':
      return addMitigation(incident, move.mitigation, by);
    case 'undo_mitigation':
      return undoMitigation(incident, move.id, move.undoChangeIds, by);
    case 'keep_mitigation':
      return keepMitigation(incident, move.id, move.reason, by);
    case 'add_fix':
      return addFix(incident, move.fix, by);
    case 'fix_held':
      return fixHeld(incident, move.id, move.at, by);
    case 'add_prevention':
      return addPrevention(incident, move.prevention, by);
    case 'refresh':
      return refresh(incident, move, by);
    case 'update':
      return update(incident, move, by);
    case 'expect_update':
      return moved({ ...incident, updateDueAt: move.dueAt }, []);
    case 'remind':
      return moved({ ...incident, updateDueAt: move.nextDueAt }, [
        rowDraft(by, 'reminder', move.text, by.now),
      ]);
    case 'review':
      return review(incident, by);
    case 'close':
      return close(incident, by);
    case 'decline':
      return decline(incident, move.reason, by);
    case 'merge':
      return merge(incident, move.into, by);
    case 'take_over':
      return takeOver(incident, move.mitigations, by);
    case 'reopen':
      return reopen(incident, move.at, move.reason, by);
    default:
      return assertNever(move);
  }
}

/** What was changed for it can be taken back whenever; the review goes on after the end; only a closed one is opened again. */
function isPossibleWhenEnded({ state }: Incident, { kind }: IncidentMove): boolean {
  if (kind === 'undo_mitigation') return true;
  if (state !== 'closed') return false;
  return (
    kind === 'mark_review' || kind === 'reopen' || kind === 'describe' || kind === 'add_prevention'
  );
}

type Mark = {
  readonly marker: EpisodeMarker;
  readonly at: number;
  readonly source: MarkerSource;
  readonly note: string;
  readonly evidence?: readonly EvidenceLink[];
};

function mark(incident: Incident, by: MovedBy, given: Mark): Moved {
  const { marker, at, source, note, evidence = [] } = given;
  const episode = presentEpisode(incident);
  const known = episode.markers[marker];
  if (known !== undefined) {
    if (marker === 'acknowledged') return moved(incident, []);
    return refused(
      `"${marker}" of episode ${episode.nth} is set already, from ${known.source}. Markers are set once.`,
      'marker',
    );
  }
  if (at > by.now) return refused('A marker cannot lie in the future.', 'at');
  if (source === 'person' && marker !== 'acknowledged' && note.trim() === '') {
    return refused('Say how you know: a marker that a person sets needs a reason.', 'note');
  }
  const wrong = disorderOf(episode, marker, at);
  if (wrong !== null) return refused(wrong, 'at');
  if (marker === 'fixed' && episode.markers.mitigated === undefined) {
    return refused('The impact is not over: set "mitigated" first.', 'marker');
  }
  const set = { at, source, by: by.actor, note, setAt: by.now };
  const markers = { ...episode.markers, [marker]: set };
  const state = stateAfter(incident.state, marker);
  const next: Incident = {
    ...withEpisode(incident, { ...episode, markers }),
    state,
    // Nobody waits for word of an impact that is over.
    ...(marker === 'mitigated' ? { updateDueAt: null } : {}),
  };
  const rows = [rowDraft(by, 'marker', sayMarker(marker, note), at, evidence)];
  return moved(next, [...rows, ...stateRow(incident.state, state, by)]);
}

/** What stands between the markers before and after it; null: it is in order. */
function disorderOf({ markers }: Episode, marker: EpisodeMarker, at: number): string | null {
  for (const [first, second] of markerOrder) {
    if (second === marker) {
      const before = markers[first];
      if (before !== undefined && at < before.at) {
        return `"${marker}" cannot come before "${first}", which was at ${new Date(before.at).toISOString()}.`;
      }
    }
    if (first === marker) {
      const after = markers[second];
      if (after !== undefined && at > after.at) {
        return `"${marker}" cannot come after "${second}", which was at ${new Date(after.at).toISOString()}.`;
      }
    }
  }
  return null;
}

/** [earlier, later]. */
export const markerOrder: readonly (readonly [EpisodeMarker, EpisodeMarker])[] = [
  ['impactStart', 'detected'],
  ['impactStart', 'mitigated'],
  ['detected', 'acknowledged'],
  ['detected', 'mitigated'],
  ['detected', 'causeLocated'],
  ['detected', 'fixed'],
  ['mitigated', 'fixed'],
];

function stateAfter(state: IncidentState, marker: EpisodeMarker): IncidentState {
  if (marker === 'mitigated' && state === 'open') return 'mitigated';
  if (marker === 'fixed' && state === 'mitigated') return 'fixed';
  return state;
}

function markReview(
  incident: Incident,
  given: Extract<IncidentMove, { readonly kind: 'mark_review' }>,
  by: MovedBy,
): Moved {
  const { marker, at, source, note } = given;
  if (incident.reviewMarkers[marker] !== undefined) {
    return refused(`"${marker}" is set already. Markers are set once.`, 'marker');
  }
  if (at > by.now) return refused('A marker cannot lie in the future.', 'at');
  const set = { at, source, by: by.actor, note, setAt: by.now };
  return moved({ ...incident, reviewMarkers: { ...incident.reviewMarkers, [marker]: set } }, [
    rowDraft(by, 'marker', sayMarker(marker, note), at),
  ]);
}

function assign(incident: Incident, role: IncidentRole, who: string | null, by: MovedBy): Moved {
  const before = incident.roles[role] ?? null;
  if (before === who) return moved(incident, []);
  const others = Object.entries(incident.roles).filter(([name]) => name !== role);
  const roles: Incident['roles'] = Object.fromEntries(
    who === null ? others : [...others, [role, who]],
  );
  const text = who === null ? `Nobody has the role ${role} now.` : `${who} has the role ${role}.`;
  return moved({ ...incident, roles }, [rowDraft(by, 'role', text, by.now)]);
}

function setSeverity(
  incident: Incident,
  {
    severity,
    reason,
    updateDueBy = null,
  }: Extract<IncidentMove, { readonly kind: 'set_severity' }>,
  by: MovedBy,
): Moved {
  if (reason.trim() === '') return refused('Say why it is of this severity.', 'reason');
  const text = `Severity ${incident.severity} → ${severity}: ${reason}`;
  const updateDueAt = dueAfter(incident, severity, updateDueBy);
  return moved({ ...incident, severity, isSeverityByHand: true, updateDueAt }, [
    rowDraft(by, 'severity', text, by.now),
  ]);
}

/** What got worse is not told later than its new severity asks for. */
function dueAfter(
  { state, severity: before, updateDueAt }: Incident,
  severity: IncidentSeverity,
  dueBy: number | null,
): number | null {
  if (state !== 'open' || severity >= before || dueBy === null) return updateDueAt;
  return Math.min(updateDueAt ?? dueBy, dueBy);
}

function describe(incident: Incident, fields: Described, by: MovedBy): Moved {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  if (given.length === 0) return moved(incident, []);
  const next: Incident = { ...incident, ...Object.fromEntries(given) };
  const names = given.map(([name]) => name).join(', ');
  return moved(next, [rowDraft(by, 'note', `Described anew: ${names}.`, by.now)]);
}

function attach(
  incident: Incident,
  given: Extract<IncidentMove, { readonly kind: 'attach_alert' }>,
  by: MovedBy,
): Moved {
  const { alert, impactStartAt, isPast = false } = given;
  const episode = presentEpisode(incident);
  const isKnown = (each: AttachedAlert): boolean =>
    each.alertId === alert.alertId &&
    each.count === alert.count &&
    each.severity === alert.severity;
  if (incident.episodes.some(({ alerts }) => alerts.some(isKnown))) return moved(incident, []);
  const told = alertRow(alert, by);
  if (incident.state === 'open' || isPast) {
    if (episode.alerts.length >= incidentBounds.alerts) return moved(incident, [told]);
    return moved(withEpisode(incident, { ...episode, alerts: [...episode.alerts, alert] }), [told]);
  }
  const again = begin(
    incident,
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

function addHypothesis(incident: Incident, hypothesis: Hypothesis, by: MovedBy): Moved {
  if (incident.hypotheses.length >= incidentBounds.hypotheses) {
    return tooMany('hypotheses', incidentBounds.hypotheses);
  }
  const text = `Hypothesis: ${hypothesis.cause} It must move ${hypothesis.metric}; refuted by: ${hypothesis.refutedBy}`;
  return moved({ ...incident, hypotheses: [...incident.hypotheses, hypothesis] }, [
    rowDraft(by, 'hypothesis', text, by.now),
  ]);
}

function judge(
  incident: Incident,
  given: Extract<IncidentMove, { readonly kind: 'judge_hypothesis' }>,
  by: MovedBy,
): Moved {
  const { id, state, verdict, pinned } = given;
  const known = incident.hypotheses.find((each) => each.id === id);
  if (known === undefined) return refused('There is no such hypothesis.', 'hypothesis_id');
  if (known.state !== 'open') return refused(`The hypothesis is ${known.state} already.`);
  const judged: Hypothesis = {
    ...known,
    state,
    verdict,
    judgedAt: by.now,
    judgedBy: by.actor,
  };
  const hypotheses = incident.hypotheses.map((each) => (each.id === id ? judged : each));
  const next = { ...incident, hypotheses };
  const told = {
    ...rowDraft(by, 'hypothesis', `${sayState(state)}: ${known.cause} ${verdict}`, by.now),
    pinned,
  };
  const isFirst = presentEpisode(incident).markers.causeLocated === undefined;
  if (state !== 'confirmed' || !isFirst) return moved(next, [told]);
  const located = mark(next, by, {
    marker: 'causeLocated',
    at: by.now,
    source: 'person',
    note: known.cause,
  });
  if (located.kind === 'refused') return located;
  return { ...located, rows: [told, ...located.rows] };
}

function intend(
  incident: Incident,
  intended: IntendedMitigation | null,
  note: string,
  by: MovedBy,
): Moved {
  const rest = withoutIntended(incident);
  const rows = note === '' ? [] : [rowDraft(by, 'mitigation', note, by.now)];
  return moved(intended === null ? rest : { ...rest, intended }, rows);
}

function withoutIntended(incident: Incident): Incident {
  const { intended, ...rest } = incident;
  return intended === undefined ? incident : rest;
}

function addMitigation(given: Incident, mitigation: AppliedMitigation, by: MovedBy): Moved {
  if (given.mitigations.length >= incidentBounds.mitigations) {
    return tooMany('mitigations', incidentBounds.mitigations);
  }
  const incident = withoutIntended(given);
  return moved({ ...incident, mitigations: [...incident.mitigations, mitigation] }, [
    rowDraft(by, 'mitigation', mitigation.title, mitigation.at),
  ]);
}

function undoMitigation(
  incident: Incident,
  id: number,
  undoChangeIds: readonly number[],
  by: MovedBy,
): Moved {
  const known = incident.mitigations.find((each) => each.id === id);
  if (known === undefined) return refused('There is no such mitigation.', 'mitigation_id');
  if (known.undoneAt !== null) return refused('The mitigation was undone already.');
  const undone = { ...known, undoneAt: by.now, undoneBy: by.actor, undoChangeIds };
  const mitigations = incident.mitigations.map((each) => (each.id === id ? undone : each));
  return moved({ ...incident, mitigations }, [
    rowDraft(by, 'undo', `Undone: ${known.title}`, by.now),
  ]);
}

function keepMitigation(incident: Incident, id: number, reason: string, by: MovedBy): Moved {
  const known = inForce(incident).find((each) => each.id === id);
  if (known === undefined) return refused('No such mitigation is in force.', 'mitigation_id');
  if (reason.trim() === '') return refused('Say why it stays.', 'reason');
  const mitigations = incident.mitigations.map((each) =>
    each.id === id ? { ...each, keptBecause: reason } : each,
  );
  return moved({ ...incident, mitigations }, [
    rowDraft(by, 'mitigation', `Stays in force: ${known.title} ${reason}`, by.now),
  ]);
}

function addFix(incident: Incident, fix: Fix, by: MovedBy): Moved {
  if (incident.fixes.length >= incidentBounds.fixes) return tooMany('fixes', incidentBounds.fixes);
  return moved({ ...incident, fixes: [...incident.fixes, fix] }, [
    rowDraft(by, 'fix', `Fix in force: ${fix.text}`, fix.inForceAt),
  ]);
}

function fixHeld(incident: Incident, id: number, at: number, by: MovedBy): Moved {
  const known = incident.fixes.find((each) => each.id === id);
  if (known === undefined || known.heldAt !== null) return moved(incident, []);
  const held = { ...known, heldAt: at };
  const fixes = incident.fixes.map((each) => (each.id === id ? held : each));
  const next = { ...incident, fixes };
  if (presentEpisode(incident).markers.fixed !== undefined) return moved(next, []);
  return mark(next, by, {
    marker: 'fixed',
    at,
    source: known.changeId === null ? 'ledger' : 'change',
    note: `${known.text} The outcome metric held after it.`,
  });
}

function addPrevention(incident: Incident, prevention: Prevention, by: MovedBy): Moved {
  if (incident.preventions.length >= incidentBounds.preventions) {
    return tooMany('preventions', incidentBounds.preventions);
  }
  return moved({ ...incident, preventions: [...incident.preventions, prevention] }, [
    rowDraft(by, 'prevention', `Prevention: ${prevention.text}`, by.now),
  ]);
}

function refresh(
  incident: Incident,
  { impact, severity, updateDueBy = null }: Extract<IncidentMove, { readonly kind: 'refresh' }>,
  by: MovedBy,
): Moved {
  // It gets worse by itself, never better while the impact lasts: what it was is what people were told.
  const worst = Math.min(incident.severity, severity);
  const moves = !incident.isSeverityByHand && worst < incident.severity;
  if (!moves) return moved({ ...incident, impact }, []);
  const text = `Severity ${incident.severity} → ${severity}, by its impact.`;
  const updateDueAt = dueAfter(incident, severity, updateDueBy);
  return moved({ ...incident, impact, severity, updateDueAt }, [
    rowDraft(by, 'severity', text, by.now),
  ]);
}

function update(
  incident: Incident,
  given: Extract<IncidentMove, { readonly kind: 'update' }>,
  by: MovedBy,
): Moved {
  const { responders, owners, nextDueAt } = given;
  const told = rowDraft(by, 'update', responders, by.now);
  return moved({ ...incident, updatedAt: by.now, updateDueAt: nextDueAt }, [
    // Who may read it is decided by what it was about then.
    { ...told, pinned: { responders, owners, slice: incident.slice } },
  ]);
}

function review(incident: Incident, by: MovedBy): Moved {
  if (incident.state !== 'fixed') {
    return refused(
      'Only what is fixed goes into review. Record the fix, or mark it as fixed and say how you know.',
    );
  }
  return moved({ ...incident, state: 'in_review' }, stateRow('fixed', 'in_review', by));
}

function close(incident: Incident, by: MovedBy): Moved {
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

function decline(incident: Incident, reason: string, by: MovedBy): Moved {
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

function merge(incident: Incident, into: number, by: MovedBy): Moved {
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

function takeOver(
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

function reopen(incident: Incident, at: number, reason: string, by: MovedBy): Moved {
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

function withEpisode(incident: Incident, episode: Episode): Incident {
  return { ...incident, episodes: [...incident.episodes.slice(0, -1), episode] };
}

function stateRow(from: IncidentState, to: IncidentState, by: MovedBy): readonly RowDraft[] {
  return from === to ? [] : [rowDraft(by, 'state', `${sayState(from)} → ${sayState(to)}`, by.now)];
}

export function rowDraft(
  { actor }: MovedBy,
  kind: TimelineKind,
  text: string,
  at: number,
  evidence: readonly EvidenceLink[] = [],
): RowDraft {
  return { at, kind, by: actor, text, evidence, pinned: null };
}

function sayState(state: string): string {
  return state.replace('_', ' ');
}

const markerWords: Readonly<Record<EpisodeMarker | ReviewMarker, string>> = {
  impactStart: 'Impact began',
  detected: 'T+0: detected',
  acknowledged: 'Acknowledged',
  mitigated: 'Mitigated: the impact is over',
  causeLocated: 'Cause located',
  fixed: 'Fixed: the cause is removed',
  postmortem: 'Postmortem passed its review',
  actionsAssigned: 'Every action item has an owner, a date and a verification',
  preventionVerified: 'Prevention verified',
};

function sayMarker(marker: EpisodeMarker | ReviewMarker, note: string): string {
  return note === '' ? `${markerWords[marker]}.` : `${markerWords[marker]}: ${note}`;
}

function moved(incident: Incident, rows: readonly RowDraft[]): Moved {
  return { kind: 'moved', incident, rows };
}

function refused(detail: string, field: string | null = null): Moved {
  return { kind: 'refused', field, detail };
}

function tooMany(what: string, most: number): Moved {
  return refused(`An incident holds at most ${most} ${what}.`);
}
