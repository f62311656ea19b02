import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  episodeMarkers,
  inForce,
  isEnded,
  markerOrder,
  markerSources,
  moveIncident,
  presentEpisode,
  reviewMarkers,
  type Incident,
  type IncidentMove,
  type IncidentState,
} from '../../src/incident/index.ts';
import {
  appliedMitigation,
  attachedAlert,
  hypothesisOf,
  incidentAt,
} from '../support/incidents.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
console.log(`seed ${seed}`);

const START = Date.UTC(2026, 0, 5, 12);
const sliceOf = (endpointId: number) => ({
  objective: null,
  appIds: [1],
  endpointIds: [endpointId],
  eventTypes: [],
});

/** Where each state may lead by one move. */
const leadsTo: Readonly<Record<IncidentState, readonly IncidentState[]>> = {
  open: ['mitigated', 'declined', 'merged'],
  mitigated: ['open', 'fixed', 'declined', 'merged'],
  fixed: ['open', 'in_review', 'merged'],
  in_review: ['open', 'closed', 'merged'],
  closed: ['open'],
  declined: [],
  merged: [],
};

type Real = { incident: Incident; now: number };
/** The markers that were set, as text: none may ever change. */
type Model = {
  readonly set: Map<string, string>;
  mitigations: number;
  fixes: number;
  preventions: number;
};

class Move implements fc.Command<Model, Real> {
  readonly move: (real: Real) => IncidentMove;
  readonly elapsedMs: number;
  readonly name: string;

  constructor(elapsedMs: number, name: string, move: (real: Real) => IncidentMove) {
    this.elapsedMs = elapsedMs;
    this.name = name;
    this.move = move;
  }

  check = (): boolean => true;
  toString = (): string => `+${this.elapsedMs} ${this.name}`;

  run(model: Model, real: Real): void {
    real.now += this.elapsedMs;
    const before = real.incident;
    const copy = JSON.stringify(before);
    const move = this.move(real);
    const result = moveIncident(before, move, { actor: 'ann', now: real.now });
    assert.equal(JSON.stringify(before), copy, 'a move changes nothing in place');
    if (result.kind === 'refused') {
      assert.notEqual(result.detail, '');
      return;
    }
    const { incident: after, rows } = result;
    real.incident = after;
    if (after.state !== before.state) {
      assert.ok(leadsTo[before.state].includes(after.state), `${before.state} → ${after.state}`);
      assert.ok(rows.length > 0, 'a change of state stands on the timeline');
    }
    if (isEnded(before) && before.state !== 'closed' && move.kind !== 'undo_mitigation') {
      assert.equal(after, before);
    }
    if (isEnded(before) && move.kind !== 'reopen') assert.ok(isEnded(after));
    assert.equal(after.endedAt !== null, isEnded(after));
    this.#assertMarkers(model, after);
    this.#assertLists(model, move, before, after);
  }

  #assertMarkers({ set }: Model, after: Incident): void {
    const now = new Map<string, string>();
    for (const { nth, markers } of after.episodes) {
      for (const [name, marker] of Object.entries(markers)) {
        now.set(`${nth} ${name}`, JSON.stringify(marker));
      }
      for (const [first, second] of markerOrder) {
        const [one, other] = [markers[first], markers[second]];
        assert.ok(!one || !other || one.at <= other.at, `${first} ≤ ${second}`);
      }
      if (markers.fixed !== undefined) assert.ok(markers.mitigated !== undefined);
    }
    for (const [index, { markers }] of after.episodes.entries()) {
      const overAt = after.episodes[index - 1]?.markers.mitigated?.at ?? 0;
      assert.ok((markers.impactStart?.at ?? 0) >= overAt, 'episodes do not overlap');
    }
    if (isEnded(after)) {
      const left = inForce(after).filter((each) => each.keptBecause === null && each.isReversible);
      assert.deepEqual(left, [], 'nothing stays in force that nobody thinks of');
    }
    for (const [name, marker] of Object.entries(after.reviewMarkers)) {
      now.set(name, JSON.stringify(marker));
    }
    for (const [key, value] of set) assert.equal(now.get(key), value, `${key} stays as it was set`);
    for (const [key, value] of now) set.set(key, value);
    const isOver = presentEpisode(after).markers.mitigated !== undefined;
    if (after.state === 'open') assert.ok(!isOver);
    if (after.state === 'mitigated' || after.state === 'fixed') assert.ok(isOver);
  }

  /** What stops impact, what removes its cause and what removes the class of causes never stand in one list. */
  #assertLists(model: Model, { kind }: IncidentMove, before: Incident, after: Incident): void {
    const grows = (
      list: 'mitigations' | 'fixes' | 'preventions',
      by: IncidentMove['kind'],
    ): void => {
      const isOwn = kind === by && before !== after;
      assert.equal(after[list].length, before[list].length + (isOwn ? 1 : 0), `${list} by ${kind}`);
      model[list] = after[list].length;
    };
    // One that became a part of another leaves it what is in force.
    if (after.state !== 'merged') grows('mitigations', 'add_mitigation');
    grows('fixes', 'add_fix');
    grows('preventions', 'add_prevention');
  }
}

