import { Alert, Button, Group, Text } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Act, Answered, Empty, Page, paths, To, useUnsaved } from '../ui/index.ts';
import { ImportOpenSlo } from './import-openslo.tsx';
import { draftOf, isSame, termsOf, whyNotStored } from './objective-draft.ts';
import { ObjectiveEditor } from './objective-editor.tsx';
import { objectiveAnswers, type Objective } from './objective.ts';

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
  /** What was begun from. */
  const [basis, setBasis] = useState(draft);
  const stored = draftOf(objective);
  const isChanged = !isSame(draft, basis);
  const isNewer = !isSame(stored, basis);
  const takeTheirs = (): void => {
    setBasis(stored);
    setDraft(stored);
  };
  if (isNewer && (!isChanged || isSame(draft, stored))) takeTheirs();
  useUnsaved(isChanged);
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
            whyNot={
              whyNotStored(draft) ??
              (isNewer
                ? 'Somebody else changed it: choose whose is to go on.'
                : isChanged
                  ? undefined
                  : 'It says so already: nothing is changed.')
            }
            said={`${name} is in force as it says now.`}
            onDone={() => void navigate({ to: paths.objective(name), ignoreBlocker: true })}
            button={{ variant: 'filled' }}
          >
            Save
          </Act>
        </>
      }
    >
      {isNewer && (
        <Alert color="orange" title="Somebody else changed it while you typed" role="status">
          <Text size="sm" mb="xs">
            Yours is kept here. What they changed stands in <To to={paths.changes}>the changes</To>.
          </Text>
          <Group gap="xs">
            <Button size="xs" onClick={() => setBasis(stored)}>
              Go on with mine
            </Button>
            <Button size="xs" variant="default" onClick={takeTheirs}>
              Take theirs
            </Button>
          </Group>
        </Alert>
      )}
      <ObjectiveEditor draft={draft} set={setDraft} isNew={false} />
    </Page>
  );
}
