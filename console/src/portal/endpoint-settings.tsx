import { Button, Modal, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { LazyEndpointForm } from '../ui/delivery/lazy-endpoint-form.tsx';
import { Act, Answered, Fields, Id, Moment, Section, To, type Endpoint } from '../ui/index.ts';
import { places } from './places.ts';
import { useApp } from './session.tsx';

/** What an endpoint is, and how to change or end it. */
export function EndpointSettings({ endpoint }: { readonly endpoint: Endpoint }): ReactNode {
  const path = { app_id: useApp(), endpoint_id: endpoint.id };
  const navigate = useNavigate();
  const [isOpen, { open, close }] = useDisclosure(false);
  const headers = useAnswer('v1.endpoint.get-headers', { path });
  const { id, url, description, eventTypes, channels, throttleRate, createdAt } = endpoint;
  return (
    <Stack gap="md">
      <Section
        title="What it gets, and where"
        actions={
          <Button size="xs" variant="default" onClick={open}>
            Edit
          </Button>
        }
      >
        <Fields
          of={[
            ['URL', <Id key="url">{url}</Id>],
            ['Description', description === '' ? null : description],
            [
              'Event types',
              (eventTypes ?? []).length === 0
                ? 'every one'
                : eventTypes?.map((name, nth) => (
                    <span key={name}>
                      {nth === 0 ? '' : ', '}
                      <To to={places.eventType(name)}>{name}</To>
                    </span>
                  )),
            ],
            ['Channels', (channels ?? []).length === 0 ? null : channels?.join(', ')],
            [
              'Requests a second',
              throttleRate === null || throttleRate === undefined
                ? 'no limit of its own'
                : `${throttleRate} at most`,
            ],
            ['Made', <Moment key="made" at={createdAt} isAbsolute />],
            ['Id', <Id key="id">{id}</Id>],
          ]}
        />
      </Section>
      <Section title="Headers of its requests">
        <Answered of={headers} rows={1}>
          {({ headers: own, sensitive }) => (
            <Fields
              of={[
                ['webhook-id', 'the message’s id: the same on every attempt'],
                ['webhook-timestamp', 'the second in which the request was signed'],
                [
                  'webhook-signature',
                  <To key="s" to={places.secrets}>
                    how to verify it
                  </To>,
                ],
                ...Object.entries(own).map(
                  ([name, value]) => [name, <Id key={name}>{value}</Id>] as const,
                ),
                ...sensitive.map((name) => [name, 'set, and not shown'] as const),
              ]}
            />
          )}
        </Answered>
      </Section>
      <Section title="End">
        <Act
          operation="v1.endpoint.delete"
          request={() => ({ path })}
          changes={['v1.endpoint.list']}
          confirm="Deletes this endpoint. What still waits for it is cancelled, on record. What was sent to it stays on record with its messages."
          said="The endpoint is deleted."
          onDone={() => void navigate({ to: places.endpoints })}
          button={{ color: 'red', variant: 'light' }}
        >
          Delete endpoint
        </Act>
      </Section>
      <Modal opened={isOpen} onClose={close} title="Edit endpoint" centered size="lg">
        <LazyEndpointForm app={path.app_id} endpoint={endpoint} onDone={close} />
      </Modal>
    </Stack>
  );
}