const elapsed = fc.integer({ min: 0, max: 600_000 });
const backMs = fc.integer({ min: -1000, max: 1_200_000 });
const id = fc.integer({ min: 1, max: 4 });

function command(name: string, move: fc.Arbitrary<(real: Real) => IncidentMove>) {
  return fc.tuple(elapsed, move).map(([ms, given]) => new Move(ms, name, given));
}

const constant = (move: IncidentMove) => fc.constant(() => move);
const commands = [
  command('acknowledge', constant({ kind: 'acknowledge', note: '' })),
  command(
    'mark',
    fc
      .record({
        marker: fc.constantFrom(...episodeMarkers),
        source: fc.constantFrom(...markerSources),
        note: fc.constantFrom('', 'seen on the board'),
        back: backMs,
      })
      .map(({ back, ...more }) => ({ now }: Real): IncidentMove => ({
        kind: 'mark',
        at: now - back,
        evidence: [],
        ...more,
      })),
  ),
  command(
    'mark_review',
    fc
      .record({ marker: fc.constantFrom(...reviewMarkers), back: backMs })
      .map(({ marker, back }) => ({ now }: Real): IncidentMove => ({
        kind: 'mark_review',
        marker,
        at: now - back,
        source: 'verification',
        note: '',
      })),
  ),
  command(
    'attach_alert',
    fc
      .record({
        alertId: id,
        count: id,
        back: fc.integer({ min: 0, max: 60_000 }),
        isPast: fc.boolean(),
      })
      .map(({ alertId, count, back, isPast }) => ({ now }: Real): IncidentMove => ({
        kind: 'attach_alert',
        alert: attachedAlert({ alertId, count, firedAt: now - back }),
        impactStartAt: now - back,
        slice: sliceOf(alertId),
        isPast,
      })),
  ),
  command(
    'add_mitigation',
    id.map((nth) => ({ now }: Real): IncidentMove => ({
      kind: 'add_mitigation',
      mitigation: appliedMitigation({ id: nth, at: now }),
    })),
  ),
  command(
    'undo_mitigation',
    id.map((nth) => () => ({ kind: 'undo_mitigation', id: nth, undoChangeIds: [] })),
  ),
  command(
    'keep_mitigation',
    fc.tuple(id, fc.constantFrom('', 'it was the fix')).map(([nth, reason]) => () => ({
      kind: 'keep_mitigation',
      id: nth,
      reason,
    })),
  ),
  command(
    'add_fix',
    id.map((nth) => ({ now }: Real): IncidentMove => ({
      kind: 'add_fix',
      fix: {
        id: nth,
        text: 'Rolled back.',
        changeId: 7,
        inForceAt: now,
        by: 'ann',
        at: now,
        heldAt: null,
      },
    })),
  ),
  command(
    'fix_held',
    fc.tuple(id, backMs).map(([nth, back]) => ({ now }: Real) => ({
      kind: 'fix_held',
      id: nth,
      at: now - back,
    })),
  ),
  command(
    'add_prevention',
    id.map((nth) => ({ now }: Real): IncidentMove => ({
      kind: 'add_prevention',
      prevention: { id: nth, text: 'A canary gates it.', by: 'ann', at: now },
    })),
  ),
  command(
    'add_hypothesis',
    id.map((nth) => ({ now }: Real): IncidentMove => ({
      kind: 'add_hypothesis',
      hypothesis: hypothesisOf({ id: nth, at: now }),
    })),
  ),
  command(
    'judge_hypothesis',
    fc.tuple(id, fc.constantFrom('confirmed', 'refuted')).map(
      ([nth, state]) =>
        () =>
          ({
            kind: 'judge_hypothesis',
            id: nth,
            state,
            verdict: 'the SLI moved',
            pinned: null,
          }) as const,
    ),
  ),
  command('review', constant({ kind: 'review' })),
  command('close', constant({ kind: 'close' })),
  command(
    'decline',
    fc.constantFrom('', 'a test').map((reason) => () => ({ kind: 'decline', reason })),
  ),
  command(
    'merge',
    fc.constantFrom(1, 2).map((into) => () => ({ kind: 'merge', into })),
  ),
  command(
    'reopen',
    fc
      .tuple(backMs, fc.constantFrom('', 'it is back'))
      .map(([back, reason]) => ({ now }: Real) => ({ kind: 'reopen', at: now - back, reason })),
  ),
];

