import type { Configuration, EventType } from '../change/index.ts';

const PAGE = 250;

/** Whoever holds event types in memory. */
type Holder = {
  keep(eventType: EventType): void;
  forget(name: string): void;
};

/** Tells them of every event type that there is, and from then on of each that is written. */
export async function holdContracts(
  { eventTypes }: Configuration,
  holders: readonly Holder[],
): Promise<void> {
  eventTypes.onChange((name, eventType) => {
    for (const holder of holders) {
      if (eventType === undefined) holder.forget(name);
      else holder.keep(eventType);
    }
  });
  for (let afterUid: string | undefined; ;) {
    const page = await eventTypes.list({ afterUid, limit: PAGE, descending: false });
    for (const eventType of page) for (const holder of holders) holder.keep(eventType);
    if (page.length < PAGE) return;
    afterUid = page.at(-1)?.name;
  }
}
