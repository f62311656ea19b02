import { SegmentedControl, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer, type AnswerOf } from '../api/index.ts';
import { Answered, Chart, count, percent, Section, useView } from '../ui/index.ts';
import {
  achievedWords,
  allowedWords,
  leftWords,
  targetWords,
  type Objective,
  type Status,
} from './objective.ts';

type Slots = AnswerOf<'v1.objective.get-history'>['slots'];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** So far back outcomes are told by the hour. */
const HOURS_MS = 7 * DAY_MS;
const EVERY_MS = 60_000;
const usual = { each: 'hour' } as const;

/** What was left of the budget over the period, and the share that was good by hour or day. */
export function ObjectiveHistory({
  objective,
  status,
}: {
  readonly objective: Objective;
  readonly status: Status;
}): ReactNode {
  const [view, setView] = useView<keyof typeof usual>(usual);
  const path = { objective_name: objective.name };
  const days = useAnswer(
    'v1.objective.get-history',
    { path, query: { unit: 'day' } },
    { everyMs: EVERY_MS },
  );
  const hours = useAnswer(
    'v1.objective.get-history',
    { path, query: { unit: 'hour' } },
    { everyMs: EVERY_MS },
  );
  const isByDay = view.each === 'day';
  return (
    <>
      <Section title="Budget over the period">
        <Answered of={days}>
          {(byDay) => (
            <Answered of={hours}>
              {(byHour) => <BurnDown days={byDay.slots} hours={byHour.slots} status={status} />}
            </Answered>
          )}
        </Answered>
      </Section>
      <Section
        title="What was good"
        actions={
          <SegmentedControl
            size="xs"
            aria-label="By hour or day"
            value={isByDay ? 'day' : 'hour'}
            onChange={(each) => setView({ each })}
            data={[
              { value: 'hour', label: 'By hour, a week' },
              { value: 'day', label: 'By day, the period' },
            ]}
          />
        }
      >
        <Answered of={isByDay ? days : hours}>
          {({ at, slots }) => (
            <Shares
              slots={slots}
              until={Date.parse(at)}
              unitMs={isByDay ? DAY_MS : HOUR_MS}
              spanMs={isByDay ? objective.periodDays * DAY_MS : HOURS_MS}
              target={objective.target}
            />
          )}
        </Answered>
      </Section>
    </>
  );
}

function NoTraffic(): ReactNode {
  return (
    <Text size="sm" c="dimmed">
      Nothing of this slice was counted in that time. Charts begin with its first delivery.
    </Text>
  );
}

/** By the hour where the period's outcomes are of the last week, by the day otherwise. */
function BurnDown({
  days,
  hours,
  status,
}: {
  readonly days: Slots;
  readonly hours: Slots;
  readonly status: Status;
}): ReactNode {
  const at = Date.parse(status.at);
  const first = days[0] === undefined ? at : Date.parse(days[0].at);
  const isRecent = first >= at - HOURS_MS + DAY_MS;
  const slots = isRecent ? hours : days;
  const unitMs = isRecent ? HOUR_MS : DAY_MS;
  const { allowed, left } = status.budget;
  const begin = slots[0];
  if (begin === undefined || allowed === 0) return <NoTraffic />;
  const xs = [Date.parse(begin.at)];
  const lefts = [1];
  let spent = 0;
  for (const slot of slots) {
    spent += slot.bad;
    xs.push(Math.min(at, Date.parse(slot.at) + unitMs));
    lefts.push(1 - spent / allowed);
  }
  return (
    <Chart
      label="Budget left"
      xs={xs}
      series={[
        { name: 'budget left', values: lefts },
        { name: 'nothing left', values: xs.map(() => 0), look: 'dashed', tone: 'bad' },
      ]}
      format={percent}
      range={[Math.min(0, ...lefts) * 1.05, 1.02]}
      height={200}
      summary={`${leftWords(left)}: ${count(spent)} bad outcomes, where ${allowedWords(allowed)} are allowed. The dashed line is where nothing is left.`}
    />
  );
}

/** Hours or days without traffic are gaps. */
function Shares({
  slots,
  until,
  unitMs,
  spanMs,
  target,
}: {
  readonly slots: Slots;
  readonly until: number;
  readonly unitMs: number;
  readonly spanMs: number;
  readonly target: number;
}): ReactNode {
  if (slots.length === 0) return <NoTraffic />;
  const byTime = new Map(slots.map((slot) => [Date.parse(slot.at), slot]));
  const last = Math.floor(until / unitMs) * unitMs;
  const xs: number[] = [];
  for (let at = last - Math.floor(spanMs / unitMs) * unitMs; at <= last; at += unitMs) xs.push(at);
  const shares = xs.map((at) => {
    const slot = byTime.get(at);
    return slot === undefined ? null : slot.good / (slot.good + slot.bad);
  });
  const known = shares.filter((share) => share !== null);
  const missed = known.filter((share) => share < target).length;
  const lowest = Math.min(target, ...known);
  const unit = unitMs === HOUR_MS ? 'hour' : 'day';
  return (
    <Stack gap={0}>
      <Chart
        label={`Share good by ${unit}`}
        xs={xs}
        series={[
          { name: 'good', values: shares, look: 'bars' },
          { name: 'target', values: xs.map(() => target), look: 'dashed', tone: 'bad' },
        ]}
        format={percent}
        range={[Math.max(0, lowest - Math.max(0.0005, (1 - lowest) * 0.6)), 1]}
        height={200}
        summary={`${missed} of ${known.length} ${known.length === 1 ? `${unit} with traffic was` : `${unit}s with traffic were`} below ${targetWords(target)}; the worst had ${achievedWords(Math.min(...known), target)}.`}
      />
    </Stack>
  );
}
