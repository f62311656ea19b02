import { failingWords, passed, waitingWords, type Health } from '../ui/delivery/health.tsx';
import { ago, count, type Endpoint, type Lane } from '../ui/index.ts';

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
      sentence: `Nothing is sent to it. Messages for it are on record all the same.${failingWords(lane, now)}`,
      next: 'Mend what is behind its URL, enable it, then send what it missed.',
    };
  }
  switch (restsFor) {
    case 'paused':
      return {
        word: 'paused',
        tone: 'warn',
        sentence: `Nothing is sent to it${pausedAt === null ? '' : ` for ${passed(pausedAt, now)}`}${pausedReason === null ? '' : `: “${pausedReason}”`}. ${waitingWords(lane)}`,
        next: 'Resume it when you are ready: what waits is sent then.',
      };
    case 'application_paused':
    case 'service_paused':
      return {
        word: 'paused by the sender',
        tone: 'warn',
        sentence: `Whoever sends to you holds deliveries back for now. ${waitingWords(lane)}`,
        next: null,
      };
    case 'circuit_open':
      return {
        word: 'failing',
        tone: 'bad',
        sentence: `It failed ${count(breaker.failuresInARow)} times in a row, so it is only tried now and then. ${until === null ? 'The next try is about to go out' : `The next try: ${until}`}. ${waitingWords(lane)}`,
        next: 'The newest attempt says why. Once a try succeeds, all goes on by itself.',
      };
    case 'held':
      return {
        word: 'asked us to wait',
        tone: 'warn',
        sentence: `It answered that it gets too much. The next delivery goes out ${until ?? 'soon'}. ${waitingWords(lane)}`,
        next: 'If that happens often, set a rate that it can take.',
      };
    case 'order':
      return {
        word: 'waits in order',
        tone: 'warn',
        sentence: `It gets its messages one after another. The one at the head failed and is tried again ${until ?? 'soon'}. ${waitingWords(lane)}`,
        next: 'The newest attempt says why it failed.',
      };
    case null:
      break;
  }
  if (failingSince !== null) {
    return {
      word: 'failing',
      tone: 'bad',
      sentence: `Nothing but failures.${failingWords(lane, now)} ${waitingWords(lane)}`,
      next: 'The newest attempt says why.',
    };
  }
  if (breaker.state !== 'closed') {
    return {
      word: 'being tried',
      tone: 'warn',
      sentence: `It failed before, and the next delivery shows whether it is well again. ${waitingWords(lane)}`,
      next: null,
    };
  }
  return {
    word: 'takes deliveries',
    tone: 'good',
    sentence: `Nothing holds its deliveries back. ${waitingWords(lane)}`,
    next: null,
  };
}
