import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Act, Empty, Fault, hoursWords, Loading, Page, paths, State, Table } from '../ui/index.ts';
import { EditRule, type Rule } from './edit-rule.tsx';

const rulesChanged = ['v1.incident-rule.list', 'v1.change.list'] as const;

/** Which alerts open an incident, and what Holdfast may do about them by itself. */
export function RulesPage(): ReactNode {
  const may = useMay();
  const pages = usePages('v1.incident-rule.list', { query: { limit: 250 } });
  // The first that matches decides, so they stand in the order in which they are asked.
  const rows = pages.rows.toSorted(
    (one, other) => one.position - other.position || one.name.localeCompare(other.name),
  );
  return (
    <Page
      title="Incident rules"
      crumbs={[{ text: 'Incidents', to: paths.incidents }]}
      lead="An alert that fires is held against these, the lowest position first; the first that matches says whether it opens an incident. Where none does, an alert of severity page opens one."
      actions={may.admin && <EditRule rule={null} />}
    >
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading />
      ) : (
        <Table
          label="Incident rules"
          {...pages}
          rows={rows}
          rowHeight={48}
          keyOf={({ id }) => id}
          columns={[
            { name: 'Position', width: '92px', align: 'right', cell: ({ position }) => position },
            {
              name: 'Name',
              width: 'minmax(150px, 1fr)',
              cell: ({ name, description }) => <span title={description}>{name}</span>,
            },
            { name: 'Matches', width: 'minmax(180px, 2fr)', cell: (rule) => matchWords(rule) },
            {
              name: 'Opens',
              width: '100px',
              cell: ({ opens }) =>
                opens ? <State of="opens" tone="good" /> : <State of="does not" tone="quiet" />,
            },
            {
              name: 'Does by itself',
              width: '150px',
              cell: ({ mitigations }) =>
                mitigations.length === 0 ? 'nothing' : mitigations.join(', ').replaceAll('_', ' '),
            },
            ...(may.admin
              ? [
                  {
                    name: 'Acts',
                    width: '210px',
                    cell: (rule: Rule) => (
                      <Group gap={6} wrap="nowrap">
                        <EditRule rule={rule} />
                        <Act
                          operation="v1.incident-rule.delete"
                          request={() => ({ path: { rule_name: rule.name } })}
                          changes={rulesChanged}
                          name={`Delete: ${rule.name}`}
                          confirm={`The rule ${rule.name} is deleted. It can be brought back from the list of changes.`}
                          said={`${rule.name} is deleted.`}
                          button={{ color: 'red' }}
                        >
                          Delete
                        </Act>
                      </Group>
                    ),
                  },
                ]
              : []),
          ]}
          empty={
            <Empty title="No rule of your own">
              Alerts of severity page open incidents; tickets and infos do not. A rule changes that
              for some owners, kinds or hours, and may let Holdfast act at once.
            </Empty>
          }
        />
      )}
    </Page>
  );
}

function matchWords({ match }: Rule): string {
  const { owners, severities, kinds, hours } = match;
  const parts = [
    ...(severities.length === 0 ? [] : [severities.join(' or ')]),
    ...(kinds.length === 0 ? [] : [kinds.join(', ').replaceAll('_', ' ')]),
    ...(owners.length === 0 ? [] : [`of ${owners.join(', ')}`]),
    ...(hours === null ? [] : [hoursWords(hours)]),
  ];
  return parts.length === 0 ? 'every alert' : parts.join('; ');
}
