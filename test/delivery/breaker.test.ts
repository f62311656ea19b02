import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { seededRandom } from '../../src/core/index.ts';
import { Breaker, type BreakerPolicy, type BreakerState } from '../../src/delivery/breaker.ts';
import { runs } from '../support/ledger-property.ts';

const policy: BreakerPolicy = {
  breakerFailures: 3,
  breakerFailurePercent: 0,
  breakerOpenMs: 1_000,
  breakerLongestOpenMs: 8_000,
};

function breakerWith(given: Partial<BreakerPolicy> = {}): Breaker {
  return new Breaker({ ...policy, ...given }, seededRandom(1), 0);
}

function failAt(breaker: Breaker, now: number): boolean {
  return breaker.fail(breaker.begin(now), now);
}

function succeedAt(breaker: Breaker, now: number): void {
  breaker.succeed(breaker.begin(now), now);
}

/** The same in the plainest words: every outcome that counts is kept, and looked at anew each time. */
class PlainBreaker {
  state: BreakerState = 'closed';
  epoch = 0;
  outcomes: boolean[] = [];
  failuresInARow = 0;
  trips = 0;
  since = 0;
  readonly #policy: BreakerPolicy;

  constructor(given: BreakerPolicy) {
    this.#policy = given;
  }

  begin(now: number): number {
    if (this.state === 'open') this.#become('half_open', now);
    return this.epoch;
  }

  end(isFailure: boolean, epoch: number, now: number): void {
    if (epoch !== this.epoch) return;
    this.failuresInARow = isFailure ? this.failuresInARow + 1 : 0;
    this.outcomes.push(isFailure);
    const last = this.outcomes.slice(-50);
    const { breakerFailures: inARow, breakerFailurePercent: percent } = this.#policy;
    const isTooMany =
      (inARow > 0 && this.failuresInARow >= inARow) ||
      (percent > 0 &&
        last.length >= 20 &&
        (100 * last.filter(Boolean).length) / last.length >= percent);
    if (isFailure && (this.state === 'half_open' || isTooMany)) {
      this.trips += 1;
      this.#become('open', now);
    } else if (!isFailure && this.state === 'half_open') {
      this.#become('closed', now);
      this.outcomes = [false];
    } else if (!isFailure && now - this.since > this.#policy.breakerLongestOpenMs) {
      this.trips = 0;
    }
  }

  /** Without the spread. */
  get openMs(): number {
    const { breakerOpenMs, breakerLongestOpenMs } = this.#policy;
    return Math.min(breakerLongestOpenMs, breakerOpenMs * 2 ** (this.trips - 1));
  }

  #become(state: BreakerState, now: number): void {
    this.state = state;
    this.epoch += 1;
    this.since = now;
  }
}

test('does what a plain model does, whatever comes in whatever order', () => {
  const policies = fc.record({
    breakerFailures: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 12 })),
    breakerFailurePercent: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100 })),
    breakerOpenMs: fc.integer({ min: 100, max: 5_000 }),
    breakerLongestOpenMs: fc.integer({ min: 100, max: 20_000 }),
  });
  const events = fc.array(
    fc.record({
      waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 }), fc.constant(30_000)),
      does: fc.constantFrom('begin', 'fail', 'fail', 'succeed'),
      /** Which of the attempts under way ends: they end in any order. */
      which: fc.nat(),
    }),
    { maxLength: 300 },
  );
  fc.assert(
    fc.property(policies, events, fc.integer(), (given, happens, seed) => {
      const breaker = new Breaker(given, seededRandom(seed), 0);
      const plain = new PlainBreaker(given);
      const underWay: { epoch: number; plainEpoch: number }[] = [];
      let [now, openUntil] = [0, 0];
      for (const { waitMs, does, which } of happens) {
        now += waitMs;
        const rests = breaker.restsUntil(now);
        assert.equal(breaker.limit(now), plain.state === 'closed' ? Infinity : rests > 0 ? 0 : 1);
        if (does === 'begin') {
          if (breaker.limit(now) === 0) continue;
          underWay.push({ epoch: breaker.begin(now), plainEpoch: plain.begin(now) });
        } else if (underWay.length > 0) {
          const [ended] = underWay.splice(which % underWay.length, 1);
          if (ended === undefined) continue;
          if (does === 'fail') breaker.fail(ended.epoch, now);
          else breaker.succeed(ended.epoch, now);
          const { trips } = plain;
          plain.end(does === 'fail', ended.plainEpoch, now);
          if (plain.state === 'open' && plain.trips > trips) {
            openUntil = breaker.restsUntil(now);
            const openMs = openUntil - now;
            assert.ok(openMs >= Math.floor(0.9 * plain.openMs), `${openMs} of ${plain.openMs}`);
            assert.ok(openMs <= Math.ceil(1.1 * plain.openMs), `${openMs} of ${plain.openMs}`);
          }
        }
        assert.equal(breaker.state, plain.state);
        assert.equal(breaker.since, plain.since);
        assert.equal(breaker.failuresInARow, plain.failuresInARow);
        assert.equal(breaker.isClosed, plain.state === 'closed');
        const restsNow = plain.state === 'open' && now < openUntil ? openUntil : 0;
        assert.equal(breaker.restsUntil(now), restsNow);
      }
    }),
    runs(1_000),
  );
});

