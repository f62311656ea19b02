import type { KeyObject } from 'node:crypto';
import { fault, type HoldfastError } from '../core/index.ts';
import { decodeBase64 } from './base64.ts';
import {
  privateKeyFromSeed,
  PUBLIC_KEY_BYTES,
  publicBytesOf,
  publicKeyFromBytes,
  SEED_BYTES,
} from './ed25519-keys.ts';

/*
 * The key material of Standard Webhooks. What signs is a secret, what only verifies is a public key:
 *
 *     whsec_  symmetric    HMAC-SHA256 key, shared with the receiver      signs and verifies  v1
 *     whsk_   asymmetric   Ed25519 seed and public key, never leaves us   signs and verifies  v1a
 *     whpk_   public       Ed25519 public key, given to the receiver      verifies            v1a
 *
 * `text` is the one spelling of it, fit to be sealed and parsed again. Never log any of these records.
 */
export type SymmetricSecret = {
  readonly kind: 'symmetric';
  readonly text: string;
  readonly key: Uint8Array;
};
export type AsymmetricSecret = {
  readonly kind: 'asymmetric';
  readonly text: string;
  readonly privateKey: KeyObject;
  readonly publicKey: PublicKey;
};
export type PublicKey = { readonly kind: 'public'; readonly text: string; readonly key: KeyObject };

export type Secret = SymmetricSecret | AsymmetricSecret;
export type VerificationKey = Secret | PublicKey;

const secretPrefixes = {
  symmetric: 'whsec_',
  asymmetric: 'whsk_',
  public: 'whpk_',
} as const;

/** The API's pattern, as Svix has it: 32 to 100 characters of base64, `whsec_` may be missing. */
const SYMMETRIC_PATTERN = /^(whsec_)?[a-zA-Z0-9+/=]{32,100}$/;

/** From the specification, but for its upper bound of 64: Svix's pattern lets 75 pass, so we do. */
const SYMMETRIC_KEY_BYTES = { min: 24, max: 75 } as const;

/**
 * A secret from its text: base64 of 24 to 75 bytes with or without `whsec_`, or `whsk_` and base64
 * of 64 bytes (seed, public key). Throws `secret_invalid`, also where the base64 is malformed or
 * the two halves of a `whsk_` do not belong together.
 */
export function parseSecret(text: string): Secret {
  return text.startsWith(secretPrefixes.asymmetric) ? parseAsymmetric(text) : parseSymmetric(text);
}

/** The public key from its text, `whpk_` and base64 of 32 bytes. Throws `secret_invalid`. */
export function parsePublicKey(text: string): PublicKey {
  const bytes = bytesAfter(secretPrefixes.public, text);
  if (bytes?.length !== PUBLIC_KEY_BYTES) {
    throw invalid('A public key is whpk_ and base64 of 32 bytes.');
  }
  return { kind: 'public', text, key: publicKeyFromBytes(bytes) };
}

/** The text, `whpk_…`, that a receiver verifies this secret's signatures with. */
export function publicKeyOf(secret: AsymmetricSecret): string {
  return secret.publicKey.text;
}

function parseSymmetric(text: string): SymmetricSecret {
  const base64 = text.startsWith(secretPrefixes.symmetric)
    ? text.slice(secretPrefixes.symmetric.length)
    : text;
  const key = SYMMETRIC_PATTERN.test(text) ? decodeBase64(base64) : undefined;
  if (
    key === undefined ||
    key.length < SYMMETRIC_KEY_BYTES.min ||
    key.length > SYMMETRIC_KEY_BYTES.max
  ) {
    const { min, max } = SYMMETRIC_KEY_BYTES;
    throw invalid(
      `A secret is well-formed base64 of ${min} to ${max} bytes, with whsec_ before it; or a whsk_ key.`,
    );
  }
  return symmetricFromKey(key);
}

/** @param key 24 to 75 bytes; not checked here. */
export function symmetricFromKey(key: Uint8Array): SymmetricSecret {
  return {
    kind: 'symmetric',
    text: secretPrefixes.symmetric + Buffer.from(key).toString('base64'),
    key,
  };
}

function parseAsymmetric(text: string): AsymmetricSecret {
  const bytes = bytesAfter(secretPrefixes.asymmetric, text);
  if (bytes?.length !== SEED_BYTES + PUBLIC_KEY_BYTES) {
    throw invalid(
      'A signing key is whsk_ and base64 of 64 bytes: the Ed25519 seed, then the public key.',
    );
  }
  const secret = asymmetricFromSeed(bytes.subarray(0, SEED_BYTES));
  if (secret.text !== text) {
    throw invalid('The public half of the whsk_ key does not belong to its seed.');
  }
  return secret;
}

/** The whole secret that 32 bytes of seed stand for. */
export function asymmetricFromSeed(seed: Uint8Array): AsymmetricSecret {
  const privateKey = privateKeyFromSeed(seed);
  const publicBytes = publicBytesOf(privateKey);
  return {
    kind: 'asymmetric',
    text: secretPrefixes.asymmetric + Buffer.concat([seed, publicBytes]).toString('base64'),
    privateKey,
    publicKey: parsePublicKey(secretPrefixes.public + publicBytes.toString('base64')),
  };
}

function bytesAfter(prefix: string, text: string): Buffer | undefined {
  return text.startsWith(prefix) ? decodeBase64(text.slice(prefix.length)) : undefined;
}

/** The details speak of form only: a rejected secret must not turn up in a log or an answer. */
function invalid(detail: string): HoldfastError {
  return fault('secret_invalid', { field: 'secret', detail });
}
