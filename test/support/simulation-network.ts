import type { Clock, Random } from '../../src/core/index.ts';
import type { Transport, TransportAnswer, TransportRequest } from '../../src/delivery/index.ts';
import { classifyStatus, type OutcomeClass } from '../../src/retry/index.ts';

/** How a receiver takes what comes, from now on. */
export type Behaviour =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter?: string }
  /** No answer, for a reason that the transport names. */
  | { readonly kind: 'fail'; readonly outcome: Exclude<OutcomeClass, 'delivered'> }
  /** Answers by chance well or with 500. */
  | { readonly kind: 'flap' }
  /** Takes the connection and says nothing. */
  | { readonly kind: 'hang' };

export type Receiver = {
  readonly origin: string;
  behaviour: Behaviour;
  latencyMs: number;
};

/** One request as the network saw it. */
export type Send = {
  readonly life: number;
  readonly origin: string;
  readonly messageId: string;
  readonly body: string;
  readonly sentAt: number;
  /** null: the life ended before an answer came. */
  answeredAt: number | null;
  outcome: OutcomeClass | null;
  retryAfter: string | null;
};

export type TransportOfLife = Transport & {
  /** The most requests that were under way at once, over all receivers and to one of them. */
  readonly most: { all: number; toOne: number };
  readonly underWay: () => number;
};

/** Receivers without sockets. They outlive the lives of the service, and remember every request. */
export class SimulationNetwork {
  readonly receivers = new Map<string, Receiver>();
  readonly sends: Send[] = [];
  /** Called as bytes leave. */
  onSend: (send: Send) => void = () => {};
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  addReceiver(name: string): Receiver {
    const receiver: Receiver = {
      origin: `https://${name}.example`,
      behaviour: { kind: 'answer', status: 200 },
      latencyMs: 5,
    };
    this.receivers.set(receiver.origin, receiver);
    return receiver;
  }

  /** @param clock the life's own, whose timers end with it. */
  transportOfLife(life: number, clock: Clock, attemptTimeoutMs: number): TransportOfLife {
    const most = { all: 0, toOne: 0 };
    const toEach = new Map<string, number>();
    const interrupts = new Set<() => void>();
    const send = (request: TransportRequest): Promise<TransportAnswer> =>
      new Promise((resolve) => {
        const sent = this.#begin(life, request, clock.now());
        toEach.set(sent.origin, (toEach.get(sent.origin) ?? 0) + 1);
        const finish = (answer: TransportAnswer): void => {
          if (!interrupts.delete(interrupt)) return;
          toEach.set(sent.origin, (toEach.get(sent.origin) ?? 0) - 1);
          sent.answeredAt = clock.now();
          sent.outcome = answer.outcome;
          sent.retryAfter = answer.retryAfter;
          cancelTimeout();
          resolve(answer);
        };
        const interrupt = (): void => finish(withoutAnswer('interrupted'));
        interrupts.add(interrupt);
        most.all = Math.max(most.all, interrupts.size);
        most.toOne = Math.max(most.toOne, toEach.get(sent.origin) ?? 0);
        const cancelTimeout = clock.after(attemptTimeoutMs, () => finish(withoutAnswer('timeout')));
        this.#answerLater(sent.origin, clock, finish);
        this.onSend(sent);
      });
    return {
      send,
      most,
      underWay: () => interrupts.size,
      abort() {
        for (const interrupt of interrupts) interrupt();
      },
      async close() {
        this.abort();
      },
    };
  }

  #begin(life: number, { origin, headers, body }: TransportRequest, sentAt: number): Send {
    const messageId = headers[headers.indexOf('webhook-id') + 1] ?? '';
    const nothingYet = { answeredAt: null, outcome: null, retryAfter: null };
    const send = { life, origin, messageId, body, sentAt, ...nothingYet };
    this.sends.push(send);
    return send;
  }

  #answerLater(origin: string, clock: Clock, finish: (answer: TransportAnswer) => void): void {
    const receiver = this.receivers.get(origin);
    if (receiver === undefined) {
      finish(withoutAnswer('dns_failure'));
      return;
    }
    const { behaviour, latencyMs } = receiver;
    if (behaviour.kind === 'hang') return;
    const answer = this.#answerOf(behaviour);
    clock.after(latencyMs, () => finish(answer));
  }

  #answerOf(behaviour: Exclude<Behaviour, { kind: 'hang' }>): TransportAnswer {
    if (behaviour.kind === 'fail') return withoutAnswer(behaviour.outcome);
    if (behaviour.kind === 'flap') return withStatus(this.#random.next() < 0.5 ? 200 : 500, null);
    return withStatus(behaviour.status, behaviour.retryAfter ?? null);
  }
}

function withStatus(statusCode: number, retryAfter: string | null): TransportAnswer {
  const outcome = classifyStatus(statusCode);
  return { outcome, statusCode, retryAfter, response: '', detail: null, ...untimed };
}

function withoutAnswer(outcome: OutcomeClass): TransportAnswer {
  const detail = `simulated: ${outcome}`;
  return { outcome, statusCode: null, retryAfter: null, response: '', detail, ...untimed };
}

/** Simulated time has no phases. */
const untimed = {
  address: null,
  certificate: null,
  timing: {
    dnsMs: null,
    connectMs: null,
    tlsMs: null,
    sentMs: null,
    firstByteMs: null,
    lastByteMs: null,
  },
  phase: null,
} as const;
