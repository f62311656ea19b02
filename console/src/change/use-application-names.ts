import { useAnswer } from '../api/index.ts';

const MOST = 250;

/** What the newest applications are called, by id: for lists, where one question for each row were too many. */
export function useApplicationNames(): (id: string) => string {
  const list = useAnswer('v1.application.list', { query: { limit: MOST, order: 'descending' } });
  const names = new Map(list.data?.data.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}
