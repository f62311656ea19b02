import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { seededRandom } from '../../src/core/index.ts';
import { figuresOf, readFigures, type Incident } from '../../src/incident/index.ts';
import { severityOf } from '../../src/incident/severity.ts';
import {
  firstSpell,
  firstSpellOfWindow,
  heldFrom,
  spellStart,
  type SliMinute,
} from '../../src/incident/spell.ts';
import { attachedAlert, incidentAt, markerAt } from '../support/incidents.ts';

const NOW = Date.UTC(2026, 0, 5, 12);
const MINUTE = 60_000;
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
console.log(`seed ${seed}`);
const DAY = 86_400_000;

/** Detected a minute after the impact began, mitigated and fixed so many minutes after that. */
function past(
  id: number,
  at: number,
  mitigated: number | null,
  more: Partial<Incident> = {},
): Incident {
  const markers = {
    impactStart: markerAt(at - MINUTE),
    detected: markerAt(at),
    ...(mitigated === null ? {} : { mitigated: markerAt(at + mitigated * MINUTE) }),
  };
  const alerts = [attachedAlert({ explanation: `endpoint ep_${id}` })];
  return incidentAt(at, { id, episodes: [{ nth: 1, markers, alerts }], ...more });
}

describe('figures of incidents', () => {
  const span = { fromAt: NOW - 10 * DAY, beforeAt: NOW };

  test('are medians with counts: one long night does not stand for all', () => {
    const of = [5, 7, 600, null].map((minutes, nth) => past(nth, NOW - (nth + 1) * DAY, minutes));
    const { all } = figuresOf(of, span);
    assert.equal(all.incidents, 4);
    assert.deepEqual(all.mitigate, { medianMs: 7 * MINUTE, count: 3 });
    assert.deepEqual(all.detect, { medianMs: MINUTE, count: 4 });
    assert.deepEqual(all.repair, { medianMs: null, count: 0 });
    const two = figuresOf(of.slice(0, 2), span).all;
    assert.deepEqual(two.mitigate, { medianMs: 6 * MINUTE, count: 2 });
  });

  test('leave out drills, declined and merged ones, and those of other times; drills stand apart', () => {
    const at = NOW - DAY;
    const given = [
      past(1, at, 5),
      past(2, at, 5, { isDrill: true }),
      past(3, at, 5, { state: 'declined' }),
      past(4, at, 5, { state: 'merged' }),
      past(5, NOW - 11 * DAY, 5),
      past(6, at, 5, { isRetrospective: true, detectedBy: 'person' }),
    ];
    const { all, drills } = figuresOf(given, span);
    assert.equal(all.incidents, 2);
    assert.equal(all.retrospective, 1);
    assert.equal(all.foundBySystem, 1);
    assert.equal(drills.incidents, 1);
  });

  test('count each episode as a spell of its own', () => {
    const [first] = past(1, NOW - DAY, 5).episodes;
    const [second] = past(1, NOW - DAY + 60 * MINUTE, 15).episodes;
    assert.ok(first && second);
    const twice = past(1, NOW - DAY, 5, { episodes: [first, { ...second, nth: 2 }] });
    const { all } = figuresOf([twice], span);
    assert.equal(all.incidents, 1);
    assert.deepEqual(all.mitigate, { medianMs: 10 * MINUTE, count: 2 });
  });

  test('tell recurrence by the explanation, or by cause class and slice, within 90 days', () => {
    const again = (daysAgo: number, more: Partial<Incident>) =>
      figuresOf([past(1, NOW - daysAgo * DAY, 5, more), past(2, NOW - DAY, 5, more)], span).all
        .recurring;
    assert.equal(again(30, {}), 0);
    assert.equal(again(30, { causeClass: 'deploy' }), 1);
    assert.equal(again(100, { causeClass: 'deploy' }), 0);
    const [one, other] = [past(7, NOW - 30 * DAY, 5), past(7, NOW - DAY, 5)];
    assert.equal(figuresOf([one, { ...other, id: 8 }], span).all.recurring, 1);
    const { byCauseClass } = figuresOf([past(1, NOW - DAY, 5, { causeClass: 'data' })], span);
    assert.deepEqual(
      byCauseClass.map(({ causeClass }) => causeClass),
      ['data'],
    );
  });
});

