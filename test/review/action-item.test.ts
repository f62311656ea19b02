import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { moveActionItem, type ActionItem, type ActionMove } from '../../src/review/action-item.ts';
import { isReminderDue, remindedOwner } from '../../src/review/reminders.ts';

const DAY_MS = 86_400_000;
const by = { actor: 'ada', now: 1_000 * DAY_MS };
const item: ActionItem = {
  id: 1,
  incidentId: 1,
  type: 'prevent',
  text: 'a guardrail',
  owner: 'billing',
  dueAt: by.now - DAY_MS,
  end: 'it refuses',
  state: 'open',
  by: 'ada',
  at: 0,
  closedAt: null,
  closedBy: null,
  reason: '',
  verification: { kind: 'link', url: 'https://graphs.example/' },
  results: [],
  remindedAt: null,
  reminders: 0,
};

function moved(from: ActionItem, ...moves: readonly ActionMove[]): ActionItem {
  return moves.reduce((now, move) => {
    const result = moveActionItem(now, move, by);
    assert.equal(result.kind, 'moved', JSON.stringify(result));
    return result.kind === 'moved' ? result.item : now;
  }, from);
}

const refused = (from: ActionItem, move: ActionMove): string => {
  const result = moveActionItem(from, move, by);
  return result.kind === 'refused' ? result.detail : '';
};

const held = (isHeld: boolean): ActionMove => ({
  kind: 'result',
  isHeld,
  text: 'seen',
  of: item.verification,
});

describe('an action item', () => {
  test('with a verification is done once that has held, the last time it ran', () => {
    assert.match(refused(item, { kind: 'done' }), /has not held/);
    assert.match(refused(moved(item, held(true), held(false)), { kind: 'done' }), /has not held/);
    assert.equal(moved(item, held(false), held(true), { kind: 'done' }).state, 'done');
    assert.equal(moved({ ...item, verification: null }, { kind: 'done' }).state, 'done');
  });

  test('forgets its results where it is verified otherwise, and takes none of what it was', () => {
    const other = { kind: 'drill', name: 'null-outage' } as const;
    const changed = moved(item, held(true), { kind: 'change', fields: { verification: other } });
    assert.deepEqual(changed.results, []);
    assert.match(refused(changed, held(true)), /changed meanwhile/);
    assert.equal(
      moved(item, held(true), { kind: 'change', fields: { owner: 'x' } }).results.length,
      1,
    );
  });

  test('is not done with a reason, which is gone when it is opened again', () => {
    assert.match(refused(item, { kind: 'not_doing', reason: ' ' }), /Say why/);
    const closed = moved(item, { kind: 'not_doing', reason: 'it ends' });
    assert.deepEqual([closed.state, closed.reason], ['not_doing', 'it ends']);
    assert.match(refused(closed, { kind: 'change', fields: { owner: 'x' } }), /closed/);
    assert.equal(moved(closed, { kind: 'reopen' }).reason, '');
  });

  test('keeps its last twenty results', () => {
    const many = moved(item, ...Array.from({ length: 25 }, () => held(true)));
    assert.equal(many.results.length, 20);
  });
});

describe('reminders of an overdue item', () => {
  test('come once a day, as long as it is open', () => {
    const now = by.now;
    assert.equal(isReminderDue(item, now), true);
    assert.equal(isReminderDue({ ...item, dueAt: now + 1 }, now), false);
    assert.equal(isReminderDue({ ...item, dueAt: null }, now), false);
    assert.equal(isReminderDue({ ...item, state: 'not_doing' }, now), false);
    assert.equal(isReminderDue({ ...item, remindedAt: now - DAY_MS + 1 }, now), false);
    assert.equal(isReminderDue({ ...item, remindedAt: now - DAY_MS }, now), true);
  });

  test('go to the owner first, then to the lead, and so by turns', () => {
    const incident = { owner: 'platform', roles: { lead: 'ada' } };
    const whoAt = (reminders: number, owner = 'billing') =>
      remindedOwner({ owner, reminders }, incident);
    assert.deepEqual(
      [whoAt(0), whoAt(1), whoAt(2), whoAt(3)],
      ['billing', 'ada', 'billing', 'ada'],
    );
    assert.equal(whoAt(0, ''), 'ada');
    assert.equal(
      remindedOwner({ owner: '', reminders: 0 }, { owner: 'platform', roles: {} }),
      'platform',
    );
    assert.equal(remindedOwner({ owner: '', reminders: 0 }, { owner: '', roles: {} }), null);
  });
});
