import { statSync } from 'node:fs';
import { ledgerPath } from '../src/ledger/index.ts';
import type { HoldfastProcess } from './holdfast-process.ts';
import { svgPlot } from '../src/core/index.ts';
import { regression } from './regression.ts';

/** What a soak looks at every two seconds. Sizes in bytes; rates and latencies are of the time since the last look. */
export type SoakSample = {
  readonly atSeconds: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  /** Held outside of the heap by objects in it: buffers. */
  readonly externalBytes: number;
  readonly ledgerBytes: number;
  /** The write-ahead log beside it. */
  readonly logBytes: number;
  readonly deliveriesPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

const MB = 1e6;
const HOUR_SECONDS = 3600;
const MINUTE_SECONDS = 60;
const columns = [
  'atSeconds',
  'residentBytes',
  'heapBytes',
  'externalBytes',
  'ledgerBytes',
  'logBytes',
  'deliveriesPerSecond',
  'p50Ms',
  'p99Ms',
] as const satisfies readonly (keyof SoakSample)[];

export const csvHead = `${columns.join(',')}\n`;

export function csvLine(sample: SoakSample): string {
  const cells = columns.map((column) => {
    const value = sample[column];
    return Number.isFinite(value) ? String(Math.round(value * 1000) / 1000) : '';
  });
  return `${cells.join(',')}\n`;
}

export function sizesOf(
  holdfast: HoldfastProcess,
  dataDir: string,
): Pick<SoakSample, 'residentBytes' | 'heapBytes' | 'externalBytes' | 'ledgerBytes' | 'logBytes'> {
  const bytes = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const heap = holdfast.heap();
  return {
    residentBytes: holdfast.usage().residentBytes,
    heapBytes: heap?.heapUsed ?? Number.NaN,
    externalBytes: heap?.external ?? Number.NaN,
    ledgerBytes: bytes(ledgerPath(dataDir)),
    logBytes: bytes(`${ledgerPath(dataDir)}-wal`),
  };
}

export type Growth = {
  /** How long the second half was. */
  readonly seconds: number;
  readonly mbAnHour: number;
  /** Ends of the line: seconds, and MB. */
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
};

/** Resident memory over the second half, when what fills up once has filled up. */
export function growthOf(samples: readonly SoakSample[]): Growth {
  const half = samples.slice(Math.floor(samples.length / 2));
  const { slope, intercept } = regression(
    half
      .filter(({ residentBytes }) => Number.isFinite(residentBytes))
      .map(({ atSeconds, residentBytes }) => [atSeconds, residentBytes / MB]),
  );
  const end = (at: number): readonly [number, number] => [at, intercept + slope * at];
  const [firstAt, lastAt] = [half[0]?.atSeconds ?? 0, half.at(-1)?.atSeconds ?? 0];
  return {
    seconds: lastAt - firstAt,
    mbAnHour: slope * HOUR_SECONDS,
    from: end(firstAt),
    to: end(lastAt),
  };
}

export function soakPlot(samples: readonly SoakSample[], subtitle: string): string {
  const isShort = (samples.at(-1)?.atSeconds ?? 0) < 3 * MINUTE_SECONDS;
  const perX = isShort ? 1 : MINUTE_SECONDS;
  const inMb = (pick: (sample: SoakSample) => number): readonly number[] =>
    samples.map((sample) => pick(sample) / MB);
  const { mbAnHour, from, to } = growthOf(samples);
  return svgPlot({
    title: 'Holdfast under steady load',
    subtitle,
    x: {
      label: isShort ? 'seconds' : 'minutes',
      values: samples.map(({ atSeconds }) => atSeconds / perX),
    },
    panels: [
      {
        title: 'Memory of the process',
        unit: 'MB',
        curves: [
          { name: 'resident', values: inMb(({ residentBytes }) => residentBytes) },
          { name: 'heap', values: inMb(({ heapBytes }) => heapBytes) },
          { name: 'buffers', values: inMb(({ externalBytes }) => externalBytes) },
        ],
        ...(Number.isFinite(mbAnHour)
          ? {
              trend: {
                name: `${signed(mbAnHour)} MB/h, second half`,
                from: [from[0] / perX, from[1]],
                to: [to[0] / perX, to[1]],
              },
            }
          : {}),
      },
      {
        title: 'Ledger on disk',
        unit: 'MB',
        curves: [{ name: 'file', values: inMb(({ ledgerBytes }) => ledgerBytes) }],
      },
      {
        // By itself: beside a file of gigabytes no growth of it would show.
        title: 'Its write-ahead log',
        unit: 'MB',
        curves: [{ name: 'log', values: inMb(({ logBytes }) => logBytes) }],
      },
      {
        title: 'Latency, accept to receive',
        unit: 'ms',
        curves: [
          { name: 'p99', values: samples.map(({ p99Ms }) => p99Ms) },
          { name: 'p50', values: samples.map(({ p50Ms }) => p50Ms) },
        ],
      },
      {
        title: 'Deliveries',
        unit: 'a second',
        curves: [
          {
            name: 'received',
            values: samples.map(({ deliveriesPerSecond }) => deliveriesPerSecond),
          },
        ],
      },
    ],
  });
}

function signed(value: number): string {
  const size = Math.abs(value);
  return `${value < 0 ? '−' : '+'}${size.toFixed(size < 100 ? 1 : 0)}`;
}
