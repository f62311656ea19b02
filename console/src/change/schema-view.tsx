import { Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Answered, Empty, Payload, Section, Table, useView } from '../ui/index.ts';
import { Clip } from './clip.tsx';
import { fieldsOf, type SchemaField } from './schema-fields.ts';

type Schemas = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const usual = { version: '', as: 'fields' } as const;

/** The schema of a version: its fields, its text, or an example of a payload. */
export function SchemaView({
  name,
  schemas,
  versions,
  inForce,
}: {
  readonly name: string;
  readonly schemas: Schemas;
  readonly versions: readonly string[];
  readonly inForce: string | null;
}): ReactNode {
  const [view, setView] = useView(usual);
  const version = versions.includes(view.version) ? view.version : (inForce ?? '');
  const schema = schemas[version];
  if (schema === undefined) {
    return (
      <Section title="Schema">
        <Empty title="No schema yet">
          Without one nobody is told what a payload looks like, and none is checked. “Add a version”
          above begins with version 1; sending goes on as before.
        </Empty>
      </Section>
    );
  }
  return (
    <Section
      title="Schema"
      actions={
        <Group gap="xs">
          <Select
            size="xs"
            w={170}
            aria-label="Version"
            data={versions.map((value) => ({
              value,
              label: value === inForce ? `version ${value}, in force` : `version ${value}`,
            }))}
            value={version}
            allowDeselect={false}
            onChange={(next) => setView({ version: next === inForce ? '' : (next ?? '') })}
          />
          <SegmentedControl
            size="xs"
            aria-label="Shown as"
            data={['fields', 'text', 'example']}
            value={view.as}
            onChange={(as) => setView({ as })}
          />
        </Group>
      }
    >
      {view.as === 'text' ? (
        <Payload label={`JSON Schema, version ${version}`} text={JSON.stringify(schema, null, 2)} />
      ) : view.as === 'example' ? (
        <Example name={name} version={version} />
      ) : (
        <FieldTable fields={fieldsOf(schema)} />
      )}
    </Section>
  );
}

function FieldTable({ fields }: { readonly fields: readonly SchemaField[] }): ReactNode {
  return (
    <Table<SchemaField>
      label="Fields"
      rows={fields.map((field, nth) => ({ ...field, nth }))}
      rowHeight={32}
      keyOf={(field) => `${fields.indexOf(field)} ${field.path}`}
      columns={[
        { name: 'Field', width: 'minmax(160px, 1.2fr)', cell: ({ path }) => path },
        { name: 'Type', width: '150px', cell: ({ type }) => type },
        { name: 'Required', width: '90px', cell: ({ isRequired }) => (isRequired ? 'yes' : 'no') },
        {
          name: 'What it says of it',
          width: 'minmax(200px, 2fr)',
          cell: ({ notes }) => <Clip text={notes || '–'} />,
        },
      ]}
      empty={
        <Text size="sm" c="dimmed">
          This schema names no fields. Its text has all that it says.
        </Text>
      }
    />
  );
}

function Example({
  name,
  version,
}: {
  readonly name: string;
  readonly version: string;
}): ReactNode {
  const example = useAnswer('v1.event-type.get-example', {
    path: { event_type_name: name },
    query: { version },
  });
  return (
    <Answered of={example} rows={2}>
      {({ payload }) => (
        <Stack gap={4}>
          <Payload
            label={`Example of version ${version}`}
            text={JSON.stringify(payload, null, 2)}
          />
          <Text size="xs" c="dimmed">
            Made of the schema: of its examples where it has some, of its types otherwise.
          </Text>
        </Stack>
      )}
    </Answered>
  );
}
