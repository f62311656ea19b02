import { NavLink } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** One place of the navigation. */
export function PlaceLink({
  text,
  to,
  isHere,
  mark,
}: {
  readonly text: string;
  readonly to: string;
  readonly isHere: boolean;
  /** Stands at its end. */
  readonly mark?: ReactNode;
}): ReactNode {
  return (
    <NavLink
      label={text}
      active={isHere}
      variant="light"
      py={5}
      renderRoot={(props) => (
        <Link
          {...props}
          to={to}
          activeOptions={{ exact: true }}
          aria-current={isHere ? 'page' : undefined}
        />
      )}
      rightSection={mark}
    />
  );
}
