import { fault, type Clock, type IdSource } from '../../core/index.ts';
import type { ChangeBy, Ledger, Page } from '../../ledger/index.ts';
import { itemOf } from '../kinds.ts';
import type { Canary, CanaryResult, Endpoint, Write } from '../records.ts';
import type { Writer } from '../writer.ts';
import { isActive, promotedEndpoint, type Candidate } from './canary.ts';
import type { HeldCanaries } from './held-canaries.ts';
import { busiestMinuteOf, durationsBefore } from './past.ts';
import type { CanaryStep } from './schedule.ts';
import { slowThresholdOf } from './slow-threshold.ts';
import { beginCanary, moveCanary, type CanaryEvent } from './state.ts';

/** Reads and writes canaries. Each write is a change, and none of them alters the endpoint but a promotion. */
export type Canaries = {
  /** The canary that goes on at an endpoint, from memory. */
  activeOf(endpointId: number): Canary | null;
  active(): readonly Canary[];
  /** Reads what goes on into memory; before anything is sent. */
  load(): Promise<void>;
  byId(id: number): Promise<Canary | null>;
  /** The last one of an endpoint, ended or not. */
  lastOf(endpoint: Endpoint): Promise<Canary | null>;
  /** Of all applications. */
  list(page: Page): Promise<readonly Canary[]>;
  /** Throws `canary_running` where the endpoint has one, `not_found` where the endpoint is gone. */
  start(endpoint: Endpoint, given: CanaryDraft, by: ChangeBy): Promise<Canary>;
  /**
   * Moves it on by an event; `promote` writes the candidate's fields to the endpoint in the same commit.
   * Throws `state_conflict` where the event does not fit its state.
   */
  move(id: number, event: CanaryEvent, by: ChangeBy, result: CanaryResult | null): Promise<Canary>;
  /** The same for an event that was decided by a canary as it was; null: it is another by now, and nothing is done. */
  decided(
    canary: Canary,
    event: CanaryEvent,
    by: ChangeBy,
    result: CanaryResult | null,
  ): Promise<Canary | null>;
};

export type CanaryDraft = Candidate & {
  readonly deadlineMs: number;
  readonly steps: readonly CanaryStep[];
  /** A minute of so many percent of the busiest one of the last seven days must come before promotion; null: none. */
  readonly peakPercent: number | null;
};

type Decision = { readonly canary: Canary; readonly writes: readonly Write[] };

const PAGE = 250;

