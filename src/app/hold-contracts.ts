import type { Configuration } from '../change/index.ts';
import type { ContractGate } from '../intake/index.ts';

const PAGE = 250;

/** Tells the gate of every event type that there is, and from then on of each that is written. */
export async function holdContracts(
  { eventTypes }: Configuration,
  contracts: ContractGate,
): Promise<void> {
  eventTypes.onChange((name, eventType) => {
    if (eventType === undefined) contracts.forget(name);
    else contracts.keep(eventType);
  });
  for (let afterUid: string | undefined; ;) {
    const page = await eventTypes.list({ afterUid, limit: PAGE, descending: false });
    for (const eventType of page) contracts.keep(eventType);
    if (page.length < PAGE) return;
    afterUid = page.at(-1)?.name;
  }
}
