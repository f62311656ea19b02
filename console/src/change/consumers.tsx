import { Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMay } from '../shell/index.ts';
import { Act, Moment, Section, State } from '../ui/index.ts';
import type { Contract } from './contract-words.ts';
import { Differences } from './differences.tsx';

type Consumer = Contract['consumers'][number];

/** Who said what of the payload they rely on, and what of it the version in force does not promise. */
export function Consumers({
  name,
  consumers,
}: {
  readonly name: string;
  readonly consumers: readonly Consumer[];
}): ReactNode {
  return (
    <Section title="Who relies on what">
      {consumers.length === 0 ? (
        <Text size="sm" c="dimmed">
          No consumer has said what it relies on. One that has is named by every change that would
          break it: PUT /api/v1/event-type/{name}/consumer/NAME, as the guide on contracts shows.
        </Text>
      ) : (
        <Stack gap="xs">
          {consumers.map((consumer) => (
            <One key={consumer.name} name={name} consumer={consumer} />
          ))}
        </Stack>
      )}
    </Section>
  );
}

function One({
  name,
  consumer,
}: {
  readonly name: string;
  readonly consumer: Consumer;
}): ReactNode {
  const may = useMay();
  const { name: called, description, relies, schema, unmet, updatedAt } = consumer;
  const parts = relies.map(({ path, type, unit, required }) => {
    const what = [
      Array.isArray(type) ? type.join(' or ') : type,
      unit === undefined ? null : `in ${unit}`,
    ]
      .filter(Boolean)
      .join(' ');
    return `${path}${what === '' ? '' : ` (${what})`}${required === false ? ', which may be missing' : ''}`;
  });
  return (
    <Paper withBorder p="sm" role="group" aria-label={`Consumer ${called}`}>
      <Text size="sm">
        <b>{called}</b>
        {description === '' ? '' : `: ${description}`}{' '}
        <State
          of={unmet.length === 0 ? 'met' : 'unmet'}
          tone={unmet.length === 0 ? 'good' : 'bad'}
        />
      </Text>
      <Text size="sm" c="dimmed">
        Relies on {parts.length === 0 ? '' : parts.join('; ')}
        {schema === null ? '' : `${parts.length === 0 ? '' : ', and '}a part of a schema`}. Said{' '}
        <Moment at={updatedAt} />.
      </Text>
      {unmet.length > 0 && (
        <>
          <Text size="sm" mt={4}>
            The version in force does not promise that:
          </Text>
          <Differences of={unmet} />
        </>
      )}
      {may.write && (
        <Act
          operation="v1.contract.delete-consumer"
          request={() => ({ path: { event_type_name: name, consumer_name: called } })}
          changes={['v1.contract.get']}
          name={`Remove: ${called}`}
          confirm={`No change names ${called} any more. It is a change, and can be taken back.`}
          said={`${called} is no longer named.`}
          button={{ size: 'compact-xs', variant: 'subtle' }}
        >
          Remove
        </Act>
      )}
    </Paper>
  );
}
