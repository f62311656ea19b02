import type { Clock, IdText, Log, Settings } from '../core/index.ts';
import type { Configuration } from '../change/index.ts';
import type { Engine, Tally } from '../delivery/index.ts';
import type { Auditor, Ledger } from '../ledger/index.ts';
import {
  createEvaluator,
  createExplainer,
  createWatch,
  type Alerts,
  type Evaluator,
  type Explainer,
  type Watch,
} from '../slo/index.ts';

export type SloParts = {
  readonly ledger: Ledger;
  readonly configuration: Configuration;
  readonly alerts: Alerts;
  readonly auditor: Auditor;
  readonly engine: Engine;
  readonly tally: Tally;
  readonly idText: IdText;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Settings;
};

/** What looks at the promise: objectives, what explains them, and the watch that raises alerts. */
export function buildSlo({ ledger, configuration, idText, clock, ...parts }: SloParts): {
  readonly evaluator: Evaluator;
  readonly explainer: Explainer;
  readonly watch: Watch;
} {
  const { alerts, auditor, engine, tally, log, settings } = parts;
  const { deliveryDeadlineMs } = settings;
  const evaluator = createEvaluator({
    ledger,
    configuration,
    idText,
    clock,
    deliveryDeadlineMs,
    unaccounted: () => auditor.figures().foundAt,
  });
  const explainer = createExplainer({
    ledger,
    configuration,
    idText,
    clock,
    deliveryDeadlineMs,
    counted: evaluator.counted,
  });
  const watch = createWatch({
    ledger,
    configuration,
    idText,
    clock,
    log,
    alerts,
    evaluator,
    explainer,
    auditor,
    deliveryDeadlineMs,
    backlogLimit: settings.backlogLimit,
    attemptTimeoutMs: settings.attemptTimeoutMs,
    delivery: {
      overdue: () => engine.overdue(),
      dueLanes: () => engine.dueLanes(),
      loadedLanes: (most) => engine.loadedLanes(most),
      lagMs: () => engine.lag().lagMs,
      deadLetters: () => tally.figures().ended.dead,
    },
  });
  return { evaluator, explainer, watch };
}
