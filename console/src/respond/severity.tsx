import { State } from '../ui/index.ts';
import type { ReactNode } from 'react';

const tones = { 1: 'bad', 2: 'bad', 3: 'warn', 4: 'quiet' } as const;

/** How severe: 1 is the worst. */
export function Severity({ of }: { readonly of: number }): ReactNode {
  return (
    <State of="severity" tone={of === 1 || of === 2 || of === 3 ? tones[of] : 'quiet'}>
      severity {of}
    </State>
  );
}

/** Staged, or taken in after the fact: said wherever the incident is named. */
export function Kinds({
  isDrill,
  isRetrospective,
}: {
  readonly isDrill: boolean;
  readonly isRetrospective: boolean;
}): ReactNode {
  return (
    <>
      {isDrill && (
        <State of="drill" tone="busy">
          drill
        </State>
      )}
      {isRetrospective && (
        <State of="retrospective" tone="quiet">
          in retrospect
        </State>
      )}
    </>
  );
}
