import { Button, List, Paper, Stack, Text, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Act, momentIn, paths, Section, State, TimeInput } from '../ui/index.ts';
import { incidentAnswers, isEnded, isRunning, type Incident } from './incident.ts';
import { MergeInto } from './merge-into.tsx';

const states = ['open', 'mitigated', 'fixed', 'in_review', 'closed'] as const;

/** Where it stands in its life, what leads on, and what is missing for it. */
export function Life({ incident }: { readonly incident: Incident }): ReactNode {
  const may = useMay();
  const { state } = incident;
  const missing = useMissing(incident);
  const canAct = may.write;
  const isReview = state === 'fixed';
  const isClose = state === 'in_review';
  const move = { path: { incident_id: incident.id }, body: {} } as const;
  return (
    <Section title="Its life" id="life">
      <Paper withBorder p="sm">
        <Stack gap="sm">
          <Text size="sm">
            {states.some((each) => each === state)
              ? states.map((each, nth) => (
                  <span key={each}>
                    {nth > 0 && ' → '}
                    {each === state ? <State of={each} /> : each.replace('_', ' ')}
                  </span>
                ))
              : 'It has ended: '}
            {!states.some((each) => each === state) && <State of={state} />}
          </Text>
          {missing.length > 0 && (
            <div>
              <Text size="sm" fw={600}>
                {isClose ? 'Before it can be closed' : 'Before the next step'}
              </Text>
              <List size="sm" spacing={2}>
                {missing.map((each) => (
                  <List.Item key={each}>{each}</List.Item>
                ))}
              </List>
            </div>
          )}
          {canAct && (
            <Stack gap="xs" align="flex-start">
              {isReview && (
                <Act
                  operation="v1.incident.review"
                  request={() => move}
                  changes={incidentAnswers}
                  said="In review: its postmortem says what was learned."
                  button={{ variant: 'filled' }}
                >
                  Take into review
                </Act>
              )}
              {isClose && (
                <Act
                  operation="v1.incident.close"
                  request={() => move}
                  changes={incidentAnswers}
                  said="Closed."
                  confirm="It ends here. Impact that comes back begins a new episode of it."
                  isDisabled={missing.length > 0}
                  button={{ variant: 'filled' }}
                >
                  Close
                </Act>
              )}
              {state !== 'open' && state !== 'declined' && state !== 'merged' && (
                <Reopen incident={incident} />
              )}
              {!isEnded(incident) && <MergeInto incident={incident} />}
              {(state === 'open' || state === 'mitigated') && <Decline incident={incident} />}
            </Stack>
          )}
          <Stack gap={6} align="flex-start">
            <Button
              size="xs"
              variant="light"
              renderRoot={(props) => <Link {...props} to={paths.postmortem(incident.id)} />}
            >
              Postmortem
            </Button>
            <Button
              size="xs"
              variant="light"
              renderRoot={(props) => <Link {...props} to={paths.story(incident.id)} />}
            >
              Story
            </Button>
          </Stack>
        </Stack>
      </Paper>
    </Section>
  );
}

/** What stands before the next state, in words that say what to do. */
function useMissing(incident: Incident): readonly string[] {
  const { state, fixes, markers, mitigations, severity } = incident;
  const isReviewed = state === 'in_review' && severity <= 2;
  const postmortem = useAnswer(
    'v1.postmortem.get',
    { path: { incident_id: incident.id } },
    { isWanted: isReviewed },
  );
  if (state === 'open') {
    return markers.mitigated === undefined
      ? ['The impact has to be over for five minutes; then it is mitigated by itself.']
      : [];
  }
  if (state === 'mitigated') {
    return fixes.length === 0
      ? ['Record the fix that removes the cause.']
      : ['The fix has to hold for five minutes, with nothing held back.'];
  }
  if (state !== 'in_review') return [];
  return [
    ...mitigations.filter(isRunning).map(({ title }) => `Undo “${title}”, or say why it stays.`),
    ...(!isReviewed || postmortem.isPending
      ? []
      : postmortem.data === undefined
        ? ['At severity 1 and 2: write its postmortem.']
        : [
            ...(postmortem.data.state === 'published'
              ? []
              : [
                  `At severity 1 and 2: publish its postmortem, which is ${postmortem.data.state.replace('_', ' ')}.`,
                ]),
            ...postmortem.data.missing.map((each) => `Postmortem: ${each}`),
          ]),
  ];
}

function Reopen({ incident }: { readonly incident: Incident }): ReactNode {
  const [reason, setReason] = useState('');
  const [at, setAt] = useState('');
  return (
    <Act
      operation="v1.incident.reopen"
      request={() => {
        const moment = momentIn(at);
        return {
          path: { incident_id: incident.id },
          body: { reason: reason.trim(), ...(moment === null ? {} : { at: moment }) },
        };
      }}
      changes={incidentAnswers}
      onOpen={() => {
        setReason('');
        setAt('');
      }}
      said="A new episode begins, with markers of its own."
      isReady={reason.trim() !== ''}
      confirm={
        <Stack gap="sm">
          <Text size="sm">
            A new episode begins, with markers of its own. Those of the last one stay as they were.
          </Text>
          <Textarea
            label="What is back"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
            data-autofocus
          />
          <TimeInput
            label="Since when"
            description="Now, unless you say otherwise."
            value={at}
            onChange={setAt}
          />
        </Stack>
      }
    >
      Reopen
    </Act>
  );
}

function Decline({ incident }: { readonly incident: Incident }): ReactNode {
  const [reason, setReason] = useState('');
  return (
    <Act
      operation="v1.incident.decline"
      request={() => ({ path: { incident_id: incident.id }, body: { reason: reason.trim() } })}
      changes={incidentAnswers}
      onOpen={() => setReason('')}
      said="Declined: it is no incident, and counts in no figure."
      isReady={reason.trim() !== ''}
      button={{ color: 'red' }}
      confirm={
        <Stack gap="sm">
          <Text size="sm">
            It is final: nothing moves it any more, it counts in no figure, and the same firing of
            an alert does not open it again.
          </Text>
          <Textarea
            label="Why it is no incident"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
            data-autofocus
          />
        </Stack>
      }
    >
      Decline
    </Act>
  );
}
