import { fault } from '../core/index.ts';
import type { RouteMatch } from './alerting.ts';
import type { Stamped } from './stamped.ts';

/**
 * What Holdfast may do by itself where a team allows it: each stops impact at once, hides nothing, and is undone by
 * one call.
 */
export const automaticMitigations = ['open_circuit', 'pause_endpoint', 'stop_canary'] as const;
export type AutomaticMitigation = (typeof automaticMitigations)[number];

/** Which alerts open an incident, and what is done about them at once; `name` is its uid. */
export type IncidentRule = Stamped & {
  readonly name: string;
  readonly description: string;
  /** Rules are asked in rising order, by name where it is the same; the first that matches decides. */
  readonly position: number;
  readonly match: RouteMatch;
  /** false: what matches joins an incident it belongs to, and opens none. */
  readonly opens: boolean;
  /** Applied as soon as an incident opens by it, and announced; each once for each incident. */
  readonly mitigations: readonly AutomaticMitigation[];
};

/** Throws `validation` naming the field where a rule contradicts itself. */
export function checkIncidentRule({
  opens,
  mitigations,
}: Pick<IncidentRule, 'opens' | 'mitigations'>): void {
  if (!opens && mitigations.length > 0) {
    throw fault('validation', {
      field: 'mitigations',
      detail: 'A rule that opens no incident mitigates none: leave the list empty, or let it open.',
    });
  }
  if (new Set(mitigations).size < mitigations.length) {
    throw fault('validation', { field: 'mitigations', detail: 'Name each mitigation once.' });
  }
}
