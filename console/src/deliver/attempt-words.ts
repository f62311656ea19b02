import type { Attempt } from '../ui/index.ts';

/** What an operator is told of an attempt beside what its owner is. */
export function alsoOf({ canaryId }: Attempt): string | null {
  return canaryId === null ? null : 'to the canary';
}
