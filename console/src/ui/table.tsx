import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { count } from './format.ts';
import styles from './table.module.css';

export type Column<Row> = {
  readonly name: string;
  readonly cell: (row: Row) => ReactNode;
  /** A track of a CSS grid: `120px`, `minmax(160px, 2fr)`. */
  readonly width?: string;
  readonly align?: 'right';
};

type Props<Row> = {
  /** What its rows are, for those who hear the page: "Messages". */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  /** More rows are there to be asked for. */
  readonly hasMore?: boolean;
  readonly isLoadingMore?: boolean;
  readonly more?: () => void;
  /** Asks for all that is left; End does. */
  readonly toEnd?: (signal: AbortSignal) => Promise<void>;
  readonly rowHeight?: number;
  readonly height?: number | string;
  /** What stands instead of rows. */
  readonly empty?: ReactNode;
};

const AHEAD_ROWS = 12;

/**
 * Rows of one height, of which only those in sight are in the page: a hundred thousand scroll as ten do. With the
 * keyboard: ↑ ↓ or k j move, Home and End jump (End asks for all that is left), Enter opens.
 */
export function Table<Row>({
  label,
  columns,
  rows,
  keyOf,
  onOpen,
  hasMore = false,
  isLoadingMore = false,
  more,
  toEnd,
  rowHeight = 40,
  height,
  empty,
}: Props<Row>): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(-1);
  /** Ends the way to the end. */
  const ending = useRef<AbortController | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: AHEAD_ROWS,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (ending.current === null && hasMore && !isLoadingMore && last >= rows.length - AHEAD_ROWS) {
      more?.();
    }
  }, [hasMore, isLoadingMore, last, more, rows.length]);
  useEffect(() => () => ending.current?.abort(), []);
  useEffect(() => {
    if (ending.current === null) return;
    setAt(rows.length - 1);
    virtual.scrollToIndex(rows.length - 1);
    if (!hasMore) ending.current = null;
  }, [hasMore, rows.length, virtual]);
  if (rows.length === 0 && empty !== undefined) return empty;
  const tracks: CSSProperties = {
    gridTemplateColumns: columns.map(({ width = 'minmax(90px, 1fr)' }) => width).join(' '),
  };
  const go = (to: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setAt(next);
    virtual.scrollToIndex(next);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      j: at + 1,
      ArrowUp: at - 1,
      k: at - 1,
      Home: 0,
      End: rows.length - 1,
    };
    const to = moves[event.key];
    const row = rows[at];
    // Going elsewhere ends the way to the end.
    ending.current?.abort();
    ending.current = null;
    if (event.key === 'End' && hasMore && toEnd !== undefined) {
      const controller = new AbortController();
      ending.current = controller;
      // What could not be asked for is asked for by scrolling, which tells of it.
      toEnd(controller.signal).catch(() => {
        if (ending.current === controller) ending.current = null;
      });
    }
    if (to !== undefined) go(to);
    else if (event.key === 'Enter' && row !== undefined) onOpen?.(row);
    else return;
    event.preventDefault();
  };
  const usual = Math.min(rows.length * rowHeight + 38, 640);
  const id = `table-${label.replaceAll(/\W+/g, '-').toLowerCase()}`;
  return (
    <div>
      <div
        ref={scroller}
        className={styles['scroll']}
        style={{ height: height ?? usual }}
        role="grid"
        aria-label={label}
        aria-rowcount={hasMore ? -1 : rows.length + 1}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        tabIndex={0}
        onKeyDown={onKey}
      >
        <div className={styles['table']} role="presentation">
          <div className={styles['head']} style={tracks} role="row" aria-rowindex={1}>
            {columns.map(({ name, align }) => (
              <div key={name} className={styles['cell']} data-align={align} role="columnheader">
                {name}
              </div>
            ))}
          </div>
          <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {items.map(({ index, start }) => {
              const row = rows[index];
              if (row === undefined) return null;
              return (
                <div
                  key={keyOf(row)}
                  id={`${id}-${index}`}
                  className={styles['row']}
                  style={{ ...tracks, height: rowHeight, transform: `translateY(${start}px)` }}
                  role="row"
                  aria-rowindex={index + 2}
                  aria-selected={index === at}
                  data-opens={onOpen !== undefined}
                  onClick={(event) => {
                    setAt(index);
                    // A link or a button in a cell does its own thing; and a dialog of one stands elsewhere in the page.
                    if (
                      event.target instanceof Element &&
                      event.currentTarget.contains(event.target) &&
                      event.target.closest('a,button,input') === null
                    ) {
                      onOpen?.(row);
                    }
                  }}
                >
                  {columns.map(({ name, cell, align }) => (
                    <div key={name} className={styles['cell']} data-align={align} role="gridcell">
                      {cell(row)}
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      </div>
      <div className={styles['foot']} role="status">
        {isLoadingMore
          ? 'Loading more…'
          : hasMore
            ? `${count(rows.length)} so far, more below`
            : `${count(rows.length)} in all`}
      </div>
    </div>
  );
}
