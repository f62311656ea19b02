type Waiting = {
  readonly body: string;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
};

/** Calls under way at once: one writes while the next one fills. */
const CALLS_AT_ONCE = 2;

/**
 * Hands what requests bring at the same time to the queue in one call. No queue's documentation asks for it, but a
 * team that measures would write it, and Holdfast commits the same way.
 */
export function gather(
  addAll: (bodies: readonly string[]) => Promise<unknown>,
): (body: string) => Promise<void> {
  let waiting: Waiting[] = [];
  let underWay = 0;
  let isScheduled = false;

  async function flush(): Promise<void> {
    isScheduled = false;
    if (waiting.length === 0 || underWay >= CALLS_AT_ONCE) return;
    const batch = waiting;
    waiting = [];
    underWay += 1;
    try {
      await addAll(batch.map(({ body }) => body));
      for (const { resolve } of batch) resolve();
    } catch (thrown) {
      for (const { reject } of batch) reject(thrown);
    } finally {
      underWay -= 1;
    }
    await flush();
  }

  return (body) =>
    new Promise((resolve, reject) => {
      waiting.push({ body, resolve, reject });
      if (isScheduled || underWay >= CALLS_AT_ONCE) return;
      isScheduled = true;
      setImmediate(() => void flush());
    });
}
