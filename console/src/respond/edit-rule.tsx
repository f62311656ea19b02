import {
  Group,
  MultiSelect,
  NumberInput,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Operations, RowOf } from '../api/index.ts';
import { Act } from '../ui/index.ts';

export type Rule = RowOf<'v1.incident-rule.list'>;
type Body = Operations['v1.incident-rule.update']['body'];

const severities = ['page', 'ticket', 'info'] as const;
const kinds = [
  'burn_rate',
  'small_step',
  'outage',
  'fast_burn',
  'first_dead_letter',
  'unaccounted',
  'stuck',
  'growth',
  'silence',
  'certificate',
];
const mitigations = [
  { value: 'open_circuit', label: 'Open the circuit of the endpoint' },
  { value: 'pause_endpoint', label: 'Pause the endpoint' },
  { value: 'stop_canary', label: 'Stop its canary' },
] as const;

type Draft = {
  readonly name: string;
  readonly description: string;
  readonly position: number;
  readonly owners: readonly string[];
  readonly severities: readonly string[];
  readonly kinds: readonly string[];
  readonly opens: boolean;
  readonly mitigations: readonly string[];
  readonly hasHours: boolean;
  readonly timeZone: string;
  readonly from: string;
  readonly until: string;
};

const blank: Draft = {
  name: '',
  description: '',
  position: 100,
  owners: [],
  severities: [],
  kinds: [],
  opens: true,
  mitigations: [],
  hasHours: false,
  timeZone: 'UTC',
  from: '09:00',
  until: '17:00',
};

/** Makes a rule, or alters one. It goes back like any change. */
export function EditRule({ rule }: { readonly rule: Rule | null }): ReactNode {
  const [draft, setDraft] = useState(blank);
  return (
    <Act
      operation="v1.incident-rule.update"
      request={() => ({ path: { rule_name: draft.name.trim() }, body: bodyOf(draft, rule) })}
      changes={['v1.incident-rule.list', 'v1.change.list']}
      onOpen={() => setDraft(rule === null ? blank : draftOf(rule))}
      {...(rule === null ? { button: { variant: 'filled' } } : { name: `Edit: ${rule.name}` })}
      said={`${draft.name.trim()} is in force.`}
      isReady={/^[\w.-]+$/.test(draft.name.trim())}
      size="lg"
      confirm={<Fields draft={draft} set={setDraft} isNew={rule === null} />}
    >
      {rule === null ? 'Add a rule' : 'Edit'}
    </Act>
  );
}

function draftOf(rule: Rule): Draft {
  const { match } = rule;
  return {
    ...blank,
    name: rule.name,
    description: rule.description,
    position: rule.position,
    owners: match.owners,
    severities: match.severities,
    kinds: match.kinds,
    opens: rule.opens,
    mitigations: rule.mitigations,
    hasHours: match.hours !== null,
    ...(match.hours === null
      ? {}
      : { timeZone: match.hours.timeZone, from: match.hours.from, until: match.hours.until }),
  };
}

function bodyOf(draft: Draft, rule: Rule | null): Body {
  const days = rule?.match.hours?.days;
  return {
    description: draft.description.trim(),
    position: draft.position,
    match: {
      owners: [...draft.owners],
      severities: severities.filter((each) => draft.severities.includes(each)),
      kinds: [...draft.kinds],
      hours: draft.hasHours
        ? {
            timeZone: draft.timeZone.trim(),
            from: draft.from,
            until: draft.until,
            // Days are not asked for here; those that it has stay.
            ...(days === undefined ? {} : { days }),
          }
        : null,
    },
    opens: draft.opens,
    mitigations: mitigations
      .map(({ value }) => value)
      .filter((each) => draft.opens && draft.mitigations.includes(each)),
  };
}

function Fields({
  draft,
  set,
  isNew,
}: {
  readonly draft: Draft;
  readonly set: (draft: Draft) => void;
  readonly isNew: boolean;
}): ReactNode {
  const change = (more: Partial<Draft>): void => set({ ...draft, ...more });
  return (
    <Stack gap="sm">
      <Group grow align="flex-start">
        <TextInput
          label="Name"
          value={draft.name}
          disabled={!isNew}
          onChange={(event) => change({ name: event.currentTarget.value })}
          required
          data-autofocus
        />
        <NumberInput
          label="Position"
          description="The lowest is asked first."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          allowDecimal={false}
          min={0}
          value={draft.position}
          onChange={(value) => change({ position: Number(value) })}
        />
      </Group>
      <TextInput
        label="What it is for"
        value={draft.description}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      <Text size="sm" fw={600}>
        Which alerts it is about. What is empty matches all.
      </Text>
      <MultiSelect
        label="Severities"
        data={[...severities]}
        value={[...draft.severities]}
        onChange={(value) => change({ severities: value })}
      />
      <MultiSelect
        label="Kinds"
        data={kinds.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
        value={[...draft.kinds]}
        onChange={(value) => change({ kinds: value })}
        searchable
      />
      <TagsInput
        label="Owners"
        description="Each ended by Enter."
        value={[...draft.owners]}
        onChange={(value) => change({ owners: value })}
      />
      <Switch
        label="Only at some hours"
        checked={draft.hasHours}
        onChange={(event) => change({ hasHours: event.currentTarget.checked })}
      />
      {draft.hasHours && (
        <Group grow>
          <TextInput
            label="From"
            type="time"
            value={draft.from}
            onChange={(event) => change({ from: event.currentTarget.value })}
          />
          <TextInput
            label="Until"
            type="time"
            value={draft.until}
            onChange={(event) => change({ until: event.currentTarget.value })}
          />
          <TextInput
            label="Time zone"
            placeholder="Europe/Berlin"
            value={draft.timeZone}
            onChange={(event) => change({ timeZone: event.currentTarget.value })}
          />
        </Group>
      )}
      <Switch
        label="Opens an incident"
        description="Off: what matches joins an incident that it belongs to, and opens none."
        checked={draft.opens}
        onChange={(event) => change({ opens: event.currentTarget.checked })}
      />
      {draft.opens && (
        <MultiSelect
          label="What Holdfast may do by itself at once"
          description="Each is announced, and undone by one call."
          data={[...mitigations]}
          value={[...draft.mitigations]}
          onChange={(value) => change({ mitigations: value })}
        />
      )}
    </Stack>
  );
}
