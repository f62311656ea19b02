import { ago, count, duration, type Tone } from '../ui/index.ts';
import type { Endpoint, Lane } from './words.ts';

export type Health = {
  /** One word or two, for the badge. */
  readonly word: string;
  readonly tone: Tone;
  readonly sentence: string;
  /** What to do next; null: nothing. */
  readonly next: string | null;
};

type Seen = Pick<Endpoint, 'disabled'>;

/** How an endpoint is now, in a sentence, and what to do about it. */
export function healthOf({ disabled }: Seen, lane: Lane, now: number): Health {
  if (disabled) {
    return {
      word: 'disabled',
      tone: 'bad',
      sentence: `It is disabled: messages for it are recorded, and not sent.${failing(lane, now)}`,
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
        sentence: `It is paused${since}${why}. ${waiting(lane)}`,
        next: 'When the reason is gone, resume it.',
      };
    case 'application_paused':
    case 'service_paused':
      return {
        word: 'paused',
        tone: 'warn',
        sentence: `${restsFor === 'service_paused' ? 'The whole service' : 'Its application'} is paused${since}${why}. ${waiting(lane)}`,
        next: 'The pause is ended on the page of the application.',
      };
    case 'circuit_open':
      return {
        word: 'circuit open',
        tone: 'bad',
        sentence:
          handCircuit === null
            ? `Its circuit has been open for ${passed(breaker.since, now)}, after ${count(breaker.failuresInARow)} failures in a row. ${until === null ? 'The next delivery goes out as a probe' : `A probe goes out ${until}`}; if it succeeds, all goes on. ${waiting(lane)}`
            : `Its circuit has been open by hand for ${passed(handCircuit.openedAt, now)}: “${handCircuit.reason}”. ${waiting(lane)}`,
        next:
          handCircuit === null
            ? 'The endpoint fails, not Holdfast: tell its owner. What is dead already can be sent again afterwards.'
            : 'When the reason is gone, close the circuit.',
      };
    case 'held':
      return {
        word: 'asked to wait',
        tone: 'warn',
        sentence: `It asked to wait (429, or Retry-After); the next delivery goes out ${until ?? 'soon'}. ${waiting(lane)}`,
        next: null,
      };
    case 'order':
      return {
        word: 'waits in order',
        tone: 'warn',
        sentence: `It keeps strict order: the delivery at its head failed and is tried again ${until ?? 'soon'}; the others wait behind it. ${waiting(lane)}`,
        next: 'Mend what the delivery at the head fails of, or cancel that delivery.',
      };
    case null:
      break;
  }
  if (lane.failingSince !== null) {
    return {
      word: 'failing',
      tone: 'bad',
      sentence: `Nothing but failures.${failing(lane, now)} ${waiting(lane)}`,
      next: 'Open the newest attempt to see why, and tell the owner of the endpoint.',
    };
  }
  if (breaker.state !== 'closed') {
    return {
      word: 'being tried',
      tone: 'warn',
      sentence: `Its circuit was open and is being tried: the next delivery is a probe, and what it meets decides. ${waiting(lane)}`,
      next: null,
    };
  }
  return {
    word: 'takes deliveries',
    tone: 'good',
    sentence: `It takes deliveries: nothing holds them back. ${waiting(lane)}`,
    next: null,
  };
}

function failing({ failingSince, policy }: Lane, now: number): string {
  if (failingSince === null) return '';
  const at = Date.parse(failingSince);
  const { disableAfterMs } = policy;
  const then =
    disableAfterMs === 0
      ? ''
      : ` Failing on, it is disabled ${ago(at + disableAfterMs, now)} (${duration(disableAfterMs)} after the first).`;
  return ` All attempts have failed for ${passed(failingSince, now)}.${then}`;
}

/** How long ago, as in "for 3 min". */
function passed(at: string, now: number): string {
  return duration(Math.max(1000, now - Date.parse(at))).replace(/(\d)\.\d s$/, '$1 s');
}

function waiting({ waiting: stored, held, sending, isMoreWaiting }: Lane): string {
  const all = stored + held - sending;
  if (all <= 0) return 'Nothing waits.';
  if (isMoreWaiting) return `More than ${count(stored)} deliveries wait in the ledger.`;
  return all === 1 ? 'One delivery waits.' : `${count(all)} deliveries wait.`;
}
