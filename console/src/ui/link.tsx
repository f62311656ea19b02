import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A way to another page of the console. */
export function To({
  to,
  children,
}: {
  readonly to: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Anchor inherit renderRoot={(props) => <Link {...props} to={to} />}>
      {children}
    </Anchor>
  );
}
