import { useQueries } from '@tanstack/react-query';
import { api } from '../api/index.ts';
import { nameOf } from '../ui/index.ts';

/** Of more applications at once the endpoints go by their ids. */
const MOST_APPLICATIONS = 20;
const MOST = 250;
const STALE_MS = 60_000;

/** What the endpoints of some applications are called, by id. */
export function useEndpointNames(appIds: readonly string[]): ReadonlyMap<string, string> {
  return useQueries({
    queries: appIds.slice(0, MOST_APPLICATIONS).map((id) => {
      const request = { path: { app_id: id }, query: { limit: MOST } };
      return {
        queryKey: ['v1.endpoint.list', request],
        queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
          api('v1.endpoint.list', { ...request, signal }),
        staleTime: STALE_MS,
      };
    }),
    combine: (answers) =>
      new Map(answers.flatMap(({ data }) => data?.data.map((one) => [one.id, nameOf(one)]) ?? [])),
  });
}
