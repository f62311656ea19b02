import { fieldsOf, number, orNull, text } from './answers.ts';

/** A pause as the API answers it. */
export type PauseAnswer = {
  readonly id: string;
  readonly appId: string | null;
  readonly eventType: string | null;
  readonly reason: string;
  readonly resumePerSecond: number | null;
  /** ISO 8601. */
  readonly since: string;
};

export type PauseGiven = {
  readonly appId?: string | undefined;
  readonly eventType?: string | undefined;
  readonly reason: string;
  readonly resumePerSecond?: number | undefined;
};

export type CircuitGiven = {
  readonly reason: string;
  readonly until?: string | undefined;
  readonly withProbes?: boolean | undefined;
};

export function readPause(value: unknown): PauseAnswer {
  const pause = fieldsOf(value);
  return {
    id: text(pause, 'id'),
    appId: orNull(text, pause, 'appId'),
    eventType: orNull(text, pause, 'eventType'),
    reason: text(pause, 'reason'),
    resumePerSecond: orNull(number, pause, 'resumePerSecond'),
    since: text(pause, 'since'),
  };
}

/** What a pause holds back, in words. */
export function pausedWords({ appId, eventType }: PauseAnswer): string {
  const of = appId ?? 'all applications';
  return eventType === null ? `all deliveries of ${of}` : `deliveries of ${eventType} of ${of}`;
}
