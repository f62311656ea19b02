import { SimpleGrid, Stack, TagsInput, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import type { FieldsProps } from './objective-fields.tsx';

const MOST = 250;

/** Of which deliveries. */
export function SliceFields({ draft, change, errorOf }: FieldsProps): ReactNode {
  const isTold = draft.indicator !== 'accounted';
  const applications = useAnswer(
    'v1.application.list',
    { query: { limit: MOST } },
    { isWanted: isTold },
  );
  const types = useAnswer('v1.event-type.list', { query: { limit: MOST } }, { isWanted: isTold });
  if (!isTold) {
    return (
      <Text size="sm" c="dimmed">
        The audit counts over all deliveries: there is no slice to choose.
        {errorOf('slice') !== undefined && <> {errorOf('slice')}</>}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600}>
        Which deliveries. What is empty means all; all that is named must hold.
      </Text>
      {errorOf('slice') !== undefined && (
        <Text size="sm" c="red" role="alert">
          {errorOf('slice')}
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TagsInput
          label="Applications"
          description="By uid or id."
          data={applications.data?.data.map(({ uid, id }) => uid ?? id) ?? []}
          value={[...draft.appIds]}
          onChange={(appIds) => change({ appIds })}
        />
        <TagsInput
          label="Event types"
          description="By name."
          data={types.data?.data.map(({ name }) => name) ?? []}
          value={[...draft.eventTypes]}
          onChange={(eventTypes) => change({ eventTypes })}
        />
        <TagsInput
          label="Endpoints"
          description="By id, or application/endpoint by uids."
          value={[...draft.endpointIds]}
          onChange={(endpointIds) => change({ endpointIds })}
        />
        <TagsInput
          label="Applications whose metadata says"
          description="Such as tier=gold."
          value={[...draft.applicationMetadata]}
          onChange={(applicationMetadata) => change({ applicationMetadata })}
        />
        <TagsInput
          label="Endpoints whose metadata says"
          description="Such as region=eu."
          value={[...draft.endpointMetadata]}
          onChange={(endpointMetadata) => change({ endpointMetadata })}
        />
      </SimpleGrid>
    </Stack>
  );
}
