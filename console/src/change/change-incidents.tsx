import { Stack, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, useAnswer, type RowOf } from '../api/index.ts';
import { Answered, Loading, Moment, paths, Section, State, To, type Change } from '../ui/index.ts';

const LISTED = 250;
/** Of those that may name it so many are asked, the nearest first. */
const MOST_ASKED = 6;
const DAY_MS = 86_400_000;
/** Changes that incidents begin soon after are asked about; what comes later is found from the incident. */
const DAYS_AFTER = 14;

type Incident = RowOf<'v1.incident.list'>;
type Named = { readonly incident: Incident; readonly how: readonly string[] };

/** The incidents that name a change: as a suspect, a cause, what was tried, or the fix. */
export function ChangeIncidents({ change }: { readonly change: Change }): ReactNode {
  const incidents = useAnswer('v1.incident.list', { query: { limit: LISTED } });
  return (
    <Section title="Incidents that name it">
      <Answered of={incidents} rows={1}>
        {({ data }) => <Asked change={change} incidents={near(data, Date.parse(change.at))} />}
      </Answered>
    </Section>
  );
}

/** Those that went on when it was made, or began within two weeks after it. */
function near(incidents: readonly Incident[], at: number): readonly Incident[] {
  return incidents
    .filter(({ openedAt, endedAt }) => {
      const isBefore = endedAt !== null && Date.parse(endedAt) < at;
      return !isBefore && Date.parse(openedAt) < at + DAYS_AFTER * DAY_MS;
    })
    .toReversed()
    .slice(0, MOST_ASKED);
}

function Asked({
  change,
  incidents,
}: {
  readonly change: Change;
  readonly incidents: readonly Incident[];
}): ReactNode {
  const { named, isPending } = useQueries({
    queries: incidents.map((incident) => ({
      queryKey: ['incident-names-change', incident.id, change.id],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => ask(incident, change.id, signal),
    })),
    combine: (answers) => ({
      named: answers.flatMap(({ data }) =>
        data === undefined || data.how.length === 0 ? [] : [data],
      ),
      isPending: answers.some((answer) => answer.isPending),
    }),
  });
  if (isPending) return <Loading rows={1} />;
  if (named.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        None that went on then, or began in the two weeks after it.
      </Text>
    );
  }
  return (
    <Stack gap="xs">
      {named.map(({ incident: { id, title, state, openedAt }, how }) => (
        <Text key={id} size="sm" component="div">
          <State of={state} tone={state === 'open' ? 'bad' : 'quiet'} />{' '}
          <To to={paths.incident(id)}>{title}</To>, <Moment at={openedAt} />: {how.join('; ')}.
        </Text>
      ))}
    </Stack>
  );
}

async function ask(incident: Incident, changeId: string, signal: AbortSignal): Promise<Named> {
  const path = { incident_id: incident.id };
  const [known, suspects] = await Promise.all([
    api('v1.incident.get', { path, signal }),
    api('v1.incident.list-suspects', { path, query: { limit: 20 }, signal }),
  ]);
  const suspect = suspects.data.find(({ change }) => change.id === changeId);
  const how = [
    ...(suspect === undefined
      ? []
      : [`suspect ${suspect.rank} of ${suspects.data.length}${reasonOf(suspect.reasons)}`]),
    ...known.hypotheses
      .filter(({ changeIds }) => changeIds.includes(changeId))
      .map(({ state, cause }) => `a hypothesis names it, which is ${state}: “${bare(cause)}”`),
    ...known.mitigations
      .filter(
        ({ changeIds, undoChangeIds }) =>
          changeIds.includes(changeId) || undoChangeIds.includes(changeId),
      )
      .map(() => 'it was made, or taken back, as a mitigation'),
    ...known.fixes
      .filter((fix) => fix.changeId === changeId)
      .map(({ text }) => `it is the fix: “${bare(text)}”`),
  ];
  return { incident, how };
}

function reasonOf([first]: readonly string[]): string {
  return first === undefined ? '' : ` (${bare(first)})`;
}

/** A sentence that goes on in another. */
function bare(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
