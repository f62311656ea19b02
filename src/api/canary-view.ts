import { idAt, type IdText } from '../core/index.ts';
import {
  candidateFields,
  compareWords,
  indicators,
  neededEvidence,
  needWords,
  percentileOf,
  stepOf,
  type ArmCounts,
  type Canary,
  type CanaryWatch,
  type Endpoint,
  policyDifference,
  type PolicyDifference,
} from '../change/index.ts';
import type { Engine } from '../delivery/index.ts';
import type { Ledger } from '../ledger/index.ts';

const moment = (at: number): string => new Date(at).toISOString();

/** A canary in a list. */
export function canarySummary(canary: Canary, idText: IdText): object {
  const { id, appId, endpointId, state, stateReason, createdAt, endedAt, phases } = canary;
  return {
    id: idText.format('canary', id),
    appId: idText.format('application', appId),
    endpointId: idText.format('endpoint', endpointId),
    state,
    stateReason,
    createdAt: moment(createdAt),
    endedAt: endedAt === null ? null : moment(endedAt),
    fields: candidateFields(canary),
    step: stepOf(canary) + 1,
    percent: endedAt === null ? (phases.at(-1)?.percent ?? 0) : 0,
  };
}

/** In what the policy in force for the candidate differs. */
export function candidatePolicy(
  endpoint: Endpoint,
  candidate: Pick<Canary, 'policy'>,
  { policyOf }: Pick<Engine, 'policyOf'>,
): PolicyDifference {
  const { policy } = candidate;
  if (policy === undefined) return { perAttempt: [], perEndpoint: [] };
  return policyDifference(policyOf(endpoint), policyOf({ ...endpoint, policy }));
}

/** A canary with both arms side by side. */
export async function canaryView(
  canary: Canary,
  endpoint: Endpoint,
  {
    canaries: watch,
    ledger,
    idText,
    engine,
  }: {
    readonly canaries: CanaryWatch;
    readonly ledger: Pick<Ledger, 'firstDurations'>;
    readonly idText: IdText;
    readonly engine: Pick<Engine, 'policyOf'>;
  },
): Promise<object> {
  const { evidence, waitsFor, ...arms } = await watch.report(canary);
  const { id, endpointId, slowAfterMs, deadlineMs, phases, endedAt } = canary;
  const armView = async (counts: ArmCounts, canaryId: number | null): Promise<object> => {
    const durations = await ledger.firstDurations({
      endpointId,
      canaryId,
      limit: 2e3,
      fromId: idAt(phases[0]?.fromAt ?? 0),
      beforeId: endedAt === null ? Number.MAX_SAFE_INTEGER : idAt(endedAt),
    });
    return { ...counts, p95Ms: percentileOf(durations, 0.95) };
  };
  return {
    ...canarySummary(canary, idText),
    url: canary.url ?? null,
    policy: canary.policy ?? null,
    payloadVersions: canary.payloadVersions === undefined ? null : (canary.payloadVersions ?? {}),
    atPromotion: endedAt === null ? candidatePolicy(endpoint, canary, engine).perEndpoint : [],
    steps: canary.steps,
    deadlineSeconds: Math.round(deadlineMs / 1000),
    slowAfterMs,
    peakNeeded: canary.peakNeeded,
    stable: await armView(arms.stable, null),
    candidate: await armView(arms.candidate, id),
    compared: indicators
      .filter((indicator) => indicator !== 'slow' || slowAfterMs !== null)
      .map((indicator) => ({
        indicator,
        evidence: Number(evidence[indicator].toPrecision(3)),
        rolledBackAt: neededEvidence(indicator),
        words: compareWords(indicator, arms, evidence[indicator]),
      })),
    waitsFor: waitsFor.map(needWords),
  };
}