test('opens at so many failures in a row, and a success between them starts the count anew', () => {
  const breaker = breakerWith();
  failAt(breaker, 0);
  failAt(breaker, 1);
  succeedAt(breaker, 2);
  assert.equal(failAt(breaker, 3), false);
  assert.equal(failAt(breaker, 4), false);
  assert.equal(failAt(breaker, 5), true);
  assert.deepEqual([breaker.state, breaker.since, breaker.limit(5)], ['open', 5, 0]);
});

test('opens at a share of failures, over twenty attempts and not over fewer', () => {
  const breaker = breakerWith({ breakerFailures: 0, breakerFailurePercent: 50 });
  for (let attempt = 0; attempt < 18; attempt += 1) {
    if (attempt % 2 === 0) failAt(breaker, attempt);
    else succeedAt(breaker, attempt);
  }
  assert.equal(failAt(breaker, 19), false, 'ten of nineteen');
  assert.equal(breaker.state, 'closed');
  assert.equal(failAt(breaker, 20), true, 'eleven of twenty');
});

test('what happened more than fifty attempts ago counts no longer', () => {
  const breaker = breakerWith({ breakerFailures: 0, breakerFailurePercent: 60 });
  for (let attempt = 0; attempt < 19; attempt += 1) failAt(breaker, 0);
  for (let attempt = 0; attempt < 50; attempt += 1) succeedAt(breaker, 1);
  for (let attempt = 0; attempt < 29; attempt += 1) assert.equal(failAt(breaker, 2), false);
  assert.equal(failAt(breaker, 3), true, 'thirty of the last fifty');
});

test('half open it lets one probe through: its success closes, its failure opens for twice as long', () => {
  const breaker = breakerWith();
  for (let failures = 0; failures < 3; failures += 1) failAt(breaker, 0);
  let now = 0;
  for (const wanted of [1_000, 2_000, 4_000, 8_000, 8_000]) {
    const until = breaker.restsUntil(now);
    assert.ok(Math.abs(until - now - wanted) <= 0.1 * wanted, `${until - now} for ${wanted}`);
    assert.equal(breaker.limit(until - 1), 0);
    assert.equal(breaker.limit(until), 1);
    now = until;
    assert.equal(failAt(breaker, now), true);
  }
  now = breaker.restsUntil(now);
  succeedAt(breaker, now);
  assert.deepEqual([breaker.state, breaker.limit(now)], ['closed', Infinity]);
});

test('a success that does not last leaves the next opening long; one that lasts makes it short again', () => {
  const breaker = breakerWith();
  let now = 0;
  for (let trips = 0; trips < 4; trips += 1) {
    while (!failAt(breaker, now));
    now = breaker.restsUntil(now);
  }
  succeedAt(breaker, now);
  while (!failAt(breaker, now + 10));
  assert.ok(breaker.restsUntil(now + 10) - now > 5_000, 'it came back for a moment');
  now = breaker.restsUntil(now + 10);
  succeedAt(breaker, now);
  now += 8_001;
  succeedAt(breaker, now);
  while (!failAt(breaker, now));
  assert.ok(breaker.restsUntil(now) - now <= 1_100, 'it was well for long enough');
});

