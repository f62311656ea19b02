import { fault, type Clock, type IdSource, type Log } from '../core/index.ts';
import type {
  Ledger,
  NewStoredIncident,
  NewTimelineRow,
  StoredIncident,
  StoredTimelineRow,
} from '../ledger/index.ts';
import {
  bySystem,
  incidentBounds,
  isEnded,
  presentEpisode,
  type AttachedAlert,
  type EpisodeMarker,
  type Incident,
  type IncidentSeverity,
  type IncidentSlice,
  type MarkerSource,
  type Mover,
  type TimelineRow,
} from './incident.ts';
import type { IncidentListener, IncidentMoved } from './news.ts';
import { alertRow, firstEpisode } from './life-moves.ts';
import { moveIncident } from './state.ts';
import { isFull, withinRoom, type TimelineBounds } from './timeline-room.ts';
import { movedBy, rowDraft, type IncidentMove, type RowDraft } from './moves.ts';
import { widenSlice } from './widen-slice.ts';

export type IncidentDraft = {
  readonly title: string;
  readonly summary: string;
  readonly severity: IncidentSeverity;
  readonly isSeverityByHand: boolean;
  readonly owner: string;
  readonly consumers: readonly string[];
  readonly slice: IncidentSlice;
  readonly detectedBy: 'system' | 'person';
  readonly isDrill: boolean;
  readonly isRetrospective: boolean;
  readonly impactStartAt: number;
  readonly detectedAt: number;
  readonly source: MarkerSource;
  readonly alerts: readonly AttachedAlert[];
  /** When responders are to be told first; null: nobody waits for word. */
  readonly updateDueAt: number | null;
  /** What a person knows of its course already, in the order in which it is to be set. */
  readonly markers?: readonly {
    readonly marker: EpisodeMarker;
    readonly at: number;
    readonly note: string;
  }[];
};

export type Incidents = {
  /** Throws `overloaded` where 1,000 incidents are open, and `validation` for moments out of order. */
  open(draft: IncidentDraft, actor: Mover): Promise<Incident>;
  /**
   * Moves one. Throws `not_found`, `state_conflict` where its state forbids it, and `validation` naming the field.
   *
   * @param rows written on the timeline in the same commit, after the move's own.
   */
  move(id: number, move: IncidentMove, actor: Mover, rows?: readonly RowDraft[]): Promise<Incident>;
  /**
   * Writes on the timeline, also of one that ended, also of what happened long ago. Throws `not_found`, and
   * `state_conflict` where the timeline is full of people's rows; what the service writes beyond its own bound is let go.
   */
  note(id: number, draft: RowDraft): Promise<TimelineRow>;
  /** Ends one as a part of another, which takes its alerts. Throws as `move` does. */
  merge(id: number, into: number, actor: string): Promise<Incident>;
  /** Null: there is none. */
  byId(id: number): Promise<Incident | null>;
  /** Those that did not end, the oldest first. */
  current(): readonly Incident[];
  /** Tells of each that was written, or written about, once that is durable. Returns the way to stop it. */
  onWrite(listen: (incidentId: number) => void): () => void;
  /** Reads what is open: before anything else. */
  load(): Promise<void>;
};

export type IncidentsParts = {
  readonly ledger: Pick<Ledger, 'incident' | 'incidents' | 'storeIncidents' | 'timelineLength'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  /** Tells others; without it nobody is told. */
  readonly listener?: IncidentListener;
  /** What closing lacks, by its review; without it nothing is asked. */
  readonly missingToClose?: (incident: Incident) => Promise<readonly string[]>;
  /** Tests fill it; without it, those of `incidentBounds`. */
  readonly timelineBounds?: TimelineBounds;
};

const MOST_OPEN = 1000;
const PAGE = 500;

