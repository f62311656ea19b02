import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';
import { fault } from './errors.ts';
import type { Random } from './random.ts';

/**
 * Secrets at rest: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce.
 * Sealed text: `v1.<key id>.<base64url of nonce | ciphertext | tag>`; the key id tells which key opens it,
 * so that keys can be rotated while old rows are still there.
 */
export type Sealer = {
  seal(plain: string): string;
  /**
   * A text sealed by an older key as the current one seals it, the same whenever it is asked: what was sealed alike
   * stays so. Itself where the current key sealed it. Throws as `open` does.
   */
  reseal(sealed: string): string;
  /** Throws `key_mismatch` where no given key opens the text, or where it was altered. */
  open(sealed: string): string;
  /** Whether the key that seals now is the one that sealed the text. */
  isCurrent(sealed: string): boolean;
  readonly keyId: string;
};

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const SEALING_KEY_BYTES = 32;

/** @param keys 32 bytes each: the first seals, all of them open. */
export function createSealer(keys: readonly Uint8Array[], random: Random): Sealer {
  const byId = new Map(keys.map((key) => [keyIdOf(key), key]));
  const [current] = keys;
  if (current === undefined || keys.some((key) => key.length !== SEALING_KEY_BYTES)) {
    throw fault('config_invalid', {
      field: 'encryptionKey',
      detail: 'An encryption key must be 32 bytes, in base64.',
    });
  }
  const [sealingKey, currentId] = [current, keyIdOf(current)];

  function sealWith(nonce: Uint8Array, plain: string): string {
    const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce);
    const sealed = Buffer.concat([
      nonce,
      cipher.update(plain, 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return `v1.${currentId}.${sealed.toString('base64url')}`;
  }

  const sealer: Sealer = {
    keyId: currentId,
    isCurrent: (sealed) => sealed.startsWith(`v1.${currentId}.`),
    seal: (plain) => sealWith(random.bytes(NONCE_BYTES), plain),
    reseal(sealed) {
      if (sealer.isCurrent(sealed)) return sealed;
      // As good as random: a pseudorandom function of a text that holds a random nonce, and so is no other text's.
      const drawn = createHmac('sha256', sealingKey)
        .update('holdfast reseal')
        .update(sealed)
        .digest();
      return sealWith(drawn.subarray(0, NONCE_BYTES), sealer.open(sealed));
    },
    open(sealed) {
      const [version, keyId, body] = sealed.split('.');
      const key = keyId === undefined ? undefined : byId.get(keyId);
      if (version !== 'v1' || key === undefined || body === undefined) throw fault('key_mismatch');
      const bytes = Buffer.from(body, 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) throw fault('key_mismatch');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
      try {
        const text = decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch (cause) {
        throw fault('key_mismatch', { cause });
      }
    },
  };
  return sealer;
}

function keyIdOf(key: Uint8Array): string {
  return createHash('sha256').update('holdfast key id').update(key).digest('hex').slice(0, 8);
}
