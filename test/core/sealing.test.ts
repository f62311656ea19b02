import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { createSealer, seededRandom, systemRandom, type Sealer } from '../../src/core/index.ts';
import { fails } from '../support/ledger-faults.ts';
import { runs } from '../support/ledger-property.ts';

const key = (seed: number): Uint8Array => seededRandom(seed).bytes(32);
const sealer = createSealer([key(1)], systemRandom);
const isMismatch = fails('key_mismatch');

/** Every place of a text, with another character of its alphabet there. */
function alterations(sealed: string): readonly string[] {
  return Array.from(sealed, (character, place) => {
    const other = character === 'A' ? 'B' : 'A';
    return sealed.slice(0, place) + other + sealed.slice(place + 1);
  });
}

describe('sealing', () => {
  it('opens what it sealed, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (plain) => {
        assert.equal(sealer.open(sealer.seal(plain)), plain);
      }),
      runs(300),
    );
  });

  it('shows nothing of the text', () => {
    const sealed = sealer.seal('whsec_hunter2');
    assert.match(sealed, /^v1\.[0-9a-f]{8}\.[0-9A-Za-z_-]+$/);
    const bytes = Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString('latin1');
    assert.ok(!bytes.includes('whsec_'));
  });

  it('seals the same text differently each time', () => {
    const sealed = new Set(Array.from({ length: 200 }, () => sealer.seal('secret')));
    assert.equal(sealed.size, 200);
  });

  it('does not open what was altered, in any place', () => {
    for (const plain of ['', 's', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']) {
      const sealed = sealer.seal(plain);
      const bytes = Buffer.from(sealed.split('.')[2] ?? '', 'base64url');
      for (const altered of alterations(sealed)) {
        // The last digit of base64 may hold bits that stand for nothing.
        const same = Buffer.from(altered.split('.')[2] ?? '', 'base64url').equals(bytes);
        if (same && altered.startsWith(`v1.${sealer.keyId}.`)) continue;
        assert.throws(() => sealer.open(altered), isMismatch, altered);
      }
    }
  });

  it('does not open what was altered by a single bit of any byte', () => {
    const sealed = sealer.seal('secret');
    const [version, keyId, body = ''] = sealed.split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const altered = Buffer.from(bytes);
      altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      const text = `${version}.${keyId}.${altered.toString('base64url')}`;
      assert.throws(() => sealer.open(text), isMismatch, `bit ${bit}`);
    }
  });

  it('does not open what was cut, lengthened or never sealed', () => {
    const sealed = sealer.seal('secret');
    const cut = Array.from({ length: sealed.length }, (_, length) => sealed.slice(0, length));
    const never = ['', '.', '..', 'v1..', 'secret', `v2${sealed.slice(2)}`, `${sealed}AAAA`];
    for (const text of [...cut, ...never]) {
      assert.throws(() => sealer.open(text), isMismatch, JSON.stringify(text));
    }
  });

  it('does not open with another key', () => {
    const sealed = sealer.seal('secret');
    const other = createSealer([key(2)], systemRandom);
    assert.throws(() => other.open(sealed), isMismatch);
    // Nor where the text claims the other key's id.
    const claimed = sealed.replace(sealer.keyId, other.keyId);
    assert.throws(() => other.open(claimed), isMismatch);
  });

  it('seals with the first key and opens with all of them', () => {
    const old = sealer.seal('old secret');
    const rotated = createSealer([key(2), key(1)], systemRandom);
    assert.equal(rotated.open(old), 'old secret');
    const fresh = rotated.seal('new secret');
    assert.ok(fresh.startsWith(`v1.${rotated.keyId}.`));
    assert.notEqual(rotated.keyId, sealer.keyId);
    assert.deepEqual([rotated.isCurrent(old), rotated.isCurrent(fresh)], [false, true]);
    assert.equal(createSealer([key(2)], systemRandom).open(fresh), 'new secret');
    assert.throws(() => sealer.open(fresh), isMismatch);
  });

  it('reseals alike what was sealed alike, in another run too, and apart what was sealed apart', () => {
    const [one, other] = [sealer.seal('secret'), sealer.seal('secret')];
    const rotated = createSealer([key(2), key(1)], systemRandom);
    const resealed = rotated.reseal(one);
    assert.equal(createSealer([key(2), key(1)], systemRandom).reseal(one), resealed);
    assert.notEqual(rotated.reseal(other), resealed);
    assert.equal(rotated.reseal(resealed), resealed);
    assert.equal(createSealer([key(2)], systemRandom).open(resealed), 'secret');
    assert.throws(() => createSealer([key(2)], systemRandom).reseal(one), isMismatch);
  });

  it('refuses a key of another length, and none at all', () => {
    const create = (keys: readonly Uint8Array[]) => (): Sealer => createSealer(keys, systemRandom);
    for (const length of [0, 16, 31, 33]) {
      assert.throws(create([new Uint8Array(length)]), fails('config_invalid'), `${length} bytes`);
    }
    assert.throws(create([]), fails('config_invalid'));
    assert.throws(create([key(1), new Uint8Array(16)]), fails('config_invalid'));
  });
});
