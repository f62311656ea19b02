import type { AutomaticMitigation, Configuration, IncidentRule } from '../change/index.ts';
import { isRouteMatch, NOTIFIER_KIND, type Alert } from '../slo/index.ts';

/** What is to be done about an alert that belongs to no incident. */
export type Ruling = {
  readonly opens: boolean;
  /** By which rule; null: none matches. */
  readonly rule: string | null;
  readonly mitigations: readonly AutomaticMitigation[];
};

/** Bound on the rules of one service. */
export const MOST_RULES = 1000;

/**
 * By the first rule that matches. Where none does, a page opens an incident, and what waits until working hours does
 * not; that a notifier fails is no impact on deliveries, and opens none either.
 */
export function rulingOf(rules: readonly IncidentRule[], alert: Alert, now: number): Ruling {
  const rule = rules.find(({ match }) => isRouteMatch(match, alert, now));
  if (rule !== undefined) {
    const { opens, name, mitigations } = rule;
    return { opens, rule: name, mitigations: opens ? mitigations : [] };
  }
  const opens = alert.severity === 'page' && alert.kind !== NOTIFIER_KIND;
  return { opens, rule: null, mitigations: [] };
}

/** Rules in the order in which they are asked; read once, and anew after one was changed. */
export function createRuleReader({
  incidentRules,
}: Pick<Configuration, 'incidentRules'>): () => Promise<readonly IncidentRule[]> {
  let known: Promise<readonly IncidentRule[]> | null = null;
  incidentRules.onChange(() => {
    known = null;
  });
  return () => {
    if (known !== null) return known;
    const reading = incidentRules
      .list({ limit: MOST_RULES, descending: false })
      .then((rules) => rules.toSorted(inOrder));
    known = reading;
    reading.catch(() => {
      if (known === reading) known = null;
    });
    return reading;
  };
}

function inOrder(one: IncidentRule, other: IncidentRule): number {
  return one.position - other.position || (one.name < other.name ? -1 : 1);
}
