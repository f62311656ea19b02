import type { ReactNode } from 'react';
import { ActView } from '../ui/delivery/act-view.tsx';
import { useParam } from '../ui/index.ts';
import { actNames } from './act-names.ts';
import { places } from './places.ts';
import { useApp } from './session.tsx';

/** How far it is with what was sent again, and what became of it. */
export function ActPage(): ReactNode {
  return (
    <ActView
      app={useApp()}
      id={useParam('act')}
      crumbs={[{ text: 'Not delivered', to: places.undelivered }]}
      titles={actNames}
      usualTitle="Sent again"
      deadLetters={places.undelivered}
    />
  );
}