/** The one way to write incidents: one after another, each with its timeline rows in one commit. */
export function createIncidents(parts: IncidentsParts): Incidents {
  const { ledger, clock, ids, log, listener } = parts;
  const bounds = parts.timelineBounds ?? incidentBounds.timelineRows;
  const open = new Map<number, Incident>();
  const listeners = new Set<(incidentId: number) => void>();
  let chain: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = chain.then(work);
    chain = turn.catch(() => undefined);
    return turn;
  }

  async function find(id: number): Promise<Incident> {
    const known = open.get(id) ?? incidentOf(await ledger.incident(id));
    if (known !== null) return known;
    throw fault('not_found', { field: 'incident_id' });
  }

  function rowsOf(incidentId: number, drafts: readonly RowDraft[]): readonly TimelineRow[] {
    return drafts.map((draft) => ({ ...bounded(draft), id: ids.next(), incidentId }));
  }

  /** All in one commit, with the messages that tell of it. */
  async function store(moves: readonly IncidentMoved[]): Promise<void> {
    const told = await Promise.all(
      moves.map(async (each) => ({ ...each, notices: (await listener?.noticesOf(each)) ?? [] })),
    );
    const rows = await Promise.all(
      moves.map(async ({ after, rows: drafts }) => {
        return rowsOf(after.id, await withRoom(after.id, drafts));
      }),
    );
    await ledger.storeIncidents({
      incidents: moves.map(({ after }) => storedOf(after)),
      rows: rows.flat().map(storedRowOf),
      notices: told.flatMap(({ notices }) => notices),
    });
    for (const { after } of moves) {
      if (isEnded(after)) open.delete(after.id);
      else open.set(after.id, after);
    }
    for (const { notices, ...each } of told) listener?.stored(each, notices);
    for (const { after } of moves) written(after.id);
  }

  function written(incidentId: number): void {
    for (const listen of listeners) listen(incidentId);
  }

  function moved(
    incident: Incident,
    move: IncidentMove,
    actor: Mover,
  ): { readonly incident: Incident; readonly rows: readonly RowDraft[] } {
    const result = moveIncident(incident, move, movedBy(actor, clock.now()));
    if (result.kind === 'moved') return result;
    const { field, detail } = result;
    if (field !== null) throw fault('validation', { field, detail });
    throw fault('state_conflict', { detail });
  }

  async function assertReviewed(incident: Incident): Promise<void> {
    const missing = (await parts.missingToClose?.(incident)) ?? [];
    if (missing.length === 0) return;
    throw fault('state_conflict', { detail: `It cannot be closed yet: ${missing.join('; ')}.` });
  }

  async function withRoom(
    incidentId: number,
    drafts: readonly RowDraft[],
  ): Promise<readonly RowDraft[]> {
    if (drafts.length === 0) return drafts;
    return withinRoom(drafts, await ledger.timelineLength(incidentId), bounds, clock.now());
  }

  /** For what is nothing but its row. */
  async function assertRoom(incidentId: number): Promise<void> {
    if (!isFull(await ledger.timelineLength(incidentId), bounds)) return;
    throw fault('state_conflict', {
      detail: `The timeline holds ${bounds.people} rows of people, which is the most. The incident can still be moved.`,
    });
  }

  return {
    open: (draft, actor) =>
      inTurn(async () => {
        if (open.size >= MOST_OPEN) {
          throw fault('overloaded', {
            detail: `${MOST_OPEN} incidents are open, which is the most. Close or decline some.`,
          });
        }
        const by = movedBy(actor, clock.now());
        for (const name of ['impactStartAt', 'detectedAt'] as const) {
          if (draft[name] > by.now) {
            throw fault('validation', { field: name, detail: 'It cannot lie in the future.' });
          }
        }
        const { impactStartAt, detectedAt, source, alerts, markers = [], ...rest } = draft;
        let incident: Incident = {
          ...rest,
          id: ids.next(),
          state: 'open',
          causeClass: 'unknown',
          openedAt: by.now,
          openedBy: by.actor,
          endedAt: null,
          declinedBecause: '',
          mergedInto: null,
          roles: {},
          episodes: [firstEpisode(1, { impactStartAt, detectedAt, source, alerts }, by)],
          reviewMarkers: {},
          impact: null,
          hypotheses: [],
          mitigations: [],
          fixes: [],
          preventions: [],
          updatedAt: null,
        };
        const { impactStart, detected } = presentEpisode(incident).markers;
        const rows = [
          rowDraft(by, 'marker', 'Impact began.', impactStart?.at ?? impactStartAt),
          ...alerts.map((alert) => alertRow(alert, { ...by, ...bySystem })),
          rowDraft(by, 'marker', 'T+0: detected.', detected?.at ?? detectedAt),
          rowDraft(by, 'opened', draft.title, by.now),
        ];
        for (const marker of markers) {
          const move = { kind: 'mark', source: 'person', evidence: [], ...marker } as const;
          const next = moved(incident, move, actor);
          incident = next.incident;
          rows.push(...next.rows);
        }
        await store([{ before: null, after: incident, rows }]);
        log.warn({ incident: draft.title, severity: draft.severity }, 'an incident was opened');
        return incident;
      }),
    move: (id, move, actor, more = []) =>
      inTurn(async () => {
        const known = await find(id);
        const { incident, rows } = moved(known, move, actor);
        if (move.kind === 'update') await assertRoom(id);
        if (move.kind === 'close') await assertReviewed(known);
        if (incident === known && rows.length + more.length === 0) return known;
        await store([{ before: known, after: incident, rows: [...rows, ...more] }]);
        return incident;
      }),
    note: (id, draft) =>
      inTurn(async () => {
        const known = await find(id);
        if (draft.source === 'person') await assertRoom(id);
        if (draft.at > clock.now()) {
          throw fault('validation', { field: 'at', detail: 'It cannot lie in the future.' });
        }
        const [row] = rowsOf(known.id, [draft]);
        if (row === undefined) throw new Error('one draft makes one row');
        const room = await withRoom(known.id, [draft]);
        const kept = room[0] === draft ? [row] : rowsOf(known.id, room);
        if (kept.length > 0) {
          await ledger.storeIncidents({ incidents: [], rows: kept.map(storedRowOf) });
          written(id);
        }
        return row;
      }),
    merge: (id, into, actor) =>
      inTurn(async () => {
        const [from, to] = [await find(id), await find(into)];
        const ended = moved(from, { kind: 'merge', into }, actor);
        let target = to;
        const rows: RowDraft[] = [];
        if (isEnded(to)) throw fault('state_conflict', { detail: `That one is ${to.state}.` });
        if (from.isDrill !== to.isDrill) {
          throw fault('state_conflict', {
            detail: 'One of them is a drill: what is staged and what is real stay apart.',
          });
        }
        const take = (move: IncidentMove): void => {
          const next = moved(target, move, actor);
          target = next.incident;
          rows.push(...next.rows);
        };
        for (const { markers, alerts } of from.episodes) {
          const impactStartAt = markers.impactStart?.at ?? from.openedAt;
          // Impact that was over begins none where it goes to.
          const isPast = markers.mitigated !== undefined;
          const move = { kind: 'attach_alert', impactStartAt, isPast, slice: from.slice } as const;
          for (const alert of alerts) take({ ...move, alert });
        }
        target = { ...target, slice: widenSlice(target.slice, from.slice) };
        if (from.state === 'open' && target.state !== 'open') {
          throw fault('state_conflict', {
            detail: `The impact of this one lasts, and of that one it was over: that one is ${to.state}. Reopen that one first, or merge it into this one.`,
          });
        }
        const running = from.mitigations.filter(
          (each) => !ended.incident.mitigations.includes(each),
        );
        if (running.length > 0) take({ kind: 'take_over', mitigations: running });
        const by = movedBy(actor, clock.now());
        rows.push(rowDraft(by, 'note', `"${from.title}" is a part of this one.`, by.now));
        await store([
          { before: from, after: ended.incident, rows: ended.rows },
          { before: to, after: target, rows },
        ]);
        return ended.incident;
      }),
    byId: async (id) => open.get(id) ?? incidentOf(await ledger.incident(id)),
    current: () => [...open.values()],
    onWrite(listen) {
      listeners.add(listen);
      return () => void listeners.delete(listen);
    },
    async load() {
      for (let afterId: number | undefined; ;) {
        const page = { isOpen: true, limit: PAGE, descending: false, afterId };
        const stored = await ledger.incidents(page);
        for (const each of stored) {
          const incident = incidentOf(each);
          if (incident !== null) open.set(incident.id, incident);
        }
        if (stored.length < PAGE) return;
        afterId = stored.at(-1)?.id;
      }
    },
  };
}

