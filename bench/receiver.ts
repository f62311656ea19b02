import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { Arrivals } from './arrivals.ts';
import { answerParent } from './calls.ts';
import { nowUs, payloadOf, sentAtUsOf, sequenceOf } from './payload.ts';

/**
 * The receiver, a process of its own: plain node:http that answers 204 at once and notes what arrived. One request in
 * 256 is looked at whole: its signature by the library that receivers use, its body against what was sent.
 */
type Stream = 'bare' | 'holdfast';

const SAMPLE_EVERY = 256;
const KEEP_ALIVE_MS = 300_000;

const streams = { bare: new Arrivals(), holdfast: new Arrivals() };
let webhook: Webhook | undefined;
let requests = 0;
let badSignatures = 0;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const [only] = chunks;
    const body = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
    const arrivals = request.url === '/bare' ? streams.bare : streams.holdfast;
    arrivals.record(body);
    response.writeHead(204);
    response.end();
    requests += 1;
    if (requests % SAMPLE_EVERY === 0) {
      const text = body.toString('utf8');
      if (text !== payloadOf(sequenceOf(body), sentAtUsOf(body))) arrivals.changed += 1;
      if (!isSigned(text, request.headers)) badSignatures += 1;
    }
  });
});
// Connections stay open between rounds: opening them is not what is measured.
server.keepAliveTimeout = KEEP_ALIVE_MS;
server.requestTimeout = 0;

function isSigned(body: string, headers: Record<string, unknown>): boolean {
  try {
    webhook?.verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

const calls = {
  /** Listens on a free port of the loopback. */
  listen({ secret }: { readonly secret: string }): Promise<string> {
    webhook = new Webhook(secret);
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        // A TCP server that listens has an AddressInfo.
        resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      });
    });
  },
  mark({ stream }: { readonly stream: Stream }) {
    const { received, repeated, changed } = streams[stream];
    return { atUs: nowUs(), received, repeated, changed, badSignatures };
  },
  missing({ stream, sent, except }: MissingRequest): readonly number[] {
    return streams[stream].missing(sent, except);
  },
  beginLatencies({ stream }: { readonly stream: Stream }): void {
    streams[stream].beginLatencies();
  },
  endLatencies({ stream }: { readonly stream: Stream }) {
    return streams[stream].endLatencies();
  },
};

type MissingRequest = {
  readonly stream: Stream;
  readonly sent: number;
  readonly except: readonly number[];
};

export type ReceiverCalls = typeof calls;

answerParent(calls);
