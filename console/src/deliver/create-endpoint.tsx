import { Alert, Button, Group, Modal, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAct, type AnswerOf } from '../api/index.ts';
import { Act, duration, Fault, Moment, paths } from '../ui/index.ts';
import { useEventTypes } from './use-event-types.ts';
import { phaseName } from './words.ts';

/** Makes an endpoint; its URL can be tried before. */
export function CreateEndpoint({ app }: { readonly app: string }): ReactNode {
  const navigate = useNavigate();
  const types = useEventTypes();
  const [isOpen, { open, close }] = useDisclosure(false);
  const [url, setUrl] = useState('');
  const [description, setDescription] = useState('');
  const [eventTypes, setEventTypes] = useState<string[]>([]);
  const check = useAct('v1.endpoint.validate');
  const body = {
    url: url.trim(),
    description: description.trim(),
    ...(eventTypes.length === 0 ? {} : { eventTypes }),
  };
  return (
    <>
      <Button size="xs" onClick={open}>
        New endpoint
      </Button>
      <Modal opened={isOpen} onClose={close} title="New endpoint" centered size="lg">
        <Stack gap="sm">
          <TextInput
            label="URL"
            description="Where this customer receives: each message is posted there."
            placeholder="https://example.com/webhooks"
            required
            data-autofocus
            value={url}
            onChange={(event) => {
              check.reset();
              setUrl(event.currentTarget.value);
            }}
          />
          <TextInput
            label="Description"
            description="What people call it."
            value={description}
            maxLength={4096}
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
          {check.error !== null && <Fault error={check.error} />}
          {check.data !== undefined && <Reached of={check.data} />}
          <Group justify="flex-end">
            <Button
              size="sm"
              variant="default"
              loading={check.isPending}
              disabled={url.trim() === ''}
              onClick={() => check.mutate({ path: { app_id: app }, body })}
            >
              Is it reached?
            </Button>
            <Act
              operation="v1.endpoint.create"
              request={() => ({ path: { app_id: app }, body })}
              changes={['v1.endpoint.list']}
              isDisabled={url.trim() === ''}
              said="The endpoint is made: messages go to it from now on."
              onDone={({ id }) => void navigate({ to: paths.endpoint(app, id) })}
              button={{ variant: 'filled', size: 'sm' }}
            >
              Create endpoint
            </Act>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

/** What came of connecting to a URL. */
function Reached({ of }: { readonly of: AnswerOf<'v1.endpoint.validate'> }): ReactNode {
  const { isReachable, phases, failedPhase, detail, certificate, warnings } = of;
  const took = [phases.dnsMs, phases.connectMs, phases.tlsMs].reduce<number>(
    (sum, ms) => sum + (ms ?? 0),
    0,
  );
  return (
    <Alert
      color={isReachable ? 'teal' : 'red'}
      title={isReachable ? '✓ It is reached' : '✕ It is not reached'}
    >
      <Text size="sm">
        {isReachable
          ? `A connection came about in ${duration(took)}. Nothing was posted.`
          : `It failed at: ${phaseName(failedPhase ?? 'connect')}. ${detail ?? ''}`}
      </Text>
      {certificate !== null && (
        <Text size="sm">
          Its certificate is from {certificate.issuer} and ends{' '}
          <Moment at={certificate.expiresAt} />.
        </Text>
      )}
      {warnings.map((warning) => (
        <Text key={warning} size="sm">
          {warning}
        </Text>
      ))}
    </Alert>
  );
}
