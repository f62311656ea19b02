import type { StoredActionItem, StoredPostmortem, StoredVersion } from '../ledger/index.ts';
import type { ActionItem } from './action-item.ts';
import type { Postmortem, PostmortemVersion } from './postmortem.ts';

/** Documents of reviews are written here and by nobody else. */

export function postmortemOf(stored: StoredPostmortem | null): Postmortem | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return stored === null ? null : (JSON.parse(stored.doc) as Postmortem);
}

export function versionOf({ doc }: StoredVersion): PostmortemVersion {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return JSON.parse(doc) as PostmortemVersion;
}

export function actionItemOf({ doc }: StoredActionItem): ActionItem {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return JSON.parse(doc) as ActionItem;
}

export function storedPostmortem(postmortem: Postmortem): StoredPostmortem {
  return { incidentId: postmortem.incidentId, doc: JSON.stringify(postmortem) };
}

export function storedVersion(version: PostmortemVersion): StoredVersion {
  const { incidentId, nth } = version;
  return { incidentId, nth, doc: JSON.stringify(version) };
}

export function storedActionItem(item: ActionItem): StoredActionItem {
  const { id, incidentId, dueAt, state } = item;
  return { id, incidentId, dueAt, isOpen: state === 'open', doc: JSON.stringify(item) };
}
