import type { AttemptPhase } from '../ledger/index.ts';
import type { OutcomeClass } from '../retry/index.ts';
import type { Timing } from './timing.ts';

/**
 * How one HTTP request is made. The service uses undici (undici-transport.ts), a simulation its own.
 * `send` never throws: what goes wrong is an answer too.
 */
export type Transport = {
  send(request: TransportRequest): Promise<TransportAnswer>;
  /** Ends what is under way at once; those requests answer with `interrupted`. */
  abort(): void;
  close(): Promise<void>;
};

export type TransportRequest = {
  readonly origin: string;
  readonly path: string;
  /** Names and values by turns. */
  readonly headers: readonly string[];
  readonly body: string;
};

export type TransportAnswer = {
  readonly outcome: OutcomeClass;
  readonly statusCode: number | null;
  /** The response's Retry-After as it was sent. */
  readonly retryAfter: string | null;
  /** The beginning of the response's body. */
  readonly response: string;
  /** What went wrong, in a sentence; null where there was an answer. */
  readonly detail: string | null;
  readonly timing: Timing;
  /** The phase in which it failed; null where a whole answer came, of whatever status. */
  readonly phase: AttemptPhase | null;
  /** The IP address it went to; where no connection came about, the last one that was tried. null: none was. */
  readonly address: string | null;
  /** The chain that the peer showed, also one that was not trusted (`chainFingerprint`); null: none. */
  readonly certificate: string | null;
};
