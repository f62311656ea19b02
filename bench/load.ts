import { answerParent } from './calls.ts';
import { HttpConnection } from './http-connection.ts';
import { latenciesOf, type Latencies } from './latencies.ts';
import { nowUs, payloadOf } from './payload.ts';

/**
 * The sender, a process of its own: one HTTP request a message, or a batch of them. Closed, each connection sends its
 * next request when the last one was answered; paced, messages leave at a rate whether answers come or not, so that a
 * stall of the service shows in the latencies instead of holding the load back.
 */
const PACE_MS = 1;

type Waiting = { readonly sequence: number; readonly body: string; readonly madeAtUs: number };

/** An answer to a batch ends so where each of its messages was accepted. */
const WHOLE_BATCH = '"isWhole":true}';

let heads: readonly string[] = [];
let batchHeads: readonly string[] = [];
let idle: HttpConnection[] = [];
let connections: readonly HttpConnection[] = [];
const waiting: Waiting[] = [];
/** Messages that were not answered 202: refused, or unknown since the connection broke. */
const notAcknowledged: number[] = [];
let sequence = 0;
let batches = 0;
let acknowledged = 0;
let underWay = 0;
let longestWait = 0;
let isClosedLoop = false;
let pacing: NodeJS.Timeout | undefined;
let stopped: (() => void) | undefined;
/** From the moment a message was made to its answer 202; null while nobody wants to know. */
let acceptedAfterUs: number[] | null = null;

function nextMessage(): Waiting {
  const madeAtUs = nowUs();
  const body = `{"eventType":"bench.sent","payload":${payloadOf(sequence, madeAtUs)}}`;
  const message = { sequence, body, madeAtUs };
  sequence += 1;
  return message;
}

function create(): void {
  waiting.push(nextMessage());
  longestWait = Math.max(longestWait, waiting.length);
  sendWaiting();
}

function sendWaiting(): void {
  while (idle.length > 0) {
    const message = waiting.shift();
    const connection = message === undefined ? undefined : idle.pop();
    if (message === undefined || connection === undefined) return;
    underWay += 1;
    const head = heads[message.sequence % heads.length] ?? '';
    connection.send(head, message.body, (status) => {
      underWay -= 1;
      if (status === 202) {
        acknowledged += 1;
        acceptedAfterUs?.push(nowUs() - message.madeAtUs);
      } else notAcknowledged.push(message.sequence);
      idle.push(connection);
      if (isClosedLoop) create();
      else sendWaiting();
      if (underWay === 0 && waiting.length === 0) stopped?.();
    });
  }
}

/** The next batch of this connection, and so on for as long as the loop is closed. */
function sendBatch(connection: HttpConnection, messagesABatch: number): void {
  const batch = Array.from({ length: messagesABatch }, nextMessage);
  const head = batchHeads[batches % batchHeads.length] ?? ''; // a batch is for one application
  batches += 1;
  underWay += 1;
  connection.send(head, batch.map(({ body }) => body).join('\n'), (status, tail) => {
    underWay -= 1;
    if (status === 202 && tail.endsWith(WHOLE_BATCH)) acknowledged += batch.length;
    else notAcknowledged.push(...batch.map((message) => message.sequence));
    if (isClosedLoop) sendBatch(connection, messagesABatch);
    else idle.push(connection);
    if (underWay === 0) stopped?.();
  });
}

function headOf(host: string, token: string, path: string, contentType: string): string {
  return [
    `POST ${path} HTTP/1.1`,
    `host: ${host}`,
    `authorization: Bearer ${token}`,
    `content-type: ${contentType}`,
    '',
  ].join('\r\n');
}

const calls = {
  /** To be called again when the service has another address; nothing may be under way then. */
  prepare({ url, token, applications, connections: count }: LoadRequest): void {
    const { host, port } = new URL(url);
    for (const connection of connections) connection.close();
    heads = applications.map((application) =>
      headOf(host, token, `/api/v1/app/${application}/msg`, 'application/json'),
    );
    batchHeads = applications.map((application) =>
      headOf(host, token, `/api/v1/app/${application}/msg/batch`, 'application/x-ndjson'),
    );
    connections = Array.from({ length: count }, () => new HttpConnection(Number(port)));
    idle = [...connections];
  },
  startClosed(): void {
    isClosedLoop = true;
    while (idle.length > 0) create();
  },
  /**
   * Resolves to the moment, by `nowUs`, at which the first batch left. So many connections send, each a batch at a
   * time.
   */
  startBatches({ messagesABatch, connections: count }: BatchesRequest): number {
    isClosedLoop = true;
    const startedAtUs = nowUs();
    for (const connection of idle.splice(0, count)) sendBatch(connection, messagesABatch);
    return startedAtUs;
  },
  /** So many messages at once, as fast as connections allow. Resolves when they were answered. */
  async send({ count }: { readonly count: number }): Promise<void> {
    for (let nth = 0; nth < count; nth += 1) create();
    await calls.stop();
  },
  startPaced({ perSecond }: { readonly perSecond: number }): void {
    const startedAtUs = nowUs();
    const first = sequence;
    longestWait = 0;
    pacing = setInterval(() => {
      const due = Math.ceil(first + ((nowUs() - startedAtUs) / 1e6) * perSecond);
      for (let missing = due - sequence; missing > 0; missing -= 1) create();
    }, PACE_MS);
  },
  /** Resolves when the last message under way was answered. */
  async stop(): Promise<void> {
    isClosedLoop = false;
    clearInterval(pacing);
    await new Promise<void>((resolve) => {
      stopped = resolve;
      if (underWay === 0 && waiting.length === 0) resolve();
    });
    stopped = undefined;
  },
  mark() {
    const { user, system } = process.cpuUsage();
    return {
      atUs: nowUs(),
      sent: sequence,
      acknowledged,
      longestWait,
      cpuUs: user + system,
    };
  },
  beginLatencies(): void {
    acceptedAfterUs = [];
  },
  /** Of the messages that were accepted since `beginLatencies`, each in a request of its own. */
  endLatencies(): Latencies {
    const latencies = latenciesOf(acceptedAfterUs ?? []);
    acceptedAfterUs = null;
    return latencies;
  },
  notAcknowledged(): readonly number[] {
    return notAcknowledged;
  },
  close(): void {
    for (const connection of connections) connection.close();
  },
};

type BatchesRequest = { readonly messagesABatch: number; readonly connections: number };

type LoadRequest = {
  readonly url: string;
  readonly token: string;
  /** Ids or uids; messages go to them in turn. */
  readonly applications: readonly string[];
  readonly connections: number;
};

export type LoadCalls = typeof calls;

answerParent(calls);
