import { fault, type Clock } from '../core/index.ts';
import type { Change, Ledger } from '../ledger/index.ts';
import { itemOf } from './kinds.ts';
import type { Application, Write } from './records.ts';
import type { Reverting, RevertPlan } from './revert.ts';

/** A revert's plan, with what was read for it. */
export type PlannedRevert = RevertPlan & {
  readonly changes: readonly Change[];
  readonly items: ReadonlyMap<number, Write['item']>;
  /** Endpoints that were seen in applications that would go. */
  readonly owned: ReadonlyMap<number, readonly number[]>;
};

export type RevertWritesParts = {
  readonly ledger: Pick<Ledger, 'resource'>;
  readonly clock: Clock;
  /** Writes of the endpoints that take over what an application changes. */
  readonly endpointsWith: (next: Application, known: Application) => Promise<readonly Write[]>;
  /** With an endpoint goes what is tried on it. */
  readonly endOfCanary: (endpointId: number) => readonly Write[];
};

/**
 * All writes of a revert: the subjects, and what endpoints take over from their applications. Throws `change_conflict`
 * where an endpoint would come back without its application.
 */
export function createRevertWrites({
  ledger,
  clock,
  endpointsWith,
  endOfCanary,
}: RevertWritesParts): (plan: PlannedRevert) => Promise<readonly Write[]> {
  return async ({ changes, subjects, items, owned }) => {
    const now = clock.now();
    const writes = inOrder(subjects).map((subject) => writeOf(subject, items, now));
    const applications = new Map<number, Application>();
    const expected: Write[] = [];
    for (const write of writes) {
      if (write.kind === 'application' && write.mode !== 'delete') {
        applications.set(write.item.id, write.item);
      }
    }
    for (const write of writes) {
      if (write.kind !== 'endpoint' || write.mode === 'delete') continue;
      const { appId } = write.item;
      if (applications.has(appId)) continue;
      const resource = await ledger.resource({ kind: 'application', id: appId });
      if (resource === null) {
        throw fault('change_conflict', {
          detail:
            'The application of an endpoint that would come back is gone. Take back its deletion too.',
        });
      }
      const item = itemOf<Application>(resource);
      applications.set(appId, item);
      expected.push({ mode: 'expect', kind: 'application', item });
    }
    const planned = new Set(writes.map(({ item }) => item.id));
    const others: Write[] = [];
    for (const write of writes) {
      if (write.kind === 'application' && write.mode === 'update') {
        others.push(...(await endpointsWith(write.item, write.known)));
      }
    }
    const ended = writes.flatMap(({ mode, kind, item }) =>
      kind === 'endpoint' && mode === 'delete' ? endOfCanary(item.id) : [],
    );
    return [
      ...expected,
      ...ended,
      ...writes.map((write) => {
        // What was made in it since the plan was made must not go unseen.
        if (write.kind === 'application' && write.mode === 'delete') {
          return { ...write, owned: owned.get(write.item.id) ?? [] };
        }
        const application =
          write.kind === 'endpoint' ? applications.get(write.item.appId) : undefined;
        if (write.kind !== 'endpoint' || application === undefined) return write;
        const { signatureHeaders, throttleRate: applicationThrottleRate } = application;
        const item = { ...write.item, signatureHeaders, applicationThrottleRate };
        // What it takes over was left out of the plan; back at its place the document is the same to the byte.
        return { ...write, item: inOrderOf(namesOf(write, changes), item) };
      }),
      ...others.filter(({ item }) => !planned.has(item.id)),
    ];
  };
}

/** Applications come before what belongs to them, and go after it. */
function inOrder(subjects: readonly Reverting[]): readonly Reverting[] {
  const rank = ({ kind, next }: Reverting): number =>
    kind === 'application' ? (next === null ? 2 : 0) : 1;
  return subjects.toSorted((a, b) => rank(a) - rank(b));
}

function writeOf(
  { kind, subjectId, next }: Reverting,
  items: ReadonlyMap<number, Write['item']>,
  now: number,
): Write {
  const known = items.get(subjectId);
  const write =
    next === null
      ? { mode: 'delete', kind, item: known }
      : known === undefined
        ? { mode: 'create', kind, item: { ...next, updatedAt: now, revision: 0 } }
        : { mode: 'update', kind, item: { ...next, updatedAt: now }, known };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- documents of that kind, as they were stored
  return write as unknown as Write;
}

/** The names of a record's fields as they stood in its document: as it is, or was before it was deleted. */
function namesOf(write: Write, changes: readonly Change[]): readonly string[] {
  if (write.mode === 'update') return Object.keys(write.known);
  for (const { items } of changes) {
    const item = items.find(
      ({ subjectId, before }) => subjectId === write.item.id && before !== null,
    );
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a document is an object
    if (item?.before) return Object.keys(JSON.parse(item.before) as object);
  }
  return [];
}

function inOrderOf<Item extends object>(names: readonly string[], item: Item): Item {
  const place = new Map(names.map((name, index) => [name, index]));
  const entries = Object.entries(item).toSorted(
    ([one], [other]) => (place.get(one) ?? names.length) - (place.get(other) ?? names.length),
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same fields in another order
  return Object.fromEntries(entries) as Item;
}
