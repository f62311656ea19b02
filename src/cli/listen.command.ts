import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Command } from 'commander';
import { fault, HoldfastError, seededRandom, systemClock, systemRandom } from '../core/index.ts';
import { parsePublicKey, parseSecret, type VerificationKey } from '../signature/index.ts';
import { abortOnSignals } from './interruption.ts';
import { newCommand } from './new-command.ts';
import { createReceiver, type Received } from './receiver.ts';
import { counted, formatCount } from './table.ts';
import { collect, duration, percentage, wholeNumber } from './values.ts';

type Flags = {
  readonly port: number;
  readonly host: string;
  readonly secret?: readonly string[];
  readonly status: number;
  readonly fail: number;
  readonly seed?: number;
  readonly stall?: true;
  readonly delay: number;
  readonly json?: true;
};

type Summary = {
  readonly received: number;
  readonly verified: number;
  readonly badSignatures: number;
  readonly duplicates: number;
};

/** One above the service's own. */
const PORT = 8072;

const NOTE = `Holdfast delivers to this machine only where it was allowed to:
  HOLDFAST_ALLOWED_SUBNETS=127.0.0.0/8 holdfast serve
The secret of an endpoint: GET /api/v1/app/{app}/endpoint/{endpoint}/secret`;

export function listenCommand(): Command {
  return newCommand(
    'listen',
    'receive deliveries, verify and print them',
    [
      'holdfast listen --secret whsec_...                   verify and answer 200',
      'holdfast listen --secret whsec_... --fail 20%        answer one in five with 500',
      'holdfast listen --port 9000 --status 503             refuse everything',
      'holdfast listen --stall                              take everything, answer nothing',
    ],
    NOTE,
  )
    .option(
      '--port <number>',
      'port to listen on; 0 takes a free one',
      wholeNumber('--port', 0, 65_535),
      PORT,
    )
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--secret <secret>', 'whsec_, whsk_ or whpk_; may be repeated', collect)
    .option('--status <code>', 'status to answer', wholeNumber('--status', 200, 599), 200)
    .option('--fail <share>', 'answer this share with 500, such as 20%', percentage('--fail'), 0)
    .option(
      '--seed <number>',
      'draw the failures anew the same way',
      wholeNumber('--seed', 0, 2 ** 32 - 1),
    )
    .option('--stall', 'never answer')
    .option('--delay <time>', 'wait before each answer, such as 200ms', duration('--delay'), 0)
    .action(async (flags: Flags) => listen(flags));
}

async function listen(flags: Flags): Promise<void> {
  let summary: Summary = { received: 0, verified: 0, badSignatures: 0, duplicates: 0 };
  const receiver = createReceiver(
    {
      secrets: (flags.secret ?? []).map(parseKey),
      status: flags.status,
      failShare: flags.fail,
      delayMs: flags.delay,
      isStalling: flags.stall === true,
    },
    {
      clock: systemClock,
      random: flags.seed === undefined ? systemRandom : seededRandom(flags.seed),
      onReceived(received) {
        summary = added(summary, received);
        console.log(flags.json === true ? jsonLine(received) : textLine(received));
      },
    },
  );
  const stopped = once(abortOnSignals(), 'abort');
  const url = await listenOn(receiver, flags);
  if (flags.json === true) console.log(JSON.stringify({ kind: 'listening', url }));
  else console.log(`Listening on ${url}; ${describeChecks(flags)} Ctrl-C ends.`);
  await stopped;
  const closed = once(receiver.close(), 'close');
  receiver.closeAllConnections();
  await closed;
  console.log(
    flags.json === true ? JSON.stringify({ kind: 'summary', ...summary }) : describe(summary),
  );
}

/** Throws `secret_invalid`. */
function parseKey(text: string): VerificationKey {
  try {
    return text.startsWith('whpk_') ? parsePublicKey(text) : parseSecret(text);
  } catch (thrown) {
    if (!(thrown instanceof HoldfastError)) throw thrown;
    throw fault(thrown.code, { field: '--secret', detail: thrown.message });
  }
}

async function listenOn(receiver: Server, { host, port }: Flags): Promise<string> {
  receiver.listen(port, host);
  try {
    await once(receiver, 'listening');
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw fault('validation', {
      cause,
      field: '--port',
      detail: `Nothing can listen on ${host}:${port} (${reason}). Give another --port or --host.`,
    });
  }
  const address = receiver.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
}

function added(summary: Summary, { verdict, isDuplicate }: Received): Summary {
  const isChecked = verdict !== 'unchecked';
  return {
    received: summary.received + 1,
    verified: summary.verified + (verdict === 'verified' ? 1 : 0),
    badSignatures: summary.badSignatures + (isChecked && verdict !== 'verified' ? 1 : 0),
    duplicates: summary.duplicates + (isDuplicate ? 1 : 0),
  };
}

function jsonLine({ at, ...received }: Received): string {
  return JSON.stringify({ kind: 'delivery', at: new Date(at).toISOString(), ...received });
}

/** `12:04:31.220  msg_0GYRfKMU0iAq9Lw    1,204 B  200  verified  duplicate` */
function textLine({ at, id, payloadBytes, verdict, status, isDuplicate }: Received): string {
  return [
    new Date(at).toISOString().slice(11, 23),
    id === '' ? '(no webhook-id)    ' : id,
    `${formatCount(payloadBytes).padStart(10)} B`,
    status ?? '---',
    verdict === 'verified' || verdict === 'unchecked' ? verdict : `BAD SIGNATURE (${verdict})`,
    ...(isDuplicate ? ['duplicate'] : []),
  ].join('  ');
}

function describeChecks({ secret }: Flags): string {
  return secret === undefined
    ? 'without --secret no signature is verified.'
    : `signatures are verified with ${counted(secret.length, 'secret')}.`;
}

function describe({ received, verified, badSignatures, duplicates }: Summary): string {
  return `\nReceived ${formatCount(received)}: ${formatCount(verified)} verified, ${counted(badSignatures, 'bad signature')}, ${counted(duplicates, 'duplicate')}.`;
}
