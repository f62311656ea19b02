import { Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Answered, changeWords, Moment, paths, Section, State, To } from '../ui/index.ts';
import { isEnded, type Incident, type Suspect } from './incident.ts';
import { RevertSuspects } from './revert-suspects.tsx';

const SHOWN = 3;

/** The first question: what changed before it, the likeliest cause first. */
export function Suspects({ incident }: { readonly incident: Incident }): ReactNode {
  const [isAll, setAll] = useState(false);
  const answer = useAnswer(
    'v1.incident.list-suspects',
    { path: { incident_id: incident.id }, query: { limit: 20 } },
    isEnded(incident) ? {} : { everyMs: 60_000 },
  );
  return (
    <Section title="What changed" id="suspects">
      <Answered of={answer} rows={2}>
        {({ data }) =>
          data.length === 0 ? (
            <Text size="sm" c="dimmed">
              No change of the 14 days before could have broken what fails. What was changed
              elsewhere stands here once it is told of: POST /api/v1/change/deploy.
            </Text>
          ) : (
            <Stack gap="xs">
              <Stack gap="xs" role="list" aria-label="Suspects">
                {(isAll ? data : data.slice(0, SHOWN)).map((suspect) => (
                  <One key={suspect.change.id} suspect={suspect} all={data} incident={incident} />
                ))}
              </Stack>
              {data.length > SHOWN && (
                <Button variant="subtle" size="xs" onClick={() => setAll(!isAll)}>
                  {isAll ? 'Only the likeliest' : `${data.length - SHOWN} less likely ones`}
                </Button>
              )}
            </Stack>
          )
        }
      </Answered>
    </Section>
  );
}

function One({
  suspect,
  all,
  incident,
}: {
  readonly suspect: Suspect;
  readonly all: readonly Suspect[];
  readonly incident: Incident;
}): ReactNode {
  const may = useMay();
  const { rank, score, change, reasons, together, isRevertible, at } = suspect;
  const others = all.filter(({ change: { id } }) => together.includes(id));
  const canGo = may.write && !isEnded(incident) && change.revertedBy === null;
  return (
    <Paper withBorder p="sm" role="listitem">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={2} style={{ flex: '1 1 320px', minWidth: 0 }}>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            <b>{rank}.</b> <To to={paths.change(change.id)}>{changeWords(change)}</To>, by{' '}
            {change.actor}, <Moment at={at} />
          </Text>
          {change.reason !== '' && <Text size="sm">“{change.reason}”</Text>}
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {reasons.slice(0, others.length > 0 ? 2 : 3).join(' ')}
            {others.length > 0 &&
              ` Within 30 minutes of: ${others.map(({ change: other }) => changeWords(other)).join('; ')}.`}
          </Text>
        </Stack>
        <Stack gap={6} align="flex-end">
          <Score score={score} />
          {change.revertedBy !== null ? (
            <State of="undone">taken back</State>
          ) : isRevertible ? (
            canGo && (
              <>
                <RevertSuspects
                  incident={incident}
                  changeIds={[change.id]}
                  what={changeWords(change)}
                />
                {others.length > 0 && (
                  <RevertSuspects
                    incident={incident}
                    changeIds={[
                      change.id,
                      ...others.filter((each) => each.isRevertible).map((each) => each.change.id),
                    ]}
                    what={`${changeWords(change)}, and what was changed with it`}
                    isTogether
                  />
                )}
              </>
            )
          ) : (
            <Text size="xs" c="dimmed">
              Cannot be taken back from here
            </Text>
          )}
        </Stack>
      </Group>
    </Paper>
  );
}

function Score({ score }: { readonly score: number }): ReactNode {
  const value = Math.round(score * 100);
  return (
    <Group gap={6} wrap="nowrap">
      <Progress value={value} w={64} size="sm" aria-hidden />
      <Text size="xs" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {value} of 100
      </Text>
    </Group>
  );
}
