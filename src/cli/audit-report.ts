import type { IdText } from '../core/index.ts';
import {
  difference,
  type AuditMinute,
  type AuditResult,
  type DeliveryState,
  type FindingKind,
} from '../ledger/index.ts';
import { mapStates } from './answers.ts';

/** What an audit found, with public ids. `accounted` is the verdict: nothing found and no sum that differs. */
export type AuditReport = {
  readonly accounted: boolean;
  /** Findings of all kinds, named below or not. */
  readonly unaccounted: number;
  readonly total: AuditSums;
  readonly applications: readonly (AuditSums & {
    readonly application: string;
    readonly uid: string | null;
  })[];
  /** Minutes in which owed and there differ. */
  readonly minutes: readonly (AuditSums & {
    readonly application: string;
    readonly minuteAt: string;
  })[];
  readonly findings: readonly NamedFinding[];
};

export type AuditSums = {
  readonly accepted: number;
  /** Deliveries owed: accepted × matched. */
  readonly matched: number;
  readonly states: Readonly<Record<DeliveryState, number>>;
  /** matched minus the sum over the states. */
  readonly difference: number;
};

export type NamedFinding = {
  readonly kind: FindingKind;
  readonly application: string;
  readonly message: string;
  readonly endpoint: string;
};

const nothing: AuditSums = {
  accepted: 0,
  matched: 0,
  states: mapStates(() => 0),
  difference: 0,
};

export function reportOn(
  { minutes, findings, unaccounted }: AuditResult,
  idText: IdText,
  uidOf: (appId: number) => string | null,
): AuditReport {
  const nameOf = (appId: number): string => idText.format('application', appId);
  const sums = minutes.map((minute) => ({ ...minute, difference: difference(minute) }));
  const differing = sums.filter((minute) => minute.difference !== 0);
  const byApplication = Map.groupBy(sums, ({ appId }) => appId);
  return {
    accounted: unaccounted === 0 && differing.length === 0,
    unaccounted,
    total: sums.reduce(plus, nothing),
    applications: [...byApplication].map(([appId, own]) => ({
      application: nameOf(appId),
      uid: uidOf(appId),
      ...own.reduce(plus, nothing),
    })),
    minutes: differing.map(({ appId, minuteAt, ...sum }) => ({
      application: nameOf(appId),
      minuteAt: new Date(minuteAt).toISOString(),
      ...sum,
    })),
    findings: findings.map(({ kind, appId, messageId, endpointId }) => ({
      kind,
      application: nameOf(appId),
      message: idText.format('message', messageId),
      endpoint: idText.format('endpoint', endpointId),
    })),
  };
}

/** The results of slices of one ledger as one. */
export function mergeAudits(results: readonly AuditResult[]): AuditResult {
  return {
    minutes: results.flatMap(({ minutes }): readonly AuditMinute[] => minutes),
    unaccounted: results.reduce((sum, result) => sum + result.unaccounted, 0),
    findings: results.flatMap(({ findings }) => findings),
  };
}

function plus(left: AuditSums, right: AuditSums): AuditSums {
  return {
    accepted: left.accepted + right.accepted,
    matched: left.matched + right.matched,
    states: mapStates((state) => left.states[state] + right.states[state]),
    difference: left.difference + right.difference,
  };
}
