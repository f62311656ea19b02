import { Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Answered, bytes, count, duration, Empty, Id, Table, useView } from '../ui/index.ts';

const usual = { search: '' } as const;

/** The settings in force, each by the variable that it is set by. */
export function SettingsTable(): ReactNode {
  const [view, setView] = useView(usual);
  const settings = useAnswer('v1.settings.get', {});
  const wanted = view.search.trim().toLowerCase().replaceAll(/[\s_]/g, '');
  return (
    <>
      <TextInput
        label="Search"
        placeholder="retry, breaker, oidc …"
        w={{ base: '100%', sm: 320 }}
        mb="sm"
        value={view.search}
        onChange={(event) => setView({ search: event.currentTarget.value })}
      />
      <Answered of={settings} rows={10}>
        {(value) => {
          const rows = Object.entries(value).filter(
            ([name, set]) =>
              name.toLowerCase().includes(wanted) ||
              String(set ?? '')
                .toLowerCase()
                .includes(wanted),
          );
          return (
            <Table
              label="Settings in force"
              rows={rows}
              rowHeight={34}
              keyOf={([name]) => name}
              columns={[
                {
                  name: 'What',
                  width: 'minmax(210px, 1fr)',
                  cell: ([name]) => spoken(name),
                },
                {
                  name: 'Value',
                  width: 'minmax(200px, 1.3fr)',
                  cell: ([name, set]) => <Value name={name} set={set} />,
                },
                {
                  name: 'Set by',
                  width: 'minmax(290px, 1fr)',
                  cell: ([name]) => <Id>{variableOf(name)}</Id>,
                },
              ]}
              empty={<Empty title="No setting like that">Names are searched, and values.</Empty>}
            />
          );
        }}
      </Answered>
    </>
  );
}

function Value({
  name,
  set,
}: {
  readonly name: string;
  readonly set: string | number | null;
}): ReactNode {
  if (set === null || set === '') {
    return (
      <Text span c="dimmed" size="sm">
        not set
      </Text>
    );
  }
  if (typeof set === 'string') return <span title={set}>{set}</span>;
  if (name.endsWith('Ms')) return set === 0 ? 'off' : duration(set);
  if (name.endsWith('Bytes')) return set === 0 ? 'no limit' : bytes(set);
  if (name.endsWith('Percent')) return `${set} %`;
  if (name.endsWith('Days')) return `${count(set)} days`;
  return name === 'port' ? String(set) : count(set);
}

const short: Readonly<Record<string, string>> = {
  oidc: 'OpenID',
  llm: 'language model',
  url: 'URL',
  sli: 'SLI',
  cors: 'CORS',
};

/** attemptTimeoutMs: "Attempt timeout". */
function spoken(name: string): string {
  const parts = name
    .replace(/(Ms|Bytes|Percent|Days)$/, '')
    .split(/(?=[A-Z])/)
    .map((part) => part.toLowerCase())
    .map((part) => short[part] ?? part);
  const text = parts.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function variableOf(name: string): string {
  return `HOLDFAST_${name.replaceAll(/(?=[A-Z])/g, '_').toUpperCase()}`;
}
