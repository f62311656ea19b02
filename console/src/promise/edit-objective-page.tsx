import { useNavigate, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Act, Answered, Empty, Page, paths } from '../ui/index.ts';
import { ImportOpenSlo } from './import-openslo.tsx';
import { objectiveAnswers, type Objective } from './objective.ts';
import { draftOf, termsOf } from './objective-draft.ts';
import { ObjectiveEditor } from './objective-editor.tsx';

/** Alters a promise; its past is counted by the new one. */
export function EditObjectivePage(): ReactNode {
  const { name = '' }: { readonly name?: string } = useParams({ strict: false });
  const may = useMay();
  const answer = useAnswer('v1.objective.get', { path: { objective_name: name } });
  if (!may.write) {
    return (
      <Page title={`Edit ${name}`} crumbs={crumbsOf(name)}>
        <Empty title="This session may only read">
          Sign in by a token of scope write to alter an objective.
        </Empty>
      </Page>
    );
  }
  if (answer.data === undefined) {
    return (
      <Page title={`Edit ${name}`} crumbs={crumbsOf(name)}>
        <Answered of={answer} rows={8}>
          {() => null}
        </Answered>
      </Page>
    );
  }
  return <Editor objective={answer.data} />;
}

function crumbsOf(name: string): readonly { readonly text: string; readonly to: string }[] {
  return [
    { text: 'Board', to: paths.board },
    { text: name, to: paths.objective(name) },
  ];
}

function Editor({ objective }: { readonly objective: Objective }): ReactNode {
  const navigate = useNavigate();
  const { name } = objective;
  const [draft, setDraft] = useState(() => draftOf(objective));
  return (
    <Page
      title={`Edit ${name}`}
      crumbs={crumbsOf(name)}
      lead="Its past is counted anew by what it says then. It goes back like any change."
      actions={
        <>
          <ImportOpenSlo onRead={(terms) => setDraft({ ...draftOf(terms), name })} />
          <Act
            operation="v1.objective.update"
            request={() => ({ path: { objective_name: name }, body: termsOf(draft) })}
            changes={objectiveAnswers}
            isDisabled={draft.owner.trim() === ''}
            said={`${name} is in force as it says now.`}
            onDone={() => void navigate({ to: paths.objective(name) })}
            button={{ variant: 'filled' }}
          >
            Save
          </Act>
        </>
      }
    >
      <ObjectiveEditor draft={draft} set={setDraft} isNew={false} />
    </Page>
  );
}
