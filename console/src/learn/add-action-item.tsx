import { Select, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Act } from '../ui/index.ts';
import { blankAction, bodyOf, type ActionDraft } from './action-draft.ts';
import { ActionFields } from './action-fields.tsx';
import { actionAnswers } from './action-item.ts';

/** Adds one to an incident; without one given, to one that is chosen. */
export function AddActionItem({ incident }: { readonly incident?: string }): ReactNode {
  const [draft, setDraft] = useState<ActionDraft>(blankAction);
  const [chosen, setChosen] = useState('');
  const of = incident ?? chosen;
  const body = bodyOf(draft);
  return (
    <Act
      operation="v1.action.create"
      request={() => ({
        path: { incident_id: of },
        body: body ?? { type: draft.type, text: draft.text },
      })}
      changes={actionAnswers}
      onOpen={() => {
        setDraft(blankAction);
        setChosen('');
      }}
      said={({ owner }) =>
        owner === '' ? 'Added. Nobody owns it yet.' : `Added: ${owner} owns it.`
      }
      isReady={of !== '' && body !== null}
      button={{ variant: 'filled' }}
      verb="Add it"
      hotkey="a"
      size="lg"
      confirm={
        <Stack gap="sm">
          {incident === undefined && <ChooseIncident value={chosen} onChange={setChosen} />}
          <ActionFields draft={draft} set={setDraft} />
        </Stack>
      }
    >
      Add an action item
    </Act>
  );
}

function ChooseIncident({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (id: string) => void;
}): ReactNode {
  const incidents = useAnswer('v1.incident.list', { query: { limit: 100 } });
  return (
    <Select
      label="Incident"
      description="The last hundred."
      searchable
      required
      value={value === '' ? null : value}
      nothingFoundMessage={incidents.isPending ? 'Loading…' : 'No incident is called so.'}
      data={(incidents.data?.data ?? []).map(({ id, title }) => ({
        value: id,
        label: `${title.split('; ')[0] ?? title} (…${id.slice(-4)})`,
      }))}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}
