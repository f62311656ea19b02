import { boolean, fieldsOf, items, number, orNull, text, type Fields } from './answers.ts';
import { readChange, type ChangeAnswer } from './change-answers.ts';

/** An incident as the API answers it, in lists without what only one of them has. Moments are ISO 8601. */
export type IncidentAnswer = {
  readonly id: string;
  readonly state: string;
  readonly title: string;
  readonly severity: number;
  readonly owner: string;
  readonly isDrill: boolean;
  readonly isRetrospective: boolean;
  readonly detectedBy: string;
  readonly objective: string | null;
  readonly appIds: readonly string[];
  readonly endpointIds: readonly string[];
  readonly eventTypes: readonly string[];
  readonly roles: Readonly<Record<string, string>>;
  readonly episode: number;
  readonly markers: Readonly<Record<string, MarkerAnswer>>;
  readonly impact: ImpactAnswer | null;
  readonly mergedInto: string | null;
  readonly openedAt: string;
};

export type MarkerAnswer = {
  readonly at: string;
  readonly source: string;
  readonly by: string;
  readonly note: string;
};

export type ImpactAnswer = {
  readonly failed: number;
  readonly late: number;
  readonly dead: number;
  readonly lost: number;
  readonly deliveries: number;
  readonly endpoints: number;
  readonly applications: number;
  readonly people: number | null;
  readonly money: readonly MoneyAnswer[];
};

export type MoneyAnswer = {
  readonly currency: string;
  readonly delayed: number;
  readonly lost: number;
  readonly perWeek: number;
};

export type IncidentDetailAnswer = IncidentAnswer & {
  readonly summary: string;
  readonly declinedBecause: string;
  readonly hypotheses: readonly HypothesisAnswer[];
  readonly mitigations: readonly MitigationAnswer[];
  readonly fixes: readonly FixAnswer[];
  readonly preventions: readonly { readonly text: string }[];
  readonly updateDueAt: string | null;
  readonly timelineRows: number;
  readonly names: readonly string[];
};

export type HypothesisAnswer = {
  readonly id: string;
  readonly state: string;
  readonly cause: string;
  readonly metric: string;
  readonly refutedBy: string;
  readonly verdict: string;
};

export type MitigationAnswer = {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly by: string;
  readonly at: string;
  readonly undoneAt: string | null;
  readonly isReversible: boolean;
  readonly keptBecause: string | null;
};

export type FixAnswer = {
  readonly text: string;
  readonly inForceAt: string;
  readonly heldAt: string | null;
};

export type TimelineRowAnswer = {
  readonly at: string;
  readonly kind: string;
  readonly by: string;
  readonly text: string;
};

export type SuspectAnswer = {
  readonly rank: number;
  readonly score: number;
  readonly at: string;
  readonly together: readonly string[];
  readonly isRevertible: boolean;
  readonly reasons: readonly string[];
  readonly change: ChangeAnswer;
};

export function readIncident(value: unknown): IncidentAnswer {
  const incident = fieldsOf(value);
  const slice = fieldsOf(incident['slice']);
  return {
    id: text(incident, 'id'),
    state: text(incident, 'state'),
    title: text(incident, 'title'),
    severity: number(incident, 'severity'),
    owner: text(incident, 'owner'),
    isDrill: boolean(incident, 'isDrill'),
    isRetrospective: boolean(incident, 'isRetrospective'),
    detectedBy: text(incident, 'detectedBy'),
    objective: orNull(text, slice, 'objective'),
    appIds: items(slice, 'appIds').map(String),
    endpointIds: items(slice, 'endpointIds').map(String),
    eventTypes: items(slice, 'eventTypes').map(String),
    roles: mapped(incident, 'roles', String),
    episode: number(incident, 'episode'),
    markers: mapped(incident, 'markers', readMarker),
    impact: orNull(readImpact, incident, 'impact'),
    mergedInto: orNull(text, incident, 'mergedInto'),
    openedAt: text(incident, 'openedAt'),
  };
}

