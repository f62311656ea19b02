import { idAt, timeOfId, type IdText } from '../core/index.ts';
import type { Configuration } from '../change/index.ts';
import type { Change, ChangeItem, ChangeKind, Ledger } from '../ledger/index.ts';
import { bySystem, presentEpisode, type Incident, type IncidentSlice } from './incident.ts';
import { rowDraft, type RowDraft } from './moves.ts';

/** What these say alters no delivery. */
const besides: ReadonlySet<ChangeKind> = new Set<ChangeKind>([
  'token',
  'notifier',
  'route',
  'maintenance',
  'objective',
  'incident_rule',
]);
/** Known by host and port. */
const ofHosts: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['certificate', 'address', 'server']);
const PAGE = 100;
/** Incidents that read for themselves in one look, until they are where the others are. */
const CATCHING_UP = 10;
/** Rows of one look at one incident; what is beyond them is told in one. */
const MOST_ROWS = 10;

export type ChangesSeenParts = {
  readonly ledger: Pick<Ledger, 'changes' | 'timeline'>;
  readonly configuration: Pick<Configuration, 'endpoints'>;
  readonly idText: IdText;
};

/**
 * Follows the list of changes, once for all incidents, and says what is new over the slice of each as timeline rows. One
 * that is new, or was not followed for a while, first reads what it missed.
 */
export class ChangesSeen {
  readonly #parts: ChangesSeenParts;
  /** By incident: the newest change that was looked at. */
  readonly #seen = new Map<number, number>();
  /** The newest one that was looked at for all; null: none yet. */
  #head: number | null = null;

  constructor(parts: ChangesSeenParts) {
    this.#parts = parts;
  }

  forget(incidentId: number): void {
    this.#seen.delete(incidentId);
  }

