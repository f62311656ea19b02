import { useAnswer } from '../api/index.ts';

const MOST = 250;

/** The names of event types, for fields that offer them. */
export function useEventTypes(): readonly string[] {
  const types = useAnswer('v1.event-type.list', { query: { limit: MOST } });
  return types.data?.data.map(({ name }) => name) ?? [];
}
