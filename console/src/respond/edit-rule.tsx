import { MultiSelect, Stack, Switch } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Operations, RowOf } from '../api/index.ts';
import { Act } from '../ui/index.ts';
import {
  blankMatch,
  isNamed,
  matchBodyOf,
  matchDraftOf,
  MatchFields,
  type MatchDraft,
} from '../ui/match-fields.tsx';

export type Rule = RowOf<'v1.incident-rule.list'>;
type Body = Operations['v1.incident-rule.update']['body'];

const mitigations = [
  { value: 'open_circuit', label: 'Open the circuit of the endpoint' },
  { value: 'pause_endpoint', label: 'Pause the endpoint' },
  { value: 'stop_canary', label: 'Stop its canary' },
] as const;

type Draft = MatchDraft & {
  readonly opens: boolean;
  readonly mitigations: readonly string[];
};

const blank: Draft = { ...blankMatch, opens: true, mitigations: [] };

/** Makes a rule, or alters one. It goes back like any change. */
export function EditRule({ rule }: { readonly rule: Rule | null }): ReactNode {
  const [draft, setDraft] = useState(blank);
  return (
    <Act
      operation="v1.incident-rule.update"
      request={() => ({ path: { rule_name: draft.name.trim() }, body: bodyOf(draft) })}
      changes={['v1.incident-rule.list', 'v1.change.list']}
      onOpen={() => setDraft(rule === null ? blank : draftOf(rule))}
      {...(rule === null ? { button: { variant: 'filled' } } : { name: `Edit: ${rule.name}` })}
      said={`${draft.name.trim()} is in force.`}
      isReady={isNamed(draft)}
      size="xl"
      confirm={<Fields draft={draft} set={setDraft} isNew={rule === null} />}
    >
      {rule === null ? 'Add a rule' : 'Edit'}
    </Act>
  );
}

function draftOf(rule: Rule): Draft {
  return { ...matchDraftOf(rule), opens: rule.opens, mitigations: rule.mitigations };
}

function bodyOf(draft: Draft): Body {
  return {
    ...matchBodyOf(draft),
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
      <MatchFields draft={draft} change={change} isNew={isNew} />
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
