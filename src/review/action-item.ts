import { assertNever } from '../core/index.ts';

/**
 * What is to be done so that it does not come back, and how it is known to be done. Moments are milliseconds since the
 * epoch.
 */

export const actionTypes = ['investigate', 'detect', 'mitigate', 'repair', 'prevent'] as const;
export type ActionType = (typeof actionTypes)[number];

export const actionStates = ['open', 'done', 'not_doing'] as const;
export type ActionState = (typeof actionStates)[number];

/** A detector that is proposed, with the numbers that it would have. */
export type ProposedDetector =
  /** Burns the budget of `target` so many times too fast, over both windows. */
  | {
      readonly detector: 'burn_rate';
      readonly target: number;
      readonly burnRate: number;
      readonly longMinutes: number;
      readonly shortMinutes: number;
    }
  /** This share of all that is sent fails, at so many endpoints. */
  | { readonly detector: 'outage'; readonly share: number; readonly endpoints: number }
  /** One endpoint fails more than this share. */
  | { readonly detector: 'fast_burn'; readonly rate: number }
  /** Many endpoints fail a little more than they used to: CUSUM and Shiryaev–Roberts. */
  | {
      readonly detector: 'small_step';
      /** The smallest that is worth an alarm. */
      readonly share: number;
      readonly falseAlarmsPerYear: number;
    }
  /** What is sent at this hour of other weeks is not. */
  | { readonly detector: 'silence'; readonly falseAlarmsPerYear: number };

/**
 * Detectors that SLI minutes cannot replay, and why. They say how many of a minute's deliveries were good and bad, and
 * nothing of lanes, of clocks, or of when a delivery was given up.
 */
export const notReplayed = {
  first_dead_letter:
    'SLI minutes say of which minute the deliveries are that were given up, not when they were.',
  unaccounted: 'The audit finds it by comparing promises with rows; no SLI minute holds it.',
  stuck: 'It looks at lanes, and the age of what waits in them is in no SLI minute.',
  growth: 'It looks at gauges (lag, backlog, answer times), and no gauge is in an SLI minute.',
  freshness: 'The age of the oldest delivery that is due is in no SLI minute.',
  certificate: 'It looks at certificates that were seen, and not at deliveries.',
  drift: 'It looks at payloads, and SLI minutes hold none.',
} as const;
export type NotReplayed = keyof typeof notReplayed;

/** How it is shown that an item does what it is for. Ids as in the ledger. */
export type Verification =
  /** A staged incident passes, by its name. */
  | { readonly kind: 'drill'; readonly name: string }
  /** The proposed detector, over the incident's recorded SLI minutes. */
  | {
      readonly kind: 'detector';
      readonly indicator: 'first_attempt' | 'on_time';
      readonly proposed: ProposedDetector;
    }
  /** A canary of the endpoint ended since the item was written: what it tries goes through one. */
  | { readonly kind: 'canary'; readonly endpointId: number }
  /** The contract in force refuses this payload, or with `accepts` takes it. */
  | {
      readonly kind: 'contract';
      readonly eventType: string;
      readonly payload: unknown;
      readonly wanted: 'refuses' | 'accepts';
    }
  /** Ends with 0 on the machine of whoever runs it; the server runs no commands. */
  | { readonly kind: 'command'; readonly command: readonly string[] }
  /** Somebody looked there, and says so. */
  | { readonly kind: 'link'; readonly url: string };

/** What a verification came to, once. */
export type VerificationResult = {
  readonly at: number;
  readonly by: string;
  readonly isHeld: boolean;
  /** In a sentence, with the numbers. */
  readonly text: string;
};

export type ActionItem = {
  readonly id: number;
  readonly incidentId: number;
  readonly type: ActionType;
  readonly text: string;
  /** One team or person; empty: nobody yet. */
  readonly owner: string;
  /** null: nobody said when. */
  readonly dueAt: number | null;
  /** By what it is seen to be done: a number, a refusal, an alert. */
  readonly end: string;
  readonly state: ActionState;
  readonly by: string;
  readonly at: number;
  readonly closedAt: number | null;
  readonly closedBy: string | null;
  /** Why it is not done; empty otherwise. */
  readonly reason: string;
  readonly verification: Verification | null;
  /** The newest last, 20 at most. */
  readonly results: readonly VerificationResult[];
  /** When its owner was reminded last, and how often. */
  readonly remindedAt: number | null;
  readonly reminders: number;
};

