export { boardOf, type Board, type BoardEntry, type TeamEntries } from './board.ts';
export { makeDefaultObjectives } from './defaults.ts';
export { createEvaluator, type EndpointOutcomes, type Evaluator } from './evaluate.ts';
export {
  checkedObjective,
  everything,
  objectiveBounds,
  objectiveNamePattern,
} from './objective.ts';
export { fromOpenSlo, toOpenSlo, type PlainObjective } from './openslo.ts';
export { prometheusRules } from './prometheus-rules.ts';
export type { Burn, ObjectiveStatus } from './status.ts';
