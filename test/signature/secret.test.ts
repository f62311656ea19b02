import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HoldfastError, seededRandom } from '../../src/core/index.ts';
import {
  generateKeyPair,
  generateSecret,
  parsePublicKey,
  parseSecret,
  publicKeyOf,
} from '../../src/signature/index.ts';

const KEY_PAIR =
  'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const isSecretInvalid = (error: unknown): boolean =>
  error instanceof HoldfastError && error.code === 'secret_invalid' && error.status === 422;

test('keeps a symmetric secret of 24 to 75 bytes, with and without its prefix', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 24, maxLength: 75, size: 'max' }),
      fc.boolean(),
      (key, hasPrefix) => {
        const secret = parseSecret((hasPrefix ? 'whsec_' : '') + base64(key));
        assert.equal(secret.text, `whsec_${base64(key)}`);
        assert.equal(secret.kind, 'symmetric');
      },
    ),
  );
});

test('refuses what receivers could not decode, or would decode to another key', () => {
  const refused = {
    empty: '',
    'prefix only': 'whsec_',
    'too short': `whsec_${base64(Buffer.alloc(23, 1))}`,
    'too long': `whsec_${base64(Buffer.alloc(76, 1))}`,
    'padding missing': `whsec_${base64(Buffer.alloc(32, 1)).replace('=', '')}`,
    'padding in the middle': `whsec_MfKQ9r8GKYqrTwj=PD8ILPZIo2LaLaSw`,
    'unused bits set': `whsec_${'A'.repeat(42)}B=`,
    'url alphabet': `whsec_${'-_'.repeat(16)}`,
    'white space': `whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n`,
    'two prefixes': 'whsec_whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'a public key': publicKeyOf(generateKeyPair(seededRandom(1))),
    'half a seed': `whsk_${base64(Buffer.alloc(16, 1))}`,
    'a seed without its public key': `whsk_${base64(Buffer.alloc(32, 1))}`,
    'a public half of another seed': `whsk_${base64(Buffer.alloc(64, 1))}`,
  };
  for (const [name, text] of Object.entries(refused)) {
    assert.throws(() => parseSecret(text), isSecretInvalid, name);
  }
});

test('never repeats a refused secret in the error', () => {
  const text = `whsec_${base64(Buffer.alloc(20, 7))}`;
  assert.throws(
    () => parseSecret(text),
    (error) => error instanceof Error && !error.message.includes(text.slice(6)),
  );
});

test('derives the public key that Svix publishes for its test key', () => {
  const secret = parseSecret(KEY_PAIR);
  assert(secret.kind === 'asymmetric');
  assert.equal(publicKeyOf(secret), 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=');
  assert.equal(parsePublicKey(publicKeyOf(secret)).text, publicKeyOf(secret));
});

test('refuses a public key of another length or prefix', () => {
  for (const text of [
    'whpk_',
    `whpk_${base64(Buffer.alloc(31))}`,
    `whpk_${base64(Buffer.alloc(33))}`,
    KEY_PAIR,
  ]) {
    assert.throws(() => parsePublicKey(text), isSecretInvalid, text);
  }
});

test('generates secrets that parse back to themselves and differ from each other', () => {
  const random = seededRandom(42);
  const texts = Array.from({ length: 100 }, () => [
    generateSecret(random).text,
    generateKeyPair(random).text,
  ]).flat();
  for (const text of texts) assert.equal(parseSecret(text).text, text);
  assert.equal(new Set(texts).size, texts.length);
});
