import type { Alert } from '../slo/index.ts';
import { explanationOf, subjectOf } from './alert-subject.ts';
import { isEnded, presentEpisode, type AttachedAlert, type Incident } from './incident.ts';

/** Why an alert belongs to an incident, the surest first. */
const joinReasons = ['alert', 'objective', 'explanation', 'owner'] as const;
export type JoinReason = (typeof joinReasons)[number];

export type Joined = { readonly incident: Incident; readonly because: JoinReason };

/** One owner's alerts are one incident where they come so soon after it was detected. */
const OWNER_MS = 30 * 60_000;
/** What fires so long after the impact was over is an incident of its own: a recurrence. */
const REOPEN_MS = 24 * 3_600_000;

/**
 * The incident that an alert belongs to; null: none, it is a new one. It joins one that has not ended and whose impact
 * was not over a day ago, where one of these is the same: the alert (its id or key); the objective; what separates the
 * failing from the healthy; or, while the impact lasts and its detection is not older than half an hour, the owner. The surest
 * reason decides, then the newest incident.
 */
export function groupFor(alert: Alert, incidents: readonly Incident[], now: number): Joined | null {
  let best: Joined | null = null;
  for (const incident of incidents) {
    const because = reasonOf(alert, incident, now);
    if (because === null) continue;
    const isBetter =
      best === null ||
      rank(because) < rank(best.because) ||
      (rank(because) === rank(best.because) && incident.id > best.incident.id);
    if (isBetter) best = { incident, because };
  }
  return best;
}

function reasonOf(alert: Alert, incident: Incident, now: number): JoinReason | null {
  if (isEnded(incident) || incident.isRetrospective) return null;
  const { mitigated, detected } = presentEpisode(incident).markers;
  if (mitigated !== undefined && now - mitigated.at > REOPEN_MS) return null;
  const attached = incident.episodes.flatMap(({ alerts }) => alerts);
  if (attached.some(({ alertId, key }) => alertId === alert.id || key === alert.key)) {
    return 'alert';
  }
  const objective = objectiveOf(alert.key);
  const isOfObjective =
    objective !== null &&
    (incident.slice.objective === objective ||
      attached.some(({ key }) => objectiveOf(key) === objective));
  if (isOfObjective) return 'objective';
  const explanation = explanationOf(alert);
  const isExplained = (each: AttachedAlert): boolean => each.explanation === explanation;
  if (explanation !== null && attached.some(isExplained)) return 'explanation';
  const isRecent = detected !== undefined && Math.abs(alert.firedAt - detected.at) <= OWNER_MS;
  const isOwned = alert.owner !== '' && alert.owner === incident.owner;
  return isOwned && isRecent && incident.state === 'open' ? 'owner' : null;
}

function objectiveOf(key: string): string | null {
  const subject = subjectOf(key);
  return subject?.kind === 'objective' ? subject.name : null;
}

function rank(reason: JoinReason): number {
  return joinReasons.indexOf(reason);
}
