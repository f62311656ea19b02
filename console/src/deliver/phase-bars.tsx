import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { count, duration } from '../ui/index.ts';
import styles from './phase-bars.module.css';

export type PhaseRow = {
  readonly name: string;
  readonly isSum?: boolean;
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
};

/** Phases as bars beside their figures: filled, what half of them take; hatched, what 99 % take. */
export function PhaseBars({ rows }: { readonly rows: readonly PhaseRow[] }): ReactNode {
  const longest = Math.max(...rows.map(({ p99Ms }) => p99Ms ?? 0), 0.001);
  const main = rows
    .filter(({ isSum }) => isSum !== true)
    .toSorted((a, b) => (b.p50Ms ?? 0) - (a.p50Ms ?? 0))[0];
  const width = (ms: number | null): string => `${Math.max(0.4, ((ms ?? 0) / longest) * 100)}%`;
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {main === undefined || main.p50Ms === null
          ? ''
          : `Most of the time goes to: ${main.name.toLowerCase()} (${duration(main.p50Ms)} in the median). `}
        Filled: half of the attempts; hatched: 99 % of them.
      </Text>
      <div className={styles['wrap']} tabIndex={0} role="region" aria-label="Timing by phase">
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">Phase</th>
              <th scope="col" className={styles['bar']}>
                <span aria-hidden>0 to {duration(longest)}</span>
              </th>
              <th scope="col">Attempts</th>
              <th scope="col">50 %</th>
              <th scope="col">90 %</th>
              <th scope="col">99 %</th>
              <th scope="col">Longest</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, isSum, count: many, p50Ms, p90Ms, p99Ms, maxMs }) => (
              <tr key={name} className={isSum === true ? styles['sum'] : undefined}>
                <td>{name}</td>
                <td className={styles['bar']}>
                  {p50Ms !== null && (
                    <div className={styles['track']} aria-hidden>
                      <div className={styles['most']} style={{ width: width(p99Ms) }} />
                      <div className={styles['half']} style={{ width: width(p50Ms) }} />
                    </div>
                  )}
                </td>
                <td>{many === 0 ? '–' : count(many)}</td>
                {[p50Ms, p90Ms, p99Ms, maxMs].map((ms, nth) => (
                  <td key={nth}>{ms === null ? '–' : duration(ms)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
