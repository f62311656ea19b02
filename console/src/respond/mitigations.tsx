import { Group, Paper, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMay } from '../shell/index.ts';
import { Act, Moment, paths, State, To } from '../ui/index.ts';
import { incidentAnswers, isEnded, isRunning, type Incident, type Mitigation } from './incident.ts';

/** Mitigations that were applied, those in force first. */
export function Mitigations({ incident }: { readonly incident: Incident }): ReactNode {
  const { mitigations } = incident;
  if (mitigations.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No mitigation was applied yet.
      </Text>
    );
  }
  const running = mitigations.filter(isRunning);
  const rest = mitigations.filter((each) => !isRunning(each));
  return (
    <Stack gap="xs" role="list" aria-label="Mitigations that were applied">
      {[...running, ...rest.toReversed()].map((mitigation) => (
        <One key={mitigation.id} mitigation={mitigation} incident={incident} />
      ))}
    </Stack>
  );
}

function One({
  mitigation,
  incident,
}: {
  readonly mitigation: Mitigation;
  readonly incident: Incident;
}): ReactNode {
  const may = useMay();
  const { title, by, isAutomatic, at, changeIds, undoneAt, undoneBy, keptBecause } = mitigation;
  const [change] = changeIds;
  return (
    <Paper withBorder p="sm" role="listitem">
      <Group justify="space-between" gap="sm" align="flex-start">
        <Stack gap={2} style={{ flex: '1 1 280px', minWidth: 0 }}>
          <Group gap="xs">
            <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
              {title}
            </Text>
            <Standing mitigation={mitigation} />
          </Group>
          <Text size="sm" c="dimmed">
            By {isAutomatic ? 'a rule, by itself' : by}, <Moment at={at} />
            {change !== undefined && (
              <>
                , as <To to={paths.change(change)}>a change</To>
              </>
            )}
            {undoneAt !== null && (
              <>
                . Undone by {undoneBy ?? 'somebody'}, <Moment at={undoneAt} />
              </>
            )}
            {keptBecause === null ? '.' : `. Stays: ${keptBecause}`}
          </Text>
        </Stack>
        {may.write && isRunning(mitigation) && !isEnded(incident) && (
          <Group gap="xs">
            <Undo mitigation={mitigation} incident={incident} />
            <Keep mitigation={mitigation} incident={incident} />
          </Group>
        )}
      </Group>
    </Paper>
  );
}

function Standing({ mitigation }: { readonly mitigation: Mitigation }): ReactNode {
  if (mitigation.undoneAt !== null) return <State of="undone" />;
  if (mitigation.keptBecause !== null) return <State of="kept" tone="good" />;
  return mitigation.isReversible ? (
    <State of="in force" tone="busy" />
  ) : (
    <State of="done" tone="good" />
  );
}

function Undo({
  mitigation,
  incident,
}: {
  readonly mitigation: Mitigation;
  readonly incident: Incident;
}): ReactNode {
  const [choice, setChoice] = useState<'refuse' | 'keep' | 'overwrite'>('refuse');
  return (
    <Act
      operation="v1.incident.undo-mitigation"
      request={() => ({
        path: { incident_id: incident.id, mitigation_id: mitigation.id },
        body: choice === 'refuse' ? {} : { onConflict: choice },
      })}
      changes={[...incidentAnswers, 'v1.change.list']}
      name={`Undo: ${mitigation.title}`}
      said="Undone: exactly what it had changed."
      onDone={() => setChoice('refuse')}
      whenRefused={({ code }) =>
        code === 'change_conflict' && (
          <Radio.Group
            label="Somebody has altered the same field since"
            value={choice}
            onChange={(value) => setChoice(value === 'keep' ? 'keep' : 'overwrite')}
          >
            <Stack gap={6} mt={6}>
              <Radio value="keep" label="Keep what they set, undo the rest" />
              <Radio value="overwrite" label="Put back what was there before the mitigation" />
            </Stack>
          </Radio.Group>
        )
      }
    >
      Undo
    </Act>
  );
}

function Keep({
  mitigation,
  incident,
}: {
  readonly mitigation: Mitigation;
  readonly incident: Incident;
}): ReactNode {
  const [reason, setReason] = useState('');
  return (
    <Act
      operation="v1.incident.keep-mitigation"
      request={() => ({
        path: { incident_id: incident.id, mitigation_id: mitigation.id },
        body: { reason: reason.trim() },
      })}
      changes={incidentAnswers}
      name={`Keep: ${mitigation.title}`}
      said="Kept: it is how things are now."
      isReady={reason.trim() !== ''}
      confirm={
        <TextInput
          label="Why it stays"
          description="It becomes how things are; the incident can be closed with it in force."
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          required
          data-autofocus
        />
      }
    >
      Keep
    </Act>
  );
}
