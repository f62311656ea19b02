import { Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMay } from '../shell/index.ts';
import { Moment, paths, Section, State, To, Fields } from '../ui/index.ts';
import { isEnded, type Hypothesis, type Incident } from './incident.ts';
import { JudgeHypothesis } from './judge-hypothesis.tsx';
import { StateHypothesis } from './state-hypothesis.tsx';

/** What the cause may be: what each would have to move, and what would refute it. */
export function Hypotheses({ incident }: { readonly incident: Incident }): ReactNode {
  const may = useMay();
  const { hypotheses } = incident;
  const canAct = may.write && !isEnded(incident);
  return (
    <Section
      title="What the cause may be"
      id="hypotheses"
      actions={canAct && <StateHypothesis incident={incident} />}
    >
      {hypotheses.length === 0 ? (
        <Text size="sm" c="dimmed">
          No hypothesis yet. State one with what would refute it; try that first.
        </Text>
      ) : (
        <Stack gap="xs" role="list" aria-label="Hypotheses">
          {hypotheses.map((hypothesis) => (
            <One key={hypothesis.id} hypothesis={hypothesis} incident={incident} canAct={canAct} />
          ))}
        </Stack>
      )}
    </Section>
  );
}

function One({
  hypothesis,
  incident,
  canAct,
}: {
  readonly hypothesis: Hypothesis;
  readonly incident: Incident;
  readonly canAct: boolean;
}): ReactNode {
  const { state, cause, metric, refutedBy, changeIds, by, at, verdict, copiedFrom } = hypothesis;
  return (
    <Paper withBorder p="sm" role="listitem">
      <Group justify="space-between" gap="sm" align="flex-start">
        <Stack gap={2} style={{ flex: '1 1 280px', minWidth: 0 }}>
          <Group gap="xs">
            <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
              {cause}
            </Text>
            <State
              of={state}
              tone={state === 'open' ? 'busy' : state === 'confirmed' ? 'good' : 'quiet'}
            />
          </Group>
          {copiedFrom !== null && (
            <Text size="sm">
              <b>Copied</b> from <To to={paths.incident(copiedFrom)}>an earlier incident</To>: try
              to refute it first.
            </Text>
          )}
          <Fields
            of={[
              ['Must move', metric],
              ['Refuted by', refutedBy],
              ...(changeIds.length === 0
                ? []
                : [
                    [
                      'Changes',
                      changeIds.map((id, nth) => (
                        <span key={id}>
                          {nth > 0 && ', '}
                          <To to={paths.change(id)}>{id}</To>
                        </span>
                      )),
                    ] as const,
                  ]),
              ...(verdict === '' ? [] : [['Verdict', verdict] as const]),
            ]}
          />
          <Text size="xs" c="dimmed">
            {by}, <Moment at={at} />
          </Text>
        </Stack>
        {canAct && state === 'open' && (
          <Group gap="xs">
            <JudgeHypothesis incident={incident} hypothesis={hypothesis} state="confirmed" />
            <JudgeHypothesis incident={incident} hypothesis={hypothesis} state="refuted" />
          </Group>
        )}
      </Group>
    </Paper>
  );
}
