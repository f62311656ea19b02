import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { lookAgain, lookAtAllAgain } from './answers.ts';
import { sendWithSession, type OperationId } from './client.ts';

export type LiveEvent = 'figures' | 'attempt' | 'skipped' | 'alert' | 'incident' | 'change';
type LiveState = 'connecting' | 'live' | 'away';
type Listener = (value: unknown) => void;

/** What to ask for again once the stream says that something of its kind has changed. */
const askedAgain: Partial<Record<LiveEvent, readonly OperationId[]>> = {
  alert: ['v1.alert.list', 'v1.alert.get', 'v1.board.get', 'v1.objective.get-status'],
  incident: [
    'v1.incident.list',
    'v1.incident.get',
    'v1.incident.list-timeline',
    'v1.incident.get-mitigation-menu',
    'v1.incident.get-figures',
    'v1.incident.list-suspects',
  ],
  change: [
    'v1.change.list',
    'v1.change.list-of-application',
    'v1.canary.list',
    'v1.canary.get',
    // Whoever edits one is told that somebody else has changed it.
    'v1.policy.get',
    'v1.objective.get',
  ],
};

/** Many events at once ask once. */
const GATHER_MS = 300;
/** A stream that was refused is asked for again after this: the browser does it by itself only where the connection broke. */
const REOPEN_MS = 5_000;

/** Which topic of the stream an event comes by. */
const topicOf: Readonly<Record<LiveEvent, string>> = {
  figures: 'figures',
  attempt: 'attempts',
  skipped: 'attempts',
  alert: 'alerts',
  incident: 'incidents',
  change: 'changes',
};
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
  topics: always,
  children,
}: {
  /** Carried on every page; what a page listens to beside them comes and goes with it. */
  readonly topics: string;
  readonly children: ReactNode;
}): ReactNode {
  const client = useQueryClient();
  const asked = useAsked(always);
  const hasBeenOpen = useRef(false);
  const hasBeenAway = useRef(false);
  /** How often it was opened anew after a refusal. */
  const [round, setRound] = useState(0);
  useEffect(() => {
    const source = new EventSource(`/api/v1/live?${asked}`);
    let gathered = new Set<OperationId>();
    let timer: number | undefined;
    let reopening: number | undefined;
    source.addEventListener('open', () => {
      setState('live');
      if (hasBeenAway.current) void lookAtAllAgain(client);
      // Between the stream before, of other topics, and this one, news may have passed.
      else if (hasBeenOpen.current) void lookAgain(client, Object.values(askedAgain).flat());
      hasBeenAway.current = false;
      hasBeenOpen.current = true;
    });
    source.addEventListener('error', () => {
      hasBeenAway.current = true;
      setState('away');
      if (source.readyState !== EventSource.CLOSED) return;
      // An answer 401 to this says to all who listen that the session has ended.
      void sendWithSession('/session').catch(() => {});
      reopening = window.setTimeout(() => setRound((many) => many + 1), REOPEN_MS);
    });
    const kinds: readonly LiveEvent[] = [
      'figures',
      'attempt',
      'skipped',
      'alert',
      'incident',
      'change',
    ];
    for (const kind of kinds) {
      source.addEventListener(kind, (event: MessageEvent<unknown>) => {
        const value: unknown = typeof event.data === 'string' ? JSON.parse(event.data) : null;
        for (const listener of listeners.get(kind) ?? []) listener(value);
        const ids = askedAgain[kind];
        if (ids === undefined) return;
        for (const id of ids) gathered.add(id);
        timer ??= window.setTimeout(() => {
          timer = undefined;
          const wanted = [...gathered];
          gathered = new Set();
          void lookAgain(client, wanted);
        }, GATHER_MS);
      });
    }
    return () => {
      source.close();
      window.clearTimeout(timer);
      window.clearTimeout(reopening);
      setState('connecting');
    };
  }, [client, asked, round]);
  return children;
}
