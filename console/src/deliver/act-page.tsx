import type { ReactNode } from 'react';
import { ActView } from '../ui/delivery/act-view.tsx';
import { paths, useParam } from '../ui/index.ts';
import { actTitles } from './act-words.ts';
import { useApplication } from './use-application.ts';

/** What somebody did to deliveries, how far it is, and what became of them. */
export function ActPage(): ReactNode {
  const app = useParam('app');
  const { crumbs } = useApplication(app);
  const deadLetters = paths.deadLetters(app);
  return (
    <ActView
      app={app}
      id={useParam('act')}
      crumbs={[...crumbs, { text: 'Dead letters', to: deadLetters }]}
      titles={actTitles}
      usualTitle="Act"
      deadLetters={deadLetters}
      showsActor
    />
  );
}
