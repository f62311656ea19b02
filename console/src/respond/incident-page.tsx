import { Alert, Button, Grid, Group, Paper, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import {
  Answered,
  Copy,
  Id,
  KeyHelp,
  Page,
  paths,
  Section,
  State,
  To,
  useKey,
} from '../ui/index.ts';
import { Acknowledge } from './acknowledge.tsx';
import { Broken } from './broken.tsx';
import { Explanation } from './explanation.tsx';
import { Fixes } from './fixes.tsx';
import { Hypotheses } from './hypotheses.tsx';
import { isEnded, type Incident } from './incident.ts';
import { Life } from './life.tsx';
import { MarkerClock } from './marker-clock.tsx';
import { MitigationMenu } from './mitigation-menu.tsx';
import { Mitigations } from './mitigations.tsx';
import { nextStep } from './next-step.ts';
import { WriteNote } from './write-note.tsx';
import { People } from './people.tsx';
import { SendUpdate } from './send-update.tsx';
import { Kinds, Severity } from './severity.tsx';
import { Suspects } from './suspects.tsx';
import { Timeline } from './timeline.tsx';
import { UpdateClock } from './update-clock.tsx';
import { useSecond } from './beat.ts';

/** One incident, in the order in which somebody asks who was just woken up. */
export function IncidentPage(): ReactNode {
  const { incident: id = '' }: { readonly incident?: string } = useParams({ strict: false });
  const answer = useAnswer('v1.incident.get', { path: { incident_id: id } });
  const isOver = answer.data === undefined || isEnded(answer.data);
  const menu = useAnswer(
    'v1.incident.get-mitigation-menu',
    { path: { incident_id: id } },
    { isWanted: !isOver, everyMs: 30_000 },
  );
  const incident = answer.data;
  return (
    <Page
      title={incident === undefined ? 'Incident' : titleOf(incident)[0]}
      crumbs={[{ text: 'Incidents', to: paths.incidents }]}
      badge={
        incident !== undefined && (
          <>
            <State of={incident.state} />
            <Severity of={incident.severity} />
            <Kinds {...incident} />
            {incident.episode > 1 && <Text size="sm">episode {incident.episode}</Text>}
          </>
        )
      }
      lead={
        incident !== undefined && (
          <Group gap={4} component="span">
            {titleOf(incident)[1]}
            <Id>{incident.id}</Id>
            <Copy text={incident.id} what="the id" />
          </Group>
        )
      }
      actions={
        <>
          {incident !== undefined && (
            <>
              <Acknowledge incident={incident} />
              <SendUpdate incident={incident} />
              <WriteNote incident={incident} />
            </>
          )}
          <KeyHelp />
        </>
      }
    >
      <Answered of={answer} rows={12}>
        {(found) => (
          <>
            <Told incident={found} />
            <Next incident={found} menu={menu.data?.data ?? []} />
            <Grid gap="lg">
              <Grid.Col span={{ base: 12, md: 8 }}>
                <Broken incident={found} />
                <Suspects incident={found} />
                <MitigationMenu incident={found} menu={menu} />
                <Section title="What have we tried" id="tried">
                  <Mitigations incident={found} />
                </Section>
                <Hypotheses incident={found} />
                <Fixes incident={found} />
                <Explanation incident={found} />
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 4 }}>
                <MarkerClock incident={found} />
                <UpdateClock incident={found} />
                <People incident={found} />
                <Life incident={found} />
              </Grid.Col>
            </Grid>
            <Timeline incident={found} />
          </>
        )}
      </Answered>
    </Page>
  );
}

/** What an alert says at length is cut where it begins to reason: the heading has what fails. */
function titleOf({ title, openedBy }: Incident): readonly [title: string, more: string] {
  const at = openedBy === 'holdfast' ? title.indexOf('; ') : -1;
  if (at < 0) return [title, ''];
  const more = title.slice(at + 2);
  return [title.slice(0, at), `${more.charAt(0).toUpperCase()}${more.slice(1)}`];
}

/** What somebody has to know before anything else: staged, in retrospect, merged, declined. */
function Told({ incident }: { readonly incident: Incident }): ReactNode {
  const { isDrill, isRetrospective, mergedInto, state, declinedBecause } = incident;
  return (
    <>
      {isDrill && (
        <Alert color="blue" title="This is a drill" role="note">
          It was staged. Respond as if it were real: you see what a responder would see, and it
          never counts in the figures.
        </Alert>
      )}
      {isRetrospective && (
        <Alert color="gray" title="Taken in afterwards" role="note">
          Its times were given by hand. Nothing is watched for it, and nobody is told.
        </Alert>
      )}
      {mergedInto !== null && (
        <Alert color="gray" title="A part of another incident" role="note">
          It goes on in <To to={paths.incident(mergedInto)}>{mergedInto}</To>.
        </Alert>
      )}
      {state === 'declined' && (
        <Alert color="gray" title="Declined: no incident" role="note">
          {declinedBecause}
        </Alert>
      )}
    </>
  );
}

function Next({
  incident,
  menu,
}: {
  readonly incident: Incident;
  readonly menu: Parameters<typeof nextStep>[1];
}): ReactNode {
  const { text, anchor } = nextStep(incident, menu, useSecond());
  const jump = (anchor: string): void => {
    const place = document.querySelector<HTMLElement>(`#${anchor}`);
    place?.scrollIntoView({ block: 'start' });
    const first =
      place?.querySelector<HTMLElement>('[role=list] button') ??
      place?.querySelector<HTMLElement>('button, a, summary');
    first?.focus({ preventScroll: true });
  };
  useKey('m', 'Menu of mitigations', () => jump('menu'));
  useKey('t', 'Timeline', () => jump('timeline'));
  return (
    <Paper withBorder p="xs" px="md" role="note" aria-label="What to do next">
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          <b>Next.</b> {text}
        </Text>
        {anchor !== null && (
          <Button size="compact-sm" variant="light" onClick={() => jump(anchor)}>
            Go there
          </Button>
        )}
      </Group>
    </Paper>
  );
}