export function readIncidentDetail(value: unknown): IncidentDetailAnswer {
  const incident = fieldsOf(value);
  return {
    ...readIncident(value),
    summary: text(incident, 'summary'),
    declinedBecause: text(incident, 'declinedBecause'),
    hypotheses: items(incident, 'hypotheses').map(readHypothesis),
    mitigations: items(incident, 'mitigations').map(readMitigation),
    fixes: items(incident, 'fixes').map(readFix),
    preventions: items(incident, 'preventions').map((each) => ({
      text: text(fieldsOf(each), 'text'),
    })),
    updateDueAt: orNull(text, incident, 'updateDueAt'),
    timelineRows: number(incident, 'timelineRows'),
    names: items(incident, 'names').map(String),
  };
}

export type UpdateDraftAnswer = { readonly responders: string; readonly owners: string };

export function readUpdateDraft(value: unknown): UpdateDraftAnswer {
  const draft = fieldsOf(value);
  return { responders: text(draft, 'responders'), owners: text(draft, 'owners') };
}

export function readTimelineRow(value: unknown): TimelineRowAnswer {
  const row = fieldsOf(value);
  return {
    at: text(row, 'at'),
    kind: text(row, 'kind'),
    by: text(row, 'by'),
    text: text(row, 'text'),
  };
}

export function readSuspect(value: unknown): SuspectAnswer {
  const suspect = fieldsOf(value);
  return {
    rank: number(suspect, 'rank'),
    score: number(suspect, 'score'),
    at: text(suspect, 'at'),
    together: items(suspect, 'together').map(String),
    isRevertible: boolean(suspect, 'isRevertible'),
    reasons: items(suspect, 'reasons').map(String),
    change: readChange(suspect['change']),
  };
}

function readMarker(value: unknown): MarkerAnswer {
  const marker = fieldsOf(value);
  return {
    at: text(marker, 'at'),
    source: text(marker, 'source'),
    by: text(marker, 'by'),
    note: text(marker, 'note'),
  };
}

function readImpact(fields: Fields, name: string): ImpactAnswer {
  const impact = fieldsOf(fields[name]);
  return {
    failed: number(impact, 'failed'),
    late: number(impact, 'late'),
    dead: number(impact, 'dead'),
    lost: number(impact, 'lost'),
    deliveries: number(impact, 'deliveries'),
    endpoints: number(impact, 'endpoints'),
    applications: number(impact, 'applications'),
    people: orNull(number, impact, 'people'),
    money: items(impact, 'money').map((each) => {
      const money = fieldsOf(each);
      return {
        currency: text(money, 'currency'),
        delayed: number(money, 'delayed'),
        lost: number(money, 'lost'),
        perWeek: number(money, 'perWeek'),
      };
    }),
  };
}

function readHypothesis(value: unknown): HypothesisAnswer {
  const hypothesis = fieldsOf(value);
  return {
    id: text(hypothesis, 'id'),
    state: text(hypothesis, 'state'),
    cause: text(hypothesis, 'cause'),
    metric: text(hypothesis, 'metric'),
    refutedBy: text(hypothesis, 'refutedBy'),
    verdict: text(hypothesis, 'verdict'),
  };
}

export function readMitigation(value: unknown): MitigationAnswer {
  const mitigation = fieldsOf(value);
  return {
    id: text(mitigation, 'id'),
    kind: text(mitigation, 'kind'),
    title: text(mitigation, 'title'),
    by: text(mitigation, 'by'),
    at: text(mitigation, 'at'),
    undoneAt: orNull(text, mitigation, 'undoneAt'),
    isReversible: boolean(mitigation, 'isReversible'),
    keptBecause: orNull(text, mitigation, 'keptBecause'),
  };
}

function readFix(value: unknown): FixAnswer {
  const fix = fieldsOf(value);
  return {
    text: text(fix, 'text'),
    inForceAt: text(fix, 'inForceAt'),
    heldAt: orNull(text, fix, 'heldAt'),
  };
}

function mapped<Value>(
  fields: Fields,
  name: string,
  read: (value: unknown) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(fieldsOf(fields[name])).map(([key, value]) => [key, read(value)]),
  );
}
