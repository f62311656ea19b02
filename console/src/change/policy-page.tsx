import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Answered, Page, paths, useParam } from '../ui/index.ts';
import { PolicyEditor } from './policy-editor.tsx';
import { useMissing } from './use-missing.ts';

/** One policy: what it says and would do, whom it concerns, and how it came to say so. One that is not there yet can be made here. */
export function PolicyPage(): ReactNode {
  const name = useParam('policy');
  const answer = useAnswer('v1.policy.get', { path: { policy_name: name } });
  const isNew = useMissing(answer);
  if (answer.data !== undefined && !isNew) {
    return <PolicyEditor key="known" name={name} policy={answer.data} />;
  }
  if (isNew) return <PolicyEditor key="new" name={name} policy={null} />;
  return (
    <Page title={name} crumbs={[{ text: 'Policies', to: paths.policies }]}>
      <Answered of={answer}>{() => null}</Answered>
    </Page>
  );
}
