import { timingSafeEqual, verify as verifyEd25519 } from 'node:crypto';
import { assertNever } from '../core/index.ts';
import { decodeBase64 } from './base64.ts';
import { hmacBase64, prepareHmacKey } from './hmac.ts';
import type { VerificationKey } from './secret.ts';
import { contentBytes, writeSignedContent, type SignedContent } from './signed-content.ts';

export type VerifyInput = {
  /** Any of them may match: old and new during a rotation. */
  readonly secrets: readonly VerificationKey[];
  /** The three headers as received. */
  readonly id: string;
  readonly timestamp: string;
  readonly signatureHeader: string;
  /** The body exactly as received, before any parse. */
  readonly payload: string | Uint8Array;
  readonly nowSeconds: number;
  /** How far the timestamp may lie in the past or future, against replays; 300 by default. */
  readonly toleranceSeconds?: number;
};

export type VerifyFailure = 'id_missing' | 'timestamp_invalid' | 'too_old' | 'too_new' | 'no_match';
export type Verification =
  | { readonly isValid: true }
  | { readonly isValid: false; readonly reason: VerifyFailure };

const DEFAULT_TOLERANCE_SECONDS = 300;
/** A rotation needs eleven; a stranger's header must not buy unbounded Ed25519 work. */
const MOST_SIGNATURES = 32;
/** One spelling only: the number is what is signed, so another spelling of it would verify too. */
const TIMESTAMP_PATTERN = /^(0|[1-9]\d{0,11})$/;

/** Whether a signature in the header was made with one of the secrets, in time. Never throws. */
export function verify(input: VerifyInput): Verification {
  if (input.id === '') return failed('id_missing');
  if (!TIMESTAMP_PATTERN.test(input.timestamp)) return failed('timestamp_invalid');
  const timestampSeconds = Number(input.timestamp);
  const toleranceSeconds = input.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS;
  if (timestampSeconds < input.nowSeconds - toleranceSeconds) return failed('too_old');
  if (timestampSeconds > input.nowSeconds + toleranceSeconds) return failed('too_new');
  const content = writeSignedContent(input.id, timestampSeconds, input.payload);
  const signatures = input.signatureHeader.split(' ', MOST_SIGNATURES);
  return input.secrets.some((key) => hasMatch(key, content, signatures))
    ? { isValid: true }
    : failed('no_match');
}

function hasMatch(
  key: VerificationKey,
  content: SignedContent,
  signatures: readonly string[],
): boolean {
  switch (key.kind) {
    case 'symmetric': {
      const expected = Buffer.from(
        `v1,${hmacBase64(prepareHmacKey(key.key), content.area, content.end)}`,
      );
      return signatures.some((signature) => isEqual(Buffer.from(signature), expected));
    }
    case 'asymmetric':
      return hasMatch(key.publicKey, content, signatures);
    case 'public':
      return signatures.some((signature) => {
        const bytes = signature.startsWith('v1a,')
          ? decodeBase64(signature.slice('v1a,'.length))
          : undefined;
        return bytes !== undefined && verifyEd25519(null, contentBytes(content), key.key, bytes);
      });
    default:
      return assertNever(key);
  }
}

/** In constant time for equal lengths; the length of a right signature is no secret. */
function isEqual(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function failed(reason: VerifyFailure): Verification {
  return { isValid: false, reason };
}
