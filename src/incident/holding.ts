import { MINUTE_MS } from '../slo/index.ts';
import { presentEpisode, type AppliedMitigation, type Incident } from './incident.ts';

/** Those that end failures by sending nothing: what they hold waits, and reaches nobody. */
const holdingKinds: ReadonlySet<string> = new Set([
  'pause_endpoint',
  'pause_event_type',
  'pause_application',
  'drain',
  'open_circuit',
]);

type Holding = Pick<Incident, 'episodes' | 'mitigations'>;

/**
 * Mitigations in force that hold deliveries back. Failures that end by them make an incident mitigated: that is what they
 * are for. What customers wait for is not there yet, so the impact counts on, owners are told that deliveries are held,
 * and no fix is taken to have held. One that is kept for good is how things are.
 */
export function holdingNow({ mitigations }: Pick<Incident, 'mitigations'>) {
  return mitigations.filter((each) => isHolding(each) && each.undoneAt === null);
}

/** Until when deliveries of the present episode were held beyond the end of its failures; null: they were not. */
export function heldUntil(incident: Holding, now: number): number | null {
  const { mitigated } = presentEpisode(incident).markers;
  if (mitigated === undefined) return null;
  const ends = incident.mitigations
    // The marker is the start of a minute, in which a mitigation may have been applied.
    .filter((each) => isHolding(each) && each.at < mitigated.at + MINUTE_MS)
    .map(({ undoneAt }) => undoneAt ?? now)
    .filter((at) => at > mitigated.at);
  return ends.length === 0 ? null : Math.max(...ends);
}

function isHolding({ kind, keptBecause }: AppliedMitigation): boolean {
  return holdingKinds.has(kind) && keptBecause === null;
}
