import type { ReactNode } from 'react';
import { Act } from '../ui/index.ts';
import { postmortemAnswers, type Postmortem } from './postmortem.ts';

/** draft → in review → published, and back with a reason. */
export function PostmortemMoves({ postmortem }: { readonly postmortem: Postmortem }): ReactNode {
  const { state, incidentId } = postmortem;
  const path = { incident_id: incidentId };
  return (
    <>
      {state === 'draft' && (
        <Act
          operation="v1.postmortem.submit"
          request={() => ({ path, body: {} })}
          changes={postmortemAnswers}
          said="In review. Others comment; it can still be edited."
          button={{ variant: 'filled' }}
        >
          Submit for review
        </Act>
      )}
      {state === 'in_review' && (
        <Act
          operation="v1.postmortem.publish"
          request={() => ({ path, body: {} })}
          changes={postmortemAnswers}
          said="Published. Its numbers are frozen."
          confirm="Its numbers are frozen as the record has them now. To change it later it goes back to a draft, and this version stays."
          button={{ variant: 'filled' }}
        >
          Publish
        </Act>
      )}
      {state !== 'draft' && (
        <Act
          operation="v1.postmortem.return"
          request={(reason) => ({ path, body: { reason } })}
          changes={postmortemAnswers}
          asksReason="must"
          said="A draft again."
          confirm={
            state === 'published'
              ? 'It becomes a draft with live numbers. What was published stays as a version.'
              : 'It becomes a draft again.'
          }
        >
          Return to a draft
        </Act>
      )}
    </>
  );
}
