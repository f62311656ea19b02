import {
  Alert,
  Button,
  Group,
  MultiSelect,
  NumberInput,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAct, type AnswerOf } from '../api/index.ts';
import { Act, duration, Fault, Moment, phaseName, type Endpoint } from '../ui/index.ts';
import { useApp } from './session.tsx';
import { useEventTypes } from './use-endpoints.ts';

const changes = ['v1.endpoint.list', 'v1.endpoint.get', 'v1.lane.get'] as const;

/** Where to send, what, and how fast: for a new endpoint, or for one that is there. */
export function EndpointForm({
  endpoint,
  onDone,
}: {
  readonly endpoint?: Endpoint;
  readonly onDone: (id: string) => void;
}): ReactNode {
  const app = useApp();
  const types = useEventTypes();
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [description, setDescription] = useState(endpoint?.description ?? '');
  const [eventTypes, setEventTypes] = useState([...(endpoint?.eventTypes ?? [])]);
  const [rate, setRate] = useState<number | string>(endpoint?.throttleRate ?? '');
  const check = useAct('v1.endpoint.validate');
  const body = {
    url: url.trim(),
    description: description.trim(),
    eventTypes: eventTypes.length === 0 ? null : eventTypes,
    throttleRate: typeof rate === 'number' ? rate : null,
  };
  const known = types.data?.data ?? [];
  const names = [...new Set([...known.map(({ name }) => name), ...eventTypes])];
  const described = new Map(known.map(({ name, description: what }) => [name, what]));
  return (
    <Stack gap="sm">
      <TextInput
        label="URL"
        description="Each message is posted there."
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
        description="What you call it."
        value={description}
        maxLength={4096}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <MultiSelect
        label="Event types"
        description={
          eventTypes.length === 0
            ? 'None chosen: it gets every event type, also those that are made later.'
            : 'It gets these, and no other.'
        }
        placeholder={eventTypes.length === 0 ? 'every one' : ''}
        data={names}
        value={eventTypes}
        onChange={setEventTypes}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Choose none' }}
        hidePickedOptions
        nothingFoundMessage="No event type is called that."
        renderOption={({ option }) => (
          <div>
            <Text size="sm">{option.value}</Text>
            <Text size="xs" c="dimmed">
              {described.get(option.value)}
            </Text>
          </div>
        )}
      />
      <NumberInput
        label="Requests a second, at most"
        description="Empty: as many as it takes."
        min={1}
        max={100_000}
        allowDecimal={false}
        value={rate}
        onChange={setRate}
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
        {endpoint === undefined ? (
          <Act
            operation="v1.endpoint.create"
            request={() => ({ path: { app_id: app }, body })}
            changes={changes}
            isDisabled={url.trim() === ''}
            said="The endpoint is made: messages go to it from now on."
            onDone={({ id }) => onDone(id)}
            button={{ variant: 'filled', size: 'sm' }}
          >
            Add endpoint
          </Act>
        ) : (
          <Act
            operation="patch_endpoint"
            request={() => ({ path: { app_id: app, endpoint_id: endpoint.id }, body })}
            changes={changes}
            isDisabled={url.trim() === ''}
            said="Saved: it holds for what is sent from now on."
            onDone={({ id }) => onDone(id)}
            button={{ variant: 'filled', size: 'sm' }}
          >
            Save
          </Act>
        )}
      </Group>
    </Stack>
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
