import type { AttemptEvent } from '../change/index.ts';
import type { Claim, Settlement } from '../ledger/index.ts';

/** Svix tells of trouble at the fourth failed attempt, and of its end when a later one succeeds. */
const FAILING_AT = 4;

/** What an attempt's end is worth telling the operator. */
export function attemptEvents(claim: Claim, { state }: Settlement): readonly AttemptEvent[] {
  const nth = claim.attemptsInRound;
  if (state === 'dead') return ['message.attempt.exhausted', 'message.dead_lettered'];
  if (state === 'delivered') return nth > FAILING_AT ? ['message.attempt.recovered'] : [];
  return nth === FAILING_AT ? ['message.attempt.failing'] : [];
}