describe('figures of many incidents', () => {
  test('stay linear: ten times as many take not much more than ten times as long', () => {
    const many = (count: number): readonly Incident[] =>
      Array.from({ length: count }, (_, nth) =>
        past(nth + 1, NOW - 10 * DAY + nth * 10, 5, { causeClass: 'deploy' }),
      );
    const cpuMs = (given: readonly Incident[]): number => {
      const before = process.cpuUsage();
      const { all } = figuresOf(given, { fromAt: NOW - 20 * DAY, beforeAt: NOW });
      assert.equal(all.recurring, given.length - 1);
      return process.cpuUsage(before).user / 1000;
    };
    cpuMs(many(500));
    const [few, ten] = [cpuMs(many(1000)), cpuMs(many(10_000))];
    assert.ok(ten < 40 * Math.max(few, 5), `${few} ms and ${ten} ms`);
  });

  test('two detected in one moment are not before each other; the one after both recurs once', () => {
    const at = NOW - 2 * DAY;
    const same = (id: number, detected: number) => past(id, detected, 5, { causeClass: 'data' });
    const span = { fromAt: NOW - 10 * DAY, beforeAt: NOW };
    assert.equal(figuresOf([same(1, at), same(2, at)], span).all.recurring, 0);
    assert.equal(figuresOf([same(1, at), same(2, at), same(3, at + 1)], span).all.recurring, 1);
    const far = same(4, at - 89 * DAY);
    assert.equal(figuresOf([far, same(1, at), same(2, at)], span).all.recurring, 2);
  });

  test('are read back to 90 days before the span, and no further', async () => {
    const stored = Array.from({ length: 2000 }, (_, nth) => {
      const incident = past(2000 - nth, NOW - nth * DAY, 5);
      const { id, state, severity, owner, causeClass, isDrill } = incident;
      const columns = { state, severity, owner, causeClass, isDrill };
      return { id, endedAt: null, ...columns, doc: JSON.stringify(incident) };
    });
    let pages = 0;
    const incidents = ({ limit, afterId }: { limit: number; afterId?: number | undefined }) => {
      pages += 1;
      const from = afterId === undefined ? 0 : stored.findIndex(({ id }) => id === afterId) + 1;
      return Promise.resolve(stored.slice(from, from + limit));
    };
    const { all } = await readFigures({ incidents }, { fromAt: NOW - 500 * DAY, beforeAt: NOW });
    assert.equal(all.incidents, 500);
    assert.equal(pages, 2);
  });
});

describe('severity by impact', () => {
  const none = {
    at: NOW,
    fromAt: NOW,
    failed: 0,
    late: 0,
    dead: 0,
    lost: 0,
    deliveries: 1000,
    messages: 0,
    endpoints: 0,
    applications: 0,
    people: null,
    money: [],
  };
  const of = (more: Partial<typeof none>, serviceDeliveries = 1_000_000) =>
    severityOf({ impact: { ...none, ...more }, serviceDeliveries });

  test('4 without any, 1 for a single unaccounted delivery', () => {
    assert.equal(of({}), 4);
    assert.equal(of({ lost: 1 }), 1);
  });

  test('by shares, where enough failed; by dead letters, endpoints and money', () => {
    assert.equal(of({ failed: 2, deliveries: 2 }, 2), 4, 'two of two say nothing yet');
    assert.equal(of({ failed: 3, deliveries: 3 }), 3);
    assert.equal(of({ late: 500 }), 2);
    assert.equal(of({ failed: 300, deliveries: 1000 }, 1000), 1);
    assert.equal(of({ dead: 1 }), 3);
    assert.equal(of({ endpoints: 100 }), 2);
    const money = { currency: 'EUR', delayed: 0, lost: 0, perWeek: 10_000_000 };
    assert.equal(severityOf({ impact: { ...none, money: [money] }, serviceDeliveries: 1 }), 2);
  });

  test('by money in whole units: 100,000 yen, euros or dinars a week, however many digits each has', () => {
    const ofMoney = (perWeek: number, currency: string) => {
      const money = [{ currency, delayed: 0, lost: 0, perWeek }];
      return severityOf({ impact: { ...none, money }, serviceDeliveries: 1 });
    };
    assert.deepEqual([ofMoney(99_999, 'JPY'), ofMoney(100_000, 'JPY')], [3, 2]);
    assert.deepEqual([ofMoney(9_999_999, 'EUR'), ofMoney(10_000_000, 'EUR')], [3, 2]);
    assert.deepEqual([ofMoney(99_999_999, 'KWD'), ofMoney(100_000_000, 'KWD')], [3, 2]);
  });
});

