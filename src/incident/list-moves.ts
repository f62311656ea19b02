import {
  type AppliedMitigation,
  type Fix,
  type Hypothesis,
  type Incident,
  incidentBounds,
  inForce,
  type IntendedMitigation,
  presentEpisode,
  type Prevention,
} from './incident.ts';
import { mark } from './mark-moves.ts';
import {
  type IncidentMove,
  type Moved,
  moved,
  type MovedBy,
  refused,
  rowDraft,
  sayState,
  tooMany,
} from './moves.ts';

export function addHypothesis(incident: Incident, hypothesis: Hypothesis, by: MovedBy): Moved {
  if (incident.hypotheses.length >= incidentBounds.hypotheses) {
    return tooMany('hypotheses', incidentBounds.hypotheses);
  }
  const text = `Hypothesis: ${hypothesis.cause} It must move ${hypothesis.metric}; refuted by: ${hypothesis.refutedBy}`;
  return moved({ ...incident, hypotheses: [...incident.hypotheses, hypothesis] }, [
    rowDraft(by, 'hypothesis', text, by.now),
  ]);
}

export function judge(
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

export function intend(
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

export function addMitigation(given: Incident, mitigation: AppliedMitigation, by: MovedBy): Moved {
  if (given.mitigations.length >= incidentBounds.mitigations) {
    return tooMany('mitigations', incidentBounds.mitigations);
  }
  const incident = withoutIntended(given);
  return moved({ ...incident, mitigations: [...incident.mitigations, mitigation] }, [
    rowDraft(by, 'mitigation', mitigation.title, mitigation.at),
  ]);
}

export function undoMitigation(
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

export function keepMitigation(incident: Incident, id: number, reason: string, by: MovedBy): Moved {
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

export function addFix(incident: Incident, fix: Fix, by: MovedBy): Moved {
  if (incident.fixes.length >= incidentBounds.fixes) return tooMany('fixes', incidentBounds.fixes);
  return moved({ ...incident, fixes: [...incident.fixes, fix] }, [
    rowDraft(by, 'fix', `Fix in force: ${fix.text}`, fix.inForceAt),
  ]);
}

export function fixHeld(incident: Incident, id: number, at: number, by: MovedBy): Moved {
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

export function addPrevention(incident: Incident, prevention: Prevention, by: MovedBy): Moved {
  if (incident.preventions.length >= incidentBounds.preventions) {
    return tooMany('preventions', incidentBounds.preventions);
  }
  return moved({ ...incident, preventions: [...incident.preventions, prevention] }, [
    rowDraft(by, 'prevention', `Prevention: ${prevention.text}`, by.now),
  ]);
}
