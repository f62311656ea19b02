import { assertNever } from '../core/index.ts';
import { type Incident, type IncidentRole, type IncidentSeverity, isEnded } from './incident.ts';
import { attach, close, decline, merge, reopen, review, takeOver } from './life-moves.ts';
import {
  addFix,
  addHypothesis,
  addMitigation,
  addPrevention,
  fixHeld,
  intend,
  judge,
  keepMitigation,
  undoMitigation,
} from './list-moves.ts';
import { mark, markReview } from './mark-moves.ts';
import {
  type Described,
  type IncidentMove,
  type Moved,
  moved,
  type MovedBy,
  refused,
  rowDraft,
} from './moves.ts';

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
 *
 * Pure: the incident after one move with what is written on its timeline, or why it cannot be.
 */
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
