import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import {
  api,
  type AnswerOf,
  type HoldfastApiError,
  type OperationId,
  type Operations,
  type RequestOf,
} from './client.ts';
import { paceOf } from './told.ts';

type Options = {
  /** false: it is not asked yet. */
  readonly isWanted?: boolean;
  /** Asked again so often while the page is seen, where the live stream does not say when to look again. */
  readonly everyMs?: number;
  /** What was seen stays until the next answer, instead of a page that is empty in between. */
  readonly keepsLast?: boolean;
};

/** One answer of the API, kept by what was asked. */
export function useAnswer<Id extends OperationId>(
  id: Id,
  request: RequestOf<Operations[Id]>,
  { isWanted = true, everyMs, keepsLast = false }: Options = {},
): UseQueryResult<AnswerOf<Id>, HoldfastApiError> {
  return useQuery<AnswerOf<Id>, HoldfastApiError>({
    queryKey: [id, request],
    queryFn: ({ signal }) => api(id, { ...request, signal }),
    enabled: isWanted,
    ...(everyMs === undefined ? {} : { refetchInterval: () => paceOf(id, everyMs) }),
    ...(keepsLast ? { placeholderData: keepPreviousData } : {}),
  });
}

type Paged = {
  readonly data: readonly unknown[];
  readonly done: boolean;
  readonly iterator: string | null;
};
type Known = InfiniteData<Paged, string | null>;
/** Operations that answer page by page. */
export type ListId = {
  [Id in OperationId]: AnswerOf<Id> extends Paged ? Id : never;
}[OperationId];
export type RowOf<Id extends ListId> = AnswerOf<Id> extends { data: (infer Row)[] } ? Row : never;

export type Pages<Row> = {
  readonly rows: readonly Row[];
  /** Why there is nothing to show, or no more of it. Rows that could only not be asked for again stay, and this is null. */
  readonly error: HoldfastApiError | null;
  readonly isLoading: boolean;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  /** Asks for the next page; does nothing while one is on its way, or after the last. */
  readonly more: () => void;
  readonly again: () => void;
  /** Asks for all that is left, and shows it from time to time on the way: a hundred thousand rows are four hundred pages. */
  readonly toEnd: (signal: AbortSignal) => Promise<void>;
};

/** Between two looks at what came, on the way to the end. */
const SHOW_EVERY_MS = 500;
/** A list that was scrolled further than this is not asked for again by itself, page after page. */
const MOST_REFRESHED_PAGES = 2;

/** A list, page by page: as many as have been scrolled to. */
export function usePages<Id extends ListId>(
  id: Id,
  request: RequestOf<Operations[Id]>,
  { isWanted = true, everyMs }: Options = {},
): Pages<RowOf<Id>> {
  const client = useQueryClient();
  const queryKey = [id, request, 'pages'];
  const ask = (iterator: string | null, signal: AbortSignal): Promise<Paged> => {
    const { query: asked, ...rest } = { query: {}, ...request };
    const paged = iterator === null ? asked : { ...asked, iterator };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every ListId takes an iterator, which the union of them all cannot say
    return api(id, { ...rest, query: paged, signal } as unknown as RequestOf<Operations[Id]>);
  };
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: null as string | null,
    queryFn: ({ signal, pageParam }): Promise<Paged> => ask(pageParam, signal),
    getNextPageParam: (last) => (last.done ? undefined : last.iterator),
    enabled: isWanted,
    ...(everyMs === undefined
      ? {}
      : {
          refetchInterval: (): number | false =>
            isLong(client.getQueryData(queryKey)) ? false : paceOf(id, everyMs),
        }),
  });
  const { data, hasNextPage, isFetchingNextPage, isFetchNextPageError, isPending, isFetching } =
    query;
  const error = data === undefined || isFetchNextPageError ? query.error : null;
  const rows = useMemo(
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the rows of Id's own answer
    () => (data?.pages.flatMap((page) => page.data) ?? []) as RowOf<Id>[],
    [data],
  );
  return {
    rows,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the client throws
    error: error as HoldfastApiError | null,
    isLoading: isPending && isFetching,
    hasMore: hasNextPage,
    isLoadingMore: isFetchingNextPage,
    more: () => {
      if (hasNextPage && !isFetchingNextPage) void query.fetchNextPage();
    },
    again: () => void query.refetch(),
    toEnd: async (signal) => {
      await client.cancelQueries({ queryKey });
      for (;;) {
        const known = client.getQueryData<Known>(queryKey);
        const last = known?.pages.at(-1);
        if (known === undefined || last === undefined || last.done || signal.aborted) return;
        const pages: Paged[] = [];
        const pageParams: (string | null)[] = [];
        const showAt = performance.now() + SHOW_EVERY_MS;
        let { iterator } = last;
        let isLast = false;
        while (!isLast && performance.now() < showAt) {
          const page = await ask(iterator, signal);
          pages.push(page);
          pageParams.push(iterator);
          ({ iterator, done: isLast } = page);
        }
        client.setQueryData(queryKey, {
          pages: [...known.pages, ...pages],
          pageParams: [...known.pageParams, ...pageParams],
        });
      }
    },
  };
}

/** Answers that may have changed are asked for again, by the names of their operations. */
function lookAgain(client: QueryClient, ids: readonly OperationId[]): Promise<void> {
  const wanted = new Set<unknown>(ids);
  return client.invalidateQueries({ predicate: ({ queryKey }) => wanted.has(queryKey[0]) });
}

/** The same because of news: not for lists that were scrolled far, of which each page would be asked for. */
export function lookAtNews(client: QueryClient, ids: readonly OperationId[]): Promise<void> {
  const wanted = new Set<unknown>(ids);
  return client.invalidateQueries({
    predicate: ({ queryKey, state }) =>
      wanted.has(queryKey[0]) && (queryKey[2] !== 'pages' || !isLong(state.data)),
  });
}

/** All of it is asked for again, but for lists that were scrolled far: of those each page would be. */
export function lookAtAllAgain(client: QueryClient): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey, state }) => queryKey[2] !== 'pages' || !isLong(state.data),
  });
}

function isLong(data: unknown): boolean {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what usePages keeps
  return ((data as Known | undefined)?.pages.length ?? 0) > MOST_REFRESHED_PAGES;
}

/** Something that changes the service, and which answers are to be asked for again after it. */
export function useAct<Id extends OperationId>(
  id: Id,
  {
    changes = [],
    onDone,
  }: {
    readonly changes?: readonly OperationId[];
    readonly onDone?: (answer: AnswerOf<Id>) => void;
  } = {},
): UseMutationResult<AnswerOf<Id>, HoldfastApiError, RequestOf<Operations[Id]>> {
  const client = useQueryClient();
  return useMutation<AnswerOf<Id>, HoldfastApiError, RequestOf<Operations[Id]>>({
    mutationFn: (request) => api(id, request),
    onSuccess: async (answer) => {
      await lookAgain(client, changes);
      onDone?.(answer);
    },
  });
}
