import { Group, Select, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer, type AnswerOf } from '../api/index.ts';
import type { EndpointPath } from '../ui/delivery/reach.ts';
import { Answered, Chart, count, duration, Empty, phases, Section, useView } from '../ui/index.ts';
import { PhaseBars, type PhaseRow } from './phase-bars.tsx';

type Timing = AnswerOf<'v1.endpoint.get-timing'>;
const MINUTE_MS = 60_000;
const spans: Readonly<Record<string, number>> = { '1 h': 60, '6 h': 360, '24 h': 1440 };
const usual = { span: '1 h' } as const;
const REFRESH_MS = 30_000;

/** How long attempts take, by phase: where the time goes, and how it went. */
export function EndpointTiming({ path }: { readonly path: EndpointPath }): ReactNode {
  const [view, setView] = useView(usual);
  const minutes = spans[view.span] ?? 60;
  const [now] = useState(() => Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS);
  const since = new Date(now - minutes * MINUTE_MS).toISOString();
  const timing = useAnswer(
    'v1.endpoint.get-timing',
    { path, query: { since, by: 'minute' } },
    { everyMs: REFRESH_MS, keepsLast: true },
  );
  return (
    <Section
      title="Where the time goes"
      actions={
        <Select
          size="xs"
          w={100}
          aria-label="Over the last"
          data={Object.keys(spans)}
          value={view.span}
          allowDeselect={false}
          onChange={(span) => setView({ span: span ?? usual.span })}
        />
      }
    >
      <Answered of={timing}>
        {(value) =>
          value.phases.total === null ? (
            <Empty title={`No attempt in the last ${view.span}`}>
              Timing is there about ten seconds after the end of a minute in which something was
              sent. Send an example, or look at a longer time.
            </Empty>
          ) : (
            <>
              <PhaseBars rows={rowsOf(value)} />
              <Group mt="lg" />
              <Minutes of={value} />
            </>
          )
        }
      </Answered>
    </Section>
  );
}

function rowsOf({ phases: of }: Timing): readonly PhaseRow[] {
  return [
    { name: 'Wait for its turn', ...figures(of.queued) },
    ...phases.map(([phase, , name]) => ({ name, ...figures(of[phase]) })),
    { name: 'Whole attempt', isSum: true, ...figures(of.total) },
  ];
}

function figures(phase: Timing['phases']['total']): Omit<PhaseRow, 'name'> {
  return phase === null
    ? { count: 0, p50Ms: null, p90Ms: null, p99Ms: null, maxMs: null }
    : { ...phase };
}

function Minutes({ of: { minutes = [] } }: { readonly of: Timing }): ReactNode {
  const seen = minutes.filter(({ phases: { total } }) => total !== null);
  const slowest = seen.toSorted(
    (a, b) => (b.phases.total?.p99Ms ?? 0) - (a.phases.total?.p99Ms ?? 0),
  )[0];
  if (seen.length < 2 || slowest === undefined) {
    return (
      <Text size="sm" c="dimmed">
        A plot by the minute is drawn once there are attempts in two minutes.
      </Text>
    );
  }
  const attempts = seen.reduce((sum, { phases: { total } }) => sum + (total?.count ?? 0), 0);
  return (
    <Chart
      label="Whole attempt, by the minute"
      xs={minutes.map(({ at }) => Date.parse(at))}
      series={[
        {
          name: 'half of them within',
          values: minutes.map(({ phases: { total } }) => total?.p50Ms ?? null),
        },
        {
          name: '99 % of them within',
          look: 'dashed',
          tone: 'warn',
          values: minutes.map(({ phases: { total } }) => total?.p99Ms ?? null),
        },
      ]}
      format={duration}
      summary={`${count(attempts)} attempts; in the slowest minute 99 % took up to ${duration(slowest.phases.total?.p99Ms ?? 0)}.`}
    />
  );
}
