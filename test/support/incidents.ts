import type {
  AppliedMitigation,
  AttachedAlert,
  Hypothesis,
  Incident,
  IncidentDraft,
  Marker,
} from '../../src/incident/index.ts';

export function markerAt(at: number): Marker {
  return { at, source: 'ledger', by: 'holdfast', note: '', setAt: at };
}

/** One that was opened at that moment, by an alert about the objective `first-attempt`. */
export function incidentAt(at: number, more: Partial<Incident> = {}): Incident {
  return {
    id: 1,
    state: 'open',
    title: 'Deliveries fail',
    summary: '',
    severity: 2,
    isSeverityByHand: false,
    owner: 'platform',
    consumers: [],
    slice: { objective: 'first-attempt', appIds: [], endpointIds: [], eventTypes: [] },
    causeClass: 'unknown',
    detectedBy: 'system',
    isDrill: false,
    isRetrospective: false,
    openedAt: at,
    openedBy: 'holdfast',
    endedAt: null,
    declinedBecause: '',
    mergedInto: null,
    roles: {},
    episodes: [
      {
        nth: 1,
        markers: { impactStart: markerAt(at), detected: markerAt(at) },
        alerts: [attachedAlert({ firedAt: at })],
      },
    ],
    reviewMarkers: {},
    impact: null,
    hypotheses: [],
    mitigations: [],
    fixes: [],
    preventions: [],
    updateDueAt: null,
    updatedAt: null,
    ...more,
  };
}

/** As `open` takes it: of now, by a person. */
export function draftAt(at: number, more: Partial<IncidentDraft> = {}): IncidentDraft {
  const { title, summary, severity, isSeverityByHand, owner, consumers, slice } = incidentAt(at);
  return {
    title,
    summary,
    severity,
    isSeverityByHand,
    owner,
    consumers,
    slice,
    detectedBy: 'person',
    isDrill: false,
    isRetrospective: false,
    impactStartAt: at,
    detectedAt: at,
    source: 'person',
    alerts: [],
    updateDueAt: null,
    ...more,
  };
}

export function attachedAlert(more: Partial<AttachedAlert> = {}): AttachedAlert {
  return {
    alertId: 1,
    publicId: 'alert_1',
    count: 1,
    key: 'outage objective first-attempt',
    kind: 'outage',
    group: 'first-attempt',
    title: 'Most of what is sent fails',
    firedAt: 0,
    severity: 'page',
    owner: 'platform',
    explanation: null,
    ...more,
  };
}

export function appliedMitigation(more: Partial<AppliedMitigation> = {}): AppliedMitigation {
  return {
    id: 1,
    kind: 'pause_endpoint',
    title: 'The endpoint is paused',
    target: {},
    touches: [],
    by: 'ann',
    isAutomatic: false,
    at: 0,
    changeIds: [],
    actId: null,
    undoneAt: null,
    undoneBy: null,
    undoChangeIds: [],
    isReversible: true,
    keptBecause: null,
    ...more,
  };
}

export function hypothesisOf(more: Partial<Hypothesis> = {}): Hypothesis {
  return {
    id: 1,
    state: 'open',
    cause: 'The certificate expired.',
    metric: 'first-attempt',
    refutedBy: 'Another host with it works.',
    changeIds: [],
    by: 'ann',
    at: 0,
    copiedFrom: null,
    judgedAt: null,
    judgedBy: null,
    verdict: '',
    ...more,
  };
}
