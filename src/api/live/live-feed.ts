import { fault, idAt, timeOfId, type Cancel, type HoldfastError } from '../../core/index.ts';
import type { Outcome } from '../../delivery/index.ts';
import type { Alert } from '../../slo/index.ts';
import type { ApiParts } from '../parts.ts';
import { eventText } from './event-stream.ts';
import { readCounts, readNow, type NowParts } from './now-figures.ts';
import { RateWindow } from './rates.ts';

export const liveTopics = ['figures', 'attempts', 'alerts', 'incidents', 'changes'] as const;
export type LiveTopic = (typeof liveTopics)[number];

/** One who watches. */
export type Watcher = {
  readonly topics: ReadonlySet<LiveTopic>;
  /** Attempts of this application alone; null: of all. */
  readonly appId: number | null;
  /** By a token or a session of that application, whose owner it is: of them there may be fewer. */
  readonly isOwner: boolean;
  /** Whole events, a few times a second at most. Never throws. */
  readonly write: (events: string) => void;
  readonly end: () => void;
};

export type LiveFeed = {
  /** Throws `overloaded` where as many watch as may. Returns the way to stop it. */
  watch(watcher: Watcher): () => void;
  /** Ends all. */
  stop(): void;
};

type FeedParts = NowParts & Pick<ApiParts, 'idText' | 'log'>;

/** What is told of one second to one watcher, of attempts: more is counted. */
const ATTEMPTS_PER_SECOND = 50;
const MOST_WATCHERS = 200;
/** Owners leave places for operators, and those of one application for others. */
const MOST_OWNERS = 150;
const MOST_OWNERS_OF_ONE = 20;
const TICK_MS = 250;
const TICKS_PER_SECOND = 4;
const HEARTBEAT_TICKS = 15 * TICKS_PER_SECOND;
/** A change may be stored a moment after one with a later id. */
const LOOK_BACK_MS = 10_000;
const MOST_CHANGES = 100;

/** What one watcher has not been told yet. */
type Seat = { readonly watcher: Watcher; events: string; left: number; skipped: number };

/**
 * One ticker for all who watch, which stands still while nobody does: figures are read once for all of them, and each
 * event is written once. Alerts, incidents and changes are only named: who watches asks for them.
 */
