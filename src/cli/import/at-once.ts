/** Runs `work` over all items, a few at once. Where one fails no more are begun; throws after those under way ended. */
export async function atOnce<Item>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  let isFailed = false;
  const lines = Array.from({ length: Math.min(most, items.length) }, async () => {
    for (const item of rest) {
      if (isFailed) return;
      try {
        await work(item);
      } catch (thrown) {
        isFailed = true;
        throw thrown;
      }
    }
  });
  const ended = await Promise.allSettled(lines);
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}
