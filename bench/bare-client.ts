import { Pool, type Dispatcher } from 'undici';
import { createSigner, parseSecret, standardHeaders, type Signer } from '../src/signature/index.ts';
import { answerParent } from './calls.ts';
import { nowUs, payloadOf } from './payload.ts';

/**
 * The bare client loop, a process of its own: what a delivery costs where nothing is accepted, stored or retried.
 * The same client (undici's dispatch), the same signature code, the same headers and the same bytes as Holdfast's,
 * so the ratio is what Holdfast adds. Each of `concurrency` loops sends its next request when it has an answer.
 */
let pool: Pool | undefined;
let signer: Signer | undefined;
let sequence = 0;
let answered = 0;
let failed = 0;
let underWay = 0;
let isRunning = false;
let stopped: (() => void) | undefined;

class Loop implements Dispatcher.DispatchHandler {
  #statusCode = 0;

  next(): void {
    if (!isRunning || pool === undefined || signer === undefined) {
      underWay -= 1;
      if (underWay === 0) stopped?.();
      return;
    }
    const id = `msg_${String(sequence).padStart(15, '0')}`;
    const body = payloadOf(sequence, nowUs());
    const timestampSeconds = Math.floor(Date.now() / 1000);
    sequence += 1;
    const headers = [
      'content-type',
      'application/json',
      'user-agent',
      'Holdfast/0.1',
      standardHeaders.id,
      id,
      standardHeaders.timestamp,
      String(timestampSeconds),
      standardHeaders.signature,
      signer.sign(id, timestampSeconds, body),
    ];
    pool.dispatch({ path: '/bare', method: 'POST', headers, body }, this);
  }

  onRequestStart(): void {}

  onResponseStart(_controller: Dispatcher.DispatchController, statusCode: number): void {
    this.#statusCode = statusCode;
  }

  onResponseData(): void {}

  onResponseEnd(): void {
    if (this.#statusCode === 204) answered += 1;
    else failed += 1;
    this.next();
  }

  onResponseError(): void {
    failed += 1;
    this.next();
  }
}

const calls = {
  prepare({ url, secret, concurrency }: BareRequest): void {
    pool = new Pool(url, { connections: concurrency, pipelining: 1, keepAliveTimeout: 300_000 });
    signer = createSigner([parseSecret(secret)]);
  },
  start({ concurrency }: { readonly concurrency: number }): void {
    isRunning = true;
    underWay = concurrency;
    for (let loop = 0; loop < concurrency; loop += 1) new Loop().next();
  },
  /** Resolves when the last request under way was answered. */
  async stop(): Promise<void> {
    isRunning = false;
    await new Promise<void>((resolve) => {
      stopped = resolve;
      if (underWay === 0) resolve();
    });
    stopped = undefined;
  },
  mark() {
    const { user, system } = process.cpuUsage();
    return { sent: sequence, answered, failed, cpuUs: user + system };
  },
};

type BareRequest = {
  readonly url: string;
  readonly secret: string;
  readonly concurrency: number;
};

export type BareClientCalls = typeof calls;

answerParent(calls);
