import type { Stamped } from '../stamped.ts';

/**
 * Deliveries that somebody holds back, beside those of single endpoints (`Endpoint.pausedAt`): of an application, of an
 * event type of one application or of all, or of the whole service. They are accepted and wait in the ledger.
 */
export type Pause = Stamped & {
  /** 0: of all applications. */
  readonly appId: number;
  /** null: all of them. */
  readonly eventType: string | null;
  readonly reason: string;
  /**
   * How many deliveries of the event type a second each endpoint gets at most of what waited, once the pause is over;
   * null: each when it was due. Lanes that rest as a whole go on as their own limits let them.
   */
  readonly resumePerSecond: number | null;
};

export const resumeRateBounds = { min: 1, max: 10_000 } as const;
/** Where nobody knows the rate any more: the service stopped while deliveries were let go on. */
export const DEFAULT_RESUME_PER_SECOND = 100;

/** One pause at a time holds the same thing. */
export function uidOfPause({ appId, eventType }: Pick<Pause, 'appId' | 'eventType'>): string {
  if (eventType !== null) return `event type ${eventType}`;
  return appId === 0 ? 'service' : 'application';
}
