import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { Empty } from './states.tsx';
import { useView } from './view.ts';

export type Filters<Name extends string> = {
  readonly view: Readonly<Record<Name, string>>;
  readonly setView: (change: Partial<Record<Name, string>>) => void;
  /** Something is left out. */
  readonly isLess: boolean;
  readonly showAll: () => void;
};

/** A page's filters, kept in its address; `usual` leaves nothing out. */
export function useFilters<Name extends string>(
  usual: Readonly<Record<Name, string>>,
): Filters<Name> {
  const [view, setView] = useView(usual);
  let isLess = false;
  for (const name in usual) isLess ||= view[name] !== usual[name];
  return { view, setView, isLess, showAll: () => setView({ ...usual }) };
}

/** The fields of filters in one row, with the way out of them. */
export function FilterRow({
  of: { isLess, showAll },
  children,
}: {
  readonly of: Pick<Filters<string>, 'isLess' | 'showAll'>;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Group gap="sm" align="end">
      {children}
      {isLess && (
        <Button size="xs" variant="subtle" onClick={showAll}>
          Show all
        </Button>
      )}
    </Group>
  );
}

/** What stands in place of rows that filters left out. */
export function NothingLike({
  of: { showAll },
  title,
  children,
}: {
  readonly of: Pick<Filters<string>, 'showAll'>;
  readonly title: string;
  /** What the way out of the filters shows. */
  readonly children: string;
}): ReactNode {
  return (
    <Empty
      title={title}
      action={
        <Button size="xs" variant="default" onClick={showAll}>
          {children}
        </Button>
      }
    />
  );
}
