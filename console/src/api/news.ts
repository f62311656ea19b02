import type { OperationId } from './client.ts';

export type LiveEvent = 'figures' | 'attempt' | 'skipped' | 'alert' | 'incident' | 'change';

/** What a page follows. */
export type News = {
  /** Carried on every page; what a page listens to beside them comes and goes with it. */
  readonly topics: string;
  /** What to ask for again once the stream says that something of its kind has changed. */
  readonly asked: Partial<Record<LiveEvent, readonly OperationId[]>>;
  /** Between two looks at least, however much is told. */
  readonly leastMs: number;
  /** Of those that are asked again, what the stream tells of so well that no timer of a page needs to. */
  readonly told: readonly OperationId[];
};

/** What operators follow. */
const ofOperators: News['asked'] = {
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

export const operatorNews: News = {
  topics: 'figures,alerts,incidents,changes',
  asked: ofOperators,
  leastMs: 0,
  told: [],
};