export const actionBounds = {
  text: 2000,
  owner: 256,
  command: 32,
  commandPart: 1000,
  payloadJson: 65_536,
  results: 20,
  ofIncident: 200,
} as const;

/**
 *   open ──done──▶ done
 *    ▲ │             │
 *    │ └──not doing──┼─▶ not_doing (with a reason)
 *    └────reopen─────┴──────┘
 *
 * A change of what it is for, or of how it is verified, forgets results: they were of another item.
 */
export type ActionMove =
  | { readonly kind: 'change'; readonly fields: ActionFields }
  | { readonly kind: 'done' }
  | { readonly kind: 'not_doing'; readonly reason: string }
  | { readonly kind: 'reopen' }
  /** `of`: what was run; it may have been changed while it ran. */
  | {
      readonly kind: 'result';
      readonly isHeld: boolean;
      readonly text: string;
      readonly of: Verification | null;
    }
  | { readonly kind: 'reminded' };

export type ActionFields = Partial<
  Pick<ActionItem, 'type' | 'text' | 'owner' | 'dueAt' | 'end' | 'verification'>
>;

export type ActionMoved =
  | { readonly kind: 'moved'; readonly item: ActionItem }
  | { readonly kind: 'refused'; readonly field: string | null; readonly detail: string };

/** The item after one move, or why it cannot be. Pure. */
export function moveActionItem(
  item: ActionItem,
  move: ActionMove,
  { actor, now }: { readonly actor: string; readonly now: number },
): ActionMoved {
  const moved = (fields: Partial<ActionItem>): ActionMoved => ({
    kind: 'moved',
    item: { ...item, ...fields },
  });
  const refused = (detail: string, field: string | null = null): ActionMoved => ({
    kind: 'refused',
    field,
    detail,
  });
  const closed = { closedAt: now, closedBy: actor };
  switch (move.kind) {
    case 'change': {
      if (item.state !== 'open') return refused('It is closed. Open it again first.');
      const { end, verification } = move.fields;
      const isOther =
        (end !== undefined && end !== item.end) ||
        (verification !== undefined &&
          JSON.stringify(verification) !== JSON.stringify(item.verification));
      return moved({ ...move.fields, ...(isOther ? { results: [] } : {}) });
    }
    case 'done':
      if (item.state !== 'open') return refused(`It is ${say(item.state)} already.`);
      if (item.verification !== null && !isVerified(item)) {
        return refused('Its verification has not held. Run it, or change how it is verified.');
      }
      return moved({ state: 'done', ...closed });
    case 'not_doing':
      if (item.state === 'not_doing') return refused('It is not done already.');
      if (move.reason.trim() === '') return refused('Say why it is not done.', 'reason');
      return moved({ state: 'not_doing', reason: move.reason, ...closed });
    case 'reopen':
      if (item.state === 'open') return refused('It is open.');
      return moved({ state: 'open', reason: '', closedAt: null, closedBy: null });
    case 'result': {
      if (JSON.stringify(move.of) !== JSON.stringify(item.verification)) {
        return refused('How it is verified was changed meanwhile. Run it again.');
      }
      const result = { at: now, by: actor, isHeld: move.isHeld, text: move.text };
      return moved({ results: [...item.results, result].slice(-actionBounds.results) });
    }
    case 'reminded':
      return moved({ remindedAt: now, reminders: item.reminders + 1 });
    default:
      return assertNever(move);
  }
}

/** Its verification ran, and held the last time. */
export function isVerified({ results }: Pick<ActionItem, 'results'>): boolean {
  return results.at(-1)?.isHeld === true;
}

/** It has an owner, a date and a verification. */
export function isAssigned({ owner, dueAt, verification }: ActionItem): boolean {
  return owner !== '' && dueAt !== null && verification !== null;
}

export function isOverdue({ state, dueAt }: ActionItem, now: number): boolean {
  return state === 'open' && dueAt !== null && dueAt <= now;
}

function say(state: ActionState): string {
  return state.replace('_', ' ');
}
