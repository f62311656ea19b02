import { atOnce } from './at-once.ts';
import { differing, isEmpty } from './differing.ts';
import { AT_ONCE, tallied, type ImportParts } from './parts.ts';
import type { EventTypeRecord } from './records.ts';
import type { Result } from './tally.ts';

/** All event types, archived ones too. */
export async function importEventTypes(parts: ImportParts): Promise<void> {
  for await (const page of parts.source.eventTypes()) {
    await atOnce(page, AT_ONCE, (each) => {
      const id = 'item' in each ? each.item.name : each.name;
      const subject = { kind: 'eventTypes', id, uid: null, application: null } as const;
      return tallied(parts, subject, async () => {
        if ('invalid' in each) throw each.invalid;
        parts.tally.add('eventTypes', await importOne(parts, each.item));
      });
    });
  }
}

async function importOne(
  { target, isDryRun }: ImportParts,
  eventType: EventTypeRecord,
): Promise<Result> {
  const present = await target.eventType(eventType.name);
  if (present !== null && isEmpty(differing(eventType, present))) return 'equal';
  if (!isDryRun) await target.putEventType(eventType);
  return present === null ? 'copied' : 'updated';
}
