import { breaksOf } from './contract.ts';
import type { EventType } from './records.ts';
import type { Reverting } from './revert.ts';

/**
 * What going back would break of contracts, in sentences. A revert is not refused for it: what goes back was in force
 * before, and an incident is no time for a refusal. Whoever asks for it sees it first.
 */
export function warningsOf(subjects: readonly Reverting[]): readonly string[] {
  return subjects.flatMap(({ kind, now, next }) => {
    if (kind !== 'event_type' || now === null || next === null) return [];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- documents of that kind, as they were stored
    const [known, back] = [now, next] as unknown as readonly [EventType, EventType];
    return breaksOf(known.contract, known.schemas, back.schemas).map(
      (sentence) => `Event type ${known.name}: ${sentence}`,
    );
  });
}
