import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import styles from './link.module.css';

/** A way to another page of the console. */
export function To({
  to,
  search,
  children,
}: {
  readonly to: string;
  /** What the page there shows: its filters. */
  readonly search?: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Anchor
      inherit
      className={styles['link']}
      renderRoot={(props) => (
        <Link {...props} to={to} {...(search === undefined ? {} : { search })} />
      )}
    >
      {children}
    </Anchor>
  );
}
