import { Group, Paper, Stack, TagsInput, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer, type AnswerOf } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Act, Answered, count, Id, percent, Section, State, words } from '../ui/index.ts';

type Drift = AnswerOf<'v1.event-type.get-drift'>;
type Finding = Drift['findings'][number];

/** What changed in the payloads that nobody announced. */
export function DriftFindings({ name }: { readonly name: string }): ReactNode {
  const may = useMay();
  const answer = useAnswer(
    'v1.event-type.get-drift',
    { path: { event_type_name: name } },
    { everyMs: 30_000 },
  );
  return (
    <Section
      title="Drift"
      actions={may.write && answer.data !== undefined && <Ignore name={name} drift={answer.data} />}
    >
      <Answered of={answer} rows={1}>
        {({ findings, looked, fields, ignoredFields }) => (
          <Stack gap="xs">
            {findings.length === 0 ? (
              <Text size="sm" c="dimmed">
                {looked === 0
                  ? 'No payload was looked at yet. Holdfast learns what is normal from those that it accepts, and says when they change in a way that nobody announced.'
                  : `None in the ${count(looked)} payloads that were looked at: amounts, types and values are as they were.`}
              </Text>
            ) : (
              findings.map((finding) => <One key={finding.id} name={name} finding={finding} />)
            )}
            <Text size="xs" c="dimmed">
              {count(fields.length)} fields are known
              {ignoredFields.length === 0
                ? '.'
                : `; these raise no findings: ${ignoredFields.join(', ')}.`}
            </Text>
          </Stack>
        )}
      </Answered>
    </Section>
  );
}

function One({ name, finding }: { readonly name: string; readonly finding: Finding }): ReactNode {
  const may = useMay();
  const { id, kind, field, share, state, examples, sinceMessageId, oncePerMessages, repeats } =
    finding;
  return (
    <Paper withBorder p="sm" role="group" aria-label={`Finding: ${words(kind)} of ${field}`}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={2} style={{ flex: '1 1 300px', minWidth: 0 }}>
          <Text size="sm" component="div">
            <State of={state} tone={state === 'open' ? 'warn' : 'quiet'} /> {sentence(finding)}
          </Text>
          <Text size="sm" c="dimmed">
            {share === null ? '' : `In about ${percent(share)} of the messages, since `}
            {share === null ? 'Since ' : ''}
            <Id>{sinceMessageId}</Id>
            {repeats > 0 ? `; found ${count(repeats)} times again` : ''}. Chance alone does this
            once in {count(oncePerMessages)} messages at most.
          </Text>
          {examples.length > 0 && (
            <Text size="sm" c="dimmed">
              Examples:{' '}
              {examples.map(({ value }) => (value === null ? 'nothing' : String(value))).join(', ')}
            </Text>
          )}
        </Stack>
        {may.write && state === 'open' && (
          <Act
            operation="v1.event-type.accept-drift"
            request={() => ({ path: { event_type_name: name, finding: String(id) } })}
            changes={['v1.event-type.get-drift', 'v1.change.list']}
            name={`It is right so: ${field}`}
            confirm="The new level is taken as normal from now on, and is not reported again."
            said="Taken as normal."
          >
            It is right so
          </Act>
        )}
      </Group>
    </Paper>
  );
}

function sentence({ kind, field, factor, value }: Finding): string {
  switch (kind) {
    case 'shift':
      return `${field} is ${factor === null ? 'shifted' : factorWords(factor)}.`;
    case 'vanished':
      return `${field} is missing.`;
    case 'new_value':
      return `${field} has a value that it never had: ${value ?? ''}.`;
    default:
      return `${field} has another type: ${value ?? ''}.`;
  }
}

function factorWords(factor: number): string {
  return factor >= 1
    ? `${count(factor)} times as large`
    : `${count(Math.round(1 / factor))} times smaller`;
}

function Ignore({ name, drift }: { readonly name: string; readonly drift: Drift }): ReactNode {
  const [fields, setFields] = useState<readonly string[]>([]);
  return (
    <Act
      operation="v1.event-type.set-drift"
      request={() => ({ path: { event_type_name: name }, body: { ignoredFields: [...fields] } })}
      changes={['v1.event-type.get-drift', 'v1.change.list']}
      onOpen={() => setFields(drift.ignoredFields)}
      verb="Save"
      said="Saved. It is a change."
      confirm={
        <TagsInput
          label="Fields that raise no findings"
          description="With what is below them. Each ended by Enter, such as metadata or customer.id."
          data={drift.fields.map(({ field }) => field)}
          value={[...fields]}
          onChange={setFields}
        />
      }
    >
      Fields to ignore
    </Act>
  );
}
