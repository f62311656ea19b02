import { useState } from 'react';
import { draftOf, termsIn, type Policy } from './policy-draft.ts';
import { policyFields } from './policy-fields.ts';
import type { PolicyDraft } from './policy-values.ts';

export type PolicyDrafting = {
  readonly draft: PolicyDraft;
  readonly description: string;
  readonly set: (id: string, text: string) => void;
  readonly describe: (text: string) => void;
  /** Something is typed that the policy does not say. */
  readonly isChanged: boolean;
  /** A version is in force that is newer than what was begun from, and something is typed here. */
  readonly isStale: boolean;
  readonly discard: () => void;
  /** What is typed here is held against the newest version from now on. */
  readonly goOn: () => void;
};

/**
 * What somebody types of a policy. What somebody else saved meanwhile is taken over, unless something is typed here:
 * that stays, and they are told. `policy`: null where there is none yet.
 */
export function usePolicyDraft(policy: Policy | null): PolicyDrafting {
  const [basis, setBasis] = useState(policy);
  const [draft, setDraft] = useState(() => draftOf(policy ?? {}));
  const [description, setDescription] = useState(policy?.description ?? '');
  const isOf = (of: Policy | null): boolean =>
    description.trim() === (of?.description ?? '') &&
    JSON.stringify(termsIn(draft)) === JSON.stringify(termsIn(draftOf(of ?? {})));
  const stored = draftOf(basis ?? {});
  const isTyped =
    description !== (basis?.description ?? '') ||
    policyFields.some(({ id }) => draft[id] !== stored[id]);
  const take = (): void => {
    setBasis(policy);
    setDraft(draftOf(policy ?? {}));
    setDescription(policy?.description ?? '');
  };
  const isNewer = policy?.version !== basis?.version;
  const isStale = isNewer && isTyped && !isOf(policy);
  if (isNewer && !isStale) take();
  return {
    draft,
    description,
    set: (id, text) => setDraft((now) => ({ ...now, [id]: text })),
    describe: setDescription,
    isChanged: isTyped,
    isStale,
    discard: take,
    goOn: () => setBasis(policy),
  };
}
