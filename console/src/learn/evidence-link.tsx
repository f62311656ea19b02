import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Id, paths, To } from '../ui/index.ts';

/** Where the console shows a record, by the beginning of its id; undefined: a part of its incident. */
const places: Readonly<Record<string, (id: string) => string>> = {
  inc: paths.incident,
  alert: paths.alert,
  chg: paths.change,
  item: paths.actionItem,
};

/**
 * The way to what says a number. `of`: an address, or a record's id, with the fact's name behind a # where it is one of the
 * incident's own.
 */
export function EvidenceLink({
  of,
  incident,
  children,
}: {
  readonly of: string;
  /** Its page shows what has none of its own: mitigations, hypotheses, rows of the timeline. */
  readonly incident: string;
  readonly children?: ReactNode;
}): ReactNode {
  if (/^https?:\/\//.test(of)) {
    return (
      <Anchor href={of} rel="noreferrer" target="_blank" inherit underline="always">
        {children ?? of}
      </Anchor>
    );
  }
  const [id = '', name] = of.split('#');
  const place = places[id.split('_')[0] ?? ''];
  const to = place?.(id) ?? paths.incident(incident);
  return <To to={to}>{children ?? <Id>{name ?? id}</Id>}</To>;
}
