import type { ReactNode } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { DeadLettersTable } from '../ui/delivery/dead-letters-table.tsx';
import { Redrive } from '../ui/delivery/redrive.tsx';
import { deadLetterAnswers, useDeadLetters } from '../ui/delivery/use-dead-letters.ts';
import { Act, Empty, NothingLike, Page, useParam } from '../ui/index.ts';
import { useApplication } from './use-application.ts';
import { useReach } from './use-reach.ts';

const PER_SECOND = 50;

/** Deliveries that are out of attempts, or refused: to be sent again, or cancelled with a reason. */
export function DeadLettersPage(): ReactNode {
  const app = useParam('app');
  const navigate = useNavigate();
  const reach = useReach(app);
  const { crumbs } = useApplication(app);
  const dead = useDeadLetters(app);
  const { isLess } = dead.filters;
  const which = `all dead letters ${isLess ? 'that the filter shows' : 'of this application'} (${dead.many})`;
  return (
    <Page
      title="Dead letters"
      crumbs={crumbs}
      lead="Deliveries that are out of attempts, or were refused. Nothing is lost: they stay until somebody sends them again or cancels them."
      actions={
        reach.mayWrite &&
        dead.pages.rows.length > 0 && (
          <>
            <Redrive reach={reach} of={dead} which={which} perSecond={PER_SECOND}>
              Redrive
            </Redrive>
            <Act
              operation="v1.dead-letter.cancel"
              request={(reason) => ({ path: { app_id: app }, body: { ...dead.body, reason } })}
              changes={deadLetterAnswers}
              asksReason="must"
              confirm={`Cancels ${which}. No redrive sends them again; a replay of a single one still can.`}
              onDone={({ id }) => void navigate({ to: reach.to.act(id) })}
              button={{ color: 'red', variant: 'light' }}
            >
              Cancel all
            </Act>
          </>
        )
      }
    >
      <DeadLettersTable
        reach={reach}
        of={dead}
        label="Dead letters"
        why="Why it is dead"
        empty={
          isLess ? (
            <NothingLike of={dead.filters} title="No dead letter like that">
              Show all dead letters
            </NothingLike>
          ) : (
            <Empty title="No dead letter">
              Every delivery of this application was made, is on its way, or was cancelled.
            </Empty>
          )
        }
      />
    </Page>
  );
}
