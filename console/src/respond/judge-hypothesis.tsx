import { Select, Stack, Text, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Act } from '../ui/index.ts';
import { incidentAnswers, type Hypothesis, type Incident } from './incident.ts';

/** Confirms a hypothesis, which takes that the SLI moved; or refutes it. */
export function JudgeHypothesis({
  incident,
  hypothesis,
  state,
}: {
  readonly incident: Incident;
  readonly hypothesis: Hypothesis;
  readonly state: 'confirmed' | 'refuted';
}): ReactNode {
  const [verdict, setVerdict] = useState('');
  const [testedBy, setTestedBy] = useState<string | null>(null);
  const isConfirming = state === 'confirmed';
  const verb = isConfirming ? 'Confirm' : 'Refute';
  return (
    <Act
      operation="v1.incident.judge-hypothesis"
      request={() => ({
        path: { incident_id: incident.id, hypothesis_id: hypothesis.id },
        body: {
          state,
          ...(verdict.trim() === '' ? {} : { verdict: verdict.trim() }),
          ...(testedBy === null ? {} : { testedBy }),
        },
      })}
      changes={incidentAnswers}
      onOpen={() => {
        setVerdict('');
        setTestedBy(null);
      }}
      name={`${verb}: ${hypothesis.cause}`}
      said={({ movement }) =>
        `${isConfirming ? 'Confirmed' : 'Refuted'}.${movement === null ? '' : ` ${movement.text}`}`
      }
      isReady={isConfirming || verdict.trim() !== ''}
      confirm={
        <Stack gap="sm">
          <Text size="sm">
            {isConfirming
              ? `Holdfast looks whether ${hypothesis.metric} moved after the change that tests it, and refuses otherwise. The counts are kept.`
              : 'It stays in the list, with what refuted it.'}
          </Text>
          {isConfirming && (
            <Select
              label="What tested it"
              description={
                hypothesis.changeIds.length === 0
                  ? 'A change that would have moved the SLI.'
                  : 'The changes that it blames, unless you name another.'
              }
              data={incident.mitigations.flatMap(({ title, changeIds, undoChangeIds }) => [
                ...changeIds.slice(0, 1).map((value) => ({ value, label: title })),
                ...undoChangeIds
                  .slice(0, 1)
                  .map((value) => ({ value, label: `Undo of: ${title}` })),
              ])}
              value={testedBy}
              onChange={setTestedBy}
              placeholder="One of the mitigations"
              clearable
            />
          )}
          <Textarea
            label={isConfirming ? 'What was seen' : 'What refuted it'}
            autosize
            minRows={2}
            value={verdict}
            onChange={(event) => setVerdict(event.currentTarget.value)}
            required={!isConfirming}
            data-autofocus
          />
        </Stack>
      }
    >
      {verb}
    </Act>
  );
}
