import { Pool } from 'undici';
import type { Listening } from '../../bench/holdfast-process.ts';
import { payloadOf } from './message.ts';
import type { SenderRecords } from './records.ts';

/**
 * Messages come in bursts of as many as there are connections, 400 a second: while a burst is worked on, many are
 * between their commit and their answer, which is where a kill is most likely to find a mistake.
 */
const CONNECTIONS = 32;
export const BURST_EVERY_MS = 80;
/** A service that has just started is slow: nothing new is sent while so many requests wait for it. */
const MOST_UNDER_WAY = 4 * CONNECTIONS;
const ACCEPTED = 202;

/**
 * A sender as the README tells senders to be: what was answered 202 is done. Every second message carries an
 * idempotency key and is sent again until it is answered; the others are given up when their answer is lost.
 */
export class Sender {
  readonly #application: string;
  readonly #acknowledged = new Map<number, string>();
  readonly #unacknowledged = new Set<number>();
  readonly #underWay = new Set<Promise<void>>();
  #sequence = 0;
  #sentAgain = 0;
  #pool: Pool | undefined;
  #token = '';
  #pacing: NodeJS.Timeout | undefined;

  #burstSent = (): void => {};

  constructor(application: string) {
    this.#application = application;
  }

  /** Sends to a service that has just started: first again what had no answer, then burst after burst. */
  start({ url, token }: Listening): void {
    this.#connect(url, token);
    this.#pacing = setInterval(() => {
      for (let each = 0; each < CONNECTIONS && this.#underWay.size < MOST_UNDER_WAY; each += 1) {
        this.#send(this.#sequence);
        this.#sequence += 1;
      }
      this.#burstSent();
    }, BURST_EVERY_MS);
  }

  nextBurst(): Promise<void> {
    return new Promise((resolve) => {
      this.#burstSent = resolve;
    });
  }

  /** The service is gone: answers that have not come will not. */
  async stop(): Promise<void> {
    clearInterval(this.#pacing);
    await this.#pool?.destroy();
    await Promise.all(this.#underWay);
  }

  /** Sends no new messages, and again those with a key that had no answer. */
  async finish({ url, token }: Listening): Promise<void> {
    this.#connect(url, token);
    await Promise.all(this.#underWay);
    await this.#pool?.close();
  }

  records(): SenderRecords {
    return {
      acknowledged: this.#acknowledged,
      unacknowledged: this.#unacknowledged,
      sentAgain: this.#sentAgain,
    };
  }

  #connect(url: string, token: string): void {
    this.#pool = new Pool(url, { connections: CONNECTIONS });
    this.#token = token;
    for (const sequence of [...this.#unacknowledged].filter(hasKey)) {
      this.#sentAgain += 1;
      this.#send(sequence);
    }
  }

  #send(sequence: number): void {
    this.#unacknowledged.add(sequence);
    const work = this.#post(sequence)
      .catch(() => {}) // no answer: it stays unacknowledged
      .finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  async #post(sequence: number): Promise<void> {
    const response = await this.#pool?.request({
      path: `/api/v1/app/${this.#application}/msg`,
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
        ...(hasKey(sequence) ? { 'idempotency-key': `key-${sequence}` } : {}),
      },
      body: `{"eventType":"crash.test","value":{"amount":${sequence},"currency":"EUR"},"payload":${payloadOf(sequence)}}`,
    });
    if (response === undefined) return;
    const answer = (await response.body.json()) as { readonly id: string };
    if (response.statusCode !== ACCEPTED) return;
    this.#acknowledged.set(sequence, answer.id);
    this.#unacknowledged.delete(sequence);
  }
}

function hasKey(sequence: number): boolean {
  return sequence % 2 === 0;
}
