import type { IncidentSeverity } from './incident.ts';

/** How often responders are told while impact lasts: of severity 3 a fourth as often; of severity 4 nobody waits. */
const factors: Readonly<Record<IncidentSeverity, number | null>> = { 1: 1, 2: 1, 3: 4, 4: null };

/** @param everyMs of severities 1 and 2. null: nobody waits for word. */
export function updateEveryMs(severity: IncidentSeverity, everyMs: number): number | null {
  const factor = factors[severity];
  return factor === null ? null : factor * everyMs;
}
