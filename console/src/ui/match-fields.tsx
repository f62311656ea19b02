import { Group, MultiSelect, NumberInput, TagsInput, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { alertKinds, severities } from './alert-words.ts';
import { words } from './format.ts';
import { HoursFields } from './hours-fields.tsx';
import type { Hours } from './hours.ts';

/** What has a place among others and holds for some alerts, as it is being written. */
export type MatchDraft = {
  readonly name: string;
  readonly description: string;
  readonly position: number;
  readonly owners: readonly string[];
  readonly severities: readonly string[];
  readonly kinds: readonly string[];
  readonly hours: Hours | null;
};

export const blankMatch: MatchDraft = {
  name: '',
  description: '',
  position: 100,
  owners: [],
  severities: [],
  kinds: [],
  hours: null,
};

type Saved = Pick<MatchDraft, 'name' | 'description' | 'position'> & {
  readonly match: Pick<MatchDraft, 'owners' | 'severities' | 'kinds' | 'hours'>;
};

export function matchDraftOf({ name, description, position, match }: Saved): MatchDraft {
  const { owners, severities: asked, kinds, hours } = match;
  return { name, description, position, owners, severities: asked, kinds, hours };
}

/** As the API takes it; the name stands in the address. */
export function matchBodyOf(draft: MatchDraft): {
  description: string;
  position: number;
  match: {
    owners: string[];
    severities: (typeof severities)[number][];
    kinds: string[];
    hours: Hours | null;
  };
} {
  return {
    description: draft.description.trim(),
    position: draft.position,
    match: {
      owners: [...draft.owners],
      severities: severities.filter((each) => draft.severities.includes(each)),
      kinds: [...draft.kinds],
      hours: draft.hours,
    },
  };
}

export function isNamed({ name }: MatchDraft): boolean {
  return /^[\w.-]{1,64}$/.test(name.trim());
}

/** What it is called, when it is asked, and which alerts it holds for. */
export function MatchFields({
  draft,
  change,
  isNew,
}: {
  readonly draft: MatchDraft;
  readonly change: (more: Partial<MatchDraft>) => void;
  readonly isNew: boolean;
}): ReactNode {
  return (
    <>
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
        Which alerts. What is empty matches all.
      </Text>
      <Group grow align="flex-start">
        <MultiSelect
          label="Severities"
          data={[...severities]}
          value={[...draft.severities]}
          onChange={(value) => change({ severities: value })}
        />
        <TagsInput
          label="Owners"
          description="Each ended by Enter."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={[...draft.owners]}
          onChange={(owners) => change({ owners })}
        />
        <MultiSelect
          label="Found by"
          data={alertKinds.map((value) => ({ value, label: words(value) }))}
          value={[...draft.kinds]}
          onChange={(kinds) => change({ kinds })}
          searchable
        />
      </Group>
      <HoursFields
        label="Only at some hours"
        name="Matches"
        value={draft.hours}
        onChange={(hours) => change({ hours })}
      />
    </>
  );
}
