import {
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { duration } from '../ui/index.ts';
import type { Draft } from './objective-draft.ts';

const indicators = [
  { value: 'on_time', label: 'Delivered on time, retries included' },
  { value: 'first_attempt', label: 'Delivered by the first attempt' },
  { value: 'accounted', label: 'Accounted for by the audit' },
  { value: 'freshness', label: 'Freshness: nothing due waits too long' },
] as const;

/** ms. Counts are kept for these, so no other can be answered exactly. */
const onTimeMs = [
  10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000,
];
const freshnessMs = [1000, 5000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000];
const MOST = 250;

type Props = {
  readonly draft: Draft;
  readonly change: (more: Partial<Draft>) => void;
  readonly isNew: boolean;
  /** What the API says of a field, by the beginning of its name. */
  readonly errorOf: (field: string) => string | undefined;
};

/** What is promised, of which deliveries, by whom and to whom. */
export function ObjectiveFields(props: Props): ReactNode {
  return (
    <Stack gap="md">
      <Promise {...props} />
      <Teams {...props} />
      <Slice {...props} />
      <Value {...props} />
    </Stack>
  );
}

function Promise({ draft, change, isNew, errorOf }: Props): ReactNode {
  const hasDeadline = draft.indicator === 'on_time' || draft.indicator === 'freshness';
  return (
    <>
      <TextInput
        label="Name"
        description={
          isNew
            ? 'Small letters, digits, dots and hyphens, such as orders-on-time.'
            : 'Its alerts and links go by it, so it stays.'
        }
        value={draft.name}
        disabled={!isNew}
        error={errorOf('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
        required
      />
      <Select
        label="What is good"
        data={[...indicators]}
        value={draft.indicator}
        error={errorOf('indicator')}
        onChange={(value) => {
          const found = indicators.find((each) => each.value === value);
          if (found !== undefined) change({ indicator: found.value, deadlineMs: '' });
        }}
        allowDeselect={false}
      />
      <SimpleGrid cols={{ base: 1, sm: hasDeadline ? 3 : 2 }} spacing="sm">
        {hasDeadline && (
          <Select
            label="Within"
            description={
              draft.indicator === 'freshness'
                ? 'What is due waits no longer.'
                : 'From acceptance to delivery.'
            }
            data={[
              { value: '', label: 'The usual deadline' },
              ...(draft.indicator === 'freshness' ? freshnessMs : onTimeMs).map((ms) => ({
                value: String(ms),
                label: duration(ms),
              })),
            ]}
            value={draft.deadlineMs}
            error={errorOf('deadlineMs')}
            onChange={(value) => change({ deadlineMs: value ?? '' })}
            allowDeselect={false}
            searchable
          />
        )}
        <NumberInput
          label="Target"
          description="99.999 % at most."
          suffix=" %"
          decimalScale={3}
          max={99.999}
          step={0.1}
          value={draft.target}
          error={errorOf('target')}
          onChange={(value) => change({ target: value === '' ? '' : Number(value) })}
          clampBehavior="none"
          required
        />
        <NumberInput
          label="Over"
          description="1 to 90, rolling."
          suffix=" days"
          allowDecimal={false}
          value={draft.periodDays}
          error={errorOf('periodDays')}
          onChange={(value) => change({ periodDays: value === '' ? '' : Number(value) })}
          clampBehavior="none"
          required
        />
      </SimpleGrid>
      <Textarea
        label="What it is for"
        autosize
        minRows={1}
        maxLength={1000}
        value={draft.description}
        error={errorOf('description')}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
    </>
  );
}

function Teams({ draft, change, errorOf }: Props): ReactNode {
  const board = useAnswer('v1.board.get', {});
  const teams = [
    ...new Set(
      [...(board.data?.owners ?? []), ...(board.data?.consumers ?? [])].map(({ team }) => team),
    ),
  ];
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <TextInput
        label="Kept by"
        description="The team that acts on its alerts."
        value={draft.owner}
        error={errorOf('owner')}
        onChange={(event) => change({ owner: event.currentTarget.value })}
        required
      />
      <TagsInput
        label="Relied on by"
        description="Teams; each ended by Enter."
        data={teams}
        value={[...draft.consumers]}
        error={errorOf('consumers')}
        onChange={(consumers) => change({ consumers })}
      />
    </SimpleGrid>
  );
}

function Slice({ draft, change, errorOf }: Props): ReactNode {
  const isTold = draft.indicator !== 'accounted';
  const applications = useAnswer(
    'v1.application.list',
    { query: { limit: MOST } },
    { isWanted: isTold },
  );
  const types = useAnswer('v1.event-type.list', { query: { limit: MOST } }, { isWanted: isTold });
  if (!isTold) {
    return (
      <Text size="sm" c="dimmed">
        The audit counts over all deliveries: there is no slice to choose.
        {errorOf('slice') !== undefined && <> {errorOf('slice')}</>}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600}>
        Which deliveries. What is empty means all; all that is named must hold.
      </Text>
      {errorOf('slice') !== undefined && (
        <Text size="sm" c="red" role="alert">
          {errorOf('slice')}
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TagsInput
          label="Applications"
          description="By uid or id."
          data={applications.data?.data.map(({ uid, id }) => uid ?? id) ?? []}
          value={[...draft.appIds]}
          onChange={(appIds) => change({ appIds })}
        />
        <TagsInput
          label="Event types"
          description="By name."
          data={types.data?.data.map(({ name }) => name) ?? []}
          value={[...draft.eventTypes]}
          onChange={(eventTypes) => change({ eventTypes })}
        />
        <TagsInput
          label="Endpoints"
          description="By id, or application/endpoint by uids."
          value={[...draft.endpointIds]}
          onChange={(endpointIds) => change({ endpointIds })}
        />
        <TagsInput
          label="Applications whose metadata says"
          description="Such as tier=gold."
          value={[...draft.applicationMetadata]}
          onChange={(applicationMetadata) => change({ applicationMetadata })}
        />
        <TagsInput
          label="Endpoints whose metadata says"
          description="Such as region=eu."
          value={[...draft.endpointMetadata]}
          onChange={(endpointMetadata) => change({ endpointMetadata })}
        />
      </SimpleGrid>
    </Stack>
  );
}

function Value({ draft, change, errorOf }: Props): ReactNode {
  return (
    <Group gap="sm" align="flex-start">
      <NumberInput
        label="What a delivery is worth"
        description="Where its message carries no value."
        min={0}
        decimalScale={3}
        value={draft.value}
        error={errorOf('value.valuePerDelivery')}
        onChange={(value) => change({ value: value === '' ? '' : Number(value) })}
      />
      <TextInput
        label="Currency"
        description="ISO 4217."
        w={110}
        maxLength={3}
        value={draft.currency}
        error={errorOf('value.currency')}
        onChange={(event) => change({ currency: event.currentTarget.value.toUpperCase() })}
      />
    </Group>
  );
}
