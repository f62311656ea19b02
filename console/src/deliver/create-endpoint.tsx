import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { LazyEndpointForm } from '../ui/delivery/lazy-endpoint-form.tsx';
import { paths } from '../ui/index.ts';

/** Makes an endpoint, and leads to its page. */
export function CreateEndpoint({ app }: { readonly app: string }): ReactNode {
  const navigate = useNavigate();
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" onClick={open}>
        New endpoint
      </Button>
      <Modal opened={isOpen} onClose={close} title="New endpoint" centered size="lg">
        <LazyEndpointForm
          app={app}
          verb="Create endpoint"
          isOfSender
          onDone={(id) => void navigate({ to: paths.endpoint(app, id) })}
        />
      </Modal>
    </>
  );
}
