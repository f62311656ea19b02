import { Center, Loader } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { LiveStream, operatorNews } from '../api/index.ts';
import { router } from '../router.tsx';
import { Providers } from './providers.tsx';
import { SessionProvider, useSessionContext } from './session.tsx';
import { SignIn } from './sign-in.tsx';

export function App(): ReactNode {
  return (
    <Providers>
      <SessionProvider>
        <Console />
      </SessionProvider>
    </Providers>
  );
}

function Console(): ReactNode {
  const { known } = useSessionContext();
  if (known === 'unknown') {
    return (
      <Center mih="100vh">
        <Loader aria-label="Loading" />
      </Center>
    );
  }
  if (known === 'nobody' || known === 'ended') return <SignIn hasEnded={known === 'ended'} />;
  return (
    <LiveStream news={operatorNews}>
      <RouterProvider router={router} />
    </LiveStream>
  );
}
