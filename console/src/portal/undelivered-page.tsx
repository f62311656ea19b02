import type { ReactNode } from 'react';
import { ActsTable } from '../ui/delivery/acts-table.tsx';
import { DeadLettersTable } from '../ui/delivery/dead-letters-table.tsx';
import { Redrive } from '../ui/delivery/redrive.tsx';
import { useDeadLetters } from '../ui/delivery/use-dead-letters.ts';
import { Empty, NothingLike, Page, Section } from '../ui/index.ts';
import { actNames } from './act-names.ts';
import { useReach } from './use-reach.ts';

/** So that no receiver is flooded by what it missed. */
const PER_SECOND = 20;

/** Deliveries that nothing is tried of any more: to be sent again, one or many. */
export function UndeliveredPage(): ReactNode {
  const reach = useReach();
  const dead = useDeadLetters(reach.app);
  const { isLess } = dead.filters;
  const which = `${isLess ? 'all that the filter shows' : 'all of them'} (${dead.many})`;
  return (
    <Page
      title="Not delivered"
      lead="Deliveries whose attempts all failed, the newest first. They are kept: mend what they failed of, then send them again."
      actions={
        dead.pages.rows.length > 0 && (
          <Redrive reach={reach} of={dead} which={which} perSecond={PER_SECOND}>
            Send again
          </Redrive>
        )
      }
    >
      <DeadLettersTable
        reach={reach}
        of={dead}
        label="Not delivered"
        why="Why"
        empty={
          isLess ? (
            <NothingLike of={dead.filters} title="Nothing like that">
              Show all
            </NothingLike>
          ) : (
            <Empty title="Everything was delivered, or is on its way">
              A delivery stands here once all of its attempts have failed.
            </Empty>
          )
        }
      />
      <Section title="What was sent again">
        <ActsTable
          reach={reach}
          label="What was sent again"
          titles={actNames}
          empty={
            <Empty title="Nothing yet">
              What you send again is listed here, with its progress.
            </Empty>
          }
        />
      </Section>
    </Page>
  );
}