export function createLiveFeed(parts: FeedParts): LiveFeed {
  const { engine, incidents, alerts, ledger, clock, idText, log } = parts;
  const seats = new Set<Seat>();
  /** Incidents that were written since the last second. */
  const written = new Set<number>();
  let rates = new RateWindow();
  let knownAlerts = new Map<number, Alert>();
  let knownChanges = new Set<number>();
  /** Those of the last second, for who comes now; null: nobody watched them then. */
  let lastFigures: string | null = null;
  /** Somebody came who was not told any: the next tick does not wait for the second to end. */
  let areFiguresDue = false;
  let endings: readonly (() => void)[] = [];
  let cancel: Cancel = () => {};
  /** Of the ticker that runs; a later one makes its ticks nothing. */
  let life = 0;
  /** Changes before it were there before anybody watched. */
  let beganAt = 0;
  let isStopped = false;

  return {
    watch(watcher) {
      if (isStopped) throw fault('stopping', { retryAfterSeconds: 5 });
      assertPlace(watcher);
      const wantsFigures = watcher.topics.has('figures');
      const events = wantsFigures && lastFigures !== null ? lastFigures : '';
      areFiguresDue ||= wantsFigures && lastFigures === null;
      const seat: Seat = { watcher, events, left: ATTEMPTS_PER_SECOND, skipped: 0 };
      seats.add(seat);
      if (seats.size === 1) begin();
      return () => {
        if (seats.delete(seat) && seats.size === 0) rest();
      };
    },
    stop() {
      isStopped = true;
      rest();
      for (const { watcher } of seats) watcher.end();
      seats.clear();
    },
  };

  function assertPlace({ isOwner, appId }: Watcher): void {
    if (seats.size >= MOST_WATCHERS) {
      throw full(
        `${MOST_WATCHERS} connections watch already. Close one of them, or read /api/v1/overview.`,
      );
    }
    if (!isOwner) return;
    const owners = [...seats].filter(({ watcher }) => watcher.isOwner);
    const own = owners.filter(({ watcher }) => watcher.appId === appId);
    if (owners.length >= MOST_OWNERS || own.length >= MOST_OWNERS_OF_ONE) {
      throw full(
        `${own.length} connections watch this application already, and ${owners.length} any one. Close one of them, or ask for its attempts instead.`,
      );
    }
  }

  function begin(): void {
    life += 1;
    rates = new RateWindow();
    rates.next(clock.now(), readCounts(parts));
    knownAlerts = alertsNow();
    knownChanges = new Set();
    beganAt = clock.now();
    written.clear();
    endings = [
      engine.onOutcome(heard),
      incidents.onWrite((incidentId) => void written.add(incidentId)),
    ];
    schedule(life, 1);
  }

  function rest(): void {
    life += 1;
    cancel();
    lastFigures = null;
    for (const end of endings) end();
    endings = [];
  }

  function schedule(mine: number, nth: number): void {
    cancel = clock.after(TICK_MS, () => {
      void tick(nth)
        .catch((thrown: unknown) => log.error({ err: thrown }, 'a step of the live stream failed'))
        .then(() => {
          if (mine === life) schedule(mine, nth + 1);
        });
    });
  }

  async function tick(nth: number): Promise<void> {
    if (nth % TICKS_PER_SECOND === 0) {
      // Each is told of what could be read; a ledger in trouble is when all else is needed most.
      const told = await Promise.allSettled([tellFigures(), tellChanges()]);
      tellAlerts();
      tellIncidents();
      tellSkipped();
      for (const { status, ...why } of told) {
        if (status === 'rejected') log.warn({ ...why }, 'the live stream could not be told all');
      }
    } else if (areFiguresDue) await tellFigures();
    if (nth % HEARTBEAT_TICKS === 0) for (const seat of seats) seat.events += ': still here\n\n';
    for (const seat of seats) {
      if (seat.events === '') continue;
      const { events } = seat;
      seat.events = '';
      seat.watcher.write(events);
    }
  }

  function tell(topic: LiveTopic, text: string): void {
    for (const seat of seats) if (seat.watcher.topics.has(topic)) seat.events += text;
  }

  function isWatched(topic: LiveTopic): boolean {
    for (const { watcher } of seats) if (watcher.topics.has(topic)) return true;
    return false;
  }

  function heard(outcome: Outcome): void {
    let text: string | undefined;
    for (const seat of seats) {
      const { topics, appId } = seat.watcher;
      if (!topics.has('attempts') || (appId !== null && appId !== outcome.claim.appId)) continue;
      if (seat.left === 0) seat.skipped += 1;
      else {
        seat.left -= 1;
        seat.events += text ??= eventText('attempt', attemptView(outcome));
      }
    }
  }

  function attemptView({ claim, settlement }: Outcome): object {
    const { outcome, state, statusCode, durationMs, canaryId, nth } = settlement;
    return {
      id: idText.format('attempt', claim.attemptId),
      messageId: idText.format('message', claim.messageId),
      appId: idText.format('application', claim.appId),
      endpointId: idText.format('endpoint', claim.endpointId),
      eventType: claim.eventType,
      attempt: nth,
      outcome,
      state,
      statusCode,
      durationMs,
      isCandidate: canaryId !== null,
      at: new Date(clock.now()).toISOString(),
    };
  }

  function tellSkipped(): void {
    for (const seat of seats) {
      if (seat.skipped > 0) seat.events += eventText('skipped', { count: seat.skipped });
      seat.skipped = 0;
      seat.left = ATTEMPTS_PER_SECOND;
    }
  }

  async function tellFigures(): Promise<void> {
    areFiguresDue = false;
    if (!isWatched('figures')) {
      lastFigures = null;
      return;
    }
    const mine = life;
    const now = await readNow(parts);
    if (mine !== life) return;
    const at = new Date(now.at).toISOString();
    const rate = rates.next(now.at, readCounts(parts));
    lastFigures = eventText('figures', { ...now, ...rate, at });
    tell('figures', lastFigures);
  }

  /** Alerts are never altered, only replaced: another one under the id is news. */
  function tellAlerts(): void {
    const now = alertsNow();
    for (const [id, alert] of now) {
      if (knownAlerts.get(id) !== alert) tell('alerts', named('alert', id));
    }
    knownAlerts = now;
  }

  function alertsNow(): Map<number, Alert> {
    return new Map(alerts.current().map((alert) => [alert.id, alert]));
  }

  function tellIncidents(): void {
    for (const id of written) tell('incidents', named('incident', id));
    written.clear();
  }

  async function tellChanges(): Promise<void> {
    if (!isWatched('changes')) return;
    const fromId = idAt(clock.now() - LOOK_BACK_MS);
    const changes = await ledger.changes({ fromId, limit: MOST_CHANGES, descending: true });
    for (const { id } of changes.toReversed()) {
      if (!knownChanges.has(id) && timeOfId(id) >= beganAt) tell('changes', named('change', id));
    }
    knownChanges = new Set(changes.map(({ id }) => id));
  }

  function named(kind: 'alert' | 'incident' | 'change', id: number): string {
    return eventText(kind, { id: idText.format(kind, id) });
  }
}

function full(detail: string): HoldfastError {
  return fault('overloaded', { detail, retryAfterSeconds: 15 });
}
