import type { ReactNode } from 'react';

/** What stands in a cell and is cut where the column ends, so that it makes the table no wider; pointed at, `text` is whole. */
export function Clip({
  text,
  children = text,
}: {
  readonly text: string;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <span
      title={text}
      style={{
        display: 'block',
        contain: 'inline-size',
        overflow: 'hidden',
        textOverflow: 'ellipsis',
      }}
    >
      {children}
    </span>
  );
}
