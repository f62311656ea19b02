import { Button, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAct, type OperationId } from '../../api/index.ts';
import { Act } from '../act.tsx';
import type { Endpoint } from '../delivery-words.ts';
import { Fault } from '../states.tsx';
import { EventTypesField } from './event-types-field.tsx';
import { Reached } from './reached.tsx';

const changes: readonly OperationId[] = [
  'v1.endpoint.list',
  'v1.endpoint.get',
  'v1.lane.get',
  'v1.endpoint.get-policy',
];
/** The API's bound. */
const MOST_PER_SECOND = 65_535;
const LONGEST_DESCRIPTION = 4096;

export type EndpointFormProps = {
  readonly app: string;
  /** None: a new one. */
  readonly endpoint?: Endpoint;
  /** What makes a new one. */
  readonly verb?: string;
  /** It has an alternate URL, event types of any name, and a rate by its policy, as whoever sends sees it. */
  readonly isOfSender?: boolean;
  readonly onDone: (id: string) => void;
};

/** Where to send, what, and how fast: for a new endpoint, or for one that is there. Its URL can be tried before. */
export function EndpointForm({
  app,
  endpoint,
  verb = 'Add endpoint',
  isOfSender = false,
  onDone,
}: EndpointFormProps): ReactNode {
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [alternate, setAlternate] = useState(endpoint?.alternateUrl ?? '');
  const [description, setDescription] = useState(endpoint?.description ?? '');
  const [eventTypes, setEventTypes] = useState<readonly string[]>(endpoint?.eventTypes ?? []);
  const [rate, setRate] = useState<number | string>(endpoint?.throttleRate ?? '');
  const check = useAct('v1.endpoint.validate');
  const body = {
    url: url.trim(),
    description: description.trim(),
    eventTypes: eventTypes.length === 0 ? null : [...eventTypes],
    throttleRate: typeof rate === 'number' ? rate : null,
    ...(isOfSender ? { alternateUrl: alternate.trim() === '' ? null : alternate.trim() } : {}),
  };
  const act = {
    changes,
    isDisabled: url.trim() === '',
    onDone: ({ id }: { readonly id: string }) => onDone(id),
    button: { variant: 'filled', size: 'sm' },
  } as const;
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
      {isOfSender && endpoint !== undefined && (
        <TextInput
          label="Alternate URL"
          description="Another way to the same receiver, for when the usual one fails."
          value={alternate}
          onChange={(event) => setAlternate(event.currentTarget.value)}
        />
      )}
      <TextInput
        label="Description"
        description="What it is called here."
        value={description}
        maxLength={LONGEST_DESCRIPTION}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <EventTypesField isFree={isOfSender} value={eventTypes} onChange={setEventTypes} />
      <NumberInput
        label="Requests a second, at most"
        description={isOfSender ? 'Empty: as its policy says.' : 'Empty: as many as it takes.'}
        min={1}
        max={MOST_PER_SECOND}
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
            {...act}
            operation="v1.endpoint.create"
            request={() => ({ path: { app_id: app }, body })}
            said="The endpoint is made: messages go to it from now on."
          >
            {verb}
          </Act>
        ) : (
          <Act
            {...act}
            operation="patch_endpoint"
            request={() => ({ path: { app_id: app, endpoint_id: endpoint.id }, body })}
            said="Saved: it holds for what is sent from now on."
          >
            Save
          </Act>
        )}
      </Group>
    </Stack>
  );
}
