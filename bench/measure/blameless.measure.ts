import { readCorpus, type Half, type Labelled } from './blameless/corpus.ts';
import { loadOtherLinters, type OtherLinter } from './blameless/other-linters.ts';
import { wilson } from './blameless/wilson.ts';
import { documentation } from './blameless/documentation.ts';
import { flags, lint, type FlagId } from '../../src/review/blameless/index.ts';
import type { Measurement, MeasureReport } from './measure.ts';

/** What was found, held against what was to be found. */
type Counts = { readonly right: number; readonly wrong: number; readonly missed: number };

const HALVES = ['build', 'held-back'] as const satisfies readonly Half[];

export const blameless: Measurement = {
  name: 'blameless',
  sentence:
    'How many blaming phrases of a labelled corpus are flagged, and how many innocent ones, beside alex and write-good.',
  async run(_options, progress) {
    const otherLinters = await loadOtherLinters(progress);
    const rows: (string | number)[][] = [];
    const held: Record<string, Counts> = {};
    for (const half of HALVES) {
      const corpus = readCorpus(half);
      progress(`${half}: ${corpus.length} sentences`);
      const found = corpus.map(({ text, section }) => ({
        flags: new Set(lint(text, { section }).findings.map(({ flag }) => flag)),
        others: otherLinters.map(({ isFlagged }) => isFlagged(text)),
      }));
      const add = (name: string, counts: Counts): void => {
        rows.push(rowOf(half, name, counts));
        if (half === 'held-back') held[name] = counts;
      };
      const expects = corpus.map(({ expected }) => expected.size > 0);
      const ofFlags = flagNames().map((flag) => countFlag(flag, corpus, found));
      add(
        'holdfast: any',
        countSentences(
          expects,
          found.map((one) => one.flags.size > 0),
        ),
      );
      for (const [index, { name }] of otherLinters.entries()) {
        add(
          `${name}: any`,
          countSentences(
            expects,
            found.map(({ others }) => others[index] === true),
          ),
        );
      }
      add('holdfast: right flag', ofFlags.reduce(sum, { right: 0, wrong: 0, missed: 0 }));
      for (const [index, flag] of flagNames().entries()) {
        const counts = ofFlags[index];
        if (counts !== undefined) rows.push(rowOf(half, flag, counts));
      }
    }
    return reportOf(rows, held, otherLinters);
  },
};

function flagNames(): readonly FlagId[] {
  return Object.keys(flags).filter((name): name is FlagId => Object.hasOwn(flags, name));
}

function countSentences(expected: readonly boolean[], found: readonly boolean[]): Counts {
  const count = (isExpected: boolean, isFound: boolean): number =>
    expected.filter((one, index) => one === isExpected && found[index] === isFound).length;
  return { right: count(true, true), wrong: count(false, true), missed: count(true, false) };
}

function countFlag(
  flag: FlagId,
  corpus: readonly Labelled[],
  found: readonly { readonly flags: ReadonlySet<FlagId> }[],
): Counts {
  return countSentences(
    corpus.map(({ expected }) => expected.has(flag)),
    found.map((one) => one.flags.has(flag)),
  );
}

function sum(a: Counts, b: Counts): Counts {
  return { right: a.right + b.right, wrong: a.wrong + b.wrong, missed: a.missed + b.missed };
}

function rowOf(half: Half, name: string, { right, wrong, missed }: Counts): (string | number)[] {
  return [
    half,
    name,
    right,
    wrong,
    missed,
    share(right, right + wrong),
    share(right, right + missed),
    f1({ right, wrong, missed }).toFixed(2),
  ];
}

/** A share with its 95 % interval. */
function share(of: number, all: number): string {
  if (all === 0) return '–';
  const { low, high } = wilson(of, all);
  return `${(of / all).toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}

function f1({ right, wrong, missed }: Counts): number {
  return right === 0 ? 0 : (2 * right) / (2 * right + wrong + missed);
}

function reportOf(
  rows: (string | number)[][],
  held: Record<string, Counts>,
  otherLinters: readonly OtherLinter[],
): MeasureReport {
  const any = held['holdfast: any'] ?? { right: 0, wrong: 0, missed: 0 };
  const precision = any.right / (any.right + any.wrong);
  const recall = any.right / (any.right + any.missed);
  const { words, texts } = documentation();
  const ours = texts.reduce((count, text) => count + lint(text).findings.length, 0);
  const others = otherLinters.map(
    ({ name, countIn }) => `${name} ${texts.reduce((count, text) => count + countIn(text), 0)}`,
  );
  return {
    columns: ['half', 'what', 'right', 'wrong', 'missed', 'precision', 'recall', 'F1'],
    rows,
    targets: [
      target('precision of sentences, held back', precision, 0.9),
      target('recall of sentences, held back', recall, 0.8),
    ],
    remarks: [
      'shares with 95 % Wilson intervals; "any": a sentence counts once, by whatever flag it was found',
      `in ${words.toLocaleString('en')} words of this repository's documentation, which blames nobody: holdfast ${ours} findings, ${others.join(', ')}`,
    ],
  };
}

function target(name: string, measured: number, atLeast: number): MeasureReport['targets'][number] {
  return {
    name,
    measured: Number(measured.toFixed(3)),
    target: `≥ ${atLeast}`,
    isMet: measured >= atLeast,
  };
}
