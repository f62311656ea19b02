import { Group, Paper, Select, Stack, Text, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMay } from '../shell/index.ts';
import { Act, duration, Moment, momentField, momentIn, Section, TimeInput } from '../ui/index.ts';
import { useSecond } from './beat.ts';
import {
  incidentAnswers,
  isEnded,
  markerNames,
  markerWords,
  sourceWords,
  type Incident,
  type MarkerName,
} from './incident.ts';

/** What is known by itself, and so is not asked for. */
const byFact: Partial<Record<MarkerName, string>> = {
  mitigated: 'set by itself once the SLI was well for five minutes',
  causeLocated: 'set when a hypothesis is confirmed',
  fixed: 'set by itself once a fix has held for five minutes',
};

/** The markers of the present episode against T+0, and the clock as it runs. */
export function MarkerClock({ incident }: { readonly incident: Incident }): ReactNode {
  const may = useMay();
  const now = useSecond();
  const { markers, episodes } = incident;
  const zero = Date.parse(markers.detected?.at ?? incident.openedAt);
  const isOver = markers.fixed !== undefined || isEnded(incident);
  const missing = markerNames.filter((name) => markers[name] === undefined);
  return (
    <Section
      title="Clock"
      id="clock"
      actions={
        may.write &&
        !isEnded(incident) &&
        missing.length > 0 && <SetMarker incident={incident} missing={missing} />
      }
    >
      <Paper withBorder p="sm">
        {!isOver && (
          <Text
            fz={26}
            fw={650}
            lh={1.2}
            style={{ fontVariantNumeric: 'tabular-nums' }}
            role="timer"
          >
            {against(now, zero)}
          </Text>
        )}
        <Stack gap={4} component="ol" m={0} p={0} mt={isOver ? 0 : 6} style={{ listStyle: 'none' }}>
          {markerNames.map((name) => {
            const marker = markers[name];
            return (
              <li key={name}>
                <Group justify="space-between" gap="xs" wrap="nowrap" align="baseline">
                  <Text size="sm" {...(marker === undefined ? { c: 'dimmed' } : { fw: 600 })}>
                    <span aria-hidden>{marker === undefined ? '○ ' : '● '}</span>
                    {markerWords[name]}
                  </Text>
                  <Text
                    size="sm"
                    style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}
                  >
                    {marker === undefined ? 'not yet' : against(Date.parse(marker.at), zero)}
                  </Text>
                </Group>
                {marker === undefined ? (
                  !isOver &&
                  byFact[name] !== undefined && (
                    <Text size="xs" c="dimmed" pl="md">
                      {byFact[name]}
                    </Text>
                  )
                ) : (
                  <Text size="xs" c="dimmed" pl="md" style={{ overflowWrap: 'anywhere' }}>
                    <Moment at={marker.at} isAbsolute />,{' '}
                    {marker.source === 'person' ? `by ${marker.by}` : sourceWords[marker.source]}
                    {marker.note !== '' && `: ${marker.note}`}
                  </Text>
                )}
              </li>
            );
          })}
        </Stack>
        {episodes.length > 1 && (
          <Text size="xs" c="dimmed" mt="xs">
            Episode {incident.episode}. Before it:{' '}
            {episodes
              .slice(0, -1)
              .map(
                ({ nth, durations }) =>
                  `${nth} (${durations.customerVisibleMs === null ? 'its end is not known' : `visible for ${duration(durations.customerVisibleMs)}`})`,
              )
              .join(', ')}
            .
          </Text>
        )}
      </Paper>
    </Section>
  );
}

/** T+12 min 5 s; what lies before the detection is T−. */
function against(at: number, zero: number): string {
  const ms = at - zero;
  if (Math.abs(ms) < 1000) return 'T+0';
  return ms < 0 ? `T−${duration(-ms)}` : `T+${duration(ms)}`;
}

function SetMarker({
  incident,
  missing,
}: {
  readonly incident: Incident;
  readonly missing: readonly MarkerName[];
}): ReactNode {
  const [first] = missing;
  const [marker, setMarker] = useState<MarkerName | undefined>(first);
  const [at, setAt] = useState('');
  const [note, setNote] = useState('');
  const chosen = missing.find((name) => name === marker) ?? first ?? 'mitigated';
  return (
    <Act
      operation="v1.incident.marker"
      request={() => {
        const moment = momentIn(at);
        return {
          path: { incident_id: incident.id },
          body: { marker: chosen, note: note.trim(), ...(moment === null ? {} : { at: moment }) },
        };
      }}
      changes={incidentAnswers}
      onOpen={() => {
        setMarker(missing.find((name) => name === 'mitigated') ?? first);
        setAt(momentField(Date.now() - 1000));
        setNote('');
      }}
      said={`“${markerWords[chosen]}” is set.`}
      isReady={note.trim() !== ''}
      confirm={
        <Stack gap="sm">
          <Text size="sm">
            Most markers set themselves from what is recorded. Set one by hand only where you know
            more; it is set once, and nothing overwrites it.
          </Text>
          <Select
            label="Marker"
            data={missing.map((name) => ({ value: name, label: markerWords[name] }))}
            value={chosen}
            onChange={(value) => setMarker(missing.find((name) => name === value))}
            allowDeselect={false}
          />
          <TimeInput label="When" value={at} onChange={setAt} description="Empty: now." />
          <Textarea
            label="How you know"
            autosize
            minRows={2}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            required
            data-autofocus
          />
        </Stack>
      }
    >
      Set a marker
    </Act>
  );
}