describe('the life of an incident, as a model', () => {
  test('whatever moves come in whatever order, markers stay, their order holds, and the three lists never mix', () => {
    const reached = new Set<IncidentState>();
    fc.assert(
      fc.property(fc.commands(commands, { maxCommands: 60, size: 'max' }), (moves) => {
        const real: Real = { incident: incidentAt(START), now: START };
        const model: Model = { set: new Map(), mitigations: 0, fixes: 0, preventions: 0 };
        fc.modelRun(() => ({ model, real }), moves);
        reached.add(real.incident.state);
      }),
      { seed, numRuns: 600 },
    );
    console.log(`ended in ${[...reached].join(', ')}`);
  });

  test('the way through all states, with a second episode that leaves the first as it was', () => {
    let incident = incidentAt(START);
    let now = START;
    const move = (given: IncidentMove): void => {
      now += 60_000;
      const result = moveIncident(incident, given, { actor: 'ann', now });
      assert.ok(result.kind === 'moved', JSON.stringify(result));
      ({ incident } = result);
    };
    const mark = (marker: 'mitigated' | 'fixed'): void =>
      move({ kind: 'mark', marker, at: now, source: 'ledger', note: '', evidence: [] });
    mark('mitigated');
    const first = incident.episodes[0];
    const firedAt = now + 60_000;
    move({
      kind: 'attach_alert',
      alert: attachedAlert({ alertId: 9, firedAt }),
      impactStartAt: now,
      slice: incident.slice,
    });
    assert.equal(incident.state, 'open');
    assert.equal(incident.episodes.length, 2);
    assert.deepEqual(incident.episodes[0], first);
    mark('mitigated');
    mark('fixed');
    move({ kind: 'review' });
    move({ kind: 'close' });
    assert.equal(incident.state, 'closed');
  });

  test('what is said to be back cannot have begun before the impact was over; an alert of before begins then', () => {
    const by = { actor: 'ann', now: START + 600_000 };
    const over: IncidentMove = {
      kind: 'mark',
      marker: 'mitigated',
      at: START + 300_000,
      source: 'ledger',
      note: '',
      evidence: [],
    };
    const mitigated = moveIncident(incidentAt(START), over, by);
    assert.ok(mitigated.kind === 'moved');
    const reopen = (at: number) =>
      moveIncident(mitigated.incident, { kind: 'reopen', at, reason: 'back' }, by);
    assert.equal(reopen(START + 300_000).kind, 'moved');
    const refusal = reopen(START + 299_999);
    assert.ok(refusal.kind === 'refused' && refusal.field === 'at');
    const alert = attachedAlert({ alertId: 1, severity: 'ticket', firedAt: START });
    const worse = moveIncident(
      mitigated.incident,
      { kind: 'attach_alert', alert, impactStartAt: START, slice: sliceOf(1) },
      by,
    );
    assert.ok(worse.kind === 'moved');
    const { impactStart, detected } = presentEpisode(worse.incident).markers;
    assert.deepEqual([impactStart?.at, detected?.at], [START + 300_000, START + 300_000]);
  });

  test('nobody locates a cause without a hypothesis that is confirmed, but for what is taken in after the fact', () => {
    const by = { actor: 'ann', now: START + 60_000 };
    const located: IncidentMove = {
      kind: 'mark',
      marker: 'causeLocated',
      at: by.now,
      source: 'person',
      note: 'It was the certificate.',
      evidence: [],
    };
    const refusal = moveIncident(
      incidentAt(START, { hypotheses: [hypothesisOf({ state: 'refuted' })] }),
      located,
      by,
    );
    assert.ok(refusal.kind === 'refused' && refusal.field === 'marker');
    assert.match(refusal.detail, /No hypothesis is confirmed\. State the cause as a hypothesis/);
    const past = incidentAt(START, { isRetrospective: true });
    assert.equal(moveIncident(past, located, by).kind, 'moved');
    assert.equal(moveIncident(past, { ...located, note: ' ' }, by).kind, 'refused');
    // A second episode by the same cause.
    const known = incidentAt(START, { hypotheses: [hypothesisOf({ state: 'confirmed' })] });
    assert.equal(moveIncident(known, located, by).kind, 'moved');
  });

  test('nothing stays in force of what is declined, and what becomes a part of another hands it over', () => {
    const by = { actor: 'ann', now: START };
    const incident = incidentAt(START, { mitigations: [appliedMitigation()] });
    const declined = moveIncident(incident, { kind: 'decline', reason: 'a test' }, by);
    assert.ok(declined.kind === 'refused');
    assert.match(declined.detail, /The endpoint is paused\. Undo them, or say why they stay/);
    const merged = moveIncident(incident, { kind: 'merge', into: 2 }, by);
    assert.ok(merged.kind === 'moved');
    assert.deepEqual(merged.incident.mitigations, []);
    const { mitigations } = incident;
    const taken = moveIncident(incidentAt(START), { kind: 'take_over', mitigations }, by);
    assert.ok(taken.kind === 'moved' && taken.rows.length === 1);
    assert.deepEqual(taken.incident.mitigations, mitigations);
  });
});
