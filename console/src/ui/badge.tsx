import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from './format.ts';

type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'quiet';

/** A mark beside each tone: a state is never told by its colour alone. */
const looks: Readonly<Record<Tone, { readonly color: string; readonly mark: string }>> = {
  good: { color: 'teal', mark: '✓' },
  bad: { color: 'red', mark: '✕' },
  warn: { color: 'orange', mark: '!' },
  busy: { color: 'blue', mark: '…' },
  quiet: { color: 'gray', mark: '·' },
};

const tones: Readonly<Record<string, Tone>> = {
  delivered: 'good',
  succeeded: 'good',
  success: 'good',
  closed: 'good',
  resolved: 'good',
  promoted: 'good',
  done: 'good',
  verified: 'good',
  published: 'good',
  met: 'good',
  fixed: 'good',
  mitigated: 'warn',
  confirmed: 'good',
  held: 'good',
  dead: 'bad',
  failed: 'bad',
  failing: 'bad',
  firing: 'bad',
  open: 'bad',
  disabled: 'bad',
  rolled_back: 'bad',
  overdue: 'bad',
  refuted: 'bad',
  breached: 'bad',
  missed: 'bad',
  unaccounted: 'bad',
  paused: 'warn',
  held_back: 'warn',
  half_open: 'warn',
  acknowledged: 'warn',
  silenced: 'quiet',
  at_risk: 'warn',
  in_review: 'busy',
  expiring: 'warn',
  scheduled: 'busy',
  in_flight: 'busy',
  pending: 'busy',
  sending: 'busy',
  running: 'busy',
  draft: 'busy',
  stated: 'busy',
  cancelled: 'quiet',
  declined: 'quiet',
  merged: 'quiet',
  not_doing: 'quiet',
  undone: 'quiet',
  stopped: 'quiet',
  deleted: 'quiet',
};

/** A state in words, with a mark and a colour. `tone` where the word alone doesn't say it: an open circuit is bad, an open item is not. */
export function State({
  of,
  tone,
  children,
}: {
  readonly of: string;
  readonly tone?: Tone;
  readonly children?: ReactNode;
}): ReactNode {
  const { color, mark } =
    looks[tone ?? tones[of.toLowerCase().replaceAll(/[- ]/g, '_')] ?? 'quiet'];
  return (
    <Badge
      variant="light"
      color={color}
      leftSection={<span aria-hidden>{mark}</span>}
      tt="none"
      style={{ flexShrink: 0 }}
    >
      {children ?? words(of)}
    </Badge>
  );
}

export type { Tone };
