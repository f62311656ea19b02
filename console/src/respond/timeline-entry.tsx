import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import {
  absolute,
  duration,
  paths,
  State,
  To,
  words,
  zoneSetting,
  type Tone,
} from '../ui/index.ts';
import type { TimelineRow } from './incident.ts';
import styles from './timeline.module.css';

const tones: Partial<Record<TimelineRow['kind'], Tone>> = {
  opened: 'bad',
  alert: 'bad',
  sli: 'warn',
  impact: 'warn',
  severity: 'warn',
  reminder: 'warn',
  mitigation: 'busy',
  undo: 'quiet',
  fix: 'good',
  prevention: 'good',
  marker: 'good',
};

/** One row: when, against T+0; of what kind; what; by whom; what shows it. */
export function TimelineEntry({
  row,
  zero,
}: {
  readonly row: TimelineRow;
  readonly zero: number;
}): ReactNode {
  const zone = zoneSetting.use();
  const { at, kind, by, text, evidence } = row;
  const ms = Date.parse(at);
  return (
    <div className={styles['entry']}>
      <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
        <time dateTime={at}>{absolute(ms, zone)}</time>
        <br />
        {ms < zero - 999
          ? `T−${duration(zero - ms)}`
          : ms < zero + 1000
            ? 'T+0'
            : `T+${duration(ms - zero)}`}
      </Text>
      <span>
        <State of={kind} tone={tones[kind] ?? 'quiet'} />
      </span>
      <Text size="sm" className={styles['text'] ?? ''} component="div">
        {text}
        <Text span size="xs" c="dimmed">
          {' '}
          {by === 'holdfast' ? 'by itself' : by}
          {evidence.map((each) => (
            <span key={`${each.kind} ${each.id ?? each.url ?? ''}`}>
              {' · '}
              <Evidence of={each} />
            </span>
          ))}
        </Text>
      </Text>
    </div>
  );
}

function Evidence({
  of: { kind, id, url },
}: {
  readonly of: TimelineRow['evidence'][number];
}): ReactNode {
  if (url !== undefined) {
    return (
      <Anchor href={url} target="_blank" rel="noopener noreferrer" inherit>
        {shortened(url)}
      </Anchor>
    );
  }
  if (id === undefined) return words(kind);
  const to: Readonly<Record<string, string>> = {
    alert: paths.alert(id),
    change: paths.change(id),
    incident: paths.incident(id),
    objective: paths.objective(id),
  };
  const place = to[kind];
  return place === undefined ? words(kind) : <To to={place}>{words(kind)}</To>;
}

const LONGEST = 60;

function shortened(url: string): string {
  const text = url.replace(/^https?:\/\//, '');
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
