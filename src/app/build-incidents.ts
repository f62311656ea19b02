import type { Clock, IdSource, IdText, Log, Settings } from '../core/index.ts';
import type { CanaryWatch, Configuration } from '../change/index.ts';
import type { ActRunner, Engine } from '../delivery/index.ts';
import {
  createAutoMitigate,
  createIncidents,
  createIncidentWatch,
  createMitigate,
  createMitigations,
  createTelling,
  type Incidents,
  type IncidentWatch,
  type Mitigate,
} from '../incident/index.ts';
import type { Auditor, Ledger } from '../ledger/index.ts';
import type { RetryPolicy } from '../retry/index.ts';
import {
  createReviews,
  createReviewWatch,
  type Reviews,
  type ReviewWatch,
} from '../review/index.ts';
import type { Alerts } from '../slo/index.ts';

export type IncidentParts = {
  readonly ledger: Ledger;
  readonly configuration: Configuration;
  readonly alerts: Alerts;
  readonly auditor: Auditor;
  readonly engine: Engine;
  readonly acts: ActRunner;
  readonly canaryWatch: CanaryWatch;
  /** The service's own. */
  readonly policy: RetryPolicy;
  readonly ids: IdSource;
  readonly idText: IdText;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Settings;
};

/** What follows an alert: incidents, what stops their impact, and what is learnt from them. */
export function buildIncidents({
  ledger,
  configuration,
  alerts,
  ids,
  idText,
  clock,
  log,
  ...parts
}: IncidentParts): {
  readonly incidents: Incidents;
  readonly incidentWatch: IncidentWatch;
  readonly mitigate: Mitigate;
  readonly reviews: Reviews;
  readonly reviewWatch: ReviewWatch;
} {
  const { acts, auditor, canaryWatch, engine, policy, settings } = parts;
  const { deliveryDeadlineMs, sliMinutesDays } = settings;
  const unaccounted = () => auditor.figures().foundAt;
  const telling = createTelling({
    ledger,
    configuration,
    alerts,
    clock,
    log,
    sliMinutesDays,
    unaccounted,
    wake: (endpointId) => engine.wake(endpointId),
  });
  const incidents = createIncidents({
    ledger,
    clock,
    ids,
    log,
    listener: telling,
    missingToClose: (incident) => reviews.missingToClose(incident),
  });
  const mitigations = createMitigations({
    configuration,
    ledger,
    acts,
    policyOf: (endpoint) => engine.policyOf(endpoint),
    retry: policy,
    canaryReport: (canary) => canaryWatch.report(canary),
    ids,
    idText,
    clock,
  });
  const mitigate = createMitigate({
    incidents,
    mitigations,
    configuration,
    ledger,
    ids,
    idText,
    clock,
  });
  const reviews = createReviews({
    ledger,
    configuration,
    incidents,
    clock,
    ids,
    idText,
    log,
    deliveryDeadlineMs,
    // Drills start a service of their own: the command line plays them.
    runDrill: null,
  });
  const reviewWatch = createReviewWatch({
    ledger,
    incidents,
    reviews,
    alerts,
    clock,
    idText,
    log,
  });
  const incidentWatch = createIncidentWatch({
    ledger,
    configuration,
    idText,
    clock,
    log,
    alerts,
    incidents,
    deliveryDeadlineMs,
    sliMinutesDays,
    unaccounted,
    autoMitigate: createAutoMitigate(mitigate),
    isDrill: settings.drill === 'on',
    updateMs: settings.incidentUpdateMinutes * 60_000,
  });
  return { incidents, incidentWatch, mitigate, reviews, reviewWatch };
}
