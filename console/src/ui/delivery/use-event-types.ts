import { useAnswer } from '../../api/index.ts';

const MOST = 250;

export type EventType = { readonly name: string; readonly description: string };

/** Event types for fields that offer them, as many as one page of the API holds. */
export function useEventTypes(): readonly EventType[] {
  return useAnswer('v1.event-type.list', { query: { limit: MOST } }).data?.data ?? [];
}
