import { Tooltip } from '@mantine/core';
import { useSyncExternalStore, type ReactNode } from 'react';
import { ago } from './format.ts';
import { createSetting } from './setting.ts';

type Zone = 'local' | 'UTC';
/** Which clock times are shown by; the other one is in the tooltip. */
export const zoneSetting = createSetting<Zone>('zone', 'local', (text) =>
  text === 'UTC' ? 'UTC' : 'local',
);

const options = {
  year: 'numeric',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const;
const local = new Intl.DateTimeFormat('en-GB', options);
const utc = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });

/** One beat for all times that say how long ago they were. */
const beatListeners = new Set<() => void>();
let beatAt = Date.now();
window.setInterval(() => {
  beatAt = Date.now();
  for (const listener of beatListeners) listener();
}, 10_000);

export function useNow(): number {
  return useSyncExternalStore(
    (listener) => {
      beatListeners.add(listener);
      return () => beatListeners.delete(listener);
    },
    () => beatAt,
  );
}

export function absolute(at: number, zone: Zone): string {
  return zone === 'UTC' ? `${utc.format(at)} UTC` : local.format(at);
}

/** A moment: how long ago, or its date; the tooltip has it in both zones. `at`: ISO 8601, or ms since 1970. */
export function Moment({
  at,
  isAbsolute = false,
}: {
  readonly at: string | number;
  readonly isAbsolute?: boolean;
}): ReactNode {
  const ms = typeof at === 'number' ? at : Date.parse(at);
  const now = useNow();
  const zone = zoneSetting.use();
  if (Number.isNaN(ms)) return '–';
  return (
    <Tooltip label={`${local.format(ms)} local · ${utc.format(ms)} UTC`} openDelay={300}>
      <time dateTime={new Date(ms).toISOString()} style={{ whiteSpace: 'nowrap' }}>
        {isAbsolute ? absolute(ms, zone) : ago(ms, Math.max(now, ms < Date.now() ? ms : now))}
      </time>
    </Tooltip>
  );
}
