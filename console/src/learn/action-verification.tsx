import { Group, Paper, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMay } from '../shell/index.ts';
import { Act, Empty, Moment, Payload, Section, Snippet, State } from '../ui/index.ts';
import {
  actionAnswers,
  runsHere,
  verificationOf,
  verificationWords,
  type ActionItem,
  type Verification,
} from './action-item.ts';

/** How it is known that it holds, and what that came to. */
export function ActionVerification({ item }: { readonly item: ActionItem }): ReactNode {
  const verification = verificationOf(item);
  const results = item.results.toReversed();
  const [last, ...earlier] = results;
  return (
    <>
      <Section title="Does it hold?">
        {verification === null ? (
          <Empty title="It has no verification">
            Say by what it is shown to hold: edit it. A detector that is replayed over the incident
            says how much sooner it would have fired.
          </Empty>
        ) : (
          <Stack gap="sm">
            <Paper withBorder p="md">
              {last === undefined ? (
                <Text size="sm">It was not run yet.</Text>
              ) : (
                <Stack gap={6}>
                  <Group gap="xs">
                    <State of={last.isHeld ? 'held' : 'failed'}>
                      {last.isHeld ? 'held' : 'did not hold'}
                    </State>
                    <Text size="xs" c="dimmed">
                      by {last.by}, <Moment at={last.at} />
                    </Text>
                  </Group>
                  <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                    {last.text}
                  </Text>
                </Stack>
              )}
            </Paper>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              <b>Verified by.</b> {verificationWords(verification)}
            </Text>
            {verification.kind === 'contract' && (
              <Payload text={JSON.stringify(verification.payload)} />
            )}
            <Run item={item} verification={verification} />
            {item.state === 'open' && !item.isVerified && (
              <Text size="sm" c="dimmed">
                It can be done once its verification held.
              </Text>
            )}
          </Stack>
        )}
      </Section>
      {earlier.length > 0 && (
        <Section title="Earlier results">
          <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {earlier.map(({ at, by, isHeld, text }) => (
              <Paper key={at} component="li" withBorder p="xs">
                <Group gap="xs" mb={2}>
                  <State of={isHeld ? 'held' : 'failed'}>{isHeld ? 'held' : 'did not hold'}</State>
                  <Text size="xs" c="dimmed">
                    by {by}, <Moment at={at} />
                  </Text>
                </Group>
                <Text size="sm">{text}</Text>
              </Paper>
            ))}
          </Stack>
        </Section>
      )}
    </>
  );
}

function Run({
  item,
  verification,
}: {
  readonly item: ActionItem;
  readonly verification: Verification;
}): ReactNode {
  const may = useMay();
  if (runsHere(verification)) {
    return (
      may.write && (
        <Group>
          <Act
            operation="v1.action.verify"
            request={() => ({ path: { item_id: item.id }, body: {} })}
            changes={actionAnswers}
            said={({ isVerified }) => (isVerified ? 'It holds.' : 'It does not hold yet.')}
            button={{ variant: 'filled', size: 'sm' }}
            hotkey="r"
          >
            Run the verification
          </Act>
        </Group>
      )
    );
  }
  return (
    <Stack gap="xs">
      {verification.kind !== 'link' && (
        <>
          <Text size="sm">
            {verification.kind === 'command'
              ? 'It was written by somebody: read it first. It runs on your machine alone.'
              : 'It is played on your machine, by the command line:'}
          </Text>
          <Snippet
            label="Command"
            text={`holdfast action verify ${item.id}${verification.kind === 'command' ? ' --run' : ''}`}
          />
        </>
      )}
      {may.write && (
        <Group>
          <Tell item={item} />
        </Group>
      )}
    </Stack>
  );
}

function Tell({ item }: { readonly item: ActionItem }): ReactNode {
  const [isHeld, setHeld] = useState('');
  const [text, setText] = useState('');
  return (
    <Act
      operation="v1.action.tell-result"
      request={() => ({
        path: { item_id: item.id },
        body: { isHeld: isHeld === 'yes', text: text.trim() },
      })}
      changes={actionAnswers}
      onOpen={() => {
        setHeld('');
        setText('');
      }}
      said="Kept, as yours."
      isReady={isHeld !== '' && text.trim() !== ''}
      verb="Keep it"
      confirm={
        <Stack gap="sm">
          <Radio.Group label="Did it hold?" value={isHeld} onChange={setHeld} required>
            <Group mt={4}>
              <Radio value="yes" label="It held" />
              <Radio value="no" label="It did not" />
            </Group>
          </Radio.Group>
          <Textarea
            label="What was seen"
            description="With its numbers. It is kept as yours."
            autosize
            minRows={2}
            maxLength={2000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            required
          />
        </Stack>
      }
    >
      Tell what it came to
    </Act>
  );
}