test('what was sent before the circuit opened neither closes it nor keeps it open', () => {
  const breaker = breakerWith();
  const early = breaker.begin(0);
  for (let failures = 0; failures < 3; failures += 1) failAt(breaker, 0);
  const until = breaker.restsUntil(1);
  breaker.succeed(early, 1);
  assert.equal(breaker.fail(early, 1), false);
  assert.deepEqual([breaker.state, breaker.restsUntil(1)], ['open', until]);
  const probe = breaker.begin(until);
  breaker.succeed(early, until);
  assert.equal(breaker.fail(early, until), false);
  assert.equal(breaker.state, 'half_open');
  breaker.succeed(probe, until);
  assert.equal(breaker.state, 'closed');
});

test('lanes that failed together are not probed together', () => {
  const random = seededRandom(7);
  const untils = Array.from({ length: 50 }, () => {
    const breaker = new Breaker(policy, random, 0);
    while (!failAt(breaker, 0));
    return breaker.restsUntil(0);
  });
  assert.ok(new Set(untils).size > 30);
});

test('is never open for longer than the policy says', () => {
  const random = seededRandom(3);
  for (let breakers = 0; breakers < 50; breakers += 1) {
    const breaker = new Breaker(policy, random, 0);
    let now = 0;
    for (let trips = 0; trips < 8; trips += 1) {
      while (!failAt(breaker, now));
      const until = breaker.restsUntil(now);
      assert.ok(until - now <= policy.breakerLongestOpenMs, `${until - now} ms`);
      now = until;
    }
  }
});

test('a reset closes it, and what was under way says nothing afterwards', () => {
  const breaker = breakerWith();
  while (!failAt(breaker, 0));
  const probe = breaker.begin(5_000);
  breaker.reset(5_001);
  assert.deepEqual(
    [breaker.state, breaker.limit(5_001), breaker.failuresInARow],
    ['closed', Infinity, 0],
  );
  for (let failures = 0; failures < 5; failures += 1) breaker.fail(probe, 5_002);
  assert.equal(breaker.state, 'closed');
  while (!failAt(breaker, 5_003));
  assert.ok(breaker.restsUntil(5_003) - 5_003 <= 1_100, 'as if it had never been open');
});

test('one that is switched off while it is open does not open again', () => {
  const breaker = breakerWith();
  while (!failAt(breaker, 0));
  breaker.policy = { ...policy, breakerFailures: 0, breakerFailurePercent: 0 };
  const now = breaker.restsUntil(0) || 1;
  for (let failures = 0; failures < 5; failures += 1) assert.equal(failAt(breaker, now), false);
  assert.equal(breaker.restsUntil(now), 0);
});

const byHand = { openedAt: 0, until: null, withProbes: false, reason: 'they asked' } as const;

test('opened by hand it stays so, whatever its policy says and whatever comes in late', () => {
  const breaker = breakerWith({ breakerFailures: 0 });
  const underWay = breaker.begin(0);
  breaker.open(byHand, 1);
  breaker.succeed(underWay, 2);
  assert.deepEqual(
    [breaker.state, breaker.limit(1e12), breaker.restsUntil(1e12)],
    ['open', 0, Infinity],
  );
  breaker.close(5);
  assert.deepEqual([breaker.state, breaker.limit(5)], ['closed', Infinity]);
});

test('opened by hand until a moment a probe decides from then on', () => {
  for (const isWell of [true, false]) {
    const breaker = breakerWith();
    breaker.open({ ...byHand, until: 5_000 }, 0);
    assert.deepEqual([breaker.limit(4_999), breaker.limit(5_000)], [0, 1]);
    if (isWell) succeedAt(breaker, 5_000);
    else failAt(breaker, 5_000);
    assert.equal(breaker.state, isWell ? 'closed' : 'open');
    assert.equal(breaker.byHand(5_000), null);
  }
});

test('probes of a circuit opened by hand close nothing and lengthen nothing', () => {
  const breaker = breakerWith();
  breaker.open({ ...byHand, withProbes: true }, 0);
  for (let probe = 1; probe <= 5; probe += 1) {
    const at = probe * 1_000;
    assert.deepEqual([breaker.limit(at - 1), breaker.limit(at)], [0, 1], `probe ${probe}`);
    if (probe % 2 === 0) failAt(breaker, at);
    else succeedAt(breaker, at);
    assert.equal(breaker.state, 'open');
  }
});

test('closing what nobody opened by hand leaves a circuit as it is', () => {
  const breaker = breakerWith();
  for (let failure = 0; failure < 3; failure += 1) failAt(breaker, failure);
  breaker.close(5);
  assert.equal(breaker.state, 'open');
});
