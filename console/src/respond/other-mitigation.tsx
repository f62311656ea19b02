import { NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { AnswerOf } from '../api/index.ts';
import { Act, Fields } from '../ui/index.ts';
import { incidentAnswers, type Incident } from './incident.ts';

type Kind = AnswerOf<'v1.incident.get-mitigation-menu'>['kinds'][number];
type Field = {
  readonly name: string;
  readonly label: string;
  readonly isNumber?: boolean;
  readonly isList?: boolean;
  readonly isOptional?: boolean;
};

const endpoint: Field = { name: 'endpointId', label: 'Endpoint, by its id' };
const application: Field = { name: 'appId', label: 'Application, by its id' };
const number = (name: string, label: string, isOptional = false): Field => ({
  name,
  label,
  isNumber: true,
  isOptional,
});

/** What each is applied to. */
const fieldsOf: Readonly<Record<Kind['kind'], readonly Field[]>> = {
  stop_canary: [{ name: 'canaryId', label: 'Canary, by its id' }],
  revert_changes: [
    { name: 'changeIds', label: 'Changes, by their ids, with commas', isList: true },
  ],
  revert_recent: [
    number('minutes', 'Of so many minutes back'),
    { ...application, isOptional: true },
  ],
  alternate_url: [endpoint],
  open_circuit: [endpoint, number('minutes', 'For so many minutes', true)],
  pause_endpoint: [endpoint],
  pause_event_type: [
    { name: 'eventType', label: 'Event type' },
    { ...application, isOptional: true },
  ],
  pause_application: [application],
  drain: [],
  lower_rate: [
    endpoint,
    number('concurrency', 'At once at most', true),
    number('throttleRate', 'A second at most', true),
  ],
  raise_concurrency: [endpoint, number('concurrency', 'At once at most')],
  lengthen_retries: [endpoint, number('moreHours', 'So many hours longer', true)],
  redrive: [application, { ...endpoint, isOptional: true }, number('perSecond', 'A second', true)],
};

/** Any mitigation that there is, applied to what somebody names. */
export function OtherMitigation({
  incident,
  kinds,
}: {
  readonly incident: Incident;
  readonly kinds: readonly Kind[];
}): ReactNode {
  const [chosen, setChosen] = useState<Kind | null>(null);
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const fields = chosen === null ? [] : fieldsOf[chosen.kind];
  const { appIds, endpointIds, eventTypes } = incident.slice;
  const choose = (kind: string | null): void => {
    setChosen(kinds.find((each) => each.kind === kind) ?? null);
    // What the incident is about already stands there.
    setValues({
      appId: appIds.length === 1 ? (appIds[0] ?? '') : '',
      endpointId: endpointIds.length === 1 ? (endpointIds[0] ?? '') : '',
      eventType: eventTypes.length === 1 ? (eventTypes[0] ?? '') : '',
    });
  };
  return (
    <Act
      operation="v1.incident.mitigate"
      request={() => ({
        path: { incident_id: incident.id },
        body: {
          kind: chosen?.kind ?? 'drain',
          target: Object.fromEntries(
            fields.flatMap(({ name, isNumber = false, isList = false }) => {
              const text = (values[name] ?? '').trim();
              if (text === '') return [];
              return [[name, isNumber ? Number(text) : isList ? text.split(/[\s,]+/) : text]];
            }),
          ),
        },
      })}
      changes={[...incidentAnswers, 'v1.change.list']}
      onOpen={() => choose(null)}
      said={({ mitigation }) => `Applied: ${mitigation.title}. Undo stands among what was tried.`}
      isReady={
        chosen !== null &&
        fields.every(
          ({ name, isOptional = false }) => isOptional || (values[name] ?? '').trim() !== '',
        )
      }
      size="lg"
      verb="Apply"
      confirm={
        <Stack gap="sm">
          <Select
            label="Mitigation"
            data={kinds.map(({ kind, title, costs }) => ({
              value: kind,
              label: `${title} (cost ${costs.level} of 5)`,
            }))}
            value={chosen?.kind ?? null}
            onChange={choose}
            searchable
            data-autofocus
          />
          {chosen === null ? (
            <Text size="sm" c="dimmed">
              Choose one to see what it does, what it costs, and how it is undone.
            </Text>
          ) : (
            <Fields
              of={[
                ['Does', chosen.does],
                ['Costs', chosen.costs.words],
                ['In force', chosen.timeToEffect.words],
                ['Risk', chosen.risk],
                ['Undone by', chosen.undo],
              ]}
            />
          )}
          {fields.map(({ name, label, isNumber = false, isOptional = false }) => {
            const set = (value: string): void => setValues({ ...values, [name]: value });
            const shown = isOptional ? `${label} (may be empty)` : label;
            return isNumber ? (
              <NumberInput
                key={name}
                label={shown}
                min={1}
                allowDecimal={false}
                value={values[name] ?? ''}
                onChange={(value) => set(String(value))}
              />
            ) : (
              <TextInput
                key={name}
                label={shown}
                value={values[name] ?? ''}
                onChange={(event) => set(event.currentTarget.value)}
              />
            );
          })}
        </Stack>
      }
    >
      Something else
    </Act>
  );
}
