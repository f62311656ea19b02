import { memo } from 'react';
import type { AnswerOf } from '../api/index.ts';
import { Chart, compact, count } from '../ui/index.ts';

type Minute = AnswerOf<'v1.overview.get'>['minutes'][number];
const MINUTE_MS = 60_000;

type Props = {
  readonly minutes: readonly Minute[];
  readonly since: string;
  readonly until: string;
};

/**
 * Accepted, delivered, late and dead, by the minute. Minutes in which nothing happened are not told, and are zero. Drawn
 * when it has changed, not with each second's figures.
 */
export const OverviewChart = memo(({ minutes, since, until }: Props) => {
  const byTime = new Map(minutes.map((minute) => [Date.parse(minute.at), minute]));
  const xs: number[] = [];
  for (let at = Date.parse(since); at <= Date.parse(until); at += MINUTE_MS) xs.push(at);
  const values = (of: 'accepted' | 'delivered' | 'late' | 'dead'): readonly number[] =>
    xs.map((at) => byTime.get(at)?.[of] ?? 0);
  const sum = (of: 'accepted' | 'delivered' | 'late' | 'dead'): number =>
    minutes.reduce((all, minute) => all + minute[of], 0);
  return (
    <Chart
      label="Deliveries by the minute"
      xs={xs}
      series={[
        { name: 'accepted', values: values('accepted'), look: 'bars', tone: 'quiet' },
        { name: 'delivered', values: values('delivered'), tone: 'good' },
        { name: 'late', values: values('late'), look: 'steps', tone: 'warn' },
        { name: 'dead', values: values('dead'), look: 'dashed', tone: 'bad' },
      ]}
      format={compact}
      height={220}
      summary={`${count(sum('accepted'))} accepted, ${count(sum('delivered'))} delivered, ${count(sum('late'))} late, ${count(sum('dead'))} dead.`}
    />
  );
});
