import type { ChangeKind, Resource, ResourceKind } from '../ledger/index.ts';
import { isActive } from './canary/canary.ts';
import type { Fields } from './difference.ts';
import { uidOfPause } from './pauses/pause.ts';
import type { ItemOf } from './records.ts';

type Traits<Item> = {
  readonly appIdOf: (item: Item) => number;
  readonly uidOf: (item: Item) => string | null;
  /** What the uid is called outside. */
  readonly uidName: string;
  /** Fields that are never shown, only that they changed. */
  readonly hidden: readonly string[];
  /** Fields that it takes over from its application, where sending needs them. */
  readonly derived: readonly string[];
  /** Tokens are no configuration that one goes back to: one that was revoked stays so. */
  readonly isRevertible: boolean;
};

/** Of no application, known by its name, and nothing special. */
const named: Traits<{ readonly name: string }> = {
  appIdOf: () => 0,
  uidOf: ({ name }) => name,
  uidName: 'name',
  hidden: [],
  derived: [],
  isRevertible: true,
};

/** What is told apart by kind, where all else is the same for every record of configuration. */
export const kinds: { readonly [Kind in ResourceKind]: Traits<ItemOf[Kind]> } = {
  application: {
    appIdOf: () => 0,
    uidOf: ({ uid }) => uid,
    uidName: 'uid',
    hidden: [],
    derived: [],
    isRevertible: true,
  },
  endpoint: {
    appIdOf: ({ appId }) => appId,
    uidOf: ({ uid }) => uid,
    uidName: 'uid',
    hidden: ['secrets', 'sealedHeaders'],
    derived: ['signatureHeaders', 'applicationThrottleRate'],
    isRevertible: true,
  },
  event_type: named,
  token: {
    appIdOf: () => 0,
    uidOf: ({ hash }) => hash,
    uidName: 'hash',
    hidden: ['hash'],
    derived: [],
    isRevertible: false,
  },
  policy: named,
  canary: {
    appIdOf: ({ appId }) => appId,
    // One that goes on at an endpoint at a time.
    uidOf: (canary) => (isActive(canary) ? `endpoint ${canary.endpointId}` : null),
    uidName: 'endpoint_id',
    hidden: ['sealedHeaders', 'sealedSecret'],
    derived: [],
    isRevertible: false,
  },
  notifier: { ...named, hidden: ['sealedSecret'] },
  route: named,
  objective: named,
  incident_rule: named,
  // A window that was over is not begun again by going back.
  maintenance: {
    appIdOf: () => 0,
    uidOf: () => null,
    uidName: 'id',
    hidden: [],
    derived: [],
    isRevertible: false,
  },
  pause: {
    appIdOf: ({ appId }) => appId,
    uidOf: uidOfPause,
    uidName: 'eventType',
    hidden: [],
    derived: [],
    isRevertible: true,
  },
};

/** Kinds that only tokens of scope admin may see and change, whichever way they come to it. */
export function isForAdmins(kind: ChangeKind): boolean {
  return kind === 'notifier' || kind === 'route' || kind === 'incident_rule' || kind === 'token';
}

/**
 * A canary that was promoted stays so: what it wrote to the endpoint goes back without it. Its other changes are the
 * story of a trial, and altered nothing that could go back.
 */
export function isPassedOver(kind: ChangeKind): boolean {
  return kind === 'canary';
}

/** A record as the ledger keeps it: the revision is a column, all else one document. */
export function resourceOf<Kind extends ResourceKind>(
  kind: Kind,
  item: ItemOf[Kind],
): Omit<Resource, 'revision'> {
  const { appIdOf, uidOf } = kinds[kind];
  const { id, createdAt, updatedAt } = item;
  return {
    kind,
    id,
    createdAt,
    updatedAt,
    appId: appIdOf(item),
    uid: uidOf(item),
    doc: JSON.stringify(withoutRevision(item)),
  };
}

/** The record's document: its revision is kept beside it. */
export function withoutRevision(item: object): Fields {
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'revision'));
}

/** Documents are written by `resourceOf` and by nobody else. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the kind in the row decides
export function itemOf<Item>({ doc, revision }: Pick<Resource, 'doc' | 'revision'>): Item {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return { ...(JSON.parse(doc) as object), revision } as Item;
}
