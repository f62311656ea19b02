import { Paper, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMay } from '../shell/index.ts';
import { Act, Moment, momentIn, paths, Section, State, TimeInput, To } from '../ui/index.ts';
import { incidentAnswers, isEnded, type Incident } from './incident.ts';

/** A fix removes this cause; a prevention the class of causes. Two lists, and neither is a mitigation. */
export function Fixes({ incident }: { readonly incident: Incident }): ReactNode {
  const may = useMay();
  const { fixes, preventions } = incident;
  const canAct = may.write && !isEnded(incident);
  return (
    <>
      <Section
        title="What removes the cause"
        id="fixes"
        actions={canAct && <AddFix incident={incident} />}
      >
        {fixes.length === 0 ? (
          <Text size="sm" c="dimmed">
            No fix yet. A mitigation stops the impact; a fix removes what caused it.
          </Text>
        ) : (
          <Stack gap="xs" role="list" aria-label="Fixes">
            {fixes.map(({ id, text, changeId, inForceAt, by, heldAt }) => (
              <Paper key={id} withBorder p="sm" role="listitem">
                <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                  {text}{' '}
                  {heldAt === null ? (
                    <State of="waiting" tone="busy">
                      not yet seen to hold
                    </State>
                  ) : (
                    <State of="held" />
                  )}
                </Text>
                <Text size="xs" c="dimmed">
                  {by}; in force <Moment at={inForceAt} />
                  {changeId !== null && (
                    <>
                      , as <To to={paths.change(changeId)}>a change</To>
                    </>
                  )}
                  {heldAt !== null && (
                    <>
                      ; held since <Moment at={heldAt} />
                    </>
                  )}
                </Text>
              </Paper>
            ))}
          </Stack>
        )}
      </Section>
      <Section
        title="What prevents the next one"
        actions={canAct && <AddPrevention incident={incident} />}
      >
        {preventions.length === 0 ? (
          <Text size="sm" c="dimmed">
            No prevention yet: a guardrail against the whole class of causes, with a date.
          </Text>
        ) : (
          <Stack gap="xs" role="list" aria-label="Preventions">
            {preventions.map(({ id, text, by, at }) => (
              <Paper key={id} withBorder p="sm" role="listitem">
                <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                  {text}
                </Text>
                <Text size="xs" c="dimmed">
                  {by}, <Moment at={at} />
                </Text>
              </Paper>
            ))}
          </Stack>
        )}
      </Section>
    </>
  );
}

function AddFix({ incident }: { readonly incident: Incident }): ReactNode {
  const [text, setText] = useState('');
  const [changeId, setChangeId] = useState('');
  const [at, setAt] = useState('');
  return (
    <Act
      operation="v1.incident.fix"
      request={() => {
        const inForceAt = momentIn(at);
        return {
          path: { incident_id: incident.id },
          body: {
            text: text.trim(),
            ...(changeId.trim() === '' ? {} : { changeId: changeId.trim() }),
            ...(inForceAt === null ? {} : { inForceAt }),
          },
        };
      }}
      changes={incidentAnswers}
      onOpen={() => {
        setText('');
        setChangeId('');
        setAt('');
      }}
      said="Recorded. Whether it holds is seen by itself, five minutes after it came into force."
      isReady={text.trim() !== ''}
      hotkey="f"
      confirm={
        <Stack gap="sm">
          <Textarea
            label="What removes the cause"
            autosize
            minRows={2}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            required
            data-autofocus
          />
          <TextInput
            label="The change, by its id"
            description="Where it was made in Holdfast: chg_…"
            value={changeId}
            onChange={(event) => setChangeId(event.currentTarget.value)}
          />
          <TimeInput
            label="In force since"
            description="The change's moment, or now, unless you say otherwise."
            value={at}
            onChange={setAt}
          />
        </Stack>
      }
    >
      Record a fix
    </Act>
  );
}

function AddPrevention({ incident }: { readonly incident: Incident }): ReactNode {
  const [text, setText] = useState('');
  return (
    <Act
      operation="v1.incident.prevention"
      request={() => ({ path: { incident_id: incident.id }, body: { text: text.trim() } })}
      changes={incidentAnswers}
      onOpen={() => setText('')}
      said="Recorded. An action item gives it an owner, a date and a check."
      isReady={text.trim() !== ''}
      confirm={
        <Textarea
          label="What prevents the class of causes"
          placeholder="New URLs are tried by a canary first, from 1 December on."
          autosize
          minRows={2}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          required
          data-autofocus
        />
      }
    >
      Record a prevention
    </Act>
  );
}
