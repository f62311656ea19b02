import { Group, Select, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import { Fault, Loading, Moment, State, Table, useView } from '../ui/index.ts';
import { LineDiff } from './line-diff.tsx';
import type { Postmortem } from './postmortem.ts';

const usual = { from: '', to: '' } as const;

/** Every version, and what differs between two of them. */
export function PostmortemVersions({ postmortem }: { readonly postmortem: Postmortem }): ReactNode {
  const [view, setView] = useView<keyof typeof usual>(usual);
  const pages = usePages('v1.postmortem.list-versions', {
    path: { incident_id: postmortem.incidentId },
    query: { limit: 100 },
  });
  if (pages.error !== null) return <Fault error={pages.error} again={pages.again} />;
  if (pages.isLoading) return <Loading />;
  const { rows } = pages;
  const newest = String(postmortem.version);
  const to = view.to === '' ? newest : view.to;
  const from = view.from === '' ? String(Math.max(1, Number(to) - 1)) : view.from;
  const textOf = (version: string): string | undefined =>
    rows.find((each) => String(each.version) === version)?.markdown;
  const [before, after] = [textOf(from), textOf(to)];
  const choices = rows.map(({ version, by }) => ({
    value: String(version),
    label: `${version}, by ${by}`,
  }));
  return (
    <Stack gap="md">
      <Table
        label="Versions"
        {...pages}
        keyOf={({ version }) => String(version)}
        onOpen={({ version }) =>
          setView({ to: String(version), from: String(Math.max(1, version - 1)) })
        }
        columns={[
          {
            name: 'Version',
            width: '150px',
            cell: ({ version, frozenAt }) => (
              <Group gap={6} wrap="nowrap">
                {version}
                {frozenAt !== null && <State of="published" />}
              </Group>
            ),
          },
          { name: 'By', width: '160px', cell: ({ by }) => by },
          { name: 'When', width: '200px', cell: ({ at }) => <Moment at={at} isAbsolute /> },
          { name: 'What is new', width: 'minmax(200px, 1fr)', cell: ({ note }) => note || '–' },
        ]}
      />
      <Group gap="sm" align="flex-end">
        <Select
          label="From version"
          data={choices}
          value={from}
          allowDeselect={false}
          onChange={(next) => setView({ from: next ?? '' })}
        />
        <Select
          label="To version"
          data={choices}
          value={to}
          allowDeselect={false}
          onChange={(next) => setView({ to: next ?? '' })}
        />
      </Group>
      {before === undefined || after === undefined ? (
        <Text size="sm" c="dimmed">
          Choose two versions of the list.
        </Text>
      ) : rows.length === 1 ? (
        <Text size="sm" c="dimmed">
          There is one version yet: it was drafted from the record.
        </Text>
      ) : (
        <LineDiff before={before} after={after} />
      )}
    </Stack>
  );
}
