import { Autocomplete, MultiSelect, Stack, Text, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Act, changeWords } from '../ui/index.ts';
import { incidentAnswers, type Incident } from './incident.ts';

type Draft = {
  readonly cause: string;
  readonly metric: string;
  readonly refutedBy: string;
  readonly changeIds: readonly string[];
};

/** States what the cause may be, with the SLI that it must move, and what would refute it. */
export function StateHypothesis({ incident }: { readonly incident: Incident }): ReactNode {
  const blank: Draft = {
    cause: '',
    metric: incident.slice.objective ?? '',
    refutedBy: '',
    changeIds: [],
  };
  const [draft, setDraft] = useState(blank);
  const { cause, metric, refutedBy, changeIds } = draft;
  return (
    <Act
      operation="v1.incident.hypothesis"
      request={() => ({
        path: { incident_id: incident.id },
        body: {
          cause: cause.trim(),
          metric: metric.trim(),
          refutedBy: refutedBy.trim(),
          changeIds: [...changeIds],
        },
      })}
      changes={incidentAnswers}
      onOpen={() => setDraft(blank)}
      said="Stated. Try what would refute it first."
      isReady={[cause, metric, refutedBy].every((text) => text.trim() !== '')}
      hotkey="h"
      size="lg"
      confirm={<Fields draft={draft} set={setDraft} incident={incident} />}
    >
      State a hypothesis
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
  const objectives = useAnswer('v1.objective.list', { query: { limit: 250 } });
  const suspects = useAnswer('v1.incident.list-suspects', {
    path: { incident_id: incident.id },
    query: { limit: 20 },
  });
  const change = (more: Partial<Draft>): void => set({ ...draft, ...more });
  const names = (objectives.data?.data ?? []).map(({ name }) => name);
  const isUnknown =
    draft.metric !== '' && objectives.data !== undefined && !names.includes(draft.metric);
  return (
    <Stack gap="sm">
      <Textarea
        label="The cause"
        placeholder="The new URL answers 404."
        autosize
        minRows={2}
        value={draft.cause}
        onChange={(event) => change({ cause: event.currentTarget.value })}
        required
        data-autofocus
      />
      <Autocomplete
        label="The objective whose SLI must move"
        description="The outcome itself. Anything else is a proxy, and confirms nothing."
        data={names}
        value={draft.metric}
        onChange={(metric) => change({ metric })}
        required
      />
      {isUnknown && (
        <Text size="sm" role="alert">
          No objective is called “{draft.metric}”. It has to be one that counts what this incident
          hits.
        </Text>
      )}
      <Textarea
        label="What would refute it"
        placeholder="It fails at the old URL too."
        autosize
        minRows={2}
        value={draft.refutedBy}
        onChange={(event) => change({ refutedBy: event.currentTarget.value })}
        required
      />
      <MultiSelect
        label="Changes that it blames"
        description="Confirming looks whether the SLI moved when they were taken back."
        data={(suspects.data?.data ?? []).map((suspect) => ({
          value: suspect.change.id,
          label: `${suspect.rank}. ${changeWords(suspect.change)}`,
        }))}
        value={[...draft.changeIds]}
        onChange={(changeIds) => change({ changeIds })}
        searchable
      />
    </Stack>
  );
}
