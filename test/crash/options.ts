import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export type CrashRunOptions = {
  readonly rounds: number;
  readonly seed: number;
  readonly isJson: boolean;
};

const LARGEST_SEED = 2 ** 32 - 1;

const usage = `npm run crash -- [--rounds N] [--seed S] [--json]

  --rounds N  kills, 1 to 10000; 5 by default
  --seed S    of the moments of the kills; drawn and printed by default
  --json      one line of JSON instead of the table`;

/** Ends the process with the usage where it was asked for, at an unknown flag, or at a number out of bounds. */
export function optionsOrExit(args: readonly string[]): CrashRunOptions {
  try {
    return readOptions(args);
  } catch (thrown) {
    console.error(
      `crash: ${thrown instanceof Error ? thrown.message : String(thrown)}\n\n${usage}`,
    );
    return process.exit(1);
  }
}

function readOptions(args: readonly string[]): CrashRunOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '5' },
      seed: { type: 'string', default: String(randomInt(LARGEST_SEED)) },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  return {
    rounds: whole('rounds', values.rounds, 1, 10_000),
    seed: whole('seed', values.seed, 0, LARGEST_SEED),
    isJson: values.json,
  };
}

function whole(name: string, given: string, least: number, most: number): number {
  const value = given.trim() === '' ? Number.NaN : Number(given);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(
    `--${name} must be a whole number from ${least} to ${most}, not "${given}".`,
  );
}
