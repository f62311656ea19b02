import { ago, count, duration, type Endpoint, type Lane, type Tone } from '../ui/index.ts';

export type Health = {
  readonly word: string;
  readonly tone: Tone;
  readonly sentence: string;
  /** What to do next; null: nothing. */
  readonly next: string | null;
};

/** How an endpoint of yours is, in words for whoever runs what is behind it. */
export function healthOf(
  { disabled }: Pick<Endpoint, 'disabled'>,
  lane: Lane,
  now: number,
): Health {
  const { restsFor, restsUntil, breaker, pausedAt, pausedReason, failingSince } = lane;
  const until = restsUntil === null ? null : ago(Date.parse(restsUntil), now);
  if (disabled) {
    return {
      word: 'disabled',
      tone: 'bad',
      sentence: `Nothing is sent to it. Messages for it are on record all the same.${failing(lane, now)}`,
      next: 'Mend what is behind its URL, enable it, then send what it missed.',
    };
  }
  switch (restsFor) {
    case 'paused':
      return {
        word: 'paused',
        tone: 'warn',
        sentence: `Nothing is sent to it${pausedAt === null ? '' : ` for ${passed(pausedAt, now)}`}${pausedReason === null ? '' : `: “${pausedReason}”`}. ${waiting(lane)}`,
        next: 'Resume it when you are ready: what waits is sent then.',
      };
    case 'application_paused':
    case 'service_paused':
      return {
        word: 'paused by the sender',
        tone: 'warn',
        sentence: `Whoever sends to you holds deliveries back for now. ${waiting(lane)}`,
        next: null,
      };
    case 'circuit_open':
      return {
        word: 'failing',
        tone: 'bad',
        sentence: `It failed ${count(breaker.failuresInARow)} times in a row, so it is only tried now and then. ${until === null ? 'The next try is about to go out' : `The next try: ${until}`}. ${waiting(lane)}`,
        next: 'The newest attempt says why. Once a try succeeds, all goes on by itself.',
      };
    case 'held':
      return {
        word: 'asked us to wait',
        tone: 'warn',
        sentence: `It answered that it gets too much. The next delivery goes out ${until ?? 'soon'}. ${waiting(lane)}`,
        next: 'If that happens often, set a rate that it can take.',
      };
    case 'order':
      return {
        word: 'waits in order',
        tone: 'warn',
        sentence: `It gets its messages one after another. The one at the head failed and is tried again ${until ?? 'soon'}. ${waiting(lane)}`,
        next: 'The newest attempt says why it failed.',
      };
    case null:
      break;
  }
  if (failingSince !== null) {
    return {
      word: 'failing',
      tone: 'bad',
      sentence: `Nothing but failures.${failing(lane, now)} ${waiting(lane)}`,
      next: 'The newest attempt says why.',
    };
  }
  if (breaker.state !== 'closed') {
    return {
      word: 'being tried',
      tone: 'warn',
      sentence: `It failed before, and the next delivery shows whether it is well again. ${waiting(lane)}`,
      next: null,
    };
  }
  return {
    word: 'takes deliveries',
    tone: 'good',
    sentence: `Nothing holds its deliveries back. ${waiting(lane)}`,
    next: null,
  };
}

function failing({ failingSince, policy }: Lane, now: number): string {
  if (failingSince === null) return '';
  const { disableAfterMs } = policy;
  const then =
    disableAfterMs === 0
      ? ''
      : ` If that goes on, it is disabled ${ago(Date.parse(failingSince) + disableAfterMs, now)}.`;
  return ` Every attempt has failed for ${passed(failingSince, now)}.${then}`;
}

function passed(at: string, now: number): string {
  return duration(Math.max(1000, now - Date.parse(at))).replace(/(\d)\.\d s$/, '$1 s');
}

function waiting({ waiting: stored, held, sending, isMoreWaiting }: Lane): string {
  const all = stored + held - sending;
  if (all <= 0) return 'Nothing waits.';
  if (isMoreWaiting) return `More than ${count(stored)} deliveries wait; none is lost.`;
  return all === 1
    ? 'One delivery waits; it is not lost.'
    : `${count(all)} deliveries wait; none is lost.`;
}
