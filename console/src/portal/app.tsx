import { Center, Loader } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { LiveStream } from '../api/index.ts';
import { Providers } from '../shell/providers.tsx';
import { Brand } from '../ui/index.ts';
import { EnterPage } from './enter-page.tsx';
import { brandOf, chosenLook, lookOf } from './look.ts';
import { ownerNews } from './news.ts';
import { router } from './router.tsx';
import { isSession, PortalSessionProvider, usePortal } from './session.tsx';

const chosen = chosenLook();
const look = lookOf(chosen);

/** What an endpoint owner sees of one application. */
export function App(): ReactNode {
  return (
    <Providers look={look}>
      <Brand value={brandOf(chosen)}>
        <PortalSessionProvider>
          <Portal />
        </PortalSessionProvider>
      </Brand>
    </Providers>
  );
}

function Portal(): ReactNode {
  const { known } = usePortal();
  if (known === 'unknown') {
    return (
      <Center mih="100vh">
        <Loader aria-label="Loading" />
      </Center>
    );
  }
  // Another application's answers are no part of this one's pages.
  if (isSession(known)) {
    return (
      <LiveStream key={known.appId} news={ownerNews}>
        <RouterProvider router={router} />
      </LiveStream>
    );
  }
  return <EnterPage outside={known} />;
}
