import type { Clock, Sealer } from '../core/index.ts';
import { openSecrets, type Endpoint } from '../change/index.ts';
import { createSigner, secretsInForce, type Signer } from '../signature/index.ts';

/** An endpoint made ready for sending: its URL taken apart, its secrets opened, its signing keys prepared. */
export type Target = {
  readonly endpoint: Endpoint;
  readonly origin: string;
  /** Path and query. */
  readonly path: string;
  readonly signer: Signer;
  /** When an old secret expires, and the target must be made anew. */
  readonly goodUntil: number;
};

/** Throws `key_mismatch`, `secret_invalid`. */
export function createTarget(endpoint: Endpoint, sealer: Sealer, clock: Clock): Target {
  const url = new URL(endpoint.url);
  const secrets = openSecrets(endpoint.secrets, sealer);
  const now = clock.now();
  const expiries = secrets.old
    .map(({ expiresAt }) => expiresAt)
    .filter((expiresAt) => expiresAt > now);
  return {
    endpoint,
    origin: url.origin,
    path: url.pathname + url.search,
    signer: createSigner(secretsInForce(secrets, now)),
    goodUntil: Math.min(Infinity, ...expiries),
  };
}
