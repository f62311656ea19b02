import type { ForecastAnswer, SceneAnswer, SimulationAnswer } from './policy-answers.ts';
import { formatTable } from './table.ts';
import { textPlot } from './text-plot.ts';
import { timeWords } from './time-words.ts';
import { wrapText } from './wrap-text.ts';

const STEP_MINUTES = 15;

/** What a policy would do, in words, a table and a plot. */
export function describeForecast(forecast: ForecastAnswer): string {
  return [
    verdict(forecast),
    planLines(forecast),
    scene('THE LAST DAY AGAIN', forecast.day),
    scene('AN OUTAGE OF AN HOUR', forecast.outage),
    'In a plot: █ both policies, + this one more, · the present one more.',
    [basis(forecast), ...forecast.assumptions].map((line) => wrapText(line)).join('\n'),
  ].join('\n\n');
}

function verdict({ warnings }: ForecastAnswer): string {
  if (warnings.length === 0) return 'No warning: it does not multiply traffic.';
  return warnings.map((warning) => wrapText(`WARNING: ${warning}`)).join('\n');
}

function basis({ basis: kind, sampledMinutes }: ForecastAnswer): string {
  if (kind === 'assumed') {
    return 'There was no delivery in the last day: one message a minute that succeeds is assumed.';
  }
  return sampledMinutes === 0
    ? 'It is held against the outcomes of the last day.'
    : `It is held against the outcomes of the last day; ${sampledMinutes} minutes were so busy that they are estimated.`;
}

function planLines({ plan, presentPlan }: ForecastAnswer): string {
  const rows = Array.from({ length: Math.max(plan.length, presentPlan.length) }, (_, at) => at);
  const after = (ms: number | undefined): string =>
    ms === undefined ? '-' : ms === 0 ? 'at once' : timeWords(ms);
  return formatTable(
    [
      { title: 'ATTEMPT', value: (at: number) => at + 1 },
      { title: 'AT THE LATEST AFTER', value: (at) => after(plan[at]) },
      { title: 'PRESENT POLICY', value: (at) => after(presentPlan[at]) },
    ],
    rows,
  );
}

function scene(title: string, { present, candidate }: SceneAnswer): string {
  const rows: readonly (readonly [string, (of: SimulationAnswer) => string])[] = [
    ['messages', ({ messages }) => count(messages)],
    ['attempts', ({ attempts }) => count(attempts)],
    ['attempts a message', ({ amplification }) => amplification.toFixed(2)],
    ['worst minute', ({ peakPerMinute }) => count(peakPerMinute)],
    ['dead letters', ({ deadLetters }) => count(deadLetters)],
    [
      'oldest delivery',
      ({ oldestDeliveryMs: ms }) => (ms === null ? 'none' : ms === 0 ? 'at once' : timeWords(ms)),
    ],
  ];
  const table = formatTable(
    [
      { title, value: ([name]: (typeof rows)[number]) => name },
      { title: 'THIS POLICY', value: ([, of]) => of(candidate) },
      { title: 'PRESENT POLICY', value: ([, of]) => of(present) },
    ],
    rows,
  );
  const plot = textPlot({
    title: 'Attempts',
    unit: 'in 15 minutes, from the start',
    stepMinutes: STEP_MINUTES,
    present: present.series,
    candidate: candidate.series,
  });
  return `${table}\n\n${plot}`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}
