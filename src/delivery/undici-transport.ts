import { Agent, errors, type Dispatcher } from 'undici';
import { systemClock, type ServiceClock, type Settings } from '../core/index.ts';
import { classifyError, classifyStatus, type OutcomeClass } from '../retry/index.ts';
import { createGuardedConnect, type AddressGuard } from './address-guard.ts';
import { AttemptTimeouts } from './attempt-timeouts.ts';
import type { AddressWatch } from './address-watch.ts';
import type { CertificateWatch } from './certificate-watch.ts';
import { presentedFingerprint, presentedText } from './peer-certificate.ts';
import { timedPools, type TimedClient, type TimedHandler } from './timed-client.ts';
import { timingOf } from './timing.ts';
import type { Transport, TransportAnswer, TransportRequest } from './transport.ts';
import type { VersionWatch } from './version-watch.ts';

export type UndiciTransportOptions = Pick<
  Settings,
  'attemptTimeoutMs' | 'responseLimitBytes' | 'responseSnippetBytes'
>;

/** Who gets what receivers show beside their answers. */
export type Watches = {
  readonly certificates?: CertificateWatch;
  readonly addresses?: AddressWatch;
  readonly versions?: VersionWatch;
};

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
  { certificates, addresses, versions }: Watches = {},
  clock: ServiceClock = systemClock,
): Transport {
  const agent = new Agent({
    factory: timedPools(
      createGuardedConnect(guard, {
        connectTimeoutMs: options.attemptTimeoutMs,
        certificates,
        addresses,
      }),
      clock,
    ),
    connections: null, // lanes bound how many requests run at once
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: HEADERS_BYTES,
    // The whole request has its own timeout.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const timeouts = new AttemptTimeouts<Exchange>(options.attemptTimeoutMs, clock);
  return {
    send: (request) =>
      new Promise((resolve) => {
        const exchange = new Exchange(
          options,
          (answer) => {
            timeouts.remove(exchange);
            resolve(answer);
          },
          versions,
          clock,
        );
        timeouts.add(exchange);
        exchange.begin(agent, request);
      }),
    abort() {
      for (const exchange of timeouts.underWay) exchange.interrupt();
    },
    close: () => agent.destroy(),
  };
}

/** One request and its answer, as undici's handler. It answers once; whatever comes later is ignored. */
class Exchange implements TimedHandler {
  /** The one that has the request now. */
  client: TimedClient | undefined;
  readonly beganAt: number;
  readonly #clock: ServiceClock;
  readonly #options: UndiciTransportOptions;
  readonly #answer: (answer: TransportAnswer) => void;
  readonly #versions: VersionWatch | undefined;
  #origin = '';
  #controller: Dispatcher.DispatchController | undefined;
  #isAnswered = false;
  #statusCode: number | null = null;
  #retryAfter: string | null = null;
  #sentAt: number | undefined;
  #firstByteAt: number | undefined;
  #bytes = 0;
  readonly #chunks: Buffer[] = [];

  constructor(
    options: UndiciTransportOptions,
    answer: (answer: TransportAnswer) => void,
    versions: VersionWatch | undefined,
    clock: ServiceClock,
  ) {
    this.#clock = clock;
    this.beganAt = clock.elapsedMs();
    this.#options = options;
    this.#answer = answer;
    this.#versions = versions;
  }

  begin(agent: Agent, { origin, path, headers, body }: TransportRequest): void {
    this.#origin = origin;
    try {
      // undici's types ask for a mutable array, and it does not write to it.
      const mutable = headers.slice();
      agent.dispatch({ origin, path, method: 'POST', headers: mutable, body }, this);
    } catch (thrown) {
      this.onResponseError(undefined, thrown);
    }
  }

  timeOut(): void {
    const detail = `No whole answer came within ${this.#options.attemptTimeoutMs} ms.`;
    this.#fail('timeout', detail);
  }

  interrupt(): void {
    this.#fail('interrupted', 'The service stopped before the answer came.');
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isAnswered) controller.abort(new Error('answered before the request began'));
  }

  onRequestSent(): void {
    const socket = this.client?.connection?.socket;
    // More than the socket takes at once is still on its way out.
    if (socket?.writableNeedDrain === true) {
      socket.once('drain', () => {
        this.#sentAt ??= this.#clock.elapsedMs();
      });
    } else this.#sentAt = this.#clock.elapsedMs();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (statusCode < 200) return;
    this.#statusCode = statusCode;
    this.#firstByteAt = this.#clock.elapsedMs();
    this.#sentAt ??= this.#firstByteAt;
    this.#versions?.observe(this.#origin, statusCode, headers);
    const retryAfter = headers['retry-after'];
    this.#retryAfter = typeof retryAfter === 'string' ? retryAfter : null;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const wanted = this.#options.responseSnippetBytes - this.#bytes;
    if (wanted > 0) this.#chunks.push(chunk.subarray(0, wanted));
    this.#bytes += chunk.length;
    // The status is known and the rest is of no use: answer now, and close the connection rather than drain it.
    if (this.#bytes > this.#options.responseLimitBytes) this.#succeed(true);
  }

  onResponseEnd(): void {
    this.#succeed(false);
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: unknown): void {
    if (this.#isAnswered) return;
    const message = error instanceof Error ? error.message : 'The request failed.';
    const outcome = classOf(error);
    // What c-ares says ("queryA ENOTFOUND …") is for those who know it.
    const detail =
      outcome === 'dns_failure' ? `The host name could not be resolved: ${message}.` : message;
    const presented = outcome === 'tls_failure' ? this.client?.connection?.presented : undefined;
    this.#fail(outcome, presented === undefined ? detail : `${detail} ${presentedText(presented)}`);
  }

  #succeed(isAborting: boolean): void {
    const outcome =
      this.#statusCode === null ? 'invalid_response' : classifyStatus(this.#statusCode);
    this.#finish(outcome, null, { isWhole: true, isAborting });
  }

  #fail(outcome: OutcomeClass, detail: string): void {
    this.#finish(outcome, detail, { isWhole: false, isAborting: true });
  }

  #finish(
    outcome: OutcomeClass,
    detail: string | null,
    { isWhole, isAborting }: { readonly isWhole: boolean; readonly isAborting: boolean },
  ): void {
    if (this.#isAnswered) return;
    this.#isAnswered = true;
    const connection = this.client?.connection;
    const { timing, phase } = timingOf({
      beganAt: this.beganAt,
      connection,
      sentAt: this.#sentAt,
      firstByteAt: this.#firstByteAt,
      endedAt: this.#clock.elapsedMs(),
      isWhole,
    });
    if (isAborting) this.#controller?.abort(new Error('no longer wanted'));
    const [only, ...more] = this.#chunks;
    const bytes = only === undefined || more.length === 0 ? only : Buffer.concat(this.#chunks);
    this.#answer({
      outcome,
      statusCode: this.#statusCode,
      retryAfter: this.#retryAfter,
      response: bytes?.toString('utf8') ?? '',
      detail,
      timing,
      phase,
      address: connection?.address ?? null,
      certificate:
        connection?.presented === undefined
          ? (connection?.certificate ?? null)
          : presentedFingerprint(connection.presented),
    });
  }
}

/** undici's parser names no code for what its newer grammar refuses, so the class of the error must tell. */
function classOf(error: unknown): OutcomeClass {
  return error instanceof errors.HTTPParserError ? 'invalid_response' : classifyError(error);
}
