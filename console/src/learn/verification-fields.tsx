import { Autocomplete, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import {
  detectors,
  jsonIn,
  numberWords,
  type Replayed,
  type VerificationDraft,
} from './verification-draft.ts';

type Kind = VerificationDraft['kind'];

const kinds: readonly { readonly value: Kind; readonly label: string; readonly says: string }[] = [
  {
    value: 'none',
    label: 'None yet',
    says: 'Without one it is done as soon as somebody says so.',
  },
  {
    value: 'detector',
    label: 'A detector, replayed over this incident',
    says: 'Runs here, over the SLI minutes that were recorded: would it have fired, and how much sooner?',
  },
  {
    value: 'contract',
    label: 'A contract refuses (or takes) a payload',
    says: 'Runs here, against the contract in force.',
  },
  {
    value: 'canary',
    label: 'A canary of an endpoint ended',
    says: 'Looked at here: one that began after the item was written.',
  },
  {
    value: 'drill',
    label: 'A drill passes',
    says: 'Played on your machine: holdfast action verify.',
  },
  {
    value: 'command',
    label: 'A command ends with 0',
    says: 'Runs on your machine alone, and only with --run. The service never runs it.',
  },
  {
    value: 'link',
    label: 'A link, with your word',
    says: 'You look there, and say whether it holds.',
  },
];

/** How it is shown that the item does what it is for. */
export function VerificationFields({
  draft,
  set,
}: {
  readonly draft: VerificationDraft;
  readonly set: (draft: VerificationDraft) => void;
}): ReactNode {
  const change = (more: Partial<VerificationDraft>): void => set({ ...draft, ...more });
  const chosen = kinds.find(({ value }) => value === draft.kind);
  return (
    <Stack gap="sm" role="group" aria-label="Verification">
      <Select
        label="Verified by"
        description={chosen?.says}
        allowDeselect={false}
        value={draft.kind}
        data={kinds.map(({ value, label }) => ({ value, label }))}
        onChange={(value) => {
          const kind = kinds.find((each) => each.value === value)?.value;
          if (kind !== undefined) change({ kind, what: '' });
        }}
      />
      {draft.kind === 'detector' && <DetectorFields draft={draft} change={change} />}
      {draft.kind === 'contract' && <ContractFields draft={draft} change={change} />}
      {(draft.kind === 'link' ||
        draft.kind === 'drill' ||
        draft.kind === 'canary' ||
        draft.kind === 'command') && (
        <TextInput
          label={whatWords[draft.kind][0]}
          placeholder={whatWords[draft.kind][1]}
          value={draft.what}
          onChange={(event) => change({ what: event.currentTarget.value })}
          required
        />
      )}
    </Stack>
  );
}

const whatWords = {
  link: ['Address', 'https://ci.example/checks/42'],
  drill: ['Drill', 'new-chain'],
  canary: ['Endpoint: its id, or application/endpoint', 'acme/orders'],
  command: ['Command, with its arguments', 'npm test -- failover'],
} as const;

type Part = {
  readonly draft: VerificationDraft;
  readonly change: (more: Partial<VerificationDraft>) => void;
};

function DetectorFields({ draft, change }: Part): ReactNode {
  const { numbers } = detectors[draft.detector];
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <Select
          label="Detector"
          allowDeselect={false}
          value={draft.detector}
          data={Object.entries(detectors).map(([value, { text }]) => ({ value, label: text }))}
          onChange={(value) => {
            if (isReplayed(value)) change({ detector: value });
          }}
        />
        <Select
          label="It looks at"
          allowDeselect={false}
          value={draft.indicator}
          data={[
            { value: 'first_attempt', label: 'first attempts' },
            { value: 'on_time', label: 'deadlines' },
          ]}
          onChange={(value) =>
            change({ indicator: value === 'on_time' ? 'on_time' : 'first_attempt' })
          }
        />
        {numbers.map((name) => (
          <TextInput
            key={name}
            label={numberWords[name].text}
            inputMode="decimal"
            value={draft.numbers[name]}
            error={Number.isFinite(Number(draft.numbers[name])) ? undefined : 'A number.'}
            onChange={(event) =>
              change({ numbers: { ...draft.numbers, [name]: event.currentTarget.value } })
            }
            required
          />
        ))}
      </SimpleGrid>
      {(draft.detector === 'small_step' || draft.detector === 'silence') && (
        <Text size="xs" c="dimmed">
          It compares with the past, and needs{' '}
          {draft.detector === 'silence' ? 'two weeks' : 'a week'} of SLI hours before the impact.
        </Text>
      )}
    </>
  );
}

function isReplayed(name: string | null): name is Replayed {
  return name !== null && Object.hasOwn(detectors, name);
}

function ContractFields({ draft, change }: Part): ReactNode {
  const types = useAnswer('v1.event-type.list', { query: { limit: 250 } });
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <Autocomplete
          label="Event type"
          data={(types.data?.data ?? []).map(({ name }) => name)}
          value={draft.eventType}
          onChange={(eventType) => change({ eventType })}
          required
        />
        <Select
          label="Its contract"
          allowDeselect={false}
          value={draft.wanted}
          data={[
            { value: 'refuses', label: 'refuses the payload' },
            { value: 'accepts', label: 'takes the payload' },
          ]}
          onChange={(value) => change({ wanted: value === 'accepts' ? 'accepts' : 'refuses' })}
        />
      </SimpleGrid>
      <Textarea
        label="Payload, as JSON"
        autosize
        minRows={3}
        maxRows={12}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        value={draft.payload}
        error={jsonIn(draft.payload) === undefined ? 'This is not JSON.' : undefined}
        onChange={(event) => change({ payload: event.currentTarget.value })}
        required
      />
    </>
  );
}
