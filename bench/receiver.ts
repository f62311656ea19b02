import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { Arrivals } from './arrivals.ts';
import { answerParent } from './calls.ts';
import { nowUs, payloadOf, sentAtUsOf, sequenceOf } from './payload.ts';

/**
 * The receiver, a process of its own: plain node:http that answers 204 at once and notes what arrived, or that is in
 * trouble on request. One request in 256 is looked at whole: its signature by the library that receivers use, its body
 * against what was sent. Deliveries come to /holdfast/…, those of the bare client to /bare; where a message has several
 * endpoints, the last digit of the path is the endpoint's place among them.
 */
type Stream = 'bare' | 'holdfast';

/**
 * hanging: reads the request and never answers · refusing: accepts no connection · endless: 200, and a body that never
 * ends · failing: 500. All end what they left open when the next one begins.
 */
export type Answering = 'healthy' | 'hanging' | 'refusing' | 'endless' | 'failing';

const SAMPLE_EVERY = 256;
const KEEP_ALIVE_MS = 300_000;
const ENDLESS_CHUNK = Buffer.alloc(16_384, 0x61);

let streams = { bare: new Arrivals(), holdfast: new Arrivals() };
let endpointsAMessage = 1;
let webhook: Webhook | undefined;
let answering: Answering = 'healthy';
/** Healthy but for one request in so many, which is answered 500; 0: none. */
let failOneIn = 0;
let requests = 0;
let badSignatures = 0;
let port = 0;
/** Answers that hang, and bodies that go on. */
const open = new Set<ServerResponse>();

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const [only] = chunks;
    const body = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
    const { url = '', headers } = request;
    requests += 1;
    if (url === '/bare') {
      streams.bare.record(body);
      response.writeHead(204).end();
    } else {
      const place = endpointsAMessage === 1 ? 0 : Number(url.at(-1));
      streams.holdfast.record(body, place, answer(response));
    }
    if (requests % SAMPLE_EVERY === 0) lookAtWhole(url, body, headers);
  });
});
// Connections stay open between rounds: opening them is not what is measured.
server.keepAliveTimeout = KEEP_ALIVE_MS;
server.requestTimeout = 0;

/** True where the answer's status means "delivered". */
function answer(response: ServerResponse): boolean {
  switch (answering) {
    case 'healthy': {
      const isFailing = failOneIn > 0 && requests % failOneIn === 0;
      response.writeHead(isFailing ? 500 : 204).end();
      return !isFailing;
    }
    case 'failing':
      response.writeHead(500).end();
      return false;
    case 'hanging':
      keepOpen(response);
      return false;
    case 'endless':
      keepOpen(response);
      response.writeHead(200, { 'content-type': 'text/plain' });
      gush(response);
      return true;
    case 'refusing': // came in before the doors were shut
      response.destroy();
      return false;
    default:
      return answering satisfies never;
  }
}

function keepOpen(response: ServerResponse): void {
  open.add(response);
  response.once('close', () => open.delete(response));
}

function gush(response: ServerResponse): void {
  if (response.destroyed) return;
  if (response.write(ENDLESS_CHUNK)) setImmediate(gush, response);
  else response.once('drain', () => gush(response));
}

function lookAtWhole(url: string, body: Buffer, headers: IncomingHttpHeaders): void {
  const arrivals = url === '/bare' ? streams.bare : streams.holdfast;
  const text = body.toString('utf8');
  if (text !== payloadOf(sequenceOf(body), sentAtUsOf(body))) arrivals.changed += 1;
  try {
    // Signature headers come once each.
    webhook?.verify(text, headers as Record<string, string>);
  } catch {
    badSignatures += 1;
  }
}

function listen(onPort: number): Promise<void> {
  return new Promise((resolve) => {
    server.listen(onPort, '127.0.0.1', resolve);
  });
}

const calls = {
  /** Listens on a free port of the loopback. */
  async listen(request: ListenRequest): Promise<string> {
    webhook = new Webhook(request.secret);
    endpointsAMessage = request.endpointsAMessage ?? 1;
    calls.reset();
    await listen(0);
    // A TCP server that listens has an AddressInfo.
    port = (server.address() as AddressInfo).port;
    return `http://127.0.0.1:${port}`;
  },
  /** Forgets what arrived. */
  reset(): void {
    streams = { bare: new Arrivals(), holdfast: new Arrivals(endpointsAMessage) };
  },
  async answer(request: AnswerRequest): Promise<void> {
    const wasRefusing = answering === 'refusing';
    answering = request.answering;
    failOneIn = request.failOneIn ?? 0;
    for (const response of open) response.destroy();
    if (answering === 'refusing' && !wasRefusing) {
      server.close();
      server.closeAllConnections();
    } else if (answering !== 'refusing' && wasRefusing) await listen(port);
  },
  mark({ stream }: { readonly stream: Stream }) {
    const { requests: all, asked, received, repeated, changed, lastAtUs } = streams[stream];
    return {
      atUs: nowUs(),
      requests: all,
      asked,
      received,
      repeated,
      changed,
      badSignatures,
      lastAtUs,
    };
  },
  milestonesUs({ stream }: { readonly stream: Stream }): readonly number[] {
    return streams[stream].milestonesUs();
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

type ListenRequest = { readonly secret: string; readonly endpointsAMessage?: number };
type AnswerRequest = { readonly answering: Answering; readonly failOneIn?: number };
type MissingRequest = {
  readonly stream: Stream;
  readonly sent: number;
  readonly except: readonly number[];
};

export type ReceiverCalls = typeof calls;

answerParent(calls);
