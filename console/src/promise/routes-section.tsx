import { Alert, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import { Act, Empty, Fault, hoursWords, Loading, Section, Table } from '../ui/index.ts';
import { EditRoute } from './edit-route.tsx';
import { routeAnswers, type Route } from './notifier.ts';

/** Which alerts go by which notifiers. */
export function RoutesSection({ names }: { readonly names: readonly string[] }): ReactNode {
  const pages = usePages('v1.route.list', { query: { limit: 250 } });
  // The first that matches decides, so they stand in the order in which they are asked.
  const rows = pages.rows.toSorted(
    (one, other) => one.position - other.position || one.name.localeCompare(other.name),
  );
  const missing = rows.flatMap(({ name, notifiers, escalation }) =>
    [...notifiers, ...escalation.flatMap((step) => step.notifiers)]
      .filter((each) => !names.includes(each))
      .map((each) => `${name} names ${each}`),
  );
  return (
    <Section title="Routes" actions={<EditRoute route={null} names={names} />}>
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading rows={2} />
      ) : (
        <>
          {names.length > 0 && !rows.some(takesAll) && (
            <Alert color="orange" title="Some alerts are told to nobody" mb="sm" role="note">
              <Text size="sm">
                No route matches every alert. End with one that does, of the highest position.
              </Text>
            </Alert>
          )}
          {missing.length > 0 && (
            <Alert color="orange" title="A notifier is missing" mb="sm" role="note">
              <Text size="sm">{missing.join('; ')}, which is not there: nobody is told by it.</Text>
            </Alert>
          )}
          <Table
            label="Routes"
            {...pages}
            rows={rows}
            rowHeight={56}
            keyOf={({ id }) => id}
            columns={[
              { name: 'Position', width: '92px', align: 'right', cell: ({ position }) => position },
              {
                name: 'Name',
                width: 'minmax(110px, 1fr)',
                cell: ({ name, description }) => <span title={description}>{name}</span>,
              },
              {
                name: 'Alerts, and when it is quiet',
                width: 'minmax(190px, 2fr)',
                cell: (route) => <Lines first={matchWords(route)} second={quietWords(route)} />,
              },
              {
                name: 'Tells; then, if nobody acknowledges',
                width: 'minmax(230px, 2fr)',
                cell: (route) => (
                  <Lines first={route.notifiers.join(', ') || 'nobody'} second={nextWords(route)} />
                ),
              },
              {
                name: 'Do',
                width: '206px',
                cell: (route) => (
                  <Group gap={6} wrap="nowrap">
                    <EditRoute route={route} names={names} />
                    <Act
                      operation="v1.route.delete"
                      request={() => ({ path: { route_name: route.name } })}
                      changes={routeAnswers}
                      name={`Delete: ${route.name}`}
                      verb="Delete"
                      confirm={`What only ${route.name} matched is told to nobody any more. The list of changes brings it back.`}
                      said={`${route.name} is deleted.`}
                      button={{ color: 'red', variant: 'light' }}
                    >
                      Delete
                    </Act>
                  </Group>
                ),
              },
            ]}
            empty={
              <Empty title="No route">
                An alert that no route matches is told to nobody. Add one that matches every alert,
                and then those that know better.
              </Empty>
            }
          />
        </>
      )}
    </Section>
  );
}

function Lines({ first, second }: { readonly first: string; readonly second: string }): ReactNode {
  return (
    <>
      <Text truncate size="sm" title={first}>
        {first}
      </Text>
      <Text truncate size="xs" c="dimmed" title={second}>
        {second}
      </Text>
    </>
  );
}

function quietWords({ quietHours }: Route): string {
  return quietHours === null ? 'never quiet' : `quiet ${hoursWords(quietHours)}`;
}

function takesAll({ match, notifiers }: Route): boolean {
  const { owners, severities, kinds, hours } = match;
  return (
    notifiers.length > 0 && owners.length + severities.length + kinds.length === 0 && hours === null
  );
}

function matchWords({ match, continue: goesOn }: Route): string {
  const { owners, severities, kinds, hours } = match;
  const parts = [
    ...(severities.length === 0 ? [] : [severities.join(' or ')]),
    ...(kinds.length === 0 ? [] : [kinds.join(', ').replaceAll('_', ' ')]),
    ...(owners.length === 0 ? [] : [`of ${owners.join(', ')}`]),
    ...(hours === null ? [] : [hoursWords(hours)]),
  ];
  const which = parts.length === 0 ? 'every alert' : parts.join('; ');
  return goesOn ? `${which}; later routes too` : which;
}

function nextWords({ escalation }: Route): string {
  if (escalation.length === 0) return 'then nobody else';
  return escalation
    .map(({ afterMinutes, notifiers }) => `${notifiers.join(', ')} after ${afterMinutes} min`)
    .join('; ');
}
