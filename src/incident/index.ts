export {
  bySystem,
  causeClasses,
  episodeMarkers,
  hypothesisStates,
  incidentBounds,
  incidentRoles,
  incidentStates,
  inForce,
  isEnded,
  markerSources,
  presentEpisode,
  reviewMarkers,
  rowSources,
  SYSTEM,
  timelineKinds,
  type AppliedMitigation,
  type AttachedAlert,
  type CauseClass,
  type Episode,
  type EpisodeMarker,
  type EvidenceLink,
  type Fix,
  type Hypothesis,
  type HypothesisState,
  type Impact,
  type Incident,
  type IncidentRole,
  type IncidentSeverity,
  type IncidentSlice,
  type IncidentState,
  type Marker,
  type MarkerSource,
  type Money,
  type Prevention,
  type ReviewMarker,
  type TimelineKind,
  type TimelineRow,
} from './incident.ts';
export { heldUntil, holdingNow } from './holding.ts';
export { createIncidentWatch, type IncidentWatch } from './watch.ts';
export { createTelling } from './telling.ts';
export { nextUpdateAt } from './updates.ts';
export { MOST_RULES } from './rules.ts';
export { updateEveryMs } from './update-clock.ts';
export { draftUpdate, type UpdateTexts } from './words.ts';
export {
  figuresOf,
  readFigures,
  type Figures,
  type FiguresSpan,
  type IncidentFigures,
  type Median,
} from './figures.ts';
export { createAutoMitigate } from './auto-mitigate.ts';
export type { AutoMitigate } from './opening.ts';
export {
  createIncidents,
  incidentOf,
  timelineRowOf,
  type IncidentDraft,
  type Incidents,
} from './incidents.ts';
export { markerOrder } from './mark-moves.ts';
export { moveIncident } from './state.ts';
export { rowDraft, type IncidentMove, type Moved, type RowDraft } from './moves.ts';
export { createMitigate, type Mitigate, type MitigateParts, type Mitigated } from './mitigate.ts';
export { findSuspects, type FindSuspectsParts } from './find-suspects.ts';
export { movementOf, type Movement } from './hypotheses.ts';
export { metricProblem } from './outcome-metric.ts';
export { judgeHypothesis, type JudgeParts, type Judgement } from './judge-hypothesis.ts';
export { rankSuspects, type Candidate, type SliceCounts, type Suspect } from './suspects.ts';
export {
  createMitigations,
  mitigationKinds,
  mitigationMenu,
  type DescribedMitigation,
  type Interaction,
  type Looked,
  type MitigationContext,
  type MitigationCost,
  type MitigationEffect,
  type MitigationKind,
  type MitigationOffer,
  type MitigationParts,
  type Mitigations,
  type MitigationTarget,
} from './mitigations/index.ts';
