import type { OutcomeCounts } from '../../retry/index.ts';

export type OutcomeReads = {
  /** What became of attempts, by the minute: of one endpoint, of one application, or of all. */
  outcomes(request: OutcomesQuery): Promise<readonly MinuteOutcomes[]>;
};

export type OutcomesQuery = {
  /** At most one of both. */
  readonly endpointId?: number | undefined;
  readonly appId?: number | undefined;
  /** A whole minute. */
  readonly fromAt: number;
  readonly minutes: number;
  /** Attempts of an endpoint, or messages, that are read of a minute. */
  readonly perMinute: number;
};

/** In no order. Of messages also the minutes after the span, in which their retries were made; a minute may be missing. */
export type MinuteOutcomes = OutcomeCounts & {
  readonly minuteAt: number;
  /** More was there than is read: the counts are estimates. */
  readonly isSampled: boolean;
};
