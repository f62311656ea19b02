import { parseArgs } from 'node:util';

export type BenchOptions = {
  readonly rounds: number;
  /** Length of each measured window. */
  readonly seconds: number;
  /** What is left out of the measurement, so that compilers and caches are at work. */
  readonly warmUpSeconds: number;
  readonly latencySeconds: number;
  /** Requests at once, of the bare client and of the sender alike. */
  readonly concurrency: number;
  readonly isJson: boolean;
  /** The job queues beside Holdfast, instead of Holdfast alone. */
  readonly peers: boolean;
  readonly profile: string | undefined;
};

/** Under 40 s in all, for a first look; and a few minutes, for figures to quote. */
const quick = { rounds: 3, seconds: 2.5, warmUpSeconds: 2.5, latencySeconds: 4 };
const full = { rounds: 7, seconds: 8, warmUpSeconds: 5, latencySeconds: 20 };

const CONCURRENCY = 64;
const LARGEST = 3600;

const usage = `npm run bench -- [--quick] [--json] [--seconds N] [--rounds N] [--concurrency N] [--peers] [--profile FOLDER]

  --quick           three short rounds, under 40 s in all; without it a few minutes
  --seconds N       length of each measured window
  --rounds N        bare client and Holdfast by turns, this many times
  --concurrency N   requests at once, of the bare client and of the sender alike; 64 by default
  --peers           BullMQ, pg-boss and graphile-worker doing the same, by turns with both
  --json            one line of JSON instead of the table
  --profile FOLDER  no measurement: CPU profiles of Holdfast under load into the folder, and their summary`;

/** Ends the process with the usage where it was asked for, at an unknown flag, or at a number out of bounds. */
export function optionsOrExit(args: readonly string[]): BenchOptions {
  try {
    return readOptions(args);
  } catch (thrown) {
    console.error(
      `bench: ${thrown instanceof Error ? thrown.message : String(thrown)}\n\n${usage}`,
    );
    return process.exit(1);
  }
}

function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      peers: { type: 'boolean', default: false },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      concurrency: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  const otherwise = values.quick ? quick : full;
  return {
    ...otherwise,
    rounds: number('rounds', values.rounds, otherwise.rounds),
    seconds: number('seconds', values.seconds, otherwise.seconds),
    concurrency: number('concurrency', values.concurrency, CONCURRENCY),
    isJson: values.json,
    peers: values.peers,
    profile: values.profile,
  };
}

function number(name: string, given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise;
  const value = Number(given);
  const isKindRight = name === 'seconds' || Number.isInteger(value);
  if (isKindRight && value > 0 && value <= LARGEST) return value;
  throw new RangeError(`--${name} must be a number above 0 and up to ${LARGEST}, not "${given}".`);
}