  /**
   * By incident. At most 100 changes are read for all, and as many for each of ten that catch up; the others come with the
   * next look. Those that its own mitigations made are left out.
   */
  async rowsOf(
    incidents: readonly Incident[],
    now: number,
  ): Promise<ReadonlyMap<number, readonly RowDraft[]>> {
    const { ledger } = this.#parts;
    const from = this.#head ?? idAt(now) - 1;
    const page = await ledger.changes({ fromId: from + 1, limit: PAGE, descending: false });
    const head = page.at(-1)?.id ?? from;
    const hostOf = this.#hostReader();
    const rows = new Map<number, readonly RowDraft[]>();
    const behind: Incident[] = [];
    for (const incident of incidents) {
      if (this.#seen.get(incident.id) !== from) {
        behind.push(incident);
        continue;
      }
      rows.set(incident.id, await this.#rowsAmong(page, incident, hostOf));
      this.#seen.set(incident.id, head);
    }
    this.#head = head;
    // The nearest first: one that has days to read does not keep the others.
    const place = ({ id }: Incident): number => this.#seen.get(id) ?? Infinity;
    const next = behind.toSorted((one, other) => place(other) - place(one));
    for (const incident of next.slice(0, CATCHING_UP)) {
      const afterId = await this.#placeOf(incident);
      const range = { fromId: afterId + 1, beforeId: head + 1 };
      const missed = await ledger.changes({ ...range, limit: PAGE, descending: false });
      rows.set(incident.id, await this.#rowsAmong(missed, incident, hostOf));
      const last = missed.at(-1)?.id ?? head;
      this.#seen.set(incident.id, missed.length < PAGE ? head : last);
    }
    return rows;
  }

  async #placeOf(incident: Incident): Promise<number> {
    const detectedAt = presentEpisode(incident).markers.detected?.at ?? incident.openedAt;
    return (
      this.#seen.get(incident.id) ?? (await this.#newestTold(incident.id)) ?? idAt(detectedAt) - 1
    );
  }

  async #rowsAmong(
    changes: readonly Change[],
    incident: Incident,
    hostOf: HostOf,
  ): Promise<readonly RowDraft[]> {
    if (changes.length === 0) return [];
    const own = new Set(
      incident.mitigations.flatMap(({ changeIds, undoChangeIds }) => [
        ...changeIds,
        ...undoChangeIds,
      ]),
    );
    const hosts = await hostsOf(incident.slice, changes, hostOf);
    const over = changes.filter(
      ({ id, items }) => !own.has(id) && items.some((item) => isOver(item, incident, hosts)),
    );
    const told = over.slice(0, over.length > MOST_ROWS ? MOST_ROWS - 1 : MOST_ROWS);
    const rows = told.map((change) => this.#rowOf(change, sayChange(change)));
    const last = over.at(-1);
    const more = over.length - told.length;
    if (last === undefined || more === 0) return rows;
    // It names the last of them, so that a later life goes on after that.
    return [
      ...rows,
      this.#rowOf(last, `${more} changes more, the last of them: ${sayChange(last)}`),
    ];
  }

  /** What an earlier life wrote last. */
  async #newestTold(incidentId: number): Promise<number | undefined> {
    const [last] = await this.#parts.ledger.timeline({
      incidentId,
      kind: 'change',
      limit: 1,
      descending: true,
    });
    const id = /"kind":"change","id":"([^"]+)"/.exec(last?.doc ?? '')?.[1];
    return id === undefined ? undefined : this.#parts.idText.parse('change', id);
  }

  #rowOf({ id }: Change, text: string): RowDraft {
    const link = { kind: 'change', id: this.#parts.idText.format('change', id) } as const;
    return rowDraft({ ...bySystem, now: timeOfId(id) }, 'change', text, timeOfId(id), [link]);
  }

  /** Each endpoint is read once in one look, however many incidents it is of. */
  #hostReader(): HostOf {
    const known = new Map<number, Promise<string | null>>();
    return (endpointId) => {
      const found = known.get(endpointId) ?? this.#hostOf(endpointId);
      known.set(endpointId, found);
      return found;
    };
  }

  async #hostOf(endpointId: number): Promise<string | null> {
    const endpoint = await this.#parts.configuration.endpoints.byId(endpointId);
    if (endpoint === null) return null;
    const { hostname, port, protocol } = new URL(endpoint.url);
    return `${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`;
  }
}

type HostOf = (endpointId: number) => Promise<string | null>;

function sayChange({ actor, reason, items }: Change): string {
  const what = items
    .slice(0, 3)
    .map(({ kind, verb, subject }) => `${kind.replace('_', ' ')} ${subject} ${verb}`.trim())
    .join(', ');
  const more = items.length > 3 ? ` and ${items.length - 3} more` : '';
  return `Changed by ${actor}: ${what}${more}${reason === '' ? '' : ` (${reason})`}.`;
}

/** Of the slice's endpoints, where a change names one; null: all hosts are in it. */
async function hostsOf(
  { endpointIds }: IncidentSlice,
  changes: readonly Change[],
  hostOf: HostOf,
): Promise<ReadonlySet<string> | null> {
  if (endpointIds.length === 0) return null;
  if (!changes.some(({ items }) => items.some(({ kind }) => ofHosts.has(kind)))) return new Set();
  const hosts = await Promise.all(endpointIds.map(hostOf));
  return new Set(hosts.filter((host) => host !== null));
}

function isOver(
  { kind, appId, subjectId, subject }: ChangeItem,
  { slice }: Incident,
  hosts: ReadonlySet<string> | null,
): boolean {
  const { appIds, endpointIds, eventTypes } = slice;
  if (besides.has(kind)) return false;
  if (ofHosts.has(kind)) return hosts === null || hosts.has(subject);
  if (kind === 'endpoint' && endpointIds.length > 0) {
    return subjectId !== null && endpointIds.includes(subjectId);
  }
  if (kind === 'event_type' || kind === 'drift') {
    return eventTypes.length === 0 || eventTypes.includes(subject);
  }
  return appId === 0 || appIds.length === 0 || appIds.includes(appId);
}