describe('spells of bad minutes', () => {
  /** One character a minute: `.` all of 20 are good, `n` one of them is bad, `m` three, `x` half of them are, a space: no traffic. */
  const minutes = (text: string): readonly SliMinute[] =>
    Array.from(text).flatMap((kind, nth) => {
      const bad = { '.': 0, n: 1, m: 3, x: 10 }[kind];
      return bad === undefined ? [] : [{ at: nth * MINUTE, good: 20 - bad, bad }];
    });
  const target = 0.99;

  test('noise does not leave the objective, a bad minute does, and without traffic nothing is said', () => {
    const held = (text: string) => heldFrom(minutes(text), 0, target);
    assert.deepEqual(['.....', '.n.n.', 'nnnn.', '..x..', '     '].map(held), [
      'within',
      'within',
      'out',
      'out',
      'no_traffic',
    ]);
  });

  test('a spell begins with the last bad minute before which all was well for five', () => {
    const start = (text: string) => spellStart(minutes(text), target, text.length * MINUTE);
    assert.equal(start('xx.........xxx'), 11 * MINUTE);
    assert.equal(start('......x..x..xx'), 6 * MINUTE);
    assert.equal(start('.....      xxx'), 11 * MINUTE);
    assert.equal(start('..............'), null);
  });

  test('of a window the first spell counts, and noise before it does not', () => {
    assert.equal(firstSpell(minutes('.n......xx.......xx'), target), 8 * MINUTE);
    assert.equal(firstSpell(minutes('.n.......'), target), null);
  });

  test('a spell of seconds is out, however much traffic there is in its five minutes', () => {
    // Ten of 115 fail every three minutes: 1.7 % of five minutes, where noise may make as much of 1 %.
    const periodic = Array.from({ length: 12 }, (_, nth): SliMinute => {
      const bad = nth >= 5 && nth % 3 === 2 ? 9 : 0;
      return { at: nth * MINUTE, good: 115 - bad, bad };
    });
    assert.equal(heldFrom(periodic, 4 * MINUTE, target), 'out');
    assert.equal(heldFrom(periodic, 0, target), 'within');
    assert.equal(spellStart(periodic, target, 8 * MINUTE), 5 * MINUTE);
    assert.equal(spellStart(periodic, target, 11 * MINUTE), 5 * MINUTE);
    assert.equal(firstSpellOfWindow(periodic, target), 5 * MINUTE);
  });

  test('one failure among few is no spell by itself', () => {
    const lone = [1, 0, 0, 0, 0].map((bad, nth) => ({ at: nth * MINUTE, good: 2 - bad, bad }));
    assert.equal(heldFrom(lone, 0, target), 'within');
  });

  test('failures minutes before a spell are no part of it', () => {
    assert.equal(firstSpellOfWindow(minutes('..........n..xx'), target), 13 * MINUTE);
    assert.equal(firstSpellOfWindow(minutes('..........mmmmmmmmmm'), target), 10 * MINUTE);
  });

  test('noise of hours before an outage is not taken for its beginning', () => {
    const random = seededRandom(seed);
    const hours = 6;
    let early = 0;
    const runs = 200;
    for (let run = 0; run < runs; run += 1) {
      const share = run % 2 === 0 ? 0.01 : 0.004;
      const perMinute = [4, 20, 115][run % 3] ?? 20;
      const beganAt = hours * 60 * MINUTE;
      const window = Array.from({ length: hours * 60 + 4 }, (_, nth): SliMinute => {
        const rate = nth * MINUTE >= beganAt ? 0.5 : share;
        let bad = 0;
        for (let sent = 0; sent < perMinute; sent += 1) bad += Number(random.next() < rate);
        return { at: nth * MINUTE, good: perMinute - bad, bad };
      });
      const startAt = firstSpellOfWindow(window, target) ?? 0;
      if (startAt < beganAt - 2 * MINUTE) early += 1;
      assert.ok(startAt <= beganAt + 2 * MINUTE, `run ${run}: ${startAt - beganAt} ms late`);
    }
    assert.ok(early <= runs * 0.1, `${early} of ${runs} began early`);
  });
});
