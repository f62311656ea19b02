import type { AnswerOf, OperationId, RowOf } from '../api/index.ts';

export type Incident = AnswerOf<'v1.incident.get'>;
export type IncidentBrief = RowOf<'v1.incident.list'>;
export type Suspect = AnswerOf<'v1.incident.list-suspects'>['data'][number];
export type Offer = AnswerOf<'v1.incident.get-mitigation-menu'>['data'][number];
export type Mitigation = Incident['mitigations'][number];
export type Hypothesis = Incident['hypotheses'][number];
export type TimelineRow = RowOf<'v1.incident.list-timeline'>;
export type MarkerName = keyof Incident['markers'];
export type RoleName = keyof Incident['roles'];

/** What any move of an incident may alter. */
export const incidentAnswers: readonly OperationId[] = [
  'v1.incident.get',
  'v1.incident.list',
  'v1.incident.list-timeline',
  'v1.incident.get-mitigation-menu',
  'v1.incident.list-suspects',
  'v1.incident.draft-update',
  'v1.incident.get-figures',
];

export const markerNames = [
  'impactStart',
  'detected',
  'acknowledged',
  'mitigated',
  'causeLocated',
  'fixed',
] as const satisfies readonly MarkerName[];

export const markerWords: Readonly<Record<MarkerName, string>> = {
  impactStart: 'Impact began',
  detected: 'Detected',
  acknowledged: 'Acknowledged',
  mitigated: 'Mitigated',
  causeLocated: 'Cause located',
  fixed: 'Fixed',
};

export const sourceWords: Readonly<
  Record<'ledger' | 'alert' | 'change' | 'person' | 'verification', string>
> = {
  ledger: 'from what was recorded',
  alert: 'by an alert',
  change: 'by a change',
  person: 'by a person',
  verification: 'by a verification',
};

export const roleWords: Readonly<
  Record<RoleName, { readonly text: string; readonly does: string }>
> = {
  lead: { text: 'Lead', does: 'Decides what is tried next.' },
  communications: { text: 'Communications', does: 'Writes the updates.' },
  scribe: { text: 'Scribe', does: 'Keeps the timeline.' },
};
export const roleNames = [
  'lead',
  'communications',
  'scribe',
] as const satisfies readonly RoleName[];

export const causeClasses = [
  'configuration',
  'deploy',
  'data',
  'capacity',
  'dependency',
  'network',
  'certificate',
  'concurrency',
  'hardware',
  'unknown',
] as const;

/** Nothing moves it any more, but for a closed one whose impact is back. */
export function isEnded({ state }: Pick<Incident, 'state'>): boolean {
  return state === 'closed' || state === 'declined' || state === 'merged';
}

/** In force, and somebody would have to take it back: nobody said that it stays. */
export function isRunning({ undoneAt, isReversible, keptBecause }: Mitigation): boolean {
  return undoneAt === null && isReversible && keptBecause === null;
}
