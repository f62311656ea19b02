import { Agent, errors, type Dispatcher } from 'undici';
import { HoldfastError, type Settings } from '../core/index.ts';
import { classifyError, classifyStatus, type OutcomeClass } from '../retry/index.ts';
import { createGuardedConnect, type AddressGuard } from './address-guard.ts';
import type { Transport, TransportAnswer, TransportRequest } from './transport.ts';

export type UndiciTransportOptions = Pick<
  Settings,
  'attemptTimeoutMs' | 'responseLimitBytes' | 'responseSnippetBytes'
>;

/** Connections to endpoints that were not used for this long are closed. */
const KEEP_ALIVE_MS = 10_000;
const HEADERS_BYTES = 16_384;

/**
 * Requests by undici's dispatch: no redirects, one timeout over the whole request, a bounded part of the response
 * read, and connections to vetted addresses only.
 */
export function createUndiciTransport(
  guard: AddressGuard,
  options: UndiciTransportOptions,
): Transport {
  const agent = new Agent({
    connect: createGuardedConnect(guard, { connectTimeoutMs: options.attemptTimeoutMs }),
    connections: null, // lanes bound how many requests run at once
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: HEADERS_BYTES,
    // The whole request has its own timeout.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const underWay = new Set<Exchange>();
  return {
    send: (request) =>
      new Promise((resolve) => {
        const exchange = new Exchange(options, (answer) => {
          underWay.delete(exchange);
          resolve(answer);
        });
        underWay.add(exchange);
        exchange.begin(agent, request);
      }),
    abort() {
      for (const exchange of underWay) exchange.interrupt();
    },
    close: () => agent.destroy(),
  };
}

/** One request and its answer, as undici's handler. It answers once; whatever comes later is ignored. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #options: UndiciTransportOptions;
  readonly #answer: (answer: TransportAnswer) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isAnswered = false;
  #statusCode: number | null = null;
  #retryAfter: string | null = null;
  #bytes = 0;
  readonly #chunks: Buffer[] = [];

  constructor(options: UndiciTransportOptions, answer: (answer: TransportAnswer) => void) {
    this.#options = options;
    this.#answer = answer;
  }

  begin(agent: Agent, { origin, path, headers, body }: TransportRequest): void {
    const { attemptTimeoutMs } = this.#options;
    this.#timer = setTimeout(() => {
      const detail = `No whole answer came within ${attemptTimeoutMs} ms.`;
      this.#finish({ ...this.#noAnswer(), outcome: 'timeout', detail });
    }, attemptTimeoutMs);
    try {
      // undici's types ask for a mutable array, and it does not write to it.
      const mutable = headers.slice();
      agent.dispatch({ origin, path, method: 'POST', headers: mutable, body }, this);
    } catch (thrown) {
      this.onResponseError(undefined, thrown);
    }
  }

  interrupt(): void {
    const detail = 'The service stopped before the answer came.';
    this.#finish({ ...this.#noAnswer(), outcome: 'interrupted', detail });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isAnswered) controller.abort(new Error('answered before the request began'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (statusCode < 200) return;
    this.#statusCode = statusCode;
    const retryAfter = headers['retry-after'];
    this.#retryAfter = typeof retryAfter === 'string' ? retryAfter : null;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const wanted = this.#options.responseSnippetBytes - this.#bytes;
    if (wanted > 0) this.#chunks.push(chunk.subarray(0, wanted));
    this.#bytes += chunk.length;
    // The status is known and the rest is of no use: answer now, and close the connection rather than drain it.
    if (this.#bytes > this.#options.responseLimitBytes) this.#finish(this.#answered());
  }

  onResponseEnd(): void {
    this.#finish(this.#answered(), false);
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: unknown): void {
    if (this.#isAnswered) return;
    const detail =
      error instanceof HoldfastError || error instanceof Error
        ? error.message
        : 'The request failed.';
    this.#finish({ ...this.#noAnswer(), outcome: classOf(error), detail });
  }

  #finish(answer: TransportAnswer, isAborting = true): void {
    if (this.#isAnswered) return;
    this.#isAnswered = true;
    clearTimeout(this.#timer);
    if (isAborting) this.#controller?.abort(new Error('no longer wanted'));
    this.#answer(answer);
  }

  #answered(): TransportAnswer {
    const outcome =
      this.#statusCode === null ? 'invalid_response' : classifyStatus(this.#statusCode);
    return { ...this.#noAnswer(), outcome, detail: null };
  }

  #noAnswer(): Omit<TransportAnswer, 'outcome' | 'detail'> {
    const [only, ...more] = this.#chunks;
    const bytes = only === undefined || more.length === 0 ? only : Buffer.concat(this.#chunks);
    return {
      statusCode: this.#statusCode,
      retryAfter: this.#retryAfter,
      response: bytes?.toString('utf8') ?? '',
    };
  }
}

/** undici's parser names no code for what its newer grammar refuses, so the class of the error must tell. */
function classOf(error: unknown): OutcomeClass {
  return error instanceof errors.HTTPParserError ? 'invalid_response' : classifyError(error);
}
