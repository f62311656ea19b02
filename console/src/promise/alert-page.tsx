import { Alert as Note, Grid, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import {
  Answered,
  Copy,
  count,
  Fields,
  Id,
  KeyHelp,
  Moment,
  Page,
  paths,
  Section,
  State,
  To,
  useNow,
  words,
} from '../ui/index.ts';
import { AlertActs } from './alert-acts.tsx';
import { Severity, Where } from './alert-columns.tsx';
import { AlertHistory, Told } from './alert-history.tsx';
import {
  beganAt,
  costOf,
  headlineOf,
  seenOf,
  severityWords,
  sureOf,
  tabOf,
  type Alert,
} from './alert.ts';
import { AlertExplanation } from './explanation-of.tsx';

/** One alert: what it says, what it is about, what explains it, and who was told. */
export function AlertPage(): ReactNode {
  const { alert: id = '' }: { readonly alert?: string } = useParams({ strict: false });
  const answer = useAnswer('v1.alert.get', { path: { alert_id: id } });
  const alert = answer.data;
  const now = useNow();
  return (
    <Page
      title={alert === undefined ? 'Alert' : headlineOf(alert.title)}
      crumbs={[{ text: 'Alerts', to: paths.alerts }]}
      badge={
        alert !== undefined && (
          <>
            <State of={tabOf(alert, now)} />
            <Severity of={alert.severity} />
          </>
        )
      }
      actions={
        <>
          {alert !== undefined && <AlertActs alert={alert} hasKeys />}
          <KeyHelp />
        </>
      }
    >
      <Answered of={answer} rows={8}>
        {(found) => <Shown of={found} now={now} />}
      </Answered>
    </Page>
  );
}

function Shown({ of, now }: { readonly of: Alert; readonly now: number }): ReactNode {
  const began = beganAt(of);
  return (
    <>
      {tabOf(of, now) === 'silenced' && of.silencedUntil !== null && (
        <Note color="gray" title="Silenced" role="note">
          Nobody is told before <Moment at={of.silencedUntil} isAbsolute />, unless it gets worse.
        </Note>
      )}
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Section title="What it says">
            <Stack gap={4}>
              {of.text.split('\n').map((line, nth) => (
                <Text
                  key={nth}
                  size="sm"
                  fw={nth === 0 ? 600 : 400}
                  style={{ overflowWrap: 'anywhere' }}
                >
                  {line}
                </Text>
              ))}
            </Stack>
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Section title="Its numbers">
            <Fields
              of={[
                ['About', <Where key="about" of={of} />],
                ['Found by', words(of.kind)],
                ...seenOf(of),
                [
                  'Began',
                  began === null ? undefined : <Moment key="began" at={began} isAbsolute />,
                ],
                ['Fired', <Moment key="fired" at={of.firedAt} isAbsolute />],
                ['How often', of.count === 1 ? 'once' : `${count(of.count)} times`],
                ['How sure', sureWords(of)],
                ['A week of it costs', costOf(of) ?? undefined],
                ['Severity', severityWords[of.severity]],
                ['Owner', of.owner === '' ? 'nobody' : of.owner],
                ['Hits', of.consumers.length === 0 ? undefined : of.consumers.join(', ')],
                [
                  'Acknowledged',
                  of.acknowledgedAt === null ? undefined : (
                    <span key="acknowledged">
                      by {of.acknowledgedBy}, <Moment at={of.acknowledgedAt} />
                    </span>
                  ),
                ],
                [
                  'Resolved',
                  of.resolvedAt === null ? undefined : (
                    <span key="resolved">
                      {of.resolvedBy === null ? 'by itself' : `by ${of.resolvedBy}`},{' '}
                      <Moment at={of.resolvedAt} isAbsolute />
                    </span>
                  ),
                ],
                [
                  'Incident',
                  of.incidentId === null ? (
                    'none: it belongs to no incident'
                  ) : (
                    <To key="incident" to={paths.incident(of.incidentId)}>
                      {of.incidentId}
                    </To>
                  ),
                ],
                [
                  'Id',
                  <span key="id">
                    <Id>{of.id}</Id> <Copy text={of.id} what="the id" />
                  </span>,
                ],
              ]}
            />
          </Section>
        </Grid.Col>
      </Grid>
      <AlertExplanation id={of.id} isOver={of.state === 'resolved'} />
      <AlertHistory of={of} />
      <Told of={of} />
    </>
  );
}

function sureWords(of: Alert): string | undefined {
  const sure = sureOf(of);
  return sure === 'by a rule' ? 'by a rule of thumb: no probability is known' : (sure ?? undefined);
}
