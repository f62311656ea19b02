import { timeOfId, type IdKind, type IdText } from '../core/index.ts';
import {
  allFields,
  differences,
  fieldsOf,
  isForAdmins,
  isRevertible,
  kinds,
  type Conflict,
  type Fields,
  type Reverting,
  type RevertPreview,
} from '../change/index.ts';
import {
  resourceKinds,
  type Change,
  type ChangeItem,
  type ChangeKind,
  type ChangeVerb,
} from '../ledger/index.ts';
import { momentText } from './moment.ts';

/** Kinds whose ids are known outside; the others go by their names. */
const idKinds: { readonly [Kind in ChangeKind]?: IdKind } = {
  application: 'application',
  endpoint: 'endpoint',
  token: 'token',
  policy: 'policy',
  notifier: 'notifier',
  incident_rule: 'incidentRule',
  route: 'route',
  maintenance: 'maintenance',
  objective: 'objective',
  pause: 'pause',
};

type FieldView = {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly isHidden: boolean;
};

/** @param isAdmin what admins alone may see is told of otherwise, without a field of it. */
export function changeView(change: Change, idText: IdText, isAdmin: boolean): object {
  const { id, actor, via, reason, reverts, revertedBy, items } = change;
  const text = (changeId: number): string => idText.format('change', changeId);
  return {
    id: text(id),
    at: momentText(timeOfId(id)),
    actor,
    via,
    reason,
    reverts: reverts.map(text),
    revertedBy: revertedBy === null ? null : text(revertedBy),
    isRevertible: isRevertible(change),
    items: items.map((item) => itemView(item, idText, isAdmin)),
  };
}

export function revertView(preview: RevertPreview, idText: IdText): object {
  const { changeId, changes, subjects, conflicts, warnings } = preview;
  return {
    changeId: changeId === null ? null : idText.format('change', changeId),
    reverts: changes.map(({ id }) => idText.format('change', id)),
    items: subjects.map((subject) => revertingView(subject, idText)),
    conflicts: conflicts.map((conflict) => conflictView(conflict, idText)),
    warnings,
  };
}

function itemView(item: ChangeItem, idText: IdText, isAdmin: boolean): object {
  const { kind, verb, appId, subjectId, subject, before, after } = item;
  const isShown = isAdmin || !isForAdmins(kind);
  return {
    kind,
    verb,
    // A token is known by its hash, which nobody needs.
    subject: kind === 'token' ? '' : subject,
    appId: appId === 0 ? null : idText.format('application', appId),
    subjectId: subjectText(kind, subjectId, idText),
    fields: isShown ? fieldViews(kind, parsed(before), parsed(after)) : [],
  };
}

function revertingView({ kind, subjectId, subject, now, next }: Reverting, idText: IdText): object {
  const verb: ChangeVerb = now === null ? 'created' : next === null ? 'deleted' : 'updated';
  const appId = kind === 'application' ? subjectId : Number((next ?? now)?.['appId'] ?? 0);
  return {
    kind,
    verb,
    subject,
    appId: appId === 0 ? null : idText.format('application', appId),
    subjectId: subjectText(kind, subjectId, idText),
    fields: fieldViews(kind, now, next),
  };
}

function conflictView(conflict: Conflict, idText: IdText): object {
  const { changeId, laterId, kind, subjectId, subject, path, now, before } = conflict;
  const isHidden = path.length === 0 || isHiddenField(kind, path[0]);
  return {
    changeId: idText.format('change', changeId),
    laterId: laterId === null ? null : idText.format('change', laterId),
    kind,
    subject,
    subjectId: subjectText(kind, subjectId, idText) ?? '',
    field: path.join('.'),
    now: isHidden ? null : (now ?? null),
    before: isHidden ? null : (before ?? null),
    isHidden,
  };
}

/** Documents of our own, by field and without their stamps; what was seen or told elsewhere as it was recorded. */
function fieldViews(kind: ChangeKind, before: unknown, after: unknown): readonly FieldView[] {
  if (isFields(before) && isFields(after)) {
    return differences(before, after).map(({ path, before: old, after: now }) =>
      fieldView(kind, path, old, now),
    );
  }
  if (isFields(after) && before === null) {
    const fields = isOwn(kind) ? allFields(after) : Object.entries(after);
    return fields.map(([name, value]) => fieldView(kind, [name], null, value));
  }
  if (isFields(before) && after === null) {
    return allFields(before).map(([name, value]) => fieldView(kind, [name], value, null));
  }
  return [fieldView(kind, [kind], before, after)];
}

function fieldView(
  kind: ChangeKind,
  path: readonly string[],
  before: unknown,
  after: unknown,
): FieldView {
  const isHidden = isHiddenField(kind, path[0]);
  return {
    field: path.join('.'),
    before: isHidden ? null : (before ?? null),
    after: isHidden ? null : (after ?? null),
    isHidden,
  };
}

function isOwn(kind: ChangeKind): boolean {
  return resourceKinds.some((each) => each === kind);
}

function isHiddenField(kind: ChangeKind, name = ''): boolean {
  const known = resourceKinds.find((each) => each === kind);
  return known !== undefined && kinds[known].hidden.includes(name);
}

function subjectText(kind: ChangeKind, id: number | null, idText: IdText): string | null {
  const idKind = idKinds[kind];
  return idKind === undefined || id === null ? null : idText.format(idKind, id);
}

function parsed(doc: string | null): unknown {
  return fieldsOf(doc);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
