import { Option, type Command } from 'commander';
import { fault, HoldfastError, systemClock, systemRandom } from '../core/index.ts';
import { signatureHeaderNames, type SignatureHeaderNames } from '../change/index.ts';
import { createClient, type Client } from './client.ts';
import type { ImportReport } from './import/report.ts';
import { abortOnSignals, isInterruption } from './interruption.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { createProgress, silentProgress } from './progress.ts';

type Flags = {
  readonly from: string;
  readonly token?: string;
  readonly url?: string;
  readonly tokenHere?: string;
  readonly data?: string;
  readonly signatureHeaders: SignatureHeaderNames;
  readonly dryRun?: true;
  readonly json?: true;
};

const NOTE = `Copies event types, applications and endpoints with their secrets and headers; no messages. Nothing is
deleted, here or there. What is here already under the same uid is made equal to the source; where the source has no
uid, the copy keeps the source's id in its metadata as svix_id. Run it as often as you like, one at a time: it goes on
where it ended, and copies nothing twice. Ends with 1 if anything could not be copied.`;

export function importSvixCommand(): Command {
  return newCommand(
    'svix',
    'copy the configuration of a running Svix server',
    [
      'holdfast import svix --from https://svix.example.com --token testsk_... --dry-run',
      'holdfast import svix --from https://svix.example.com --token testsk_...',
      'SVIX_AUTH_TOKEN=testsk_... holdfast import svix --from http://10.0.0.5:8071 --json',
    ],
    NOTE,
  )
    .requiredOption('--from <address>', 'address of the Svix server')
    .option('--token <token>', 'its token, for the whole organization; or SVIX_AUTH_TOKEN')
    .option('--url <address>', 'address of this Holdfast, or HOLDFAST_URL')
    .option('--token-here <token>', 'its token, or HOLDFAST_TOKEN; else the one in the data folder')
    .option('--data <folder>', 'data folder of the service on this machine (default ./data)')
    .addOption(
      new Option('--signature-headers <names>', 'names of signature headers of new applications')
        .choices(signatureHeaderNames)
        .default('both' satisfies SignatureHeaderNames),
    )
    .option('--dry-run', 'compare only, and write nothing')
    .action(async (flags: Flags) => importSvix(flags));
}

async function importSvix(flags: Flags): Promise<void> {
  const signal = abortOnSignals();
  const from = sourceUrl(flags.from);
  const token = sourceToken(flags.token);
  const client = clientFrom(flags, signal);
  if (from === client.url) {
    throw fault('validation', {
      field: '--from',
      detail: `--from and --url are the same server, ${from}. Give the Svix server with --from.`,
    });
  }
  const { runImport } = await import('./import/run-import.ts');
  const { describeProgress, describeReport } = await import('./import/report.ts');
  const isQuiet = flags.json === true && !process.stderr.isTTY;
  const progress = isQuiet ? silentProgress : createProgress(process.stderr, systemClock);
  const parts = { clock: systemClock, random: systemRandom, signal };
  const outcome = await runImport({
    ...parts,
    from,
    token,
    client,
    isDryRun: flags.dryRun === true,
    signatureHeaders: flags.signatureHeaders,
    onStep: (counts, problems) => progress.show(describeProgress(counts, problems)),
  });
  const { endedBy, ...report } = outcome;
  progress.end();
  // The report comes first: what it says is true, whatever ended the import.
  printResult(flags, report satisfies ImportReport, describeReport);
  if (!report.isWhole) process.exitCode = 1;
  if (isInterruption(endedBy)) progress.note('Interrupted. Run it again: it goes on.');
  if (endedBy !== undefined) throw endedBy;
}

function sourceUrl(given: string): string {
  const url = URL.parse(given);
  const isPlain =
    url !== null &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === '';
  if (isPlain && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, '');
  throw fault('validation', {
    field: '--from',
    detail: `"${given}" is no address of a Svix server. Give it like https://svix.example.com.`,
  });
}

function sourceToken(flag: string | undefined): string {
  const given = flag ?? process.env['SVIX_AUTH_TOKEN'] ?? '';
  if (/^[!-~]+$/.test(given)) return given;
  throw fault('authentication_failed', {
    field: '--token',
    detail: 'Give the token of the Svix server with --token or SVIX_AUTH_TOKEN.',
  });
}

/** Of this Holdfast's options only the token's is named otherwise than elsewhere. */
function clientFrom({ url, tokenHere, data }: Flags, signal: AbortSignal): Client {
  const flags = {
    ...(url === undefined ? {} : { url }),
    ...(tokenHere === undefined ? {} : { token: tokenHere }),
    ...(data === undefined ? {} : { data }),
  };
  try {
    return createClient(flags, process.env, signal);
  } catch (thrown) {
    if (!(thrown instanceof HoldfastError) || thrown.field !== '--token') throw thrown;
    throw fault(thrown.code, {
      field: '--token-here',
      detail: thrown.message.replaceAll('--token', '--token-here'),
    });
  }
}
