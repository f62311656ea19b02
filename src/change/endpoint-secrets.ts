import type { Sealer } from '../core/index.ts';
import { parseSecret, type RotatingSecrets } from '../signature/index.ts';
import type { SealedSecret } from './records.ts';

/** Opens an endpoint's secrets. Throws `key_mismatch` where the key is another than the one they were sealed with. */
export function openSecrets(secrets: readonly SealedSecret[], sealer: Sealer): RotatingSecrets {
  const [current, ...old] = secrets.map(({ sealed, expiresAt }) => ({
    secret: parseSecret(sealer.open(sealed)),
    expiresAt,
  }));
  if (current === undefined) throw new Error('an endpoint without a secret');
  return {
    current: current.secret,
    old: old.map(({ secret, expiresAt }) => ({ secret, expiresAt: expiresAt ?? 0 })),
  };
}

export function sealSecrets(secrets: RotatingSecrets, sealer: Sealer): readonly SealedSecret[] {
  return [
    { sealed: sealer.seal(secrets.current.text), expiresAt: null },
    ...secrets.old.map(({ secret, expiresAt }) => ({
      sealed: sealer.seal(secret.text),
      expiresAt,
    })),
  ];
}
