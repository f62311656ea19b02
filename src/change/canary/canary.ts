import { DEFAULT_OVERLAP_MS, MAX_OLD_SECRETS } from '../../signature/index.ts';
import type { Endpoint, Stamped } from '../records.ts';
import type { ArmCounts, Indicator } from './counts.ts';
import type { CanaryProgress } from './state.ts';

/**
 * A change of an endpoint that is tried on a share of its messages first. The endpoint itself stays as it is until
 * the canary is promoted; what would change lives here alone.
 */
export type Canary = Stamped &
  CanaryProgress & {
    readonly appId: number;
    readonly endpointId: number;
    /** Absent: as the endpoint has it. */
    readonly url?: string;
    readonly passTrace?: boolean;
    /** All headers, as sealed JSON; null for none at all. Absent: as the endpoint has them. */
    readonly sealedHeaders?: string | null;
    /** Signs alone in the candidate's arm; once promoted the replaced one signs alongside for a day. */
    readonly sealedSecret?: string;
    /** What is slow, ms; null: too little was known to say. */
    readonly slowAfterMs: number | null;
    /** What is late: not delivered so long after acceptance, ms. */
    readonly deadlineMs: number;
    /** First attempts that a minute must have seen before promotion; null: it need not. */
    readonly peakNeeded: number | null;
    /** What both arms had done when it ended; null while it goes on. */
    readonly result: CanaryResult | null;
  };

export type CanaryResult = {
  readonly stable: ArmCounts;
  readonly candidate: ArmCounts;
  readonly evidence: Readonly<Record<Indicator, number>>;
};

/** What a candidate may change, by the names that the API has for it: all that acts on a single attempt. */
export type CandidateField = 'url' | 'headers' | 'secret' | 'passTrace';

type Candidate = Pick<Canary, 'url' | 'passTrace' | 'sealedHeaders' | 'sealedSecret'>;

export function isActive({ state }: Pick<Canary, 'state'>): boolean {
  return state === 'running' || state === 'paused';
}

export function candidateFields(candidate: Candidate): readonly CandidateField[] {
  const fields: CandidateField[] = [];
  if (candidate.url !== undefined) fields.push('url');
  if (candidate.sealedHeaders !== undefined) fields.push('headers');
  if (candidate.sealedSecret !== undefined) fields.push('secret');
  if (candidate.passTrace !== undefined) fields.push('passTrace');
  return fields;
}

/** The endpoint as the candidate's arm sees it. */
export function candidateEndpoint(endpoint: Endpoint, candidate: Candidate): Endpoint {
  const { url, passTrace, sealedHeaders, sealedSecret } = candidate;
  return {
    ...endpoint,
    url: url ?? endpoint.url,
    sealedHeaders: sealedHeaders === undefined ? endpoint.sealedHeaders : sealedHeaders,
    secrets:
      sealedSecret === undefined ? endpoint.secrets : [{ sealed: sealedSecret, expiresAt: null }],
    lane: passTrace === undefined ? endpoint.lane : { ...endpoint.lane, passTrace },
  };
}

/** The endpoint after promotion: as in the candidate's arm, but that replaced secrets sign alongside for a while. */
export function promotedEndpoint(endpoint: Endpoint, candidate: Candidate, now: number): Endpoint {
  const next = candidateEndpoint(endpoint, candidate);
  if (candidate.sealedSecret === undefined) return next;
  const [current, ...old] = endpoint.secrets;
  const inForce = old.filter(({ expiresAt }) => expiresAt !== null && expiresAt > now);
  const replaced =
    current === undefined ? [] : [{ ...current, expiresAt: now + DEFAULT_OVERLAP_MS }];
  return {
    ...next,
    secrets: [...next.secrets, ...[...replaced, ...inForce].slice(0, MAX_OLD_SECRETS)],
  };
}

/** The fields of a candidate that an update of its endpoint would change under it. */
export function fieldsAtOdds(
  candidate: Candidate,
  known: Endpoint,
  next: Endpoint,
): readonly CandidateField[] {
  const changed: Readonly<Record<CandidateField, boolean>> = {
    url: known.url !== next.url,
    headers: known.sealedHeaders !== next.sealedHeaders,
    secret: JSON.stringify(known.secrets) !== JSON.stringify(next.secrets),
    passTrace: known.lane?.passTrace !== next.lane?.passTrace,
  };
  return candidateFields(candidate).filter((field) => changed[field]);
}
