import { failingWords, passed, waitingWords, type Health } from '../ui/delivery/health.tsx';
import { ago, count, type Endpoint, type Lane } from '../ui/index.ts';

type Seen = Pick<Endpoint, 'disabled'>;

/** How an endpoint is now, in a sentence, and what to do about it. */
export function healthOf({ disabled }: Seen, lane: Lane, now: number): Health {
  if (disabled) {
    return {
      word: 'disabled',
      tone: 'bad',
      sentence: `It is disabled: messages for it are recorded, and not sent.${failingWords(lane, now)}`,
      next: 'Mend what is behind the URL, enable it, then recover what it missed.',
    };
  }
  const { restsFor, restsUntil, breaker, pausedAt, pausedReason, handCircuit } = lane;
  const until = restsUntil === null ? null : ago(Date.parse(restsUntil), now);
  const since = pausedAt === null ? '' : ` for ${passed(pausedAt, now)}`;
  const why = pausedReason === null ? '' : `: “${pausedReason}”`;
  switch (restsFor) {
    case 'paused':
      return {
        word: 'paused',
        tone: 'warn',
        sentence: `It is paused${since}${why}. ${waitingWords(lane)}`,
        next: 'When the reason is gone, resume it.',
      };
    case 'application_paused':
    case 'service_paused':
      return {
        word: 'paused',
        tone: 'warn',
        sentence: `${restsFor === 'service_paused' ? 'The whole service' : 'Its application'} is paused${since}${why}. ${waitingWords(lane)}`,
        next: 'The pause is ended on the page of the application.',
      };
    case 'circuit_open':
      return {
        word: 'circuit open',
        tone: 'bad',
        sentence:
          handCircuit === null
            ? `Its circuit has been open for ${passed(breaker.since, now)}, after ${count(breaker.failuresInARow)} failures in a row. ${until === null ? 'The next delivery goes out as a probe' : `A probe goes out ${until}`}; if it succeeds, all goes on. ${waitingWords(lane)}`
            : `Its circuit has been open by hand for ${passed(handCircuit.openedAt, now)}: “${handCircuit.reason}”. ${waitingWords(lane)}`,
        next:
          handCircuit === null
            ? 'The endpoint fails, not Holdfast: tell its owner. What is dead already can be sent again afterwards.'
            : 'When the reason is gone, close the circuit.',
      };
    case 'held':
      return {
        word: 'asked to wait',
        tone: 'warn',
        sentence: `It asked to wait (429, or Retry-After); the next delivery goes out ${until ?? 'soon'}. ${waitingWords(lane)}`,
        next: null,
      };
    case 'order':
      return {
        word: 'waits in order',
        tone: 'warn',
        sentence: `It keeps strict order: the delivery at its head failed and is tried again ${until ?? 'soon'}; the others wait behind it. ${waitingWords(lane)}`,
        next: 'Mend what the delivery at the head fails of, or cancel that delivery.',
      };
    case null:
      break;
  }
  if (lane.failingSince !== null) {
    return {
      word: 'failing',
      tone: 'bad',
      sentence: `Nothing but failures.${failingWords(lane, now)} ${waitingWords(lane)}`,
      next: 'Open the newest attempt to see why, and tell the owner of the endpoint.',
    };
  }
  if (breaker.state !== 'closed') {
    return {
      word: 'being tried',
      tone: 'warn',
      sentence: `Its circuit was open and is being tried: the next delivery is a probe, and what it meets decides. ${waitingWords(lane)}`,
      next: null,
    };
  }
  return {
    word: 'takes deliveries',
    tone: 'good',
    sentence: `It takes deliveries: nothing holds them back. ${waitingWords(lane)}`,
    next: null,
  };
}
