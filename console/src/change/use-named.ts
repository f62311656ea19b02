import { useQueries } from '@tanstack/react-query';
import { api } from '../api/index.ts';
import type { Change } from '../ui/index.ts';

/** Of more applications at once the endpoints go by their ids. */
const MOST_APPLICATIONS = 20;
const MOST = 250;
const STALE_MS = 60_000;

/** Changes whose endpoints are called as people call them, and not by their ids alone. */
export function useNamed<Row extends Pick<Change, 'items'>>(
  changes: readonly Row[],
): readonly Row[] {
  const apps = new Set(
    changes.flatMap(({ items }) =>
      items.flatMap(({ kind, appId, subject }) =>
        kind === 'endpoint' && appId !== null && subject === '' ? [appId] : [],
      ),
    ),
  );
  const names = useQueries({
    queries: [...apps].slice(0, MOST_APPLICATIONS).map((id) => {
      const request = { path: { app_id: id }, query: { limit: MOST } };
      return {
        queryKey: ['v1.endpoint.list', request],
        queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
          api('v1.endpoint.list', { ...request, signal }),
        staleTime: STALE_MS,
      };
    }),
    combine: (answers) =>
      new Map(
        answers.flatMap(
          ({ data }) => data?.data.map(({ id, description }) => [id, description ?? '']) ?? [],
        ),
      ),
  });
  return changes.map((change) => ({
    ...change,
    items: change.items.map((item) => ({
      ...item,
      subject: item.subject || (names.get(item.subjectId ?? '') ?? ''),
    })),
  }));
}
