import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EventTypeDrift, type DriftFinding } from '../../../src/contract/index.ts';
import { seededRandom } from '../../../src/core/index.ts';
import { normal, payment, type Payment } from '../../support/payment.ts';

const KNOWN = 2000;

/** Looks at payments, of which `harm` changes those from the 2,001st on; resolves to what is found, with its number. */
function watch(
  seed: number,
  harm: (made: Payment, since: number) => void,
  messages = 600,
): { readonly drift: EventTypeDrift; readonly found: readonly (DriftFinding & { nth: number })[] } {
  const random = seededRandom(seed);
  const drift = new EventTypeDrift();
  const found: (DriftFinding & { nth: number })[] = [];
  for (let nth = 1; nth <= KNOWN + messages; nth += 1) {
    const made = payment(nth, random);
    if (nth > KNOWN) harm(made, nth - KNOWN);
    for (const finding of drift.look({ id: nth, payload: made })) {
      found.push({ ...finding, nth: nth - KNOWN });
    }
  }
  return { drift, found };
}

describe('drift of an event type', () => {
  it('names field, factor, share, first message and examples of amounts in other units', () => {
    const { found } = watch(1, (made, since) => {
      if (since % 20 === 0) made.amount = Number(made.amount) / 100;
    });
    const [finding] = found;
    assert.equal(found.length, 1, JSON.stringify(found));
    assert.ok(finding !== undefined && finding.nth <= 500, JSON.stringify(finding));
    assert.equal(finding.kind, 'shift');
    assert.equal(finding.field, 'amount');
    assert.equal(finding.factor, 0.01);
    const share = finding.share ?? 0;
    assert.ok(share > 0.003 && share < 0.2, String(share));
    assert.ok(finding.sinceMessageId > KNOWN && finding.sinceMessageId <= finding.foundMessageId);
    assert.ok(finding.examples.length >= 2 && finding.examples.length <= 5);
    for (const { messageId } of finding.examples) assert.equal((messageId - KNOWN) % 20, 0);
    assert.ok(finding.oncePerMessages >= 1000);
  });

  it('finds two messages of 500 whose moments are in milliseconds, all others being in seconds', () => {
    const { found } = watch(2, (made, since) => {
      if (since === 200 || since === 450) made.created *= 1000;
    });
    assert.deepEqual(
      found.map(({ kind, field, factor, nth }) => ({ kind, field, factor, nth })),
      [{ kind: 'shift', field: 'created', factor: 1000, nth: 450 }],
    );
  });

  it('finds a field that vanishes, and says so once', () => {
    const { found } = watch(3, ({ customer }) => {
      delete customer.country;
    });
    assert.deepEqual(
      found.map(({ kind, field }) => ({ kind, field })),
      [{ kind: 'vanished', field: 'customer.country' }],
    );
    assert.ok((found[0]?.nth ?? Infinity) <= 500);
  });

  it('finds a new value of an enumeration, and another type', () => {
    const { found } = watch(4, (made, since) => {
      if (since % 10 === 0) made.status = 'requires_action';
      if (since % 10 === 5) made.amount = String(made.amount);
    });
    const told = new Set(found.map(({ kind, field, value }) => `${kind} ${field} ${value}`));
    assert.deepEqual(
      told,
      new Set(['new_value status requires_action', 'type_changed amount string']),
    );
  });

  it('judges amounts by their currency: a usual amount in yen is not a usual one in euros', () => {
    const random = seededRandom(5);
    const drift = new EventTypeDrift();
    const found: DriftFinding[] = [];
    for (let nth = 1; nth <= 2500; nth += 1) {
      const currency = nth % 2 === 0 ? 'EUR' : 'JPY';
      const isHarmed = nth > 2000 && currency === 'EUR' && nth % 20 === 0;
      const scale = currency === 'JPY' || isHarmed ? 100 : 1;
      const amount = 50 * scale * Math.exp(0.4 * normal(random));
      found.push(...drift.look({ id: nth, payload: { amount, currency } }));
    }
    assert.deepEqual(
      found.map(({ field, factor }) => ({ field, factor })),
      [{ field: 'amount', factor: 100 }],
    );
  });

  it('takes what was accepted as normal, and finds the next change', () => {
    const harm = (made: Payment): void => {
      made.status = 'requires_action';
    };
    const { drift, found } = watch(6, harm, 100);
    const [finding] = found;
    assert.ok(finding !== undefined);
    assert.equal(drift.accept(finding.id)?.state, 'accepted');
    assert.equal(drift.accept(77), null);
    const random = seededRandom(60);
    const later: DriftFinding[] = [];
    for (let nth = 1; nth <= 1000; nth += 1) {
      const made = payment(nth, random);
      if (nth <= 500) harm(made);
      else made.status = 'disputed';
      later.push(...drift.look({ id: nth, payload: made }));
    }
    assert.deepEqual(
      later.map(({ kind, value }) => ({ kind, value })),
      [{ kind: 'new_value', value: 'disputed' }],
    );
  });

  it('settles a finding that is not seen again', () => {
    const { drift } = watch(
      7,
      (made, since) => {
        if (since <= 100) made.status = 'requires_action';
      },
      5000,
    );
    assert.deepEqual(
      drift.findings.map(({ state }) => state),
      ['settled'],
    );
  });

  it('raises nothing of ignored fields and what is below them', () => {
    const random = seededRandom(8);
    const drift = new EventTypeDrift();
    drift.ignore(['customer', 'amount']);
    for (let nth = 1; nth <= 2500; nth += 1) {
      const made = payment(nth, random);
      if (nth > 2000) {
        made.amount = Number(made.amount) * 1000;
        delete made.customer.country;
      }
      assert.deepEqual(drift.look({ id: nth, payload: made }), []);
    }
    assert.equal(drift.summary().find(({ field }) => field === 'amount')?.isIgnored, true);
  });

  it('goes on after a restart as if there had been none', () => {
    const random = seededRandom(9);
    let restarted = new EventTypeDrift();
    const steady = new EventTypeDrift();
    const found: [DriftFinding[], DriftFinding[]] = [[], []];
    for (let nth = 1; nth <= 2600; nth += 1) {
      const made = payment(nth, random);
      if (nth > 2000 && nth % 25 === 0) made.amount = Number(made.amount) * 100;
      if (nth % 333 === 0) restarted = EventTypeDrift.fromJson(restarted.toJson());
      found[0].push(...restarted.look({ id: nth, payload: made }));
      found[1].push(...steady.look({ id: nth, payload: made }));
    }
    const told = found.map((findings) => findings.map(({ kind, field }) => `${kind} ${field}`));
    assert.deepEqual(told[0], told[1]);
    assert.deepEqual(told[0], ['shift amount']);
  });

  it('names fields whose names are no words in brackets', () => {
    const drift = new EventTypeDrift();
    drift.look({ id: 1, payload: { 'a.b': { items: [{ 'x y': 1 }] } } });
    assert.deepEqual(
      drift.summary().map(({ field }) => field),
      ['["a.b"]', '["a.b"].items', '["a.b"].items[]', '["a.b"].items[]["x y"]'],
    );
  });
});
