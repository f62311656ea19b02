import { isDeepStrictEqual } from 'node:util';
import { fault, type Clock, type IdSource } from '../core/index.ts';
import type { Acceptance, ChangeBy, ResourceKind } from '../ledger/index.ts';
import type { Collection } from './collection.ts';
import type { Commit, Committed } from './commit.ts';
import type { Draft, ItemOf, Write } from './records.ts';

/** One kind of record: reading by id, and every way to write it. */
export type Of<Item extends { readonly id: number }, Given = Draft<Item>> = {
  byId(id: number): Promise<Item | null>;
  /** Throws `conflict` where the uid (the name) is taken. */
  create(given: Given, by: ChangeBy): Promise<Item>;
  /**
   * Writes what `modify` makes of the record. Where another change comes in between, `modify` is called again with
   * what that one left, so none of the two is lost. A record that it leaves as it is, is not written.
   * Throws `conflict`, or `not_found` where there is nothing to update.
   */
  update(known: Item, modify: (known: Item) => Item, by: ChangeBy): Promise<Item>;
  /** False where there was none. What belongs to an application goes with it. */
  remove(id: number, by: ChangeBy): Promise<boolean>;
};

type Decision = { readonly writes: readonly Write[] };
type Written<Made extends Decision> = { readonly decision: Made; readonly committed: Committed };

/** What goes along with a write of one kind, where something does. */
export type Along<Item> = {
  /** What has to be written with an update. */
  readonly others?: (next: Item, known: Item) => Promise<readonly Write[]>;
  /** In the place of what an update is usually told as. */
  readonly tell?: (next: Item) => Promise<readonly Acceptance[]>;
};

/** Writes records by compare and set, and again on a fresh reading until nothing came in between. */
export type Writer = {
  of<Kind extends ResourceKind>(kind: Kind, along?: Along<ItemOf[Kind]>): Of<ItemOf[Kind]>;
  stamp<Item>(given: Draft<Item>): Item;
  /** `decide` says what is to be written, or null where all is as it should be. */
  untilWritten<Made extends Decision>(
    decide: () => Promise<Made | null>,
    by: ChangeBy,
    tell?: (decision: Made) => Promise<readonly Acceptance[]>,
  ): Promise<Written<Made> | null>;
};

export type WriterParts = {
  readonly collections: { readonly [Kind in ResourceKind]: Collection<ItemOf[Kind]> };
  readonly commit: Commit;
  readonly ids: IdSource;
  readonly clock: Clock;
  /** What a write is told as to the operator's own application. */
  readonly tellingOf: (write: Write) => Promise<readonly Acceptance[]>;
  /** What ends with a record that is removed. */
  readonly endedWith: (id: number) => readonly Write[];
};

/** Another change came in between so often only where something is wrong. */
const MOST_TRIES = 100;

export function createWriter(parts: WriterParts): Writer {
  const { collections, commit, ids, clock, tellingOf, endedWith } = parts;
  const tellAll = async ({ writes }: Decision): Promise<readonly Acceptance[]> =>
    (await Promise.all(writes.map(tellingOf))).flat();

  function stamp<Item>(given: Draft<Item>): Item {
    const now = clock.now();
    const stamped = { ...given, id: ids.next(), createdAt: now, updatedAt: now, revision: 0 };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a draft and what it lacked
    return stamped as Item;
  }

  async function untilWritten<Made extends Decision>(
    decide: () => Promise<Made | null>,
    by: ChangeBy,
    tell: (decision: Made) => Promise<readonly Acceptance[]> = tellAll,
  ): Promise<Written<Made> | null> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const decision = await decide();
      if (decision === null) return null;
      const committed = await commit(decision.writes, by, { notices: await tell(decision) });
      if (committed !== 'stale') return { decision, committed };
    }
    throw fault('overloaded', {
      retryAfterSeconds: 1,
      detail: 'Others changed the same thing again and again. Nothing was changed; try again.',
    });
  }

  function of<Kind extends ResourceKind>(
    kind: Kind,
    { others = async () => [], tell }: Along<ItemOf[Kind]> = {},
  ): Of<ItemOf[Kind]> {
    type Item = ItemOf[Kind];
    const collection: Collection<Item> = collections[kind];
    return {
      byId: (id) => collection.byId(id),
      async create(given, by) {
        const item = stamp<Item>(given);
        const made = await untilWritten(
          async () => ({ writes: [writeOf({ mode: 'create', kind, item })] }),
          by,
        );
        return { ...item, revision: made?.committed.id ?? 0 };
      },
      async update(known, modify, by) {
        let current: Item | null = known;
        const made = await untilWritten(
          async () => {
            // The first try stands on what the caller has read.
            const read = current ?? (await collection.byId(known.id));
            current = null;
            if (read === null) throw fault('not_found');
            const modified = modify(read);
            if (isDeepStrictEqual(modified, read)) {
              current = read;
              return null;
            }
            const next = { ...modified, updatedAt: clock.now() };
            const write = writeOf({ mode: 'update', kind, item: next, known: read });
            return { next, writes: [write, ...(await others(next, read))] };
          },
          by,
          tell === undefined ? undefined : ({ next }) => tell(next),
        );
        if (made === null) return current ?? known;
        const [stored] = made.committed.writes;
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the first write is the record's own
        return { ...(stored?.item as Item), revision: made.committed.id };
      },
      async remove(id, by) {
        const made = await untilWritten(async () => {
          const item = await collection.byId(id);
          if (item === null) return null;
          return { writes: [writeOf({ mode: 'delete', kind, item }), ...endedWith(id)] };
        }, by);
        return made !== null;
      },
    };
  }

  return { of, stamp, untilWritten };
}

/** Item and kind are one pair, which a type parameter does not show. */
function writeOf(write: object): Write {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return write as Write;
}
