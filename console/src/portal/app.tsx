import { Center } from '@mantine/core';
import type { ReactNode } from 'react';
import { Empty } from '../ui/states.tsx';

/** What an endpoint owner sees of one application. */
export function App(): ReactNode {
  return (
    <Center mih="100vh" component="main">
      <Empty title="The portal is not built yet">
        Your endpoints, attempts and secrets are reached by the API with the token of your link: ask
        whoever gave it to you, or read /docs here.
      </Empty>
    </Center>
  );
}
