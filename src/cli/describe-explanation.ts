import type {
  ExplanationAnswer,
  ExplanationRowAnswer,
  SymptomAnswer,
} from './explanation-answers.ts';
import { oneLine } from './one-line.ts';
import { formatCount, formatTable, type Column } from './table.ts';
import { wrapText } from './wrap-text.ts';

const MOST_ROWS = 10;
/** What the first rows are about, below the table. */
const MOST_NOTES = 3;
/** So that a row fits 80 columns. */
const DIMENSION_WIDTH = 17;
const VALUE_WIDTH = 27;
const WIDTH = 80;

/** @param what whose failures they are, as a sentence begins with it. */
export function describeExplanation(
  what: string,
  { from, to, exact, sample, explanations, symptoms }: ExplanationAnswer,
): string {
  const shown = explanations.slice(0, MOST_ROWS);
  const looked = sample.isWhole
    ? `All ${formatCount(sample.lookedAt)} deliveries of it were looked at.`
    : `${formatCount(sample.lookedAt)} deliveries of it were looked at; rows with ~ are of this sample.`;
  return [
    wrapText(
      `${what}, ${from} to ${to}: ${formatCount(exact.bad)} of ${formatCount(exact.total)} failed. ${looked}`,
      WIDTH,
    ),
    shown.length === 0
      ? 'Nothing sets what failed apart from what did not.'
      : formatTable(columns, shown),
    ...shown
      .slice(0, MOST_NOTES)
      .filter(({ about }) => about !== null)
      .map((row) => wrapText(`${row.dimension} ${row.value}: ${oneLine(row.about ?? '')}`, WIDTH)),
    ...(symptoms.length === 0 ? [] : [formatTable(symptomColumns, symptoms)]),
  ].join('\n\n');
}

const columns: readonly Column<ExplanationRowAnswer>[] = [
  { title: 'WHERE', value: ({ dimension }) => cut(dimension, DIMENSION_WIDTH) },
  { title: 'VALUE', value: ({ value }) => cut(oneLine(value), VALUE_WIDTH) },
  { title: 'FAILED', value: ({ bad, total, isExact }) => ratio(bad, total, isExact) },
  { title: 'ELSEWHERE', value: ({ otherBad, otherTotal }) => ratio(otherBad, otherTotal, true) },
  {
    title: 'AT LEAST',
    value: ({ liftAtLeast }) => `${short(Number(liftAtLeast.toPrecision(2)))}×`,
  },
];

const symptomColumns: readonly Column<SymptomAnswer>[] = [
  { title: 'HOW', value: ({ dimension }) => cut(dimension, DIMENSION_WIDTH) },
  { title: 'VALUE', value: ({ value }) => cut(oneLine(value), VALUE_WIDTH) },
  { title: 'FAILED', value: ({ bad, otherBad }) => ratio(bad, bad + otherBad, false) },
  {
    title: 'MOSTLY AT',
    value: ({ mostlyAt }) =>
      mostlyAt === null ? '' : `${cut(oneLine(mostlyAt.host), 18)} ${short(mostlyAt.bad)}`,
  },
];

function ratio(bad: number, total: number, isExact: boolean): string {
  return `${isExact ? '' : '~'}${short(bad)}/${short(total)}`;
}

/** At most four characters up to a thousand million. */
function short(count: number): string {
  if (count < 10_000) return String(count);
  return count < 1_000_000 ? `${Math.floor(count / 1000)}k` : `${Math.floor(count / 1e6)}M`;
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
