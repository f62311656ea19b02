import type { AlertRules } from '../../src/slo/alerts/state.ts';
import type { AlertFinding } from '../../src/slo/index.ts';

/** Nothing holds an alert back, and nobody is told later. */
export const plainRules: AlertRules = {
  holdMs: 1,
  flapMs: 1,
  askAgainMs: 1,
  isMaintained: () => false,
  canTell: () => true,
  escalationsMs: () => [],
};

export function findingOf(more: Partial<AlertFinding> = {}): AlertFinding {
  return {
    key: 'burn:invoices',
    kind: 'burn_rate',
    severity: 'page',
    owner: 'billing',
    consumers: ['ledgers'],
    group: 'invoices',
    title: 'Invoices are late',
    text: '0.3 % of the invoices are late since 12:00, against 0.02 % before; it is sure to 99.9 %.',
    facts: { late: 3, of: 1000 },
    ...more,
  };
}
