import { DEFAULT_OVERLAP_MS, MAX_OLD_SECRETS } from '../../signature/index.ts';
import type { Canary, Endpoint } from '../records.ts';
import { urlInUse } from '../url-in-use.ts';

/** What a candidate may change, by the names that the API has for it: all that acts on a single attempt. */
export type CandidateField =
  | 'url'
  | 'headers'
  | 'secret'
  | 'passTrace'
  | 'policy'
  | 'payloadVersions';

export type Candidate = Pick<
  Canary,
  'url' | 'passTrace' | 'policy' | 'payloadVersions' | 'sealedHeaders' | 'sealedSecret'
>;

export function isActive({ state }: Pick<Canary, 'state'>): boolean {
  return state === 'running' || state === 'paused';
}

export function candidateFields(candidate: Candidate): readonly CandidateField[] {
  const fields: CandidateField[] = [];
  if (candidate.url !== undefined) fields.push('url');
  if (candidate.sealedHeaders !== undefined) fields.push('headers');
  if (candidate.sealedSecret !== undefined) fields.push('secret');
  if (candidate.passTrace !== undefined) fields.push('passTrace');
  if (candidate.policy !== undefined) fields.push('policy');
  if (candidate.payloadVersions !== undefined) fields.push('payloadVersions');
  return fields;
}

/** The endpoint as the candidate's arm sees it. */
export function candidateEndpoint(endpoint: Endpoint, candidate: Candidate): Endpoint {
  const { url, passTrace, policy, payloadVersions, sealedHeaders, sealedSecret } = candidate;
  return {
    ...endpoint,
    url: url ?? endpoint.url,
    isAlternateInUse: url === undefined && endpoint.isAlternateInUse,
    sealedHeaders: sealedHeaders === undefined ? endpoint.sealedHeaders : sealedHeaders,
    secrets:
      sealedSecret === undefined ? endpoint.secrets : [{ sealed: sealedSecret, expiresAt: null }],
    lane: passTrace === undefined ? endpoint.lane : { ...endpoint.lane, passTrace },
    policy: policy === undefined ? endpoint.policy : policy,
    payloadVersions: payloadVersions === undefined ? endpoint.payloadVersions : payloadVersions,
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
    // A candidate with a URL of its own is compared with the endpoint where it is.
    url: urlInUse(known) !== urlInUse(next) || known.url !== next.url,
    headers: known.sealedHeaders !== next.sealedHeaders,
    secret: JSON.stringify(known.secrets) !== JSON.stringify(next.secrets),
    passTrace: known.lane?.passTrace !== next.lane?.passTrace,
    policy: known.policy !== next.policy,
    payloadVersions: JSON.stringify(known.payloadVersions) !== JSON.stringify(next.payloadVersions),
  };
  return candidateFields(candidate).filter((field) => changed[field]);
}
