import { notifications } from '@mantine/notifications';
import type { ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Fault, NotLoadedError, Page } from '../ui/index.ts';

/** Instead of a page that could not be loaded, or not be drawn. */
export function PageFault({ error }: ErrorComponentProps): ReactNode {
  const isAway = error instanceof NotLoadedError;
  return (
    <Page title={isAway ? 'This page could not be loaded' : 'This page has a fault'}>
      <Fault
        // Of the kinds of errors, those of the program are no missing answers.
        error={isAway ? error : new Error(error instanceof Error ? error.message : String(error))}
        again={() => void loadAnew()}
      />
    </Page>
  );
}

/** Once Holdfast answers: until then there is nothing to load, and the browser would show a page of its own. */
async function loadAnew(): Promise<void> {
  try {
    await fetch('/session/means', { cache: 'no-store' });
    location.reload();
  } catch {
    notifications.show({ message: 'Holdfast still does not answer.', color: 'orange' });
  }
}
