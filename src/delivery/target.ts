import type { Clock, Sealer } from '../core/index.ts';
import {
  openHeaders,
  openSecrets,
  urlInUse,
  type Endpoint,
  type PolicyInForce,
  type SignatureHeaderNames,
} from '../change/index.ts';
import type { Pinned } from './payload-versions.ts';
import type { RetryPolicy } from '../retry/index.ts';
import {
  createSigner,
  secretsInForce,
  standardHeaders,
  svixHeaders,
  type SignatureHeaders,
  type Signer,
} from '../signature/index.ts';

/** An endpoint made ready for sending: its URL taken apart, its secrets opened, its signing keys prepared. */
export type Target = {
  readonly endpoint: Endpoint;
  /** Of the endpoint, the one in use. */
  readonly url: string;
  readonly origin: string;
  readonly host: string;
  /** Path and query. */
  readonly path: string;
  /** The endpoint's own headers, names and values by turns. */
  readonly headers: readonly string[];
  /** The names under which id, timestamp and signature go out. */
  readonly signatureHeaders: readonly SignatureHeaders[];
  /** Whether the receiver gets the trace that the message came in. */
  readonly passesTrace: boolean;
  readonly signer: Signer;
  /** Makes payloads of the versions that it is pinned to; null: they go out as accepted. */
  readonly pinned: Pinned | null;
  /** When a failed delivery is attempted again. */
  readonly retry: RetryPolicy;
  /** The canary whose candidate this is; null: the endpoint as it is. */
  readonly canaryId: number | null;
  /** When an old secret expires, and the target must be made anew. */
  readonly goodUntil: number;
};

const headerSets: Readonly<Record<SignatureHeaderNames, readonly SignatureHeaders[]>> = {
  standard: [standardHeaders],
  svix: [svixHeaders],
  both: [standardHeaders, svixHeaders],
};

/** Throws `key_mismatch`, `secret_invalid`. */
export function createTarget(
  endpoint: Endpoint,
  { retry, lane }: PolicyInForce,
  sealer: Sealer,
  clock: Clock,
  { pinned = null, canaryId = null }: Partial<Pick<Target, 'pinned' | 'canaryId'>> = {},
): Target {
  const inUse = urlInUse(endpoint);
  const url = new URL(inUse);
  const secrets = openSecrets(endpoint.secrets, sealer);
  const now = clock.now();
  const expiries = secrets.old
    .map(({ expiresAt }) => expiresAt)
    .filter((expiresAt) => expiresAt > now);
  return {
    endpoint,
    url: inUse,
    origin: url.origin,
    host: url.host,
    path: url.pathname + url.search,
    headers: Object.entries(openHeaders(endpoint.sealedHeaders, sealer)).flat(),
    signatureHeaders: headerSets[endpoint.signatureHeaders],
    passesTrace: lane.passTrace,
    signer: createSigner(secretsInForce(secrets, now)),
    pinned,
    retry,
    canaryId,
    goodUntil: Math.min(Infinity, ...expiries),
  };
}
