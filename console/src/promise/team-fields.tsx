import { SimpleGrid, TagsInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import type { FieldsProps } from './objective-fields.tsx';

/** Who keeps it, and who relies on it. */
export function TeamFields({ draft, change, errorOf }: FieldsProps): ReactNode {
  const board = useAnswer('v1.board.get', {});
  const teams = [
    ...new Set(
      [...(board.data?.owners ?? []), ...(board.data?.consumers ?? [])].map(({ team }) => team),
    ),
  ];
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <TextInput
        label="Kept by"
        description="The team that acts on its alerts."
        value={draft.owner}
        error={errorOf('owner')}
        onChange={(event) => change({ owner: event.currentTarget.value })}
        required
      />
      <TagsInput
        label="Relied on by"
        description="Teams; each ended by Enter."
        data={teams}
        value={[...draft.consumers]}
        error={errorOf('consumers')}
        onChange={(consumers) => change({ consumers })}
      />
    </SimpleGrid>
  );
}
