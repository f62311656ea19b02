import { Select, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Act } from '../ui/index.ts';
import { incidentAnswers, type Incident } from './incident.ts';

/** Makes it a part of another one that has not ended. */
export function MergeInto({ incident }: { readonly incident: Incident }): ReactNode {
  const [into, setInto] = useState<string | null>(null);
  const open = useAnswer('v1.incident.list', { query: { limit: 250, open: true } });
  const others = (open.data?.data ?? []).filter(({ id }) => id !== incident.id);
  if (others.length === 0) return null;
  return (
    <Act
      operation="v1.incident.merge"
      request={() => ({ path: { incident_id: incident.id }, body: { into: into ?? '' } })}
      changes={incidentAnswers}
      onOpen={() => setInto(null)}
      said="Merged. What is in force goes on in the other one."
      isReady={into !== null}
      confirm={
        <Stack gap="sm">
          <Text size="sm">
            It is final. Mitigations in force go over to the other one, and are undone from there.
          </Text>
          <Select
            label="Into which incident"
            data={others.map(({ id, title, severity }) => ({
              value: id,
              label: `${title} (severity ${severity})`,
            }))}
            value={into}
            onChange={setInto}
            searchable
            required
            data-autofocus
          />
        </Stack>
      }
    >
      Merge into another
    </Act>
  );
}
