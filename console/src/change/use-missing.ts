import { useState } from 'react';
import { HoldfastApiError } from '../api/index.ts';

/**
 * Whether what was asked for is not there (404). It stays so while it is asked for again, when neither the answer nor
 * the refusal is known: what somebody began to fill in must not go away in between.
 */
export function useMissing(answer: {
  readonly data: unknown;
  readonly error: Error | null;
}): boolean {
  const { data, error } = answer;
  const [isMissing, setMissing] = useState(false);
  const isRefused = error instanceof HoldfastApiError && error.status === 404;
  const next = isRefused || (isMissing && data === undefined);
  if (next !== isMissing) setMissing(next);
  return next;
}
