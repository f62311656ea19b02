import { answerParent } from './calls.ts';
import { HttpConnection } from './http-connection.ts';
import { nowUs, payloadOf } from './payload.ts';

/**
 * The sender, a process of its own: one HTTP request a message. Closed, each connection sends its next message when
 * the last one was answered; paced, messages leave at a rate whether answers come or not, so that a stall of the
 * service shows in the latencies instead of holding the load back.
 */
const PACE_MS = 1;

type Waiting = { readonly sequence: number; readonly body: string };

let heads: readonly string[] = [];
let idle: HttpConnection[] = [];
let connections: readonly HttpConnection[] = [];
const waiting: Waiting[] = [];
/** Messages that were not answered 202: refused, or unknown since the connection broke. */
const notAcknowledged: number[] = [];
let sequence = 0;
let acknowledged = 0;
let underWay = 0;
let longestWait = 0;
let isClosedLoop = false;
let pacing: NodeJS.Timeout | undefined;
let stopped: (() => void) | undefined;

function create(): void {
  waiting.push({
    sequence,
    body: `{"eventType":"bench.sent","payload":${payloadOf(sequence, nowUs())}}`,
  });
  sequence += 1;
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
      if (status === 202) acknowledged += 1;
      else notAcknowledged.push(message.sequence);
      idle.push(connection);
      if (isClosedLoop) create();
      else sendWaiting();
      if (underWay === 0 && waiting.length === 0) stopped?.();
    });
  }
}

const calls = {
  prepare({ url, token, applications, connections: count }: LoadRequest): void {
    const { host, port } = new URL(url);
    heads = applications.map((application) =>
      [
        `POST /api/v1/app/${application}/msg HTTP/1.1`,
        `host: ${host}`,
        `authorization: Bearer ${token}`,
        'content-type: application/json',
        '',
      ].join('\r\n'),
    );
    connections = Array.from({ length: count }, () => new HttpConnection(Number(port)));
    idle = [...connections];
  },
  startClosed(): void {
    isClosedLoop = true;
    while (idle.length > 0) create();
  },
  startPaced({ perSecond }: { readonly perSecond: number }): void {
    const startedAtUs = nowUs();
    const first = sequence;
    longestWait = 0;
    pacing = setInterval(() => {
      const due = first + ((nowUs() - startedAtUs) / 1e6) * perSecond;
      while (sequence < due) create();
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
    return { sent: sequence, acknowledged, longestWait, cpuUs: user + system };
  },
  notAcknowledged(): readonly number[] {
    return notAcknowledged;
  },
  close(): void {
    for (const connection of connections) connection.close();
  },
};

type LoadRequest = {
  readonly url: string;
  readonly token: string;
  /** Ids or uids; messages go to them in turn. */
  readonly applications: readonly string[];
  readonly connections: number;
};

export type LoadCalls = typeof calls;

answerParent(calls);
