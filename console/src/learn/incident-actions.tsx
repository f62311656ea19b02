import { Group, Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { usePages } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Empty, Fault, Loading, paths, Table } from '../ui/index.ts';
import { actionColumns } from './action-columns.tsx';
import { AddActionItem } from './add-action-item.tsx';

/** The action items of one incident. */
export function IncidentActions({
  incident,
  items,
}: {
  readonly incident: string;
  readonly items: ReturnType<typeof usePages<'v1.action.list-of-incident'>>;
}): ReactNode {
  const may = useMay();
  const navigate = useNavigate();
  if (items.error !== null) return <Fault error={items.error} again={items.again} />;
  if (items.isLoading) return <Loading />;
  return (
    <Stack gap="sm">
      {may.write && (
        <Group>
          <AddActionItem incident={incident} />
        </Group>
      )}
      <Table
        label="Action items of the incident"
        {...items}
        keyOf={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: paths.actionItem(id) })}
        columns={actionColumns(false)}
        rowHeight={44}
        empty={
          <Empty title="It has no action item yet">
            At severity 1 and 2, one of type prevent with an owner and a date is asked for before
            the postmortem is published.
          </Empty>
        }
      />
    </Stack>
  );
}
