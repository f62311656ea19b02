import { assertNever } from '../core/index.ts';
import type { StatusFeed, StatusState } from './status-feed.ts';

export const statusTitle = 'Status of deliveries';

export function stateWords(state: StatusState): string {
  switch (state) {
    case 'ongoing':
      return 'ongoing';
    case 'mitigated':
      return 'over, being watched';
    case 'resolved':
      return 'resolved';
    default:
      return assertNever(state);
  }
}

/** One sentence on how it stands now. */
export function summaryWords({ entries }: StatusFeed): string {
  const ongoing = entries.filter(({ state }) => state === 'ongoing').length;
  if (ongoing > 0) {
    return ongoing === 1
      ? 'Deliveries are disturbed.'
      : `Deliveries are disturbed: ${ongoing} disturbances go on.`;
  }
  return entries.some(({ state }) => state === 'mitigated')
    ? 'Deliveries are as they should be again, and are being watched.'
    : 'Deliveries are as they should be.';
}

/** `3 h 20 min`, `2 d 4 h`, `less than a minute`. */
export function spanWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Marks that turn the direction of what follows would turn what is not theirs. */
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;

export function withoutDirections(text: string): string {
  return text.replaceAll(DIRECTIONS, '');
}