/** Documents are written here and by nobody else. */
export function incidentOf(stored: StoredIncident | null): Incident | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return stored === null ? null : (JSON.parse(stored.doc) as Incident);
}

export function timelineRowOf({ id, incidentId, at, kind, doc }: StoredTimelineRow): TimelineRow {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return { ...(JSON.parse(doc) as object), id, incidentId, at, kind } as TimelineRow;
}

function storedOf(incident: Incident): NewStoredIncident {
  const { id, endedAt, state, severity, owner, causeClass, isDrill, episodes } = incident;
  const alertIds = episodes.flatMap(({ alerts }) => alerts.map(({ alertId }) => alertId));
  const columns = { endedAt, state, severity, owner, causeClass, isDrill };
  return { id, ...columns, alertIds: [...new Set(alertIds)], doc: JSON.stringify(incident) };
}

function storedRowOf({ id, incidentId, at, kind, ...doc }: TimelineRow): NewTimelineRow {
  const isBySystem = doc.source === 'system';
  return { id, incidentId, at, kind, isBySystem, doc: JSON.stringify(doc) };
}

function bounded(draft: RowDraft): RowDraft {
  const pinned = JSON.stringify(draft.pinned) ?? 'null';
  return {
    ...draft,
    text: draft.text.slice(0, incidentBounds.text),
    evidence: draft.evidence.slice(0, incidentBounds.evidenceLinks),
    pinned:
      pinned.length > incidentBounds.pinnedJson
        ? { tooLong: `${pinned.length} characters of evidence were not kept` }
        : draft.pinned,
  };
}
