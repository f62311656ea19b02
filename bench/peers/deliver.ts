import { Pool, type Dispatcher } from 'undici';
import { createSigner, parseSecret, standardHeaders } from '../../src/signature/index.ts';

export type Target = {
  readonly url: string;
  readonly secret: string;
  /** Connections to the receiver at most. */
  readonly connections: number;
};

/** Resolves when the receiver answered 2xx. Rejects otherwise, and the queue retries. */
export type Deliver = (jobId: string, body: string) => Promise<void>;

/** The bare client's request: the same client, signature code, headers and bytes. */
export function createDelivery({ url, secret, connections }: Target): Deliver {
  const pool = new Pool(url, { connections, pipelining: 1, keepAliveTimeout: 300_000 });
  const signer = createSigner([parseSecret(secret)]);
  return (jobId, body) =>
    new Promise((resolve, reject) => {
      const id = `msg_${jobId}`;
      const timestampSeconds = Math.floor(Date.now() / 1000);
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
      const options = { path: '/queue', method: 'POST', headers, body } as const;
      pool.dispatch(options, new Answer(resolve, reject));
    });
}

class Answer implements Dispatcher.DispatchHandler {
  readonly #resolve: () => void;
  readonly #reject: (reason: Error) => void;
  #statusCode = 0;

  constructor(resolve: () => void, reject: (reason: Error) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
  }

  onRequestStart(): void {}

  onResponseStart(_controller: Dispatcher.DispatchController, statusCode: number): void {
    this.#statusCode = statusCode;
  }

  onResponseData(): void {}

  onResponseEnd(): void {
    if (this.#statusCode >= 200 && this.#statusCode < 300) this.#resolve();
    else this.#reject(new Error(`The receiver answered ${this.#statusCode}`));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error);
  }
}
