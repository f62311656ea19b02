import { Box } from '@mantine/core';
import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import styles from './marked-text.module.css';

/** A stretch of the text, in UTF-16 code units. `look` is told by the line below it, not by its colour alone. */
export type TextMark = {
  readonly start: number;
  readonly end: number;
  readonly look: 'bad' | 'warn' | 'focus';
};

/** A field for long text, with marks below its words. */
export function MarkedText({
  label,
  value,
  onChange,
  marks,
  height,
  isReadOnly = false,
  field,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly marks: readonly TextMark[];
  readonly height: string;
  readonly isReadOnly?: boolean;
  /** The field itself, for what puts the cursor somewhere. */
  readonly field?: RefObject<HTMLTextAreaElement | null>;
}): ReactNode {
  const own = useRef<HTMLTextAreaElement>(null);
  const behind = useRef<HTMLDivElement>(null);
  const area = field ?? own;
  const follow = (): void => {
    if (behind.current !== null && area.current !== null) {
      behind.current.scrollTop = area.current.scrollTop;
    }
  };
  useEffect(follow);
  return (
    <Box className={styles['frame']} style={{ height }}>
      <div ref={behind} className={`${styles['text']} ${styles['behind']}`} dir="auto" aria-hidden>
        {piecesOf(value, marks).map(({ at, text, look }) =>
          look === null ? (
            <span key={at}>{text}</span>
          ) : (
            <mark key={at} className={styles['mark']} data-look={look}>
              {text}
            </mark>
          ),
        )}
        {'\n '}
      </div>
      <textarea
        ref={area}
        className={`${styles['text']} ${styles['area']}`}
        aria-label={label}
        dir="auto"
        value={value}
        readOnly={isReadOnly}
        spellCheck
        onChange={(event) => onChange(event.currentTarget.value)}
        onScroll={follow}
      />
    </Box>
  );
}

type Piece = { readonly at: number; readonly text: string; readonly look: TextMark['look'] | null };

/** The text cut at the marks; of two that overlap the first counts, and what is left of the other. */
function piecesOf(text: string, marks: readonly TextMark[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end, look } of marks.toSorted((a, b) => a.start - b.start)) {
    const from = Math.max(start, at);
    const to = Math.min(end, text.length);
    if (from >= to) continue;
    if (from > at) pieces.push({ at, text: text.slice(at, from), look: null });
    pieces.push({ at: from, text: text.slice(from, to), look });
    at = to;
  }
  if (at < text.length) pieces.push({ at, text: text.slice(at), look: null });
  return pieces;
}

/** Puts the cursor on a stretch of a field, and brings it into sight. */
export function select(area: HTMLTextAreaElement | null, start: number, end: number): void {
  if (area === null) return;
  area.focus({ preventScroll: true });
  area.setSelectionRange(start, end);
  const share = area.value.length === 0 ? 0 : start / area.value.length;
  const isLong = area.scrollHeight > area.clientHeight;
  if (isLong) area.scrollTop = Math.max(0, share * area.scrollHeight - area.clientHeight / 2);
  area.scrollIntoView({ block: 'nearest' });
}
