import { Alert, Checkbox, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useAnswer, type AnswerOf } from '../api/index.ts';
import { Act, Loading } from '../ui/index.ts';
import { because } from './because.ts';
import type { Contract } from './contract-words.ts';
import { Comparison } from './differences.tsx';
import { isSchema } from './schema-fields.ts';

type Schemas = Readonly<Record<string, Record<string, unknown>>>;
type Checked = AnswerOf<'v1.contract.check'>;
const TYPING_MS = 500;
const LONGEST_NAME = 64;

const firstSchema = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string', description: 'What it is about.' } },
};

/** Adds a version of the schema; what it would break, and whom, is shown before it is stored. */
export function AddVersion({
  contract,
  schemas,
}: {
  readonly contract: Contract;
  readonly schemas: Schemas;
}): ReactNode {
  const { eventType: name, version: inForce, versions } = contract;
  const [version, setVersion] = useState('');
  const [text, setText] = useState('');
  const [isForced, setForced] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [settled] = useDebouncedValue(text, TYPING_MS);
  const schema = parsed(text);
  const settledSchema = parsed(settled);
  const check = useAnswer(
    'v1.contract.check',
    {
      path: { event_type_name: name },
      body: { schema: settledSchema ?? {} },
    },
    { isWanted: isOpen && settledSchema !== null },
  );
  const isTaken = versions.includes(version.trim());
  const isName = /^[\x21-\x7e]+$/.test(version.trim());
  const outcome = check.data?.outcome ?? null;
  const isChecked = text === settled && check.data !== undefined && check.error === null;
  return (
    <Act
      operation="patch_event_type"
      request={(reason) => ({
        path: { event_type_name: name },
        query: isForced ? { allow_breaking: true } : {},
        body: { schemas: { ...schemas, [version.trim()]: schema ?? {} } },
        ...because(reason),
      })}
      changes={[
        'v1.event-type.get',
        'v1.event-type.list',
        'v1.contract.get',
        'v1.contract.compatibility',
        'v1.change.list',
      ]}
      onOpen={() => {
        setOpen(true);
        setForced(false);
        setVersion(nextOf(inForce));
        setText(JSON.stringify(inForce === null ? firstSchema : schemas[inForce], null, 2));
      }}
      button={{ variant: 'filled' }}
      hotkey="v"
      isReady={
        isName && !isTaken && schema !== null && isChecked && (outcome !== 'refused' || isForced)
      }
      size="xl"
      asksReason
      verb="Store it"
      said={`Version ${version.trim()} is stored.`}
      confirm={
        <Stack gap="sm">
          <TextInput
            label="Name of the version"
            description="The highest is in force; 10 comes after 9, and 2.0.0-beta before 2.0.0."
            value={version}
            maxLength={LONGEST_NAME}
            required
            error={
              isTaken
                ? `There is a version ${version.trim()} already.`
                : version !== '' && !isName
                  ? 'Visible ASCII characters, and no blanks.'
                  : undefined
            }
            onChange={(event) => setVersion(event.currentTarget.value)}
          />
          <Textarea
            label="JSON Schema"
            description="Draft 2020-12, or draft-07 where $schema says so. x-unit says what a number is counted in."
            autosize
            minRows={8}
            maxRows={12}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
            value={text}
            required
            error={schemaError(text, check.error)}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {settledSchema !== null && check.error === null && (
            <Found
              check={check.data}
              isFirst={inForce === null}
              isForced={isForced}
              force={setForced}
            />
          )}
        </Stack>
      }
    >
      Add a version
    </Act>
  );
}

function schemaError(text: string, refused: Error | null): string | undefined {
  if (parsed(text) === null) return syntaxError(text);
  return refused === null ? undefined : refused.message;
}

const outcomes: Readonly<
  Record<NonNullable<Checked['outcome']>, { readonly color: string; readonly title: string }>
> = {
  stored: { color: 'teal', title: 'It would be stored' },
  stored_with_warning: {
    color: 'orange',
    title: 'It would be stored, and written down as a version that breaks',
  },
  refused: { color: 'red', title: 'It would be refused: the contract lets nothing break' },
};

function Found({
  check,
  isFirst,
  isForced,
  force,
}: {
  readonly check: Checked | undefined;
  readonly isFirst: boolean;
  readonly isForced: boolean;
  readonly force: (isForced: boolean) => void;
}): ReactNode {
  if (check === undefined) return <Loading rows={1} />;
  const { outcome, compatibility } = check;
  const { color, title } = outcomes[outcome ?? 'stored'];
  return (
    <Alert color={color} title={title} role="status">
      {compatibility === null ? (
        <Text size="sm">
          {isFirst
            ? 'It is the first version: there is none that it could break.'
            : 'There is nothing to compare it with.'}
        </Text>
      ) : (
        <Comparison of={compatibility} />
      )}
      {outcome === 'refused' && (
        <Group mt="sm">
          <Checkbox
            label="Store it all the same. That is written down, with my name."
            checked={isForced}
            onChange={(event) => force(event.currentTarget.checked)}
          />
        </Group>
      )}
    </Alert>
  );
}

/** The schema that a text is; null: it is none. */
function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isSchema(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function syntaxError(text: string): string {
  if (text.trim() === '') return 'Write a schema, such as {"type": "object"}.';
  try {
    JSON.parse(text);
    return 'A schema is a JSON object.';
  } catch (error) {
    return `This is no JSON: ${error instanceof Error ? error.message : ''}`;
  }
}

/** The number after the last one in a name: 2 after 1, v1.10 after v1.9. */
function nextOf(version: string | null): string {
  if (version === null) return '1';
  const match = /^(.*?)(\d+)(\D*)$/.exec(version);
  return match === null ? `${version}.1` : `${match[1]}${Number(match[2]) + 1}${match[3]}`;
}
