import { parseArgs } from 'node:util';
import { blameless } from './blameless.measure.ts';
import { canary } from './canary.measure.ts';
import { detect } from './detect.measure.ts';
import { drift } from './drift.measure.ts';
import { formatTable } from './format-table.ts';
import type { Measurement, MeasureOptions, MeasureReport } from './measure.ts';
import { story } from './story.measure.ts';

/** Measures what Holdfast decides: how often it is right, how soon, and how often it cries wolf. */
const measurements: readonly Measurement[] = [blameless, canary, detect, drift, story];

const usage = `npm run measure -- NAME [--quick] [--seed N] [--json]

${measurements.map(({ name, sentence }) => `  ${name.padEnd(12)}${sentence}`).join('\n')}

  --quick    fewer draws: a look, not figures to quote
  --seed N   every draw follows from it; 1 by default
  --json     one line of JSON instead of the table

Example: npm run measure -- ${measurements[0]?.name ?? 'NAME'} --quick`;

const { measurement, options, isJson } = readOrExit(process.argv.slice(2));
const startedAt = performance.now();
const report = await measurement.run(options, (line) =>
  console.error(`measure ${measurement.name}: ${line}`),
);
const seconds = (performance.now() - startedAt) / 1000;
console.log(
  isJson
    ? JSON.stringify({ name: measurement.name, ...options, seconds, ...report })
    : asText(report),
);

function asText({ columns, rows, targets, remarks }: MeasureReport): string {
  const met = targets.map(
    ({ name, measured, target, isMet }) =>
      `${isMet ? 'met   ' : 'MISSED'}  ${name}: ${measured} (target ${target})`,
  );
  return [
    measurement.sentence,
    '',
    formatTable(columns, rows),
    '',
    ...met,
    ...remarks,
    `seed ${options.seed}, ${seconds.toFixed(1)} s`,
  ].join('\n');
}

function readOrExit(args: readonly string[]): {
  readonly measurement: Measurement;
  readonly options: MeasureOptions;
  readonly isJson: boolean;
} {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      return process.exit(0);
    }
    const [name, ...others] = positionals;
    const found = measurements.find((measurement) => measurement.name === name);
    if (found === undefined || others.length > 0) {
      throw new TypeError(
        name === undefined
          ? 'give the name of a measurement'
          : `there is no "${positionals.join(' ')}"`,
      );
    }
    const seed = Number(values.seed);
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new TypeError('--seed must be a whole number');
    }
    return { measurement: found, options: { isQuick: values.quick, seed }, isJson: values.json };
  } catch (thrown) {
    console.error(
      `measure: ${thrown instanceof Error ? thrown.message : String(thrown)}\n\n${usage}`,
    );
    return process.exit(1);
  }
}