export function createCanaries({
  ledger,
  ids,
  clock,
  writer,
  held,
  endpointById,
}: {
  readonly ledger: Pick<
    Ledger,
    'resource' | 'resources' | 'resourcesOfKind' | 'firstDurations' | 'sli'
  >;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly writer: Pick<Writer, 'untilWritten'>;
  readonly held: HeldCanaries;
  readonly endpointById: (id: number) => Promise<Endpoint | null>;
}): Canaries {
  async function byId(id: number): Promise<Canary | null> {
    const resource = await ledger.resource({ kind: 'canary', id });
    return resource === null ? null : itemOf<Canary>(resource);
  }

  async function list(page: Page): Promise<readonly Canary[]> {
    const rows = await ledger.resourcesOfKind({ kind: 'canary', ...page });
    return rows.map((row) => itemOf<Canary>(row));
  }

  async function write(
    decide: () => Promise<Decision | null>,
    by: ChangeBy,
  ): Promise<Canary | null> {
    const made = await writer.untilWritten(decide, by);
    return made === null ? null : { ...made.decision.canary, revision: made.committed.id };
  }

  async function freshEndpoint(id: number): Promise<Endpoint> {
    const endpoint = await endpointById(id);
    if (endpoint === null) throw fault('not_found', { field: 'endpoint_id' });
    return endpoint;
  }

  return {
    activeOf: (endpointId) => held.of(endpointId),
    active: () => held.all(),
    async load() {
      let afterId: number | undefined;
      for (;;) {
        const canaries = await list({ afterId, limit: PAGE, descending: false });
        for (const canary of canaries.filter(isActive)) held.keep(canary);
        if (canaries.length < PAGE) return;
        afterId = canaries.at(-1)?.id;
      }
    },
    byId,
    async lastOf({ id: endpointId, appId }) {
      const active = held.of(endpointId);
      if (active !== null) return active;
      let afterId: number | undefined;
      for (;;) {
        const page = { afterId, limit: PAGE, descending: true };
        const rows = await ledger.resources({ kind: 'canary', appId, ...page });
        const canaries = rows.map((row) => itemOf<Canary>(row));
        const last = canaries.find((canary) => canary.endpointId === endpointId);
        if (last !== undefined || canaries.length < PAGE) return last ?? null;
        afterId = canaries.at(-1)?.id;
      }
    },
    list,
    async start({ id: endpointId }, { steps, peakPercent, ...candidate }, by) {
      const began = clock.now();
      const slowAfterMs = slowThresholdOf(await durationsBefore(ledger, endpointId, began));
      const busiest =
        peakPercent === null ? null : await busiestMinuteOf(ledger, endpointId, began);
      const peakNeeded =
        busiest === null || peakPercent === null
          ? null
          : Math.max(1, Math.ceil((busiest * peakPercent) / 100));
      const started = await write(async () => {
        const endpoint = await freshEndpoint(endpointId);
        if (held.of(endpointId) !== null) throw fault('canary_running');
        if (candidate.url !== undefined && endpoint.isAlternateInUse) {
          throw fault('state_conflict', {
            detail:
              'The endpoint is sent to at its alternate URL now. Switch back before another URL is tried.',
          });
        }
        const now = clock.now();
        const canary: Canary = {
          id: ids.next(),
          createdAt: now,
          updatedAt: now,
          revision: 0,
          appId: endpoint.appId,
          endpointId,
          ...candidate,
          slowAfterMs,
          peakNeeded,
          result: null,
          ...beginCanary(steps, now),
        };
        // Written anew as it is: an update that was decided before the canary began finds another revision, decides
        // again, and sees it.
        const writes: readonly Write[] = [
          { mode: 'update', kind: 'endpoint', item: endpoint, known: endpoint, isFollowing: true },
          { mode: 'create', kind: 'canary', item: canary },
        ];
        return { canary, writes };
      }, by);
      if (started === null) throw new Error('a canary was not made');
      return started;
    },
    async move(id, event, by, result) {
      const moved = await write(async () => {
        const known = await byId(id);
        if (known === null) throw fault('not_found');
        return movedBy(known, event, result);
      }, by);
      if (moved === null) throw new Error('a canary was not moved');
      return moved;
    },
    decided: ({ id, revision }, event, by, result) =>
      write(async () => {
        const known = await byId(id);
        return known?.revision === revision ? movedBy(known, event, result) : null;
      }, by),
  };

  async function movedBy(
    known: Canary,
    event: CanaryEvent,
    result: CanaryResult | null,
  ): Promise<Decision> {
    const now = clock.now();
    const moved = moveCanary(known, event, now);
    if (moved === null) {
      throw fault('state_conflict', {
        detail: `The canary is ${known.state.replace('_', ' ')}; that does not allow it to ${event.kind.replace('_', ' ')}.`,
      });
    }
    const canary = { ...moved, updatedAt: now, result: isActive(moved) ? null : result };
    const write: Write = { mode: 'update', kind: 'canary', item: canary, known };
    if (event.kind !== 'promote') return { canary, writes: [write] };
    const endpoint = await freshEndpoint(known.endpointId);
    const item = { ...promotedEndpoint(endpoint, known, now), updatedAt: now };
    return {
      canary,
      writes: [{ mode: 'update', kind: 'endpoint', item, known: endpoint }, write],
    };
  }
}
