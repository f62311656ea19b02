import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/index.ts';
import { count, paths, percent, To, words } from '../ui/index.ts';
import styles from './explanation-bars.module.css';
import { intervalOf } from './interval.ts';

type Explained = AnswerOf<'v1.alert.get-explanation'>['explanations'][number];

const HEIGHT = 22;

/**
 * What sets failures apart, as bars beside their figures. Filled: the share that failed with the value; the line across
 * its end: where that share lies (95 %); dashed: the share of all others.
 */
export function ExplanationBars({ rows }: { readonly rows: readonly Explained[] }): ReactNode {
  const highest = Math.max(0.001, ...rows.map(({ bad, total }) => intervalOf(bad, total).upper));
  return (
    <div
      className={styles['wrap']}
      tabIndex={0}
      role="region"
      aria-label="What sets failures apart"
    >
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">Failed there, 0 to {percent(highest)}</th>
            <th scope="col" className={styles['number']}>
              Failed there
            </th>
            <th scope="col" className={styles['number']}>
              Failed elsewhere
            </th>
            <th scope="col" className={styles['number']}>
              Worse by
            </th>
            <th scope="col" className={styles['number']}>
              Of all failures
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={`${row.dimension} ${row.value}`} row={row} highest={highest} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, highest }: { readonly row: Explained; readonly highest: number }): ReactNode {
  const { dimension, value, about, bad, total, otherBad, otherTotal, liftAtLeast, explained } = row;
  const there = intervalOf(bad, total);
  const elsewhere = intervalOf(otherBad, otherTotal);
  const mark = row.isExact ? '' : '~';
  return (
    <tr>
      <td className={styles['value']}>
        <b>{words(dimension)}</b>{' '}
        {value.startsWith('chg_') ? <To to={paths.change(value)}>{value}</To> : value}
        {about !== null && about !== value && ` (${about})`}
      </td>
      <td className={styles['bar']}>
        <Bar row={row} {...there} highest={highest} />
      </td>
      <td className={styles['number']}>
        {mark}
        {count(bad)} of {count(total)}
        <br />
        {percent(there.lower)} to {percent(there.upper)}
      </td>
      <td className={styles['number']}>
        {mark}
        {count(otherBad)} of {count(otherTotal)}
        <br />
        {percent(elsewhere.lower)} to {percent(elsewhere.upper)}
      </td>
      <td className={styles['number']}>at least {timesWords(liftAtLeast)}</td>
      <td className={styles['number']}>{percent(explained)}</td>
    </tr>
  );
}

function Bar({
  row: { bad, total, otherBad, otherTotal },
  lower,
  upper,
  highest,
}: {
  readonly row: Explained;
  readonly lower: number;
  readonly upper: number;
  readonly highest: number;
}): ReactNode {
  const at = (share: number): number => (share / highest) * 100;
  const middle = HEIGHT / 2;
  const other = otherTotal === 0 ? null : otherBad / otherTotal;
  return (
    <svg
      className={styles['plot']}
      viewBox={`0 0 100 ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <line className={styles['axis']} x1="0" x2="0" y1="0" y2={HEIGHT} />
      <rect
        className={styles['share']}
        x="0"
        y={5}
        height={HEIGHT - 10}
        width={at(total === 0 ? 0 : bad / total)}
      />
      <line className={styles['whisker']} x1={at(lower)} x2={at(upper)} y1={middle} y2={middle} />
      {[lower, upper].map((bound) => (
        <line
          key={bound}
          className={styles['whisker']}
          x1={at(bound)}
          x2={at(bound)}
          y1={2}
          y2={HEIGHT - 2}
        />
      ))}
      {other !== null && (
        <line className={styles['other']} x1={at(other)} x2={at(other)} y1="0" y2={HEIGHT} />
      )}
    </svg>
  );
}

function timesWords(lift: number): string {
  return `${lift >= 10 ? Math.round(lift).toLocaleString('en') : lift.toFixed(1)}×`;
}
