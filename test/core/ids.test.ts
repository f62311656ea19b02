import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import {
  createIdSource,
  createIdText,
  createLedgerMark,
  idAt,
  idPrefixes,
  seededRandom,
  timeOfId,
  type Clock,
  type IdKind,
} from '../../src/core/index.ts';
import { runs } from '../support/ledger-property.ts';

const EPOCH = Date.UTC(2025, 0, 1);
const LAST_MS = EPOCH + 2 ** 40 - 1;
const NOW = Date.UTC(2026, 0, 5, 12);
const kinds = Object.keys(idPrefixes).filter((kind): kind is IdKind => kind in idPrefixes);

function movedClock(at = NOW): Clock & { at: number } {
  const clock = { at, now: () => clock.at, after: () => () => {} };
  return clock;
}

const moment = fc.integer({ min: EPOCH, max: LAST_MS });
const id = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const kind = fc.constantFrom(...kinds);
const mark = fc.uint8Array({ minLength: 6, maxLength: 6 }).map((bytes) => createLedgerMark(bytes));

describe('the id of a row', () => {
  it('carries the moment it was made in', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 31 }), (at, node) => {
        const made = createIdSource(movedClock(at), node).next();
        assert.equal(timeOfId(made), at);
        assert.ok(idAt(at) <= made && made < idAt(at + 1));
      }),
      runs(500),
    );
  });

  it('is a safe integer until 2059', () => {
    assert.ok(Number.isSafeInteger(idAt(LAST_MS) + 8191));
    assert.equal(new Date(LAST_MS).getUTCFullYear(), 2059);
    assert.equal(timeOfId(idAt(LAST_MS) + 8191), LAST_MS);
  });

  it('is 0 for any moment before there was Holdfast', () => {
    assert.equal(idAt(0), 0);
    assert.equal(idAt(EPOCH - 1), 0);
    assert.equal(idAt(EPOCH + 0.9), 0);
  });
});

describe('a source of ids', () => {
  it('never repeats and never steps back, whatever the clock does', () => {
    const steps = fc.array(
      fc.record({
        byMs: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -1e9, max: 1e9 })),
        burst: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 600 })),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 31 }), (moves, node) => {
        const clock = movedClock();
        const ids = createIdSource(clock, node);
        let last = -1;
        for (const { byMs, burst } of moves) {
          clock.at += byMs;
          for (let count = 0; count < burst; count += 1) {
            const next = ids.next();
            assert.ok(next > last, `${next} after ${last}`);
            assert.equal(next % 32, node);
            last = next;
          }
        }
      }),
      runs(200),
    );
  });

  it('borrows from the next millisecond in a burst of more than 256, and gives it back', () => {
    const clock = movedClock();
    const ids = createIdSource(clock);
    const burst = Array.from({ length: 300 }, () => ids.next());
    assert.equal(new Set(burst).size, 300);
    assert.equal(timeOfId(burst[255] ?? 0), NOW);
    assert.equal(timeOfId(burst[256] ?? 0), NOW + 1);
    clock.at += 5;
    assert.equal(timeOfId(ids.next()), NOW + 5);
  });

  it('makes ids that no other node makes', () => {
    const clock = movedClock();
    const made = Array.from({ length: 32 }, (_, node) => {
      const ids = createIdSource(clock, node);
      return Array.from({ length: 300 }, () => ids.next());
    }).flat();
    assert.equal(new Set(made).size, 32 * 300);
  });

  it('begins after the newest id it is given, also one from a later clock or another node', () => {
    fc.assert(
      fc.property(id, fc.integer({ min: 0, max: 31 }), (newest, node) => {
        fc.pre(newest < Number.MAX_SAFE_INTEGER - 64);
        const next = createIdSource(movedClock(), node, newest).next();
        assert.ok(next > newest);
        assert.equal(next % 32, node);
      }),
      runs(500),
    );
  });

  it('refuses a node that there cannot be', () => {
    for (const node of [-1, 32, 1.5, Number.NaN]) {
      assert.throws(() => createIdSource(movedClock(), node), RangeError);
    }
  });
});

describe('the text of an id', () => {
  it('is read back as the same id', () => {
    fc.assert(
      fc.property(id, kind, mark, (number, ofKind, ledgerMark) => {
        const texts = createIdText(ledgerMark);
        const text = texts.format(ofKind, number);
        assert.match(text, /^[a-z]+_[0-9A-Za-z]{15}$/);
        assert.equal(texts.parse(ofKind, text), number);
      }),
      runs(1000),
    );
  });

  it('is ordered as the ids are', () => {
    const texts = createIdText('AbCd01');
    fc.assert(
      fc.property(id, id, (one, other) => {
        const [first, second] = [texts.format('message', one), texts.format('message', other)];
        assert.equal(first < second, one < other);
      }),
      runs(1000),
    );
  });

  it('is not read as an id of another kind', () => {
    const texts = createIdText('AbCd01');
    for (const written of kinds) {
      for (const read of kinds) {
        const expected = written === read ? 42 : undefined;
        assert.equal(
          texts.parse(read, texts.format(written, 42)),
          expected,
          `${written} as ${read}`,
        );
      }
    }
  });

  it('is not read by another ledger', () => {
    const text = createIdText('AbCd01').format('message', 42);
    assert.equal(createIdText('AbCd02').parse('message', text), undefined);
    assert.equal(createIdText('abcd01').parse('message', text), undefined);
  });

  it('is not read where it is anything else', () => {
    const texts = createIdText('AbCd01');
    const text = texts.format('message', 42);
    const wrong = [
      '',
      'msg_',
      text.slice(0, -1),
      `${text}0`,
      ` ${text}`,
      text.replace('msg_', 'MSG_'),
      text.replace('msg_', ''),
      'msg_00000000-AbCd01',
      'msg_00000000éAbCd01',
      'msg_00000000 AbCd01',
      // The largest nine digits are no safe integer.
      'msg_zzzzzzzzzAbCd01',
      '__proto__',
    ];
    for (const one of wrong) assert.equal(texts.parse('message', one), undefined, one);
  });

  it('is read only where every character is as it was written', () => {
    const texts = createIdText('AbCd01');
    fc.assert(
      fc.property(
        id,
        fc.nat({ max: 18 }),
        fc.string({ minLength: 1, maxLength: 1 }),
        (number, at, by) => {
          const text = texts.format('message', number);
          const changed = text.slice(0, at) + by + text.slice(at + 1);
          const read = texts.parse('message', changed);
          assert.equal(read === number, changed === text);
        },
      ),
      runs(1000),
    );
  });

  it('does not throw, whatever it is', () => {
    const texts = createIdText('AbCd01');
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
        assert.equal(texts.parse('message', text), undefined);
      }),
      runs(300),
    );
  });
});

describe('the mark of a ledger', () => {
  it('is six base62 digits, by the bytes it is drawn from', () => {
    const marks = new Set<string>();
    const random = seededRandom(5);
    for (let count = 0; count < 500; count += 1) {
      const drawn = createLedgerMark(random.bytes(6));
      assert.match(drawn, /^[0-9A-Za-z]{6}$/);
      marks.add(drawn);
    }
    assert.equal(marks.size, 500);
  });
});
