import { Group, Select, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import { usePages, type Operations } from '../api/index.ts';
import { count, Empty, Fault, Loading, Section, useView, words } from '../ui/index.ts';
import type { Incident } from './incident.ts';
import { TimelineEntry } from './timeline-entry.tsx';
import styles from './timeline.module.css';

type Kind = NonNullable<Operations['v1.incident.list-timeline']['query']['kind']>;
const kinds: readonly Kind[] = [
  'opened',
  'alert',
  'change',
  'mitigation',
  'undo',
  'fix',
  'prevention',
  'hypothesis',
  'sli',
  'impact',
  'marker',
  'severity',
  'role',
  'state',
  'update',
  'reminder',
  'evidence',
  'note',
];
const usual = { rows: '', order: 'descending' } as const;
const PAGE = 250;
const AHEAD = 20;
const USUAL_ROW = 44;
const TALLEST = 620;

/** What happened, in its true order. It fills by itself; people add what only they know. */
export function Timeline({ incident }: { readonly incident: Incident }): ReactNode {
  const [view, setView] = useView<keyof typeof usual>(usual);
  const kind = kinds.find((each) => each === view.rows);
  const order = view.order === 'ascending' ? 'ascending' : 'descending';
  const pages = usePages('v1.incident.list-timeline', {
    path: { incident_id: incident.id },
    query: { limit: PAGE, order, ...(kind === undefined ? {} : { kind }) },
  });
  return (
    <Section
      title="Timeline"
      id="timeline"
      actions={
        <>
          <Select
            aria-label="Kind of rows"
            size="xs"
            w={150}
            value={view.rows}
            onChange={(rows) => setView({ rows: rows ?? '' })}
            data={[
              { value: '', label: 'All kinds' },
              ...kinds.map((each) => ({ value: each, label: words(each) })),
            ]}
            allowDeselect={false}
          />
          <Select
            aria-label="Order of rows"
            size="xs"
            w={150}
            value={order}
            onChange={(next) => setView({ order: next ?? 'descending' })}
            data={[
              { value: 'descending', label: 'Newest first' },
              { value: 'ascending', label: 'Oldest first' },
            ]}
            allowDeselect={false}
          />
        </>
      }
    >
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading />
      ) : pages.rows.length === 0 ? (
        <Empty title="No such row">
          Nothing of this kind happened yet. Choose another kind, or add a note of your own: press
          n.
        </Empty>
      ) : (
        <Rows pages={pages} incident={incident} isWhole={kind === undefined} />
      )}
    </Section>
  );
}

function Rows({
  pages: { rows, hasMore, isLoadingMore, more },
  incident,
  isWhole,
}: {
  readonly pages: ReturnType<typeof usePages<'v1.incident.list-timeline'>>;
  readonly incident: Incident;
  readonly isWhole: boolean;
}): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => USUAL_ROW,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: AHEAD,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= rows.length - AHEAD) more();
  }, [hasMore, isLoadingMore, last, more, rows.length]);
  const zero = Date.parse(incident.markers.detected?.at ?? incident.openedAt);
  const total = isWhole ? incident.timelineRows : hasMore ? -1 : rows.length;
  return (
    <>
      <div
        ref={scroller}
        className={styles['scroll']}
        style={{ height: Math.min(virtual.getTotalSize() + 4, TALLEST) }}
        tabIndex={0}
        role="region"
        aria-label="Rows of the timeline"
      >
        <div role="list" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map(({ index, start, key }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <div
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                className={styles['row']}
                style={{ transform: `translateY(${start}px)` }}
                role="listitem"
                aria-setsize={total}
                aria-posinset={index + 1}
              >
                <TimelineEntry row={row} zero={zero} />
              </div>
            );
          })}
        </div>
      </div>
      <Group justify="space-between">
        <Text size="xs" c="dimmed" role="status">
          {isLoadingMore
            ? 'Loading more…'
            : hasMore
              ? `${count(rows.length)} of ${isWhole ? count(incident.timelineRows) : 'more'} rows so far`
              : `${count(rows.length)} ${rows.length === 1 ? 'row' : 'rows'} in all`}
        </Text>
      </Group>
    </>
  );
}
