import { Grid, Group } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Answered, Copy, Id, KeyHelp, Moment, Page, paths } from '../ui/index.ts';
import { ActionState } from './action-columns.tsx';
import { What, OfIncident } from './action-facts.tsx';
import type { ActionItem } from './action-item.ts';
import { Moves } from './action-moves.tsx';
import { ActionVerification } from './action-verification.tsx';

/** One action item: what, whose, until when, and whether it holds. */
export function ActionItemPage(): ReactNode {
  const { item: id = '' }: { readonly item?: string } = useParams({ strict: false });
  const may = useMay();
  const answer = useAnswer('v1.action.get', { path: { item_id: id } });
  const item = answer.data;
  return (
    <Page
      title={item?.text ?? 'Action item'}
      crumbs={[{ text: 'Action items', to: paths.actionItems }]}
      badge={item !== undefined && <ActionState item={item} />}
      lead={
        item !== undefined && (
          <Group gap={4} component="span">
            {whoWhen(item)} <Id>{item.id}</Id>
            <Copy text={item.id} what="the id" />
          </Group>
        )
      }
      actions={
        <>
          {item !== undefined && may.write && <Moves item={item} />}
          <KeyHelp />
        </>
      }
    >
      <Answered of={answer} rows={8}>
        {(found) => (
          <Grid gap="lg">
            <Grid.Col span={{ base: 12, md: 7 }}>
              <ActionVerification item={found} />
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 5 }}>
              <What item={found} />
              <OfIncident item={found} />
            </Grid.Col>
          </Grid>
        )}
      </Answered>
    </Page>
  );
}

function whoWhen({ owner, dueAt, state }: ActionItem): ReactNode {
  const whose = owner === '' ? 'Nobody owns it yet' : `${owner} owns it`;
  if (state !== 'open') return `${whose}.`;
  return (
    <span>
      {whose};{' '}
      {dueAt === null ? (
        'it has no date.'
      ) : (
        <>
          it is due <Moment at={dueAt} />.
        </>
      )}
    </span>
  );
}
