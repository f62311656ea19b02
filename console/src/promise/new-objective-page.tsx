import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useMay } from '../shell/index.ts';
import { Act, Empty, Page, paths, useUnsaved } from '../ui/index.ts';
import { ImportOpenSlo } from './import-openslo.tsx';
import { blank, bodyOf, draftOf, isSame, whyNotStored } from './objective-draft.ts';
import { ObjectiveEditor } from './objective-editor.tsx';
import { objectiveAnswers } from './objective.ts';

/** Makes a promise, and shows what was recorded of it before it is made. */
export function NewObjectivePage(): ReactNode {
  const may = useMay();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(blank);
  useUnsaved(!isSame(draft, blank));
  return (
    <Page
      title="New objective"
      crumbs={[{ text: 'Board', to: paths.board }]}
      lead="What share of which deliveries is to be good, over how long, kept by which team. Beside it stands how it would have gone; nothing is stored before you save."
      actions={
        may.write && (
          <>
            <ImportOpenSlo onRead={(terms) => setDraft(draftOf(terms))} />
            <Act
              operation="v1.objective.create"
              request={() => ({ body: bodyOf(draft) })}
              changes={objectiveAnswers}
              whyNot={whyNotStored(draft)}
              said={({ name }) => `${name} is promised from now on.`}
              onDone={({ name }) =>
                void navigate({ to: paths.objective(name), ignoreBlocker: true })
              }
              button={{ variant: 'filled' }}
            >
              Save
            </Act>
          </>
        )
      }
    >
      {may.write ? (
        <ObjectiveEditor draft={draft} set={setDraft} isNew />
      ) : (
        <Empty title="This session may only read">
          Sign in by a token of scope write to make an objective.
        </Empty>
      )}
    </Page>
  );
}
