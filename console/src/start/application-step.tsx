import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Act, Fault, paths, To } from '../ui/index.ts';
import { Step } from './step.tsx';

/** A customer: made, or chosen among those that are there. */
export function ApplicationStep({
  app,
  onChosen,
}: {
  readonly app: string;
  readonly onChosen: (id: string) => void;
}): ReactNode {
  const [name, setName] = useState('My first customer');
  const known = useAnswer('v1.application.list', { query: { limit: 50, order: 'descending' } });
  const chosen = useAnswer(
    'v1.application.get',
    { path: { app_id: app } },
    { isWanted: app !== '' },
  );
  const others = known.data?.data ?? [];
  return (
    <Step
      nth={1}
      title="An application: one customer"
      isDone={app !== '' && chosen.error === null}
      isOpen
    >
      {app !== '' ? (
        <Group gap="sm">
          {chosen.error === null ? (
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              <To to={paths.application(app)}>{chosen.data?.name ?? app}</To>
            </Text>
          ) : (
            <Fault error={chosen.error} />
          )}
          <Button size="xs" variant="subtle" onClick={() => onChosen('')}>
            Choose another
          </Button>
        </Group>
      ) : (
        <Stack gap="sm">
          <Group align="end" gap="sm">
            <TextInput
              label="Name"
              value={name}
              maxLength={256}
              w={{ base: '100%', xs: 280 }}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Act
              operation="v1.application.create"
              request={() => ({ body: { name: name.trim() } })}
              changes={['v1.application.list']}
              isDisabled={name.trim() === ''}
              said="The application is made."
              onDone={({ id }) => onChosen(id)}
              button={{ variant: 'filled', size: 'sm' }}
            >
              Create application
            </Act>
          </Group>
          {others.length > 0 && (
            <Select
              label="Or one that is there"
              placeholder="Choose"
              searchable
              w={{ base: '100%', xs: 280 }}
              data={others.map(({ id, name: label }) => ({ value: id, label }))}
              value={null}
              onChange={(id) => {
                if (id !== null) onChosen(id);
              }}
            />
          )}
        </Stack>
      )}
    </Step>
  );
}
