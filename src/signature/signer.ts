import { sign } from 'node:crypto';
import { assertNever, fault } from '../core/index.ts';
import { hmacBase64, prepareHmacKey } from './hmac.ts';
import type { Secret } from './secret.ts';
import { contentBytes, writeSignedContent, type SignedContent } from './signed-content.ts';

/** Signs for one endpoint. Make it once for the secrets in force and keep it: preparing keys costs. */
export type Signer = {
  /**
   * The value of the signature header: `v1,<base64>` for each symmetric secret, `v1a,<base64>` for
   * each asymmetric one, spaces between, in the order of the secrets. For 1 kB a `v1` costs 3 µs,
   * a `v1a` 50 µs.
   *
   * @param timestampSeconds whole seconds since the Unix epoch, as in the timestamp header.
   */
  sign(id: string, timestampSeconds: number, payload: string | Uint8Array): string;
};

type SignOne = (content: SignedContent) => string;

/** @param secrets in force, the current one first. Throws `secret_invalid` where there is none. */
export function createSigner(secrets: readonly Secret[]): Signer {
  const [signFirst, ...signRest] = secrets.map(prepare);
  if (signFirst === undefined) {
    throw fault('secret_invalid', { field: 'secret', detail: 'Signing needs a secret.' });
  }
  return {
    sign(id, timestampSeconds, payload) {
      const content = writeSignedContent(id, timestampSeconds, payload);
      let header = signFirst(content);
      for (const signNext of signRest) header += ` ${signNext(content)}`;
      return header;
    },
  };
}

function prepare(secret: Secret): SignOne {
  switch (secret.kind) {
    case 'symmetric': {
      const key = prepareHmacKey(secret.key);
      return (content) => `v1,${hmacBase64(key, content.area, content.end)}`;
    }
    case 'asymmetric': {
      const { privateKey } = secret;
      return (content) => `v1a,${sign(null, contentBytes(content), privateKey).toString('base64')}`;
    }
    default:
      return assertNever(secret);
  }
}
