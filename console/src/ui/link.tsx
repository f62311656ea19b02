import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import styles from './link.module.css';

/** A way to another page of the console. */
export function To({
  to,
  children,
}: {
  readonly to: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Anchor inherit className={styles['link']} renderRoot={(props) => <Link {...props} to={to} />}>
      {children}
    </Anchor>
  );
}
