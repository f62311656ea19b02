import { Group, Progress, Stack, Text } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Chart, count, Figure, Figures, Moment, Section, State, Table } from '../ui/index.ts';
import { gradeTone, signalWords, type SignalId } from './story.ts';
import type { Try } from './tries.ts';

/** Signals are judged by the newest of these. */
const RECENT = 10;

/** Tries over time: figures, a chart, the weakest signals, and each of them. */
export function Tries({ kept }: { readonly kept: readonly Try[] }): ReactNode {
  const guide = useAnswer('v1.story.list-prompts', {});
  const titleOf = (prompt: string): string =>
    guide.data?.data.find((each) => each.prompt === prompt)?.title ?? prompt;
  const newest = kept.toReversed();
  const [last] = newest;
  const best = kept.toSorted((a, b) => b.score - a.score)[0];
  const weakest = useMemo(() => weakestSignals(kept), [kept]);
  const first = kept[0];
  if (last === undefined || best === undefined || first === undefined) return null;
  const change = last.score - first.score;
  return (
    <>
      <Figures>
        <Figure name="Tries" value={count(kept.length)} />
        <Figure name="Last" value={last.grade} hint={`${last.score.toFixed(2)} of 1`} />
        <Figure name="Best" value={best.grade} hint={`${best.score.toFixed(2)} of 1`} />
        <Figure
          name="Since the first"
          value={`${change >= 0 ? '+' : '−'}${Math.abs(change).toFixed(2)}`}
        />
      </Figures>
      {kept.length > 1 && (
        <Chart
          label="Score of each try"
          summary={`From ${first.score.toFixed(2)} to ${last.score.toFixed(2)} over ${kept.length} tries; the best is ${best.score.toFixed(2)}.`}
          xs={kept.map((_try, nth) => nth + 1)}
          axis={{ name: 'Try', format: (x) => (Number.isInteger(x) ? String(x) : '') }}
          series={[{ name: 'Score', values: kept.map(({ score }) => score) }]}
          format={(value) => value.toFixed(2)}
          range={[0, 1]}
        />
      )}
      <Section title={`Weakest signals of the last ${Math.min(RECENT, kept.length)}`}>
        <Stack gap={6} component="ul" p={0} m={0} style={{ listStyle: 'none' }} maw={640}>
          {weakest.map(({ signal, mean }) => (
            <Group key={signal} component="li" gap="sm" wrap="nowrap">
              <Text size="sm" w={140}>
                {signalWords[signal]}
              </Text>
              <Progress
                value={mean * 100}
                size="md"
                style={{ flex: 1 }}
                aria-label={`${signalWords[signal]}: ${mean.toFixed(2)} of 1`}
              />
              <Text size="sm" w={40} ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
                {mean.toFixed(2)}
              </Text>
            </Group>
          ))}
        </Stack>
      </Section>
      <Section title="Tries, the newest first">
        <Table
          label="Tries"
          rows={newest}
          keyOf={({ at }) => at}
          rowHeight={36}
          columns={[
            { name: 'When', width: '190px', cell: ({ at }) => <Moment at={at} isAbsolute /> },
            {
              name: 'Prompt',
              width: 'minmax(200px, 2fr)',
              cell: ({ prompt }) => titleOf(prompt),
            },
            { name: 'Level', width: '90px', cell: ({ level }) => level },
            { name: 'Company', width: '100px', cell: ({ company }) => company ?? 'any' },
            {
              name: 'Grade',
              width: '140px',
              cell: ({ grade }) => (
                <State of={grade} tone={gradeTone(grade)}>
                  {grade}
                </State>
              ),
            },
            {
              name: 'Score',
              width: '80px',
              align: 'right',
              cell: ({ score }) => score.toFixed(2),
            },
            { name: 'Words', width: '80px', align: 'right', cell: ({ words }) => count(words) },
          ]}
        />
      </Section>
    </>
  );
}

/** The mean of each signal over the newest tries, the lowest first. */
function weakestSignals(
  kept: readonly Try[],
): readonly { readonly signal: SignalId; readonly mean: number }[] {
  const recent = kept.slice(-RECENT);
  const names = Object.keys(signalWords).filter((name) => isSignal(name));
  return names
    .map((signal) => ({
      signal,
      mean: recent.reduce((sum, { signals }) => sum + numberIn(signals[signal]), 0) / recent.length,
    }))
    .toSorted((a, b) => a.mean - b.mean);
}

function numberIn(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function isSignal(name: string): name is SignalId {
  return Object.hasOwn(signalWords, name);
}
