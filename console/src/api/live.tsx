import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { lookAtAllAgain, lookAtNews } from './answers.ts';
import type { OperationId } from './client.ts';
import { openEventStream } from './event-stream.ts';
import type { LiveEvent, News } from './news.ts';
import { setTold } from './told.ts';

type LiveState = 'connecting' | 'live' | 'away';
type Listener = (value: unknown) => void;

/** Many events at once ask once. */
const GATHER_MS = 300;

/** Which topic of the stream an event comes by. */
const topicOf: Readonly<Record<LiveEvent, string>> = {
  figures: 'figures',
  attempt: 'attempts',
  skipped: 'attempts',
  alert: 'alerts',
  incident: 'incidents',
  change: 'changes',
};
const kinds: readonly LiveEvent[] = [
  'figures',
  'attempt',
  'skipped',
  'alert',
  'incident',
  'change',
];
/** How many parts of the page listen to a topic: it is asked for as long as one does. */
const listenedTo = new Map<string, number>();
const topicListeners = new Set<() => void>();

function listen(topic: string, by: 1 | -1): void {
  const many = (listenedTo.get(topic) ?? 0) + by;
  if (many === 0) listenedTo.delete(topic);
  else listenedTo.set(topic, many);
  for (const listener of topicListeners) listener();
}

/** What the stream is asked for: the given topics and those that something on the page listens to, in one order, so that equal sets are equal texts. */
function useAsked(always: string): string {
  return useSyncExternalStore(
    (listener) => {
      topicListeners.add(listener);
      return () => topicListeners.delete(listener);
    },
    () => {
      const topics = [...new Set([...always.split(','), ...listenedTo.keys()])]
        .toSorted()
        .join(',');
      return attemptsOf === null
        ? `topics=${topics}`
        : `topics=${topics}&app_id=${encodeURIComponent(attemptsOf)}`;
    },
  );
}

/** The application whose attempts alone are wanted; null: of all. Of more than fifty a second the stream tells only a part. */
let attemptsOf: string | null = null;

/** Has the stream tell attempts of one application alone while the component is there. */
export function useAttemptsOf(appId: string | null): void {
  useEffect(() => {
    attemptsOf = appId;
    for (const listener of topicListeners) listener();
    return () => {
      attemptsOf = null;
      for (const listener of topicListeners) listener();
    };
  }, [appId]);
}

const listeners = new Map<LiveEvent, Set<Listener>>();
const stateListeners = new Set<() => void>();
let state: LiveState = 'connecting';

function setState(next: LiveState): void {
  state = next;
  for (const listener of stateListeners) listener();
}

/** Whether the page shows what is now, or what was when the stream ended. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    () => state,
  );
}

/**
 * Calls `take` with each event of a kind while the component is there, and has the stream carry its topic meanwhile.
 * The value is parsed JSON: narrow it.
 */
export function useLive(event: LiveEvent, take: Listener): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const listener: Listener = (value) => latest.current(value);
    const all = listeners.get(event) ?? new Set();
    listeners.set(event, all);
    all.add(listener);
    listen(topicOf[event], 1);
    return () => {
      all.delete(listener);
      listen(topicOf[event], -1);
    };
  }, [event]);
}

/**
 * Holds the one stream of the page open. It is connected again by itself; after a gap everything that is seen is
 * asked for again, since nobody knows what was missed. Where it is refused since the session has ended, that is told.
 */
export function LiveStream({
  news: { topics, asked: askedAgain, leastMs, told },
  children,
}: {
  /** The same object on every render. */
  readonly news: News;
  readonly children: ReactNode;
}): ReactNode {
  const client = useQueryClient();
  const asked = useAsked(topics);
  const hasBeenOpen = useRef(false);
  const hasBeenAway = useRef(false);
  useEffect(() => {
    let gathered = new Set<OperationId>();
    let timer: number | undefined;
    let lookedAt = -Infinity;
    const look = (): void => {
      timer = undefined;
      lookedAt = performance.now();
      const wanted = [...gathered];
      gathered = new Set();
      void lookAtNews(client, wanted);
    };
    const close = openEventStream(`/api/v1/live?${asked}`, {
      onOpen: () => {
        setTold(told);
        setState('live');
        if (hasBeenAway.current) void lookAtAllAgain(client);
        // Between the stream before, of other topics, and this one, news may have passed.
        else if (hasBeenOpen.current) void lookAtNews(client, Object.values(askedAgain).flat());
        hasBeenAway.current = false;
        hasBeenOpen.current = true;
      },
      onAway: () => {
        hasBeenAway.current = true;
        setTold([]);
        setState('away');
      },
      onEvent: (event, data) => {
        const kind = kinds.find((name) => name === event);
        if (kind === undefined) return;
        const value: unknown = JSON.parse(data);
        for (const listener of listeners.get(kind) ?? []) listener(value);
        const ids = askedAgain[kind];
        if (ids === undefined) return;
        for (const id of ids) gathered.add(id);
        timer ??= window.setTimeout(
          look,
          Math.max(GATHER_MS, lookedAt + leastMs - performance.now()),
        );
      },
    });
    return () => {
      close();
      window.clearTimeout(timer);
      setTold([]);
      setState('connecting');
    };
  }, [client, asked, askedAgain, leastMs, told]);
  return children;
}
