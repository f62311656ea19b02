import { boolean, fieldsOf, items, orNull, text } from './answers.ts';

/** A change as the API answers it. Moments are ISO 8601. */
export type ChangeAnswer = {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly via: string;
  readonly reason: string;
  readonly reverts: readonly string[];
  readonly revertedBy: string | null;
  readonly isRevertible: boolean;
  readonly items: readonly ChangeItemAnswer[];
};

export type ChangeItemAnswer = {
  readonly kind: string;
  readonly verb: string;
  readonly appId: string | null;
  readonly subjectId: string | null;
  readonly subject: string;
  readonly fields: readonly FieldAnswer[];
};

export type FieldAnswer = {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly isHidden: boolean;
};

export type ConflictAnswer = {
  readonly changeId: string;
  readonly laterId: string | null;
  readonly kind: string;
  readonly subjectId: string;
  readonly subject: string;
  readonly field: string;
  readonly now: unknown;
  readonly before: unknown;
  readonly isHidden: boolean;
};

/** A revert that was made, or its preview: then `changeId` is null. */
export type RevertAnswer = {
  readonly changeId: string | null;
  readonly reverts: readonly string[];
  readonly items: readonly ChangeItemAnswer[];
  readonly conflicts: readonly ConflictAnswer[];
  readonly warnings: readonly string[];
};

export function readChange(value: unknown): ChangeAnswer {
  const change = fieldsOf(value);
  return {
    id: text(change, 'id'),
    at: text(change, 'at'),
    actor: text(change, 'actor'),
    via: text(change, 'via'),
    reason: text(change, 'reason'),
    reverts: items(change, 'reverts').map(String),
    revertedBy: orNull(text, change, 'revertedBy'),
    isRevertible: boolean(change, 'isRevertible'),
    items: items(change, 'items').map(readItem),
  };
}

export function readRevert(value: unknown): RevertAnswer {
  const revert = fieldsOf(value);
  return {
    changeId: orNull(text, revert, 'changeId'),
    reverts: items(revert, 'reverts').map(String),
    items: items(revert, 'items').map(readItem),
    conflicts: items(revert, 'conflicts').map(readConflict),
    warnings: items(revert, 'warnings').map(String),
  };
}

function readItem(value: unknown): ChangeItemAnswer {
  const item = fieldsOf(value);
  return {
    kind: text(item, 'kind'),
    verb: text(item, 'verb'),
    appId: orNull(text, item, 'appId'),
    subjectId: orNull(text, item, 'subjectId'),
    subject: text(item, 'subject'),
    fields: items(item, 'fields').map(readField),
  };
}

function readField(value: unknown): FieldAnswer {
  const field = fieldsOf(value);
  return {
    field: text(field, 'field'),
    before: field['before'],
    after: field['after'],
    isHidden: boolean(field, 'isHidden'),
  };
}

function readConflict(value: unknown): ConflictAnswer {
  const conflict = fieldsOf(value);
  return {
    changeId: text(conflict, 'changeId'),
    laterId: orNull(text, conflict, 'laterId'),
    kind: text(conflict, 'kind'),
    subjectId: text(conflict, 'subjectId'),
    subject: text(conflict, 'subject'),
    field: text(conflict, 'field'),
    now: conflict['now'],
    before: conflict['before'],
    isHidden: boolean(conflict, 'isHidden'),
  };
}
