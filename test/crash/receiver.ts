import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { payloadOf, sequenceOf } from './message.ts';
import type { Received, ReceiverRecords } from './records.ts';

export type ReceiverOptions = {
  readonly secret: string;
  readonly delayMs: number;
  /** Whether the next request is answered 500. */
  readonly fails: () => boolean;
};

export type Receiver = {
  readonly url: string;
  readonly records: () => Omit<ReceiverRecords, 'endpoint'>;
  readonly close: () => Promise<void>;
};

type Mutable<Record_> = { -readonly [Key in keyof Record_]: Record_[Key] };

/** Longer than any pause of the harness: a connection that closes by itself would look like a crash. */
const KEEP_ALIVE_MS = 300_000;

/** An endpoint of its own port that writes down every request, and verifies it by the library that receivers use. */
export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
  const { secret, delayMs, fails } = options;
  const webhook = new Webhook(secret);
  const received = new Map<string, Mutable<Received> & { arrivedAt: number[] }>();
  let signatureFailures = 0;

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const id = String(request.headers['webhook-id']);
    const sequence = sequenceOf(body);
    const known = received.get(id) ?? { sequence, arrivedAt: [], confirmed: 0, changed: 0 };
    received.set(id, known);
    known.arrivedAt.push(Date.now());
    if (body !== payloadOf(known.sequence)) known.changed += 1;
    try {
      webhook.verify(body, request.headers as Record<string, string>);
    } catch {
      signatureFailures += 1;
    }
    if (delayMs > 0) await sleep(delayMs);
    const status = fails() ? 500 : 204;
    // Not counted where the sender was killed while it waited.
    if (status === 204) response.once('finish', () => (known.confirmed += 1));
    response.writeHead(status);
    response.end();
  }

  const server = createServer((request, response) => {
    receive(request, response).catch(() => response.destroy()); // a request that the kill cut off
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  return {
    url: `http://127.0.0.1:${port}/`,
    records: () => ({ received, signatureFailures }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
