import { fault, type Clock, type IdSource, type IdText } from '../../core/index.ts';
import type {
  Canary,
  CanaryReport,
  Configuration,
  Endpoint,
  PolicyInForce,
} from '../../change/index.ts';
import type { ActRunner } from '../../delivery/index.ts';
import type { ChangeBy, Ledger } from '../../ledger/index.ts';
import type { RetryPolicy } from '../../retry/index.ts';
import type { IncidentSlice } from '../incident.ts';
import type { SliceCounts, Suspect } from '../suspects.ts';

export const mitigationKinds = [
  'stop_canary',
  'revert_changes',
  'revert_recent',
  'alternate_url',
  'open_circuit',
  'pause_endpoint',
  'pause_event_type',
  'pause_application',
  'drain',
  'lower_rate',
  'raise_concurrency',
  'lengthen_retries',
  'redrive',
] as const;
export type MitigationKind = (typeof mitigationKinds)[number];

/** What a mitigation is applied to: JSON, with ids as the ledger's numbers. */
export type MitigationTarget = Readonly<Record<string, unknown>>;

/** What it costs while it is in force: 1 nearly nothing to 5 deliveries stand still for many. */
export type MitigationCost = { readonly level: 1 | 2 | 3 | 4 | 5; readonly words: string };

/** One that makes sense for a failing slice. */
export type MitigationCandidate<Target extends MitigationTarget = MitigationTarget> = {
  readonly target: Target;
  /** What it would be done to, and what speaks for it, in a sentence. */
  readonly because: string;
};

/** What was done: what undoing it takes back. */
export type MitigationEffect = {
  readonly changeIds: readonly number[];
  readonly actId: number | null;
  readonly canaryId: number | null;
};

/** What is known of the incident when the menu is asked for. */
export type MitigationContext = {
  readonly slice: IncidentSlice;
  /** First attempts of the slice since the impact began, by endpoint and event type. */
  readonly counts: readonly SliceCounts[];
  /** Best first. */
  readonly suspects: readonly Suspect[];
  /** When the impact began. */
  readonly impactStartAt: number;
  /** Changes that mitigations in force have made: they are no suspects. */
  readonly ownChangeIds: readonly number[];
};

export type MitigationParts = {
  readonly configuration: Configuration;
  readonly ledger: Ledger;
  readonly acts: Pick<ActRunner, 'run'>;
  readonly policyOf: (endpoint: Endpoint) => PolicyInForce;
  /** Of the service, where no policy says. */
  readonly retry: RetryPolicy;
  readonly canaryReport: (canary: Canary) => Promise<CanaryReport>;
  readonly ids: IdSource;
  readonly idText: IdText;
  readonly clock: Clock;
};

/**
 * One way to stop impact before the cause is known: words for people who choose, and what it does. It writes
 * configuration as anybody would, by a change, or starts an act.
 */
export type Mitigation<Target extends MitigationTarget = MitigationTarget> = {
  readonly kind: MitigationKind;
  readonly title: string;
  readonly does: string;
  readonly costs: MitigationCost;
  readonly timeToEffect: { readonly seconds: number; readonly words: string };
  readonly risk: string;
  readonly undo: string;
  /** One call takes it back, and configuration is then exactly what it was. */
  readonly isReversible: boolean;
  /** The target of a request. Throws `validation` naming the field. */
  read(target: MitigationTarget): Target;
  /**
   * Settings that it alters and lanes that it acts on, as keys from the whole to its parts (keys.ts): of two that alter
   * one setting only one can be in force. Throws `not_found` for what is not there.
   */
  touches(target: Target, parts: MitigationParts): Promise<readonly string[]>;
  /** Targets that make sense, the best first; none where it would do nothing. */
  candidates(
    context: MitigationContext,
    parts: MitigationParts,
  ): Promise<readonly MitigationCandidate<Target>[]>;
  /** Throws `state_conflict` where all is so already. */
  apply(target: Target, by: ChangeBy, parts: MitigationParts): Promise<MitigationEffect>;
};

export function effectOf(...changeIds: readonly number[]): MitigationEffect {
  return { changeIds, actId: null, canaryId: null };
}

/** The endpoint, or `not_found`. */
export async function endpointOf(
  { configuration }: MitigationParts,
  endpointId: number,
): Promise<Endpoint> {
  const endpoint = await configuration.endpoints.byId(endpointId);
  if (endpoint === null) throw fault('not_found', { field: 'endpointId' });
  return endpoint;
}

/** Changes fields of an endpoint. Throws `state_conflict` where they are so already. */
export async function changeEndpoint(
  parts: MitigationParts,
  endpointId: number,
  change: (known: Endpoint) => Partial<Endpoint>,
  by: ChangeBy,
): Promise<MitigationEffect> {
  const known = await endpointOf(parts, endpointId);
  const { endpoints } = parts.configuration;
  const updated = await endpoints.update(known, (now) => ({ ...now, ...change(now) }), by);
  if (updated.revision === known.revision) {
    throw fault('state_conflict', { detail: 'The endpoint is as this would make it already.' });
  }
  return effectOf(updated.revision);
}

/** What an endpoint is called: its uid where it has one. */
export function nameOf({ uid, id }: Endpoint, { idText }: MitigationParts): string {
  return uid ?? idText.format('endpoint', id);
}
