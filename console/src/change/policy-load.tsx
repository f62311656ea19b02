import { Group, NumberInput, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/index.ts';
import { Chart, compact, count, duration } from '../ui/index.ts';

type Load = NonNullable<AnswerOf<'v1.policy.validate'>['load']>;
export type Outage = { readonly messagesPerSecond: number; readonly minutes: number };

const MINUTE_MS = 60_000;
const LEAST_RATE = 0.001;
const MOST_RATE = 100_000;
const MOST_MINUTES = 1440;

/** How large and how long an outage is asked about. */
export function OutageForm({
  outage,
  set,
}: {
  readonly outage: Readonly<Record<keyof Outage, number | string>>;
  readonly set: (change: Partial<Record<keyof Outage, number | string>>) => void;
}): ReactNode {
  return (
    <Group gap="sm" align="end">
      <NumberInput
        size="xs"
        w={190}
        label="Messages a second"
        min={LEAST_RATE}
        max={MOST_RATE}
        value={outage.messagesPerSecond}
        onChange={(messagesPerSecond) => set({ messagesPerSecond })}
      />
      <NumberInput
        size="xs"
        w={190}
        label="It is down for (minutes)"
        min={1}
        max={MOST_MINUTES}
        allowDecimal={false}
        value={outage.minutes}
        onChange={(minutes) => set({ minutes })}
      />
    </Group>
  );
}

/** null: a field is empty or out of bounds. */
export function outageIn({
  messagesPerSecond,
  minutes,
}: Readonly<Record<keyof Outage, number | string>>): Outage | null {
  if (typeof messagesPerSecond !== 'number' || typeof minutes !== 'number') return null;
  const isGood =
    messagesPerSecond >= LEAST_RATE &&
    messagesPerSecond <= MOST_RATE &&
    Number.isInteger(minutes) &&
    minutes >= 1 &&
    minutes <= MOST_MINUTES;
  return isGood ? { messagesPerSecond, minutes } : null;
}

/** Attempts a second while an endpoint is down and afterwards: what the policy asks for, and what its budget lets through. */
export function PolicyLoad({
  load: { present, candidate },
  outage: { messagesPerSecond, minutes },
}: {
  readonly load: Load;
  readonly outage: Outage;
}): ReactNode {
  const xs = candidate.perSecond.map((_rate, minute) => minute);
  const isSame = JSON.stringify(present) === JSON.stringify(candidate);
  const factor = (rate: number): string =>
    `${(rate / messagesPerSecond).toFixed(1)} times what comes in`;
  return (
    <Stack gap="xs">
      <Chart
        label="Attempts a second"
        xs={xs}
        axis={{ name: 'Minute', format: (minute) => `${Math.round(minute)} min` }}
        series={[
          { name: 'asked for', values: candidate.perSecond, look: 'steps' },
          {
            name: 'let through by the retry budget',
            values: candidate.withinBudget,
            look: 'bars',
            tone: 'good',
          },
          ...(isSame
            ? []
            : [
                {
                  name: 'asked for at present',
                  values: present.perSecond,
                  look: 'dashed' as const,
                  tone: 'quiet' as const,
                },
              ]),
        ]}
        marks={[{ at: minutes, text: 'it is up again' }]}
        format={compact}
        range={[0, Math.max(candidate.peakPerSecond, present.peakPerSecond) * 1.2]}
        height={240}
        summary={`At ${compact(messagesPerSecond)} messages a second and down for ${duration(minutes * MINUTE_MS)}, the worst minute asks for ${rateText(candidate.peakPerSecond)} attempts a second, ${factor(candidate.peakPerSecond)}${isSame ? '' : ` (at present ${rateText(present.peakPerSecond)})`}.`}
      />
      <Text size="sm">
        {candidate.heldBack < 1
          ? `The retry budget pays for ${rateText(candidate.budgetPerSecond)} failing retries a second, and holds none back.`
          : `The retry budget pays for ${rateText(candidate.budgetPerSecond)} failing retries a second: it holds about ${compact(candidate.heldBack)} back. They wait in the lane, and come after the outage.`}{' '}
        A message accepted during the outage takes {candidate.amplification.toFixed(1)} attempts on
        average.
      </Text>
      <Text size="xs" c="dimmed">
        Expected values of the same model that checks a policy: every attempt fails while it is
        down, attempts take no time, and no circuit, rate or Retry-After holds them back. A circuit
        that opens lets far fewer through.
      </Text>
    </Stack>
  );
}

function rateText(rate: number): string {
  return rate < 10 ? String(Number(rate.toFixed(1))) : count(rate);
}
