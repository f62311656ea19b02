import { Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Answered, Fields, Moment, paths, Section, State, To } from '../ui/index.ts';
import { actionTypes, type ActionItem } from './action-item.ts';

/** What an action item is, and whose, field by field. */
export function What({ item }: { readonly item: ActionItem }): ReactNode {
  const does = actionTypes.find(({ value }) => value === item.type)?.does ?? '';
  return (
    <Section title="What it is">
      <Paper withBorder p="sm">
        <Fields
          of={[
            ['Type', `${item.type}: ${does}`],
            ['Owner', item.owner || 'nobody yet'],
            [
              'Due',
              item.dueAt === null ? 'no date' : <Moment key="due" at={item.dueAt} isAbsolute />,
            ],
            ['Measurable end', item.end || 'not said yet'],
            ['Not done because', item.state === 'not_doing' ? item.reason : null],
            [
              'Written',
              <>
                by {item.by}, <Moment at={item.at} />
              </>,
            ],
            [
              'Closed',
              item.closedAt === null ? null : (
                <>
                  by {item.closedBy ?? 'nobody'}, <Moment at={item.closedAt} />
                </>
              ),
            ],
            [
              'Reminded',
              item.remindedAt === null ? null : (
                <>
                  {item.reminders} {item.reminders === 1 ? 'time' : 'times'}, last{' '}
                  <Moment at={item.remindedAt} />
                </>
              ),
            ],
          ]}
        />
      </Paper>
    </Section>
  );
}

/** The incident that it came from, and whether that one came back from an earlier one. */
export function OfIncident({ item }: { readonly item: ActionItem }): ReactNode {
  const { incidentId } = item;
  const incident = useAnswer('v1.incident.get', { path: { incident_id: incidentId } });
  const rows = useAnswer('v1.incident.list-timeline', {
    path: { incident_id: incidentId },
    query: { kind: 'evidence', limit: 100 },
  });
  const earlier = (rows.data?.data ?? []).flatMap(({ text, pinned }) => {
    const of: unknown =
      typeof pinned === 'object' && pinned !== null ? Reflect.get(pinned, 'recurrenceOf') : null;
    return typeof of === 'string' ? [{ of, text }] : [];
  });
  return (
    <Section title="Incident">
      <Paper withBorder p="sm">
        <Answered of={incident} rows={2}>
          {({ id, title, state, severity, episode }) => (
            <Stack gap="xs">
              <Group gap="xs">
                <To to={paths.incident(id)}>{title.split('; ')[0] ?? title}</To>
                <State of={state} />
                <Text size="sm">severity {severity}</Text>
              </Group>
              <Text size="sm">
                <To to={paths.postmortem(id)}>Its postmortem</To>
              </Text>
              {episode > 1 && (
                <Text size="sm">Its impact came back: this is episode {episode} of it.</Text>
              )}
              {earlier.map(({ of, text }) => (
                <Text key={of} size="sm">
                  It came back from <To to={paths.incident(of)}>an earlier one</To>. {text}
                </Text>
              ))}
            </Stack>
          )}
        </Answered>
      </Paper>
    </Section>
  );
}
