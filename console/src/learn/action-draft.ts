import type { Operations } from '../api/index.ts';
import { momentField, momentIn } from '../ui/index.ts';
import { verificationOf, type ActionItem, type ActionType } from './action-item.ts';
import {
  noVerification,
  verificationDraft,
  verificationIn,
  type VerificationDraft,
} from './verification-draft.ts';

/** An action item as its fields have it: all text, until it is sent. */
export type ActionDraft = {
  readonly type: ActionType;
  readonly text: string;
  readonly owner: string;
  readonly due: string;
  readonly end: string;
  readonly verification: VerificationDraft;
};

export const blankAction: ActionDraft = {
  type: 'prevent',
  text: '',
  owner: '',
  due: '',
  end: '',
  verification: noVerification,
};

export function draftOf(item: ActionItem): ActionDraft {
  const { type, text, owner, dueAt, end } = item;
  return {
    type,
    text,
    owner,
    end,
    due: dueAt === null ? '' : momentField(Date.parse(dueAt)),
    verification: verificationDraft(verificationOf(item)),
  };
}

type Body = Operations['v1.action.create']['body'];

/** As it is sent; null: something of its verification is not filled in, or is no JSON. */
export function bodyOf({ type, text, owner, due, end, verification }: ActionDraft): Body | null {
  const given = verificationIn(verification);
  if (given === undefined || text.trim() === '') return null;
  return {
    type,
    text: text.trim(),
    owner: owner.trim(),
    dueAt: momentIn(due),
    end: end.trim(),
    verification: given,
  };
}
