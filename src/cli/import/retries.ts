import { fault, type Clock, type HoldfastError, type Random } from '../../core/index.ts';

/** A request's end: what it answered, or a failure that may pass. Everything else it throws. */
export type Tried<Value> = { readonly value: Value } | { readonly passing: HoldfastError };

export type Retry = <Value>(tryOnce: () => Promise<Tried<Value>>) => Promise<Value>;

type Parts = { readonly clock: Clock; readonly random: Random; readonly signal: AbortSignal };

/** With the waits between them about 10 s: a restart or a moment of overload, not an outage. */
const TRIES = 8;
const FIRST_WAIT_MS = 100;
const LONGEST_RETRY_AFTER_SECONDS = 120;

/**
 * Tries again what may pass, at most 8 times: each wait twice the one before, half of it by chance, and never shorter
 * than the server's Retry-After. Where a server asks to wait, all requests to it wait. A server that asks for more than
 * two minutes gets no more requests. Throws the last failure; the signal's reason where that ends the waiting.
 */
export function createRetry({ clock, random, signal }: Parts): Retry {
  let pausedUntil = 0;

  return async (tryOnce) => {
    for (let tries = 1; ; tries += 1) {
      await waitUntil(clock, pausedUntil, signal);
      const tried = await tryOnce();
      if ('value' in tried) return tried.value;
      const { passing } = tried;
      const retryAfterSeconds = passing.retryAfterSeconds ?? 0;
      if (tries === TRIES || retryAfterSeconds > LONGEST_RETRY_AFTER_SECONDS) {
        throw withTries(passing, tries);
      }
      pausedUntil = Math.max(pausedUntil, clock.now() + retryAfterSeconds * 1000);
      const waitMs = FIRST_WAIT_MS * 2 ** (tries - 1) * (0.5 + random.next() / 2);
      await waitUntil(clock, clock.now() + waitMs, signal);
    }
  };
}

async function waitUntil(clock: Clock, at: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const restMs = at - clock.now();
  if (restMs <= 0) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(restMs, end);
    signal.addEventListener('abort', end, { once: true });
  });
  signal.throwIfAborted();
}

function withTries(error: HoldfastError, tries: number): HoldfastError {
  const { code, message, field, retryAfterSeconds } = error;
  const detail = tries === 1 ? message : `${message} It was tried ${tries} times.`;
  return fault(code, { detail, field, retryAfterSeconds, cause: error });
}
