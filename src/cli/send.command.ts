import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { Command } from 'commander';
import { fault, HoldfastError, settingTable } from '../core/index.ts';
import type { DeliveryAnswer, MessageAnswer } from './answers.ts';
import type { Api } from './api/index.ts';
import { apiFrom, withClient, type AppFlags } from './client-options.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { counted } from './table.ts';
import { collect } from './values.ts';

type Flags = AppFlags & {
  readonly type: string;
  readonly payload?: string;
  readonly file?: string;
  readonly eventId?: string;
  readonly channel?: readonly string[];
  readonly idempotencyKey?: string;
};

export function sendCommand(): Command {
  return withClient(
    newCommand('send', 'send a message to an application', [
      `holdfast send --app acme --type invoice.paid --payload '{"id":1}'`,
      'holdfast send --app acme --type invoice.paid --file invoice.json',
      'jq . invoice.json | holdfast send --app acme --type invoice.paid -',
    ]),
  )
    .argument('[-]', 'a dash reads the payload from standard input')
    .requiredOption('--app <application>', 'id or uid of the application')
    .requiredOption('--type <event type>', 'event type, such as invoice.paid')
    .option('--payload <json>', 'the payload, a JSON object; kept and signed byte for byte')
    .option('--file <path>', 'a file that holds the payload')
    .option('--event-id <id>', 'your id of the event: sent twice, it is accepted once')
    .option('--channel <name>', 'only for endpoints of this channel; may be repeated', collect)
    .option('--idempotency-key <key>', 'a repetition with this key gets the first answer again')
    .action(async (dash: string | undefined, flags: Flags) => send(dash, flags));
}

async function send(dash: string | undefined, flags: Flags): Promise<void> {
  const api = apiFrom(flags);
  const payload = await readPayload(dash, flags);
  const message = await api.sendMessage(flags.app, {
    json: requestBody(flags, payload),
    idempotencyKey: flags.idempotencyKey,
  });
  const deliveries = await deliveriesOrNone(api, flags.app, message);
  printResult(
    flags,
    { ...message, deliveries },
    () => `Accepted ${message.id} (${message.eventType}): ${describe(deliveries)}`,
  );
}

/** The envelope around the payload's own bytes: parsed and written again they could differ. */
function requestBody(flags: Flags, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const { type: eventType, eventId, channel: channels } = flags;
  const envelope = JSON.stringify({ eventType, eventId, channels });
  return Buffer.concat([
    Buffer.from(`${envelope.slice(0, -1)},"payload":`),
    payload,
    Buffer.from('}'),
  ]);
}

/** Throws where there is not one JSON value: anything else could reach out of the envelope's "payload". */
async function readPayload(dash: string | undefined, flags: Flags): Promise<Uint8Array> {
  const { field, bytes } = await bytesFrom(dash, flags);
  if (!isUtf8(bytes)) {
    throw fault('malformed_json', { field, detail: 'The payload is not UTF-8 text.' });
  }
  try {
    JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unreadable';
    throw fault('malformed_json', {
      field,
      cause,
      detail: `The payload is not valid JSON: ${reason}. Nothing was sent.`,
    });
  }
  return bytes;
}

type Source = { readonly field: string; readonly bytes: Buffer };

async function bytesFrom(dash: string | undefined, { payload, file }: Flags): Promise<Source> {
  const given = [dash, payload, file].filter((source) => source !== undefined);
  if (given.length !== 1 || (dash !== undefined && dash !== '-')) {
    throw fault('validation', {
      field: '--payload',
      detail: 'Give the payload once: with --payload, with --file, or "-" for standard input.',
    });
  }
  if (payload !== undefined) return { field: '--payload', bytes: Buffer.from(payload) };
  if (file === undefined) return { field: '-', bytes: await readBounded('-', process.stdin) };
  return { field: '--file', bytes: await readBounded('--file', createReadStream(file)) };
}

async function readBounded(field: string, stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      bytes += chunk.length;
      if (bytes > settingTable.payloadLimitBytes.max) throw fault('payload_too_large', { field });
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw fault('validation', { field, cause, detail: `The payload cannot be read: ${reason}.` });
  }
  return Buffer.concat(chunks);
}

/** The message is accepted by now: a failure here must not read like one of sending. */
async function deliveriesOrNone(
  api: Api,
  app: string,
  message: MessageAnswer,
): Promise<readonly DeliveryAnswer[] | null> {
  try {
    return await api.deliveriesOf(app, message.id);
  } catch (thrown) {
    if (thrown instanceof HoldfastError) return null;
    throw thrown;
  }
}

function describe(deliveries: readonly DeliveryAnswer[] | null): string {
  if (deliveries === null) return 'stored, and on its way.';
  if (deliveries.length === 0) return 'no endpoint of the application asked for it.';
  const cancelled = deliveries.filter(({ state }) => state === 'cancelled').length;
  const rest =
    cancelled === 0 ? '' : `; ${counted(cancelled, 'endpoint is', 'endpoints are')} disabled`;
  return `${counted(deliveries.length, 'delivery', 'deliveries')}${rest}.`;
}
