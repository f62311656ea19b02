import { Button, Group, NumberInput, Stack, Text, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Act, Answered } from '../ui/index.ts';
import { incidentAnswers, isEnded, type Incident } from './incident.ts';

type Draft = { readonly responders: string; readonly owners: string; readonly minutes: string };
const blank: Draft = { responders: '', owners: '', minutes: '' };

/** One text for responders, one for owners of endpoints; a draft from the facts is at hand. */
export function SendUpdate({ incident }: { readonly incident: Incident }): ReactNode {
  const may = useMay();
  const [draft, setDraft] = useState(blank);
  const [isAsked, setAsked] = useState(false);
  if (!may.write || isEnded(incident)) return null;
  const { responders, owners, minutes } = draft;
  return (
    <Act
      operation="v1.incident.update"
      request={() => ({
        path: { incident_id: incident.id },
        body: {
          responders: responders.trim(),
          ...(owners.trim() === '' ? {} : { owners: owners.trim() }),
          ...(minutes === '' ? {} : { nextInMinutes: Number(minutes) }),
        },
      })}
      changes={incidentAnswers}
      onOpen={() => {
        setDraft(blank);
        setAsked(true);
      }}
      said={owners.trim() === '' ? 'Sent to responders.' : 'Sent to responders and to owners.'}
      isReady={responders.trim() !== ''}
      hotkey="u"
      size="xl"
      confirm={isAsked ? <Fields draft={draft} set={setDraft} incident={incident} /> : null}
    >
      Send an update
    </Act>
  );
}

function Fields({
  draft,
  set,
  incident,
}: {
  readonly draft: Draft;
  readonly set: (draft: Draft) => void;
  readonly incident: Incident;
}): ReactNode {
  const facts = useAnswer('v1.incident.draft-update', { path: { incident_id: incident.id } });
  return (
    <Stack gap="sm">
      <Answered of={facts} rows={2}>
        {({ responders, owners }) => (
          <Group justify="space-between" gap="sm">
            <Text size="sm">The facts can say it; change what you know better.</Text>
            <Button
              size="compact-sm"
              variant="light"
              onClick={() => set({ ...draft, responders, owners })}
            >
              Use the draft
            </Button>
          </Group>
        )}
      </Answered>
      <Textarea
        label="For responders"
        description="By the notifiers that the routes lead to. Owners never see it."
        autosize
        minRows={4}
        maxRows={12}
        maxLength={10_000}
        value={draft.responders}
        onChange={(event) => set({ ...draft, responders: event.currentTarget.value })}
        required
        data-autofocus
      />
      <Textarea
        label="For owners of endpoints"
        description="On the status feed and by operational webhooks; each of them may read it. Empty: nothing for them this time."
        autosize
        minRows={3}
        maxRows={12}
        maxLength={10_000}
        value={draft.owners}
        onChange={(event) => set({ ...draft, owners: event.currentTarget.value })}
      />
      <NumberInput
        label="Next one in minutes"
        description="By the clock of its severity, unless you say otherwise. 0: no more."
        min={0}
        max={10_080}
        allowDecimal={false}
        w={260}
        value={draft.minutes}
        onChange={(value) => set({ ...draft, minutes: String(value) })}
      />
    </Stack>
  );
}
