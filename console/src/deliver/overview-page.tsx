import { Alert, Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Answered, Empty, Page, paths, Section } from '../ui/index.ts';
import { OverviewChart } from './overview-chart.tsx';
import { OverviewFigures } from './overview-figures.tsx';
import { standingOf } from './overview-standing.ts';
import { RestingLanes } from './resting-lanes.tsx';
import { useFigures } from './use-figures.ts';
import { WorstEndpoints } from './worst-endpoints.tsx';

const looks = {
  good: { color: 'teal', title: '✓ All is well' },
  warn: { color: 'orange', title: '! Some deliveries failed for good' },
  bad: { color: 'red', title: '! Something needs attention' },
} as const;
const REFRESH_MS = 15_000;

/** The first page: is all well, and where not. */
export function OverviewPage(): ReactNode {
  const live = useFigures();
  const overview = useAnswer(
    'v1.overview.get',
    { query: { minutes: 60 } },
    { everyMs: REFRESH_MS },
  );
  const applications = useAnswer('v1.application.list', { query: { limit: 1 } });
  return (
    <Page title="Overview">
      {applications.data?.data.length === 0 && <Begin />}
      <Answered of={overview}>
        {(value) => {
          const now = live ?? value.now;
          const standing = standingOf(now, value.minutes, live?.successShare ?? null);
          return (
            <>
              <Alert color={looks[standing.tone].color} title={looks[standing.tone].title}>
                <Text size="sm">{standing.sentence}</Text>
              </Alert>
              <OverviewFigures now={now} live={live} minutes={value.minutes} />
              <Section title="The last hour">
                <OverviewChart minutes={value.minutes} since={value.since} until={value.until} />
              </Section>
              <Section title="Endpoints that fail most, last ten minutes">
                <WorstEndpoints rows={value.worstEndpoints} />
              </Section>
              <RestingLanes />
            </>
          );
        }}
      </Answered>
    </Page>
  );
}

function Begin(): ReactNode {
  return (
    <Alert color="cyan" title="Nothing is set up yet">
      <Empty
        title="Send a first message"
        action={
          <Button renderRoot={(props) => <Link {...props} to={paths.start} />}>
            Begin: two minutes
          </Button>
        }
      >
        The guide makes an application and an endpoint with you, sends an example, and shows how it
        arrives.
      </Empty>
    </Alert>
  );
}
