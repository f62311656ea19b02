import { parseArgs } from 'node:util';

export type BenchOptions = {
  /** Short windows and small sizes: for a look and for CI, not for figures to quote. */
  readonly isQuick: boolean;
  readonly rounds: number;
  /** Length of each measured window. */
  readonly seconds: number;
  /** What is left out of the measurement, so that compilers and caches are at work. */
  readonly warmUpSeconds: number;
  readonly latencySeconds: number;
  /** Requests at once, of the bare client and of the sender alike. */
  readonly concurrency: number;
  readonly soakMinutes: number;
  /** Where plots and tables of samples are left; a temporary folder where it is not given. */
  readonly out: string | undefined;
  readonly isJson: boolean;
  readonly profile: string | undefined;
  /** Of the scenarios to run. */
  readonly only: readonly string[];
};

/** What there is to choose from. */
export type Choice = {
  readonly name: string;
  readonly sentence: string;
  readonly isOnRequest?: boolean;
};

const quick = { rounds: 3, seconds: 1.5, warmUpSeconds: 1.5, latencySeconds: 2.5 };
const full = { rounds: 7, seconds: 8, warmUpSeconds: 5, latencySeconds: 20 };

const CONCURRENCY = 64;
const SOAK_MINUTES = '10';
const LARGEST = 3600;

const usageOf = (
  choices: readonly Choice[],
): string => `npm run bench -- [--quick] [--only NAME[,NAME]] [--soak [MINUTES]] [--json] …

  --quick           small sizes and short windows, under 90 s in all; without it about 25 minutes
  --only NAMES      these scenarios, by commas:
${choices.map(lineOf).join('\n')}
  --peers           the scenario "peers" alone: job queues doing the same, by turns with both
  --soak [MINUTES]  the scenario "soak" alone, ${SOAK_MINUTES} minutes by default
  --out FOLDER      where soak leaves its plot (soak.svg) and samples (soak.csv); a temporary folder by default
  --json            one line of JSON instead of the table
  --seconds N       length of each measured window of the throughput scenarios
  --rounds N        bare client and Holdfast by turns, this many times; the other scenarios at most this many rounds
  --concurrency N   requests at once, of the bare client and of the sender alike; ${CONCURRENCY} by default
  --profile FOLDER  no measurement: CPU profiles of Holdfast under load into the folder, and their summary`;

function lineOf({ name, sentence, isOnRequest = false }: Choice): string {
  return `                      ${name.padEnd(15)}${sentence}${isOnRequest ? ' On request only.' : ''}`;
}

/** Ends the process with the usage where it was asked for, at an unknown flag or scenario, or at a number out of bounds. */
export function optionsOrExit(args: readonly string[], choices: readonly Choice[]): BenchOptions {
  try {
    return readOptions(args, choices);
  } catch (thrown) {
    console.error(
      `bench: ${thrown instanceof Error ? thrown.message : String(thrown)}\n\n${usageOf(choices)}`,
    );
    return process.exit(1);
  }
}

function readOptions(args: readonly string[], choices: readonly Choice[]): BenchOptions {
  const { values } = parseArgs({
    args: args.map((word, place) =>
      word === '--soak' && !/^\d/.test(args[place + 1] ?? '') ? `--soak=${SOAK_MINUTES}` : word,
    ),
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      soak: { type: 'string' },
      out: { type: 'string' },
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
    console.log(usageOf(choices));
    process.exit(0);
  }
  const otherwise = values.quick ? quick : full;
  return {
    ...otherwise,
    isQuick: values.quick,
    rounds: number('rounds', values.rounds, otherwise.rounds),
    seconds: number('seconds', values.seconds, otherwise.seconds),
    concurrency: number('concurrency', values.concurrency, CONCURRENCY),
    soakMinutes: number('soak', values.soak, Number(SOAK_MINUTES)),
    out: values.out,
    isJson: values.json,
    profile: values.profile,
    only: chosen(choices, values.only ?? (values.peers ? 'peers' : values.soak && 'soak')),
  };
}

/** Throws where a name is none of a scenario's. */
function chosen(choices: readonly Choice[], only: string | undefined): readonly string[] {
  const known = choices.map(({ name }) => name);
  if (only === undefined) {
    return choices.filter(({ isOnRequest = false }) => !isOnRequest).map(({ name }) => name);
  }
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  throw new RangeError(`--only knows ${known.join(', ')}, not "${unknown}".`);
}

function number(name: string, given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise;
  const value = Number(given);
  const isKindRight = ['seconds', 'soak'].includes(name) || Number.isInteger(value);
  if (isKindRight && value > 0 && value <= LARGEST) return value;
  throw new RangeError(`--${name} must be a number above 0 and up to ${LARGEST}, not "${given}".`);
}
