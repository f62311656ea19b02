import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Act } from '../ui/index.ts';
import { blank, bodyOf, hindrancesOf } from './canary-draft.ts';
import { CanaryForm } from './canary-form.tsx';
import { canaryAnswers, type CanaryPath } from './canary.ts';

/** Begins a canary of an endpoint: what it tries, and by which schedule. */
export function StartCanary({ path }: { readonly path: CanaryPath }): ReactNode {
  const [draft, setDraft] = useState(blank);
  const endpoint = useAnswer('v1.endpoint.get', { path });
  const url = endpoint.data?.url ?? '';
  const body = bodyOf(draft);
  const errors = hindrancesOf(draft, url);
  return (
    <Act
      operation="v1.canary.start"
      request={(reason) => ({ path, body: { ...body, ...(reason === '' ? {} : { reason }) } })}
      changes={canaryAnswers}
      button={{ variant: 'filled' }}
      onOpen={() => setDraft({ ...blank, url })}
      isReady={body !== null && Object.keys(errors).length === 0}
      asksReason
      size="lg"
      said="The canary begins with the next messages."
      confirm={<CanaryForm draft={draft} set={setDraft} errors={errors} url={url} />}
    >
      Start a canary
    </Act>
  );
}
