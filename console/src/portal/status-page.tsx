import { Alert, Paper, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer, type AnswerOf } from '../api/index.ts';
import {
  Act,
  Answered,
  duration,
  Empty,
  Fields,
  Moment,
  Page,
  Section,
  Snippet,
  State,
} from '../ui/index.ts';
import { useApp } from './session.tsx';
import { StatusDays } from './status-days.tsx';

type Status = AnswerOf<'v1.status.get-of-application'>;
type Entry = Status['current'][number];
const REFRESH_MS = 15_000;

/** Whether it is us: disturbances of deliveries, and what was written about them for owners of endpoints. */
export function StatusPage(): ReactNode {
  const app = useApp();
  const status = useAnswer(
    'v1.status.get-of-application',
    { path: { app_id: app } },
    { everyMs: REFRESH_MS },
  );
  return (
    <Page
      title="Status"
      lead="Whether deliveries to you are as they should be. What is on your own side stands on the page of an endpoint."
    >
      <Answered of={status}>
        {({ isDisturbed, summary, current, past, days, disturbedDays }) => (
          <>
            <Alert
              color={isDisturbed ? 'red' : current.length > 0 ? 'orange' : 'teal'}
              title={`${isDisturbed ? '✕' : current.length > 0 ? '!' : '✓'} ${summary}`}
            >
              <Text size="sm">
                {current.length > 0
                  ? 'Messages are kept meanwhile: what waits is sent when it is over, and what was not delivered can be sent again.'
                  : `${disturbedDays.length === 0 ? 'No day' : disturbedDays.length === 1 ? 'One day' : `${disturbedDays.length} days`} of the last ${days} ${disturbedDays.length > 1 ? 'were' : 'was'} disturbed.`}
              </Text>
            </Alert>
            {current.length > 0 && (
              <Section title="Now">
                <Entries of={current} />
              </Section>
            )}
            <Section title={`The last ${days} days`}>
              <StatusDays days={days} disturbed={disturbedDays} />
            </Section>
            <Section title="What is over">
              {past.length === 0 ? (
                <Empty title={`Nothing in the last ${days} days`}>
                  A disturbance stands here with its times and what was written about it.
                </Empty>
              ) : (
                <Entries of={past} />
              )}
            </Section>
            <Section title="Be told of news">
              <FeedLinks />
            </Section>
          </>
        )}
      </Answered>
    </Page>
  );
}

const stateWords: Readonly<Record<Entry['state'], string>> = {
  ongoing: 'ongoing',
  mitigated: 'over, being watched',
  resolved: 'resolved',
};
const stateTones = { ongoing: 'bad', mitigated: 'warn', resolved: 'good' } as const;

function Entries({ of }: { readonly of: readonly Entry[] }): ReactNode {
  return (
    <Stack gap="sm">
      {of.map((entry) => (
        <Paper key={entry.id} withBorder p="md" radius="md" component="article">
          <Text component="h3" fw={650} m={0}>
            Since <Moment at={entry.since} isAbsolute />{' '}
            <State of={entry.state} tone={stateTones[entry.state]}>
              {stateWords[entry.state]}
            </State>
          </Text>
          <Text size="sm" c="dimmed">
            {courseOf(entry)}
          </Text>
          {entry.updates.length === 0 ? (
            <Text size="sm" mt="xs">
              Nothing was written about it yet.
            </Text>
          ) : (
            entry.updates.map(({ at, text }) => (
              <div key={`${at} ${text}`}>
                <Text size="xs" c="dimmed" mt="xs">
                  <Moment at={at} isAbsolute />
                </Text>
                <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
                  {text}
                </Text>
              </div>
            ))
          )}
        </Paper>
      ))}
    </Stack>
  );
}

function courseOf({ spells, resolvedAt }: Entry): string {
  const lasted = spells.reduce(
    (sum, { from, until }) =>
      sum + (until === null ? Date.now() : Date.parse(until)) - Date.parse(from),
    0,
  );
  const isOn = spells.some(({ until }) => until === null);
  const times = spells.length === 1 ? '' : ` in ${spells.length} spells`;
  return `Deliveries ${isOn ? 'have been' : 'were'} disturbed for ${duration(lasted)}${times}.${resolvedAt === null ? '' : ' The cause is removed.'}`;
}

/** A link of this application's feed, made when it is asked for: it can be read without this portal. */
function FeedLinks(): ReactNode {
  const app = useApp();
  const [links, setLinks] = useState<AnswerOf<'v1.status.link-of-application'> | null>(null);
  if (links === null) {
    return (
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          A reader of feeds, or a chat, can follow this page by a link of its own. Whoever has that
          link reads this page, and nothing else.
        </Text>
        <Act
          operation="v1.status.link-of-application"
          request={() => ({ path: { app_id: app }, body: {} })}
          onDone={setLinks}
        >
          Show the links
        </Act>
      </Stack>
    );
  }
  return (
    <Fields
      of={[
        ['RSS', <Snippet key="rss" text={links.rss} label="RSS link" />],
        ['Atom', <Snippet key="atom" text={links.atom} label="Atom link" />],
        ['JSON', <Snippet key="json" text={links.json} label="JSON link" />],
        ['Page', <Snippet key="page" text={links.url} label="Link of the page" />],
      ]}
    />
  );
}
