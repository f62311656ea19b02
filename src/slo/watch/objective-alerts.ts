import type { IdText } from '../../core/index.ts';
import type { Configuration, Objective } from '../../change/index.ts';
import type { AlertFinding } from '../alerts/alert.ts';
import { MINUTE_MS } from '../detect/bin.ts';
import type { Finding } from '../detect/finding.ts';
import { sayFinding } from '../detect/say.ts';
import type { Evaluator } from '../evaluate.ts';
import type { Explainer } from '../explain/explainer.ts';
import type { SliceExplanation } from '../explain/explanation.ts';
import { sayExplanation, saySymptom } from '../explain/say.ts';
import type { Scope } from '../scope.ts';
import { concernedApps } from './concerned-apps.ts';
import { risksOf, sayRisks } from './objective-watch.ts';
import type { Told } from './told.ts';

/** An explanation may take a second to read. */
const EXPLAINED_AGAIN_MS = 5 * MINUTE_MS;
/** Of them the alert's text tells; the rest is behind the explanation's own address. */
const MOST_EXPLANATIONS = 5;
const MOST_SYMPTOMS = 2;

/** An objective's slice, and what explained it last. */
export type Explained = {
  readonly scope: Scope;
  explained: { readonly at: number; readonly by: SliceExplanation } | null;
};

export type ObjectiveAlertsParts = {
  readonly told: Told;
  readonly evaluator: Pick<Evaluator, 'status'>;
  readonly explainer: Explainer;
  readonly configuration: Pick<Configuration, 'endpoints'>;
  readonly idText: IdText;
};

/** Raises what was found of an objective: with what it costs, what explains it, and who owns it. */
export class ObjectiveAlerts {
  readonly #parts: ObjectiveAlertsParts;

  constructor(parts: ObjectiveAlertsParts) {
    this.#parts = parts;
  }

  async raise(objective: Objective, finding: Finding, of: Explained, now: number): Promise<void> {
    const { told } = this.#parts;
    const alert: AlertFinding = {
      key: `${finding.detector} objective ${objective.name}`,
      kind: finding.detector,
      severity: finding.severity,
      owner: objective.owner,
      consumers: objective.consumers,
      group: objective.name,
      title: sayFinding(finding, objective.name),
      text: sayFinding(finding, `Objective ${objective.name}`),
      facts: { finding },
    };
    // What cannot be explained is raised all the same.
    told.owe(alert);
    await told.raise({ ...alert, ...(await this.#textOf(objective, finding, of, now)) });
  }

  async #textOf(
    objective: Objective,
    finding: Finding,
    of: Explained,
    now: number,
  ): Promise<Pick<AlertFinding, 'text' | 'facts' | 'appIds'>> {
    const by = await this.#explain(objective, of, now);
    const explanations = by.explanations.slice(0, MOST_EXPLANATIONS);
    const symptoms = by.symptoms.slice(0, MOST_SYMPTOMS);
    const atRisk = risksOf(finding, await this.#parts.evaluator.status(objective));
    const cost = sayRisks(atRisk);
    const lines = [
      sayFinding(finding, `Objective ${objective.name}`),
      ...(cost === null ? [] : [cost]),
      ...explanations.map(sayExplanation),
      ...symptoms.map(saySymptom),
      objective.owner === '' ? 'Nobody owns it.' : `Owned by ${objective.owner}.`,
      ...(objective.consumers.length === 0 ? [] : [`It hits ${objective.consumers.join(', ')}.`]),
    ];
    const appIds = await concernedApps(of.scope, by.explanations, this.#parts);
    return {
      text: lines.join('\n'),
      facts: { finding, atRisk, explanations, symptoms },
      ...(appIds === undefined ? {} : { appIds }),
    };
  }

  async #explain(objective: Objective, of: Explained, now: number): Promise<SliceExplanation> {
    if (of.explained !== null && now - of.explained.at < EXPLAINED_AGAIN_MS) return of.explained.by;
    const by = await this.#parts.explainer.explain({ objective, scope: of.scope, at: now });
    of.explained = { at: now, by };
    return by;
  }
}
