import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useMay } from '../shell/index.ts';
import { LazyEndpointForm } from '../ui/delivery/lazy-endpoint-form.tsx';
import type { EndpointPath } from '../ui/delivery/reach.ts';
import { Fields, Id, Moment, Section, type Endpoint } from '../ui/index.ts';

/** Where an endpoint is and what it takes; and a form to change that. */
export function EndpointWhat({
  path,
  endpoint,
}: {
  readonly path: EndpointPath;
  readonly endpoint: Endpoint;
}): ReactNode {
  const may = useMay();
  const [isOpen, { open, close }] = useDisclosure(false);
  const { id, uid, url, alternateUrl, description, eventTypes, channels, throttleRate } = endpoint;
  return (
    <Section
      title="Where it is and what it takes"
      actions={
        may.write && (
          <Button size="xs" variant="default" onClick={open}>
            Edit
          </Button>
        )
      }
    >
      <Fields
        of={[
          ['URL', <Id key="url">{url}</Id>],
          [
            'Alternate URL',
            alternateUrl === null ? 'none' : <Id key="alternate">{alternateUrl}</Id>,
          ],
          ['Description', description === '' ? null : description],
          ['Event types', (eventTypes ?? []).length === 0 ? 'every one' : eventTypes?.join(', ')],
          ['Channels', (channels ?? []).length === 0 ? 'every one' : channels?.join(', ')],
          [
            'Requests a second',
            throttleRate === null || throttleRate === undefined
              ? 'as its policy says'
              : `${throttleRate} at most`,
          ],
          ['Uid', uid === null || uid === undefined ? null : <Id key="uid">{uid}</Id>],
          ['Id', <Id key="id">{id}</Id>],
          ['Made', <Moment key="made" at={endpoint.createdAt} />],
        ]}
      />
      <Modal opened={isOpen} onClose={close} title="Edit endpoint" centered size="lg">
        <LazyEndpointForm app={path.app_id} endpoint={endpoint} isOfSender onDone={close} />
      </Modal>
    </Section>
  );
}
