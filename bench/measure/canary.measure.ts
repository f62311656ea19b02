import { FALSE_ROLLBACKS } from '../../src/change/index.ts';
import { seededRandom } from '../../src/core/index.ts';
import { simulateCanary, type Baseline, type CanaryRun, type Harm } from './canary-simulation.ts';
import type { Measurement } from './measure.ts';

const baselines: readonly Baseline[] = [
  { name: '0.02 %', failing: 0.0002, outages: null },
  { name: '0.5 %', failing: 0.005, outages: null },
  { name: '5 %', failing: 0.05, outages: null },
  { name: '0.02 % and outages', failing: 0.0002, outages: { hoursBetween: 6, minutes: 5 } },
];

const none: Harm = { name: 'none', failing: 0, slower: 1 };
const harms: readonly Harm[] = [
  none,
  { name: '+1 %', failing: 0.01, slower: 1 },
  { name: '+5 %', failing: 0.05, slower: 1 },
  { name: '+20 %', failing: 0.2, slower: 1 },
  { name: '2x slower', failing: 0, slower: 2 },
];

const perHours = [100, 1000, 10_000] as const;

export const canary: Measurement = {
  name: 'canary',
  sentence:
    'A change that harms is tried on a few messages first: how often it is rolled back, what it cost until then, and how often a harmless one is.',
  async run({ isQuick, seed }, progress) {
    const rows: (string | number)[][] = [];
    const all: { readonly harm: Harm; readonly base: Baseline; readonly run: CanaryRun }[] = [];
    for (const base of baselines) {
      progress(`${base.name} fail without the change`);
      for (const harm of harms) {
        for (const perHour of perHours) {
          const draws = (isQuick ? 4 : 40) * (harm === none ? 5 : 1);
          const random = seededRandom(seed * 7919 + rows.length);
          const runs = Array.from({ length: draws }, () =>
            simulateCanary(base, harm, perHour, random),
          );
          for (const run of runs) all.push({ harm, base, run });
          rows.push([base.name, harm.name, perHour, ...cellsOf(runs)]);
        }
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
    }
    const harmless = all.filter(({ harm }) => harm === none);
    const falseShare = rolledBack(harmless) / harmless.length;
    const found = (name: string, isIn: (base: Baseline) => boolean = () => true): number => {
      const drawn = all.filter(({ harm, base }) => harm.name === name && isIn(base));
      return percent(rolledBack(drawn) / drawn.length);
    };
    const isRare = ({ failing }: Baseline): boolean => failing < 0.01;
    const target = (name: string, measured: number, least: number) => ({
      name,
      measured,
      target: `>= ${least} %`,
      isMet: measured >= least,
    });
    return {
      columns: [
        'fails anyway',
        'harm',
        'messages/h',
        'rolled back %',
        'affected %',
        'affected',
        'of messages',
        'hours',
      ],
      rows,
      targets: [
        {
          name: 'harmless changes rolled back, %',
          measured: percent(falseShare),
          target: `<= ${FALSE_ROLLBACKS * 100} %`,
          isMet: falseShare <= FALSE_ROLLBACKS,
        },
        target('harm of 20 % rolled back, %', found('+20 %'), 99),
        target('harm of 5 % rolled back, %', found('+5 %'), 99),
        target(
          'harm of 1 % rolled back, where under 1 % fail anyway, %',
          found('+1 %', isRare),
          95,
        ),
        target('harm of 1 % rolled back, %', found('+1 %'), 95),
        target('twice as slow rolled back, %', found('2x slower'), 99),
      ],
      remarks: [
        'rolled back: of all canaries drawn. affected: messages whose first attempt the harm made fail (or slow), as a',
        'share of all messages accepted until the end and as a count; of messages, hours: until then. Medians.',
        `${harmless.length} canaries of a harmless change, ${all.length} in all, of the default schedule.`,
      ],
    };
  },
};

function cellsOf(runs: readonly CanaryRun[]): readonly number[] {
  const back = runs.filter(({ end }) => end === 'rolled_back');
  return [
    percent(back.length / runs.length),
    percent(median(runs.map(({ affected, messages }) => affected / Math.max(1, messages)))),
    Math.round(median(runs.map(({ affected }) => affected))),
    Math.round(median(runs.map(({ messages }) => messages))),
    Number(median(runs.map(({ hours }) => hours)).toPrecision(2)),
  ];
}

function rolledBack(drawn: readonly { readonly run: CanaryRun }[]): number {
  return drawn.filter(({ run }) => run.end === 'rolled_back').length;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

function percent(share: number): number {
  return Number((share * 100).toPrecision(3));
}
