import { Box, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { diffLines, type DiffLine } from './diff-lines.ts';
import styles from './line-diff.module.css';

const signs = { same: ' ', out: '−', in: '+' } as const;
/** Lines beside what differs. */
const AROUND = 2;

/** What differs between two texts, line by line, with a few lines around it. */
export function LineDiff({
  before,
  after,
}: {
  readonly before: string;
  readonly after: string;
}): ReactNode {
  const lines = diffLines(before, after);
  const shown = nearby(lines);
  if (lines.every(({ kind }) => kind === 'same')) {
    return (
      <Text size="sm" c="dimmed">
        The texts are the same.
      </Text>
    );
  }
  return (
    <Box className={styles['diff']} tabIndex={0} role="region" aria-label="What differs">
      {shown.map((line, nth) =>
        line === null ? (
          <div key={nth} className={styles['gap']}>
            …
          </div>
        ) : (
          <div key={nth} className={styles['line']} data-kind={line.kind}>
            <span aria-hidden>{signs[line.kind]}</span>
            <span>{line.text === '' ? ' ' : line.text}</span>
          </div>
        ),
      )}
    </Box>
  );
}

/** null: lines that are the same in both are left out here. */
function nearby(lines: readonly DiffLine[]): readonly (DiffLine | null)[] {
  const isNear = lines.map((_line, nth) =>
    lines.slice(Math.max(0, nth - AROUND), nth + AROUND + 1).some(({ kind }) => kind !== 'same'),
  );
  return lines.flatMap((line, nth): (DiffLine | null)[] => {
    if (isNear[nth] === true) return [line];
    return nth === 0 || isNear[nth - 1] === true ? [null] : [];
  });
}
