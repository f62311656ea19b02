import { setTimeout as delay } from 'node:timers/promises';

const LOOK_AGAIN_MS = 5;

/** Waits until the condition gives something true, and resolves to it. Throws where it takes too long. */
export async function until<Result>(
  condition: () => Result | Promise<Result>,
  what: string,
  withinMs = 20_000,
): Promise<Exclude<Awaited<Result>, null | undefined | false>> {
  const endsAt = performance.now() + withinMs;
  for (;;) {
    const result = await condition();
    if (result !== null && result !== undefined && result !== false) {
      return result as Exclude<Awaited<Result>, null | undefined | false>;
    }
    if (performance.now() > endsAt) throw new Error(`waited ${withinMs} ms for ${what}`);
    await delay(LOOK_AGAIN_MS);
  }
}
