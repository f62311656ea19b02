import { Group, Select, Stack, Switch, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAnswer, type Operations } from '../api/index.ts';
import { Act, momentIn, paths, TimeInput } from '../ui/index.ts';
import { incidentAnswers, markerNames, markerWords, type MarkerName } from './incident.ts';
import { severityChoices } from './severity-choices.ts';

type Draft = {
  readonly title: string;
  readonly summary: string;
  readonly severity: string;
  readonly owner: string;
  readonly objective: string;
  readonly appIds: readonly string[];
  readonly eventTypes: readonly string[];
  readonly isDrill: boolean;
  readonly times: Partial<Record<MarkerName, string>>;
  readonly note: string;
};
const blank: Draft = {
  title: '',
  summary: '',
  severity: '',
  owner: '',
  objective: '',
  appIds: [],
  eventTypes: [],
  isDrill: false,
  times: {},
  note: '',
};

/** Opens an incident by hand; or takes in an old one, with the markers that it had. */
export function OpenIncident({
  isRetrospective = false,
}: {
  readonly isRetrospective?: boolean;
}): ReactNode {
  const navigate = useNavigate();
  const [draft, setDraft] = useState(blank);
  return (
    <Act
      operation="v1.incident.open"
      request={() => ({ body: bodyOf(draft, isRetrospective) })}
      changes={incidentAnswers}
      onOpen={() => setDraft(blank)}
      onDone={({ id }) => void navigate({ to: paths.incident(id) })}
      isReady={
        draft.title.trim() !== '' && (!isRetrospective || draft.times.detected !== undefined)
      }
      hotkey={isRetrospective ? 'r' : 'o'}
      size="lg"
      verb={isRetrospective ? 'Take it in' : 'Open it'}
      confirm={<Fields draft={draft} set={setDraft} isRetrospective={isRetrospective} />}
      button={isRetrospective ? {} : { variant: 'filled' }}
    >
      {isRetrospective ? 'Take in an old one' : 'Open an incident'}
    </Act>
  );
}

function bodyOf(draft: Draft, isRetrospective: boolean): Operations['v1.incident.open']['body'] {
  const { title, summary, severity, owner, objective, appIds, eventTypes, times, note } = draft;
  const at = (name: MarkerName): string | null => momentIn(times[name] ?? '');
  const impactStartAt = at('impactStart');
  const detectedAt = at('detected');
  const markers = markerNames.slice(2).flatMap((marker) => {
    const given = at(marker);
    return given === null
      ? []
      : [{ marker, at: given, note: note.trim() === '' ? 'Taken in afterwards.' : note.trim() }];
  });
  return {
    title: title.trim(),
    ...(summary.trim() === '' ? {} : { summary: summary.trim() }),
    ...(severity === '' ? {} : { severity: Number(severity) }),
    ...(owner.trim() === '' ? {} : { owner: owner.trim() }),
    slice: {
      ...(objective === '' ? {} : { objective }),
      ...(appIds.length === 0 ? {} : { appIds: [...appIds] }),
      ...(eventTypes.length === 0 ? {} : { eventTypes: [...eventTypes] }),
    },
    ...(impactStartAt === null ? {} : { impactStartAt }),
    ...(detectedAt === null ? {} : { detectedAt }),
    ...(draft.isDrill ? { isDrill: true } : {}),
    ...(isRetrospective ? { isRetrospective: true, markers } : {}),
  };
}

function Fields({
  draft,
  set,
  isRetrospective,
}: {
  readonly draft: Draft;
  readonly set: (draft: Draft) => void;
  readonly isRetrospective: boolean;
}): ReactNode {
  const objectives = useAnswer('v1.objective.list', { query: { limit: 250 } });
  const change = (more: Partial<Draft>): void => set({ ...draft, ...more });
  const time = (name: MarkerName, description?: string): ReactNode => (
    <TimeInput
      key={name}
      label={markerWords[name]}
      {...(description === undefined ? {} : { description })}
      value={draft.times[name] ?? ''}
      onChange={(value) => change({ times: { ...draft.times, [name]: value } })}
      isRequired={isRetrospective && name === 'detected'}
    />
  );
  return (
    <Stack gap="sm">
      {isRetrospective && (
        <Text size="sm">
          It counts in the figures by the times that you give. Nothing is watched for it, and nobody
          is told.
        </Text>
      )}
      <TextInput
        label="What is broken"
        placeholder="Invoices of Acme do not arrive"
        value={draft.title}
        maxLength={300}
        onChange={(event) => change({ title: event.currentTarget.value })}
        required
        data-autofocus
      />
      <Textarea
        label="More about it"
        autosize
        minRows={2}
        value={draft.summary}
        onChange={(event) => change({ summary: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        <Select
          label="Severity"
          description="By its impact, unless you set it."
          value={draft.severity}
          onChange={(severity) => change({ severity: severity ?? '' })}
          data={[{ value: '', label: 'By its impact' }, ...severityChoices]}
          allowDeselect={false}
        />
        <TextInput
          label="Owner"
          description="The team that it belongs to."
          value={draft.owner}
          onChange={(event) => change({ owner: event.currentTarget.value })}
        />
      </Group>
      <Select
        label="Objective that is missed"
        description="Its SLI tells when the impact is over."
        value={draft.objective}
        onChange={(objective) => change({ objective: objective ?? '' })}
        data={[
          { value: '', label: 'None' },
          ...(objectives.data?.data ?? []).map(({ name }) => ({ value: name, label: name })),
        ]}
        allowDeselect={false}
        searchable
      />
      <Group grow align="flex-start">
        <TagsInput
          label="Applications"
          description="Their uids or ids, each ended by Enter. None: all."
          value={[...draft.appIds]}
          onChange={(appIds) => change({ appIds })}
        />
        <TagsInput
          label="Event types"
          description="Each ended by Enter. None: all."
          value={[...draft.eventTypes]}
          onChange={(eventTypes) => change({ eventTypes })}
        />
      </Group>
      {isRetrospective ? (
        <>
          {markerNames.map((name) => time(name))}
          <TextInput
            label="How these times are known"
            value={draft.note}
            onChange={(event) => change({ note: event.currentTarget.value })}
          />
        </>
      ) : (
        <>
          {time('impactStart', 'Now, unless you know better.')}
          <Switch
            label="This is a drill"
            description="It is marked as one everywhere and never counts in the figures."
            checked={draft.isDrill}
            onChange={(event) => change({ isDrill: event.currentTarget.checked })}
          />
        </>
      )}
    </Stack>
  );
}
