import type { ReactNode } from 'react';
import { zoneSetting } from '../ui/index.ts';

/** A time of today to the tenth of a second, for rows that come faster than one. */
export function Clock({ at }: { readonly at: string }): ReactNode {
  const isUtc = zoneSetting.use() === 'UTC';
  return (
    <time dateTime={at}>
      {new Date(at).toLocaleTimeString('en-GB', {
        hourCycle: 'h23',
        fractionalSecondDigits: 1,
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        ...(isUtc ? { timeZone: 'UTC' } : {}),
      })}
    </time>
  );
}
