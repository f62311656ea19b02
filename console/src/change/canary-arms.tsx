import { Box, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { compact, count, duration, percent } from '../ui/index.ts';
import styles from './canary-arms.module.css';
import type { Canary } from './canary.ts';

type Arm = Canary['stable'];

const rows: readonly {
  readonly name: string;
  readonly hint: string;
  readonly of: (arm: Arm, canary: Canary) => string;
}[] = [
  {
    name: 'First attempts',
    hint: 'since it began, of messages accepted since',
    of: ({ attempts }) => count(attempts),
  },
  {
    name: 'Succeeded',
    hint: 'of the first attempts',
    of: ({ attempts, failed }) => shareOf(attempts - failed, attempts),
  },
  {
    name: 'Failed',
    hint: 'of the first attempts',
    of: ({ attempts, failed }) => `${count(failed)} · ${shareOf(failed, attempts)}`,
  },
  {
    name: 'Late',
    hint: 'of those whose deadline has passed',
    of: ({ ripe, late }) => `${count(late)} · ${shareOf(late, ripe)}`,
  },
  {
    name: 'Slow',
    hint: 'slower than 95 % of the attempts before it',
    of: ({ attempts, slow }, { slowAfterMs }) =>
      slowAfterMs === null
        ? 'not compared: too few before it'
        : `${count(slow)} · ${shareOf(slow, attempts)}`,
  },
  {
    name: 'Latency, p95',
    hint: '95 of 100 took no longer',
    of: ({ p95Ms }) => (p95Ms === null ? '–' : duration(p95Ms)),
  },
];

/** The endpoint as it is beside the candidate, indicator by indicator. */
export function CanaryArms({ canary }: { readonly canary: Canary }): ReactNode {
  return (
    <Box className={styles['scroll']} tabIndex={0} role="group" aria-label="Both arms">
      <table className={styles['arms']}>
        <thead>
          <tr>
            <th scope="col">Indicator</th>
            <th scope="col">The endpoint as it is</th>
            <th scope="col">The candidate</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, hint, of }) => (
            <tr key={name}>
              <th scope="row">
                {name}
                <Text size="xs" c="dimmed" fw={400}>
                  {hint}
                </Text>
              </th>
              <td>{of(canary.stable, canary)}</td>
              <td>{of(canary.candidate, canary)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
}

const capitals = { failed: 'Failed', late: 'Late', slow: 'Slow' } as const;
const verdicts = [
  [1, 'No sign that the candidate is worse.'],
  [10, 'A first sign against it; chance alone often gives as much.'],
  [Infinity, 'Evidence against it grows.'],
] as const;

/** What the comparison says of each indicator: a number, what it means, and how far it is from a rollback. */
export function CanaryEvidence({ canary }: { readonly canary: Canary }): ReactNode {
  return (
    <Stack gap="xs">
      {canary.compared.map(({ indicator, evidence, rolledBackAt, words }) => {
        const isOver = evidence >= rolledBackAt;
        const verdict = isOver
          ? 'Enough to roll it back.'
          : verdicts.find(([most]) => evidence <= most)?.[1];
        // The evidence multiplies, so its way is shown by its logarithm.
        const way = Math.max(0, Math.min(1, Math.log(evidence) / Math.log(rolledBackAt)));
        return (
          <Paper
            key={indicator}
            withBorder
            p="sm"
            role="group"
            aria-label={`Evidence: ${indicator}`}
          >
            <Group justify="space-between" gap="xs">
              <Text size="sm" fw={600}>
                {capitals[indicator]}: {verdict}
              </Text>
              <Text size="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
                evidence {number(evidence)} of {count(rolledBackAt)}
              </Text>
            </Group>
            <Progress
              value={way * 100}
              color={isOver ? 'red' : way > 0.5 ? 'orange' : 'gray'}
              size="sm"
              my={6}
              aria-label={`${indicator}: ${number(evidence)} of ${count(rolledBackAt)} on the way to a rollback`}
            />
            <Text size="sm">{words}</Text>
          </Paper>
        );
      })}
      <Text size="xs" c="dimmed">
        Around 1 the candidate is no worse; each failure beyond its share multiplies the number. A
        candidate that is no worse is rolled back with a chance of 1 % at most.
      </Text>
    </Stack>
  );
}

function shareOf(part: number, whole: number): string {
  return whole === 0 ? '–' : percent(part / whole);
}

function number(value: number): string {
  return value < 10 ? String(Number(value.toPrecision(2))) : compact(value);
}
