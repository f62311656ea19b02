import { idAt, timeOfId, type IdText } from '../core/index.ts';
import type { Configuration } from '../change/index.ts';
import type { Change, ChangeItem, ChangeKind, Ledger } from '../ledger/index.ts';
import { bySystem, type Incident, type IncidentSlice } from './incident.ts';
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

export type ChangesSeenParts = {
  readonly ledger: Pick<Ledger, 'changes' | 'timeline'>;
  readonly configuration: Pick<Configuration, 'endpoints'>;
  readonly idText: IdText;
};

/** Follows the list of changes for each incident, and says what is new over its slice as timeline rows. */
export class ChangesSeen {
  readonly #parts: ChangesSeenParts;
  /** By incident: the newest change that was looked at. */
  readonly #seen = new Map<number, number>();

  constructor(parts: ChangesSeenParts) {
    this.#parts = parts;
  }

  forget(incidentId: number): void {
    this.#seen.delete(incidentId);
  }

  /** At most 100 of them; the others come with the next look. Those that its own mitigations made are left out. */
  async rowsOf(incident: Incident, detectedAt: number): Promise<readonly RowDraft[]> {
    const { ledger } = this.#parts;
    const afterId =
      this.#seen.get(incident.id) ?? (await this.#newestTold(incident.id)) ?? idAt(detectedAt) - 1;
    const changes = await ledger.changes({ fromId: afterId + 1, limit: PAGE, descending: false });
    const own = new Set(
      incident.mitigations.flatMap(({ changeIds, undoChangeIds }) => [
        ...changeIds,
        ...undoChangeIds,
      ]),
    );
    const hosts = await this.#hostsOf(incident.slice, changes);
    const rows = changes
      .filter(
        ({ id, items }) => !own.has(id) && items.some((item) => isOver(item, incident, hosts)),
      )
      .map((change) => this.#rowOf(change));
    this.#seen.set(incident.id, changes.at(-1)?.id ?? afterId);
    return rows;
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

  #rowOf(change: Change): RowDraft {
    const { id, actor, reason, items } = change;
    const what = items
      .slice(0, 3)
      .map(({ kind, verb, subject }) => `${kind.replace('_', ' ')} ${subject} ${verb}`.trim())
      .join(', ');
    const more = items.length > 3 ? ` and ${items.length - 3} more` : '';
    const text = `Changed by ${actor}: ${what}${more}${reason === '' ? '' : ` (${reason})`}.`;
    const link = { kind: 'change', id: this.#parts.idText.format('change', id) } as const;
    return rowDraft({ ...bySystem, now: timeOfId(id) }, 'change', text, timeOfId(id), [link]);
  }

  /** Of the slice's endpoints, where a change names one; null: all hosts are in it. */
  async #hostsOf(
    { endpointIds }: IncidentSlice,
    changes: readonly Change[],
  ): Promise<ReadonlySet<string> | null> {
    if (endpointIds.length === 0) return null;
    const hosts = new Set<string>();
    if (!changes.some(({ items }) => items.some(({ kind }) => ofHosts.has(kind)))) return hosts;
    for (const id of endpointIds) {
      const endpoint = await this.#parts.configuration.endpoints.byId(id);
      if (endpoint === null) continue;
      const { hostname, port, protocol } = new URL(endpoint.url);
      hosts.add(`${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`);
    }
    return hosts;
  }
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
