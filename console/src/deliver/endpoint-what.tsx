import { Button, Group, Modal, NumberInput, Stack, TagsInput, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useMay } from '../shell/index.ts';
import { Act, Fields, Id, Moment, Section } from '../ui/index.ts';
import type { EndpointPath } from './endpoint-actions.tsx';
import { useEventTypes } from './use-event-types.ts';
import type { Endpoint } from './words.ts';

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
        <Edit path={path} endpoint={endpoint} close={close} />
      </Modal>
    </Section>
  );
}

function Edit({
  path,
  endpoint,
  close,
}: {
  readonly path: EndpointPath;
  readonly endpoint: Endpoint;
  readonly close: () => void;
}): ReactNode {
  const types = useEventTypes();
  const [url, setUrl] = useState(endpoint.url);
  const [alternateUrl, setAlternateUrl] = useState(endpoint.alternateUrl ?? '');
  const [description, setDescription] = useState(endpoint.description);
  const [eventTypes, setEventTypes] = useState([...(endpoint.eventTypes ?? [])]);
  const [rate, setRate] = useState<number | string>(endpoint.throttleRate ?? '');
  return (
    <Stack gap="sm">
      <TextInput
        label="URL"
        required
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <TextInput
        label="Alternate URL"
        description="Another way to the same receiver, for when the usual one fails."
        value={alternateUrl}
        onChange={(event) => setAlternateUrl(event.currentTarget.value)}
      />
      <TextInput
        label="Description"
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <TagsInput
        label="Event types"
        description="None named: it gets every event type."
        data={[...types]}
        value={eventTypes}
        onChange={setEventTypes}
        clearable
      />
      <NumberInput
        label="Requests a second, at most"
        description="Empty: as its policy says."
        min={1}
        max={65_535}
        value={rate}
        onChange={setRate}
      />
      <Group justify="flex-end">
        <Act
          operation="patch_endpoint"
          request={() => ({
            path,
            body: {
              url: url.trim(),
              alternateUrl: alternateUrl.trim() === '' ? null : alternateUrl.trim(),
              description,
              eventTypes: eventTypes.length === 0 ? null : eventTypes,
              throttleRate: typeof rate === 'number' ? rate : null,
            },
          })}
          changes={['v1.endpoint.get', 'v1.endpoint.list', 'v1.lane.get', 'v1.endpoint.get-policy']}
          said="Saved. It is a change, and can be reverted."
          onDone={close}
          isDisabled={url.trim() === ''}
          button={{ variant: 'filled', size: 'sm' }}
        >
          Save
        </Act>
      </Group>
    </Stack>
  );
}
