import { check, duration, percent, type Check } from './drill.ts';
import { at, listAt, momentAt, numberAt, textAt, type Json } from './json.ts';
import type { ProductRecord } from './record.ts';

/** The first incident of a drill, as its page shows it. */
export type IncidentView = {
  readonly id: string;
  readonly owner: string;
  readonly json: Json;
  /** Of its first episode. */
  readonly impactStartAt: number | null;
  readonly detectedAt: number | null;
  readonly mitigatedAt: number | null;
  /** People hit, as it reckons; null: it does not. */
  readonly people: number | null;
};

/** null: there is none. */
export async function incidentOf(
  record: ProductRecord,
  faultAt: number,
): Promise<IncidentView | null> {
  const all = await record.incidents();
  const first = (all ?? []).find((row) => (momentAt(row, 'openedAt') ?? Infinity) >= faultAt);
  if (first === undefined) return null;
  const id = textAt(first, 'id');
  const json = (await record.incident(id)) ?? first;
  const marker = (name: string): number | null =>
    momentAt(json, 'episodes', 0, 'markers', name, 'at');
  return {
    id,
    owner: textAt(json, 'owner'),
    json,
    impactStartAt: marker('impactStart'),
    detectedAt: marker('detected'),
    mitigatedAt: marker('mitigated'),
    people: numberOrNull(at(json, 'impact', 'people')),
  };
}

function numberOrNull(json: Json | undefined): number | null {
  return typeof json === 'number' ? json : null;
}

/** A change that is offered as the cause. */
export type Suspect = { readonly changeId: string; readonly subject: string };

/** The likeliest first. */
export async function suspectsOf(
  record: ProductRecord,
  incident: IncidentView | null,
): Promise<readonly Suspect[]> {
  if (incident === null) return [];
  const page = await record.incident(incident.id, '/suspects?limit=50');
  return listAt(page, 'data').map((row) => {
    const [item] = listAt(row, 'change', 'items');
    const words = [textAt(item, 'verb'), textAt(item, 'kind'), textAt(item, 'subject')];
    return { changeId: textAt(row, 'change', 'id'), subject: words.join(' ') };
  });
}

export const NO_INCIDENT = 'no incident yet';

/** An incident was opened by the product itself, and holds when impact began. */
export function checkOpened(
  incident: IncidentView | null,
  faultAt: number,
  toleranceMs: number,
): Check {
  const off =
    incident?.impactStartAt === undefined || incident.impactStartAt === null
      ? null
      : incident.impactStartAt - faultAt;
  return check(
    'an incident is open, its impact start at the fault',
    `within ${duration(toleranceMs)}`,
    incident === null
      ? NO_INCIDENT
      : off === null
        ? 'no impact start'
        : `${duration(off)} after the fault`,
    off !== null && Math.abs(off) <= toleranceMs,
  );
}

/** On the drill's clock: so long the calls of a mitigation take at most, whose end the stage takes down. */
const CALLS_MS = 10_000;

/** From T+0, or from when the mitigation was in force; a marker before that would be wrong. */
export function checkMitigated(
  incident: IncidentView | null,
  fromAt: number | null,
  mostMs: number,
  what: string,
): Check {
  const tookMs =
    incident === null || incident.mitigatedAt === null || fromAt === null
      ? null
      : incident.mitigatedAt - fromAt;
  return check(
    what,
    `≤ ${duration(mostMs)}`,
    incident === null ? NO_INCIDENT : tookMs === null ? 'not mitigated' : duration(tookMs),
    tookMs !== null && tookMs >= -CALLS_MS && tookMs <= mostMs,
  );
}

/** Minor units of the money that an incident says is delayed or lost; null: it says nothing. */
export function impactMoneyOf(incident: IncidentView | null, currency: string): number | null {
  const row = listAt(incident?.json, 'impact', 'money').find(
    (each) => textAt(each, 'currency') === currency,
  );
  return row === undefined ? null : numberAt(row, 'delayed') + numberAt(row, 'lost');
}

/**
 * An estimate against the truth that was staged.
 *
 * @param most where the stage itself cannot tell to the last: the truth is from `truth` to this.
 */
export function checkImpact(
  what: string,
  truth: number,
  estimated: number | null,
  tolerance: number,
  most: number = truth,
): Check {
  const off =
    estimated === null ? null : Math.max(0, (truth - estimated) / truth, (estimated - most) / most);
  return check(
    `${what} hit, as the product reckons`,
    `${truth}${most === truth ? '' : ` to ${most}`}, within ${percent(tolerance)}`,
    off === null ? NO_INCIDENT : `${estimated} (${percent(off)} off)`,
    off !== null && off <= tolerance,
  );
}

/** Minor units per week at the present rate; null: it says nothing. */
export function perWeekOf(incident: IncidentView | null, currency: string): number | null {
  const row = listAt(incident?.json, 'impact', 'money').find(
    (each) => textAt(each, 'currency') === currency,
  );
  return row === undefined ? null : numberAt(row, 'perWeek');
}
