import { fault } from '../../core/index.ts';
import type { ChangeBy, Ledger } from '../../ledger/index.ts';
import { itemOf } from '../kinds.ts';
import type { Draft, Write } from '../records.ts';
import type { Of } from '../writer.ts';
import { HeldPauses, type PauseLookup } from './held-pauses.ts';
import type { Pause } from './pause.ts';

/** Pauses of applications, event types and the service. Each begins and ends by a change. */
export type Pauses = PauseLookup & {
  /** The oldest first, from memory. */
  list(): readonly Pause[];
  byId(id: number): Pause | null;
  /** Throws `conflict` where the same is paused already, `validation` where there are too many. */
  begin(given: Draft<Pause>, by: ChangeBy): Promise<Pause>;
  /** Another reason or rate. */
  update: Of<Pause>['update'];
  /** False where there was none. */
  end(id: number, by: ChangeBy): Promise<boolean>;
  /** Reads them from the ledger: once, before anything is delivered. */
  load(): Promise<void>;
  /** Called after a pause began or ended, with the application whose deliveries it is about; 0: all. */
  onChange(listen: (appId: number) => void): void;
};

/** All of them are in memory. */
const MOST_PAUSES = 1000;

/** @returns also what has to hear of every write that is durable, and of what went with an application. */
export function createPauses({
  ledger,
  create,
  update,
  remove,
}: Pick<Of<Pause>, 'create' | 'update' | 'remove'> & {
  readonly ledger: Pick<Ledger, 'resourcesOfKind'>;
}): {
  readonly pauses: Pauses;
  readonly written: (write: Write) => void;
  readonly deleted: (id: number) => void;
} {
  const held = new HeldPauses();
  const listeners: ((appId: number) => void)[] = [];
  const tell = (appId: number): void => {
    for (const listen of listeners) listen(appId);
  };
  function deleted(id: number): void {
    const known = held.forget(id);
    if (known !== null) tell(known.appId);
  }
  function written(write: Write): void {
    if (write.kind !== 'pause' || write.mode === 'expect') return;
    if (write.mode === 'delete') deleted(write.item.id);
    else if (held.keep(write.item)) tell(write.item.appId);
  }
  const pauses: Pauses = {
    get generation() {
      return held.generation;
    },
    of: (appId) => held.of(appId),
    typesOf: (appId) => held.typesOf(appId),
    resumeEveryMs: (appId) => held.resumeEveryMs(appId),
    list: () => held.all().toSorted((one, other) => one.id - other.id),
    byId: (id) => held.all().find((pause) => pause.id === id) ?? null,
    async begin(given, by) {
      if (held.all().length >= MOST_PAUSES) {
        const detail = `There are ${MOST_PAUSES} pauses already, which is the most. End one first.`;
        throw fault('validation', { field: 'body', detail });
      }
      return create(given, by);
    },
    update,
    end: remove,
    async load() {
      let afterId: number | undefined;
      for (;;) {
        const page = { afterId, limit: MOST_PAUSES, descending: false };
        const rows = await ledger.resourcesOfKind({ kind: 'pause', ...page });
        for (const row of rows) held.keep(itemOf<Pause>(row));
        if (rows.length < MOST_PAUSES) return;
        afterId = rows.at(-1)?.id;
      }
    },
    onChange: (listen) => void listeners.push(listen),
  };
  return { pauses, written, deleted };
}
