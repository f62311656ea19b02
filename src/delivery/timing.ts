import type { AttemptPhase } from '../ledger/index.ts';
import type { Connection } from './connection.ts';

/**
 * How long each phase of a request took, in milliseconds with fractions. They add up to the whole, but for what an
 * attempt waited before a connection that then failed. Null: the phase was not reached, or was not needed, as the
 * first three where a connection was used again. The phase in which the request failed counts up to the failure.
 */
export type Timing = {
  /** Looking the name up, and vetting what it leads to; null also for an address. */
  readonly dnsMs: number | null;
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
  /** Waiting for its turn on the connection, and handing the request to the kernel. */
  readonly sentMs: number | null;
  /** Until the head of the response was there; interim answers (1xx) are passed over. */
  readonly firstByteMs: number | null;
  readonly lastByteMs: number | null;
};

/** Of a request that was never made. */
export const noTiming: Timing = {
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  sentMs: null,
  firstByteMs: null,
  lastByteMs: null,
};

/** Moments of one request, by the clock's `elapsedMs`; undefined: it did not come to that. */
export type Marks = {
  readonly beganAt: number;
  /** The connection it is on, or waits for. */
  readonly connection: Connection | undefined;
  readonly sentAt: number | undefined;
  readonly firstByteAt: number | undefined;
  readonly endedAt: number;
  readonly isWhole: boolean;
};

export function timingOf(marks: Marks): {
  readonly timing: Timing;
  readonly phase: AttemptPhase | null;
} {
  const { beganAt, connection, sentAt, firstByteAt, endedAt, isWhole } = marks;
  // One that was begun before the request was there is not the request's: it was used again, or made for another.
  const own = connection !== undefined && connection.beganAt >= beganAt ? connection : undefined;
  if (own !== undefined && own.phase !== null) {
    return { timing: connectingTiming(own, endedAt), phase: own.phase };
  }
  const connecting = own === undefined ? noTiming : connectingTiming(own, endedAt);
  const waitedMs = own === undefined ? 0 : own.beganAt - beganAt;
  // undici hears first that a connection is ready, and may have written before it was marked.
  const readyAt = Math.min(own?.readyAt ?? beganAt, sentAt ?? Infinity);
  return {
    timing: {
      dnsMs: connecting.dnsMs,
      connectMs: connecting.connectMs,
      tlsMs: connecting.tlsMs,
      sentMs: (sentAt ?? endedAt) - readyAt + waitedMs,
      firstByteMs: sentAt === undefined ? null : (firstByteAt ?? endedAt) - sentAt,
      lastByteMs: firstByteAt === undefined ? null : endedAt - firstByteAt,
    },
    phase: isWhole
      ? null
      : sentAt === undefined
        ? 'send'
        : firstByteAt === undefined
          ? 'first_byte'
          : 'last_byte',
  };
}

function connectingTiming(connection: Connection, endedAt: number): Timing {
  const { beganAt, phase, lookedUpAt, connectedAt, readyAt } = connection;
  const isName = lookedUpAt !== undefined || phase === 'dns';
  return {
    ...noTiming,
    dnsMs: isName ? (lookedUpAt ?? endedAt) - beganAt : null,
    connectMs: phase === 'dns' ? null : (connectedAt ?? endedAt) - (lookedUpAt ?? beganAt),
    tlsMs:
      connectedAt === undefined || readyAt === connectedAt
        ? null
        : (readyAt ?? endedAt) - connectedAt,
  };
}
