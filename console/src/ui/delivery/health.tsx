import { Alert, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Tone } from '../badge.tsx';
import type { Lane } from '../delivery-words.ts';
import { ago, count, duration } from '../format.ts';

/** How an endpoint is now. */
export type Health = {
  /** One word or two, for the badge. */
  readonly word: string;
  readonly tone: Tone;
  readonly sentence: string;
  /** What to do next; null: nothing. */
  readonly next: string | null;
};

export function HealthNotice({ of: { tone, sentence, next } }: { readonly of: Health }): ReactNode {
  return (
    <Alert color={tone === 'good' ? 'teal' : tone === 'bad' ? 'red' : 'orange'} title="Now">
      <Text size="sm">{sentence}</Text>
      {next !== null && (
        <Text size="sm" mt={4}>
          <b>What to do next:</b> {next}
        </Text>
      )}
    </Alert>
  );
}

/** For how long, as in "for 3 min". */
export function passed(at: string, now: number): string {
  return duration(Math.max(1000, now - Date.parse(at))).replace(/(\d)\.\d s$/, '$1 s');
}

/** A sentence with a space before it where all attempts fail; empty where they do not. */
export function failingWords({ failingSince, policy }: Lane, now: number): string {
  if (failingSince === null) return '';
  const { disableAfterMs } = policy;
  const then =
    disableAfterMs === 0
      ? ''
      : ` If that goes on, it is disabled ${ago(Date.parse(failingSince) + disableAfterMs, now)} (${duration(disableAfterMs)} after the first).`;
  return ` Every attempt has failed for ${passed(failingSince, now)}.${then}`;
}

export function waitingWords({ waiting: stored, held, sending, isMoreWaiting }: Lane): string {
  const all = stored + held - sending;
  if (all <= 0) return 'Nothing waits.';
  if (isMoreWaiting) return `More than ${count(stored)} deliveries wait; none is lost.`;
  return all === 1
    ? 'One delivery waits; it is not lost.'
    : `${count(all)} deliveries wait; none is lost.`;
}
