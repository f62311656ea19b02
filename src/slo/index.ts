export {
  alertSeverities,
  alertStates,
  isOpenAlert,
  objectiveOf,
  type Alert,
  type AlertFinding,
  type AlertSeverity,
  type AlertState,
} from './alerts/alert.ts';
export { MOST_ALERTING } from './alerts/alerting.ts';
export { createAlerts, type AlertFigures, type Alerts } from './alerts/alerts.ts';
export { alertOf } from './alerts/stored.ts';
export type { IncidentCause, IncidentNotice } from './alerts/incident-alert.ts';
export { NOTIFIER_KIND } from './alerts/notifier-alert.ts';
export { isRouteMatch } from './alerts/routing.ts';
export { problemOf } from './alerts/local-time.ts';
export { alertEventKinds } from './alerts/state.ts';
export { checkNotifier } from './notify/notifier.ts';
export { Baseline, type BaselineState } from './detect/baseline.ts';
export {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  YEAR_MS,
  type Bin,
  type EndpointFailures,
  type SharedBin,
} from './detect/bin.ts';
export { createWatch, type Watch } from './watch/watch.ts';
export { budgetOf, costPerWeek, type Budget, type BudgetUse } from './detect/budget.ts';
export {
  budgetSpentAtFiring,
  BurnRates,
  timeToFireMs,
  workbookRules,
  type BurnRatesState,
  type BurnRule,
} from './detect/burn-rate.ts';
export { Cusum, type CusumRates, type CusumState } from './detect/cusum.ts';
export { cusumThreshold } from './detect/cusum-threshold.ts';
export { judgeOf, sourceOf, type Judge } from './indicator.ts';
export { readRows } from './read-slots.ts';
export { scopeOf, type Scope } from './scope.ts';
export { Explain, type Explanation, type Sample } from './detect/explain.ts';
export { explainAlert } from './explain/explain-alert.ts';
export { createExplainer, type Explainer } from './explain/explainer.ts';
export type { RankedExplanation, SliceExplanation, Symptom } from './explain/explanation.ts';
export { CAP_MS, FailureCap } from './detect/failure-cap.ts';
export { LastingBurn } from './detect/lasting-burn.ts';
export { EndpointWatch } from './watch/endpoint-watch.ts';
export {
  detectorKinds,
  type Certainty,
  type DetectorKind,
  type Finding,
  type Quantity,
  type Severity,
} from './detect/finding.ts';
export { FirstDeadLetter } from './detect/first-dead-letter.ts';
export { defaultLeadMs, Growth, type GrowthOptions } from './detect/growth.ts';
export { Outage, type OutageOptions, type OutageState } from './detect/outage.ts';
export {
  betaBelow,
  binomialAtLeast,
  lnGamma,
  poissonAtMost,
  poissonUpper,
  wilson,
} from './detect/probability.ts';
export { sayFinding } from './detect/say.ts';
export { ShiryaevRoberts, type ShiryaevRobertsState } from './detect/shiryaev-roberts.ts';
export { Silence, type SilenceOptions, type SilenceState } from './detect/silence.ts';
export {
  defaultSmallStep,
  SmallStep,
  type SmallStepOptions,
  type SmallStepState,
} from './detect/small-step.ts';
export { Stuck, type LaneLook } from './detect/stuck.ts';
export { Unaccounted, type AuditLook } from './detect/unaccounted.ts';
export {
  boardOf,
  type Board,
  type BoardAlert,
  type BoardEntry,
  type TeamEntries,
} from './board.ts';
export { makeDefaultObjectives } from './defaults.ts';
export { FRESHNESS_DEADLINE_MS } from './indicator.ts';
export { createEvaluator, type Evaluator } from './evaluate.ts';
export { historyUnits, readBurnReplay, readHistory, type BurnReplay } from './history.ts';
export { readOpenSlo, writeOpenSlo } from './openslo-text.ts';
export { readYamlDocuments } from './yaml-documents.ts';
export type { EndpointOutcomes } from './read-worst.ts';
export {
  checkedObjective,
  everything,
  MOST_OBJECTIVES,
  objectiveBounds,
  objectiveNamePattern,
} from './objective.ts';
export { fromOpenSlo, toOpenSlo, type PlainObjective } from './openslo.ts';
export { prometheusRules } from './prometheus-rules.ts';
export type { Burn, ObjectiveStatus, Slot } from './status.ts';
