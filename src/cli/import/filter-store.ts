import { fault, HoldfastError } from '../../core/index.ts';
import type { Target } from './target.ts';

/** Stores an endpoint whose filter has these names. */
export type FilterStore = <Stored>(
  names: readonly string[],
  store: () => Promise<Stored>,
) => Promise<Stored>;

/**
 * Filters keep the names of event types that were archived since, and messages of these still go out; but no endpoint
 * can be stored with such a name. So where a filter is refused, the archived types it names come back for the moment of
 * storing. Where the import ends just then they stay; the next one archives them again, with the event types.
 */
export function createFilterStore(target: Target): FilterStore {
  let last: Promise<unknown> = Promise.resolve();

  async function storeWithArchived<Stored>(
    names: readonly string[],
    store: () => Promise<Stored>,
  ): Promise<Stored> {
    const archived: string[] = [];
    const missing: string[] = [];
    for (const name of names) {
      const eventType = await target.eventType(name);
      if (eventType === null) missing.push(name);
      else if (eventType.archived) archived.push(name);
    }
    if (missing.length > 0) throw missingTypes(missing);
    try {
      for (const name of archived) await target.archive(name, false);
      return await store();
    } finally {
      for (const name of archived) await target.archive(name, true);
    }
  }

  return async (names, store) => {
    try {
      return await store();
    } catch (thrown) {
      const isFilter = thrown instanceof HoldfastError && thrown.field === 'eventTypes';
      if (!isFilter || thrown.code !== 'validation') throw thrown;
    }
    // One after the other: what one archives again the next may need.
    const mine = last.then(() => storeWithArchived(names, store));
    last = mine.catch(() => {});
    return mine;
  };
}

function missingTypes(names: readonly string[]): HoldfastError {
  return fault('validation', {
    field: 'eventTypes',
    detail: `Its filter names event types that are not there any more: ${names.slice(0, 5).join(', ')}. Create them in Holdfast and import again.`,
  });
}
