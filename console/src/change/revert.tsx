import { Radio, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAnswer, type AnswerOf, type Operations } from '../api/index.ts';
import {
  Act,
  Answered,
  count,
  Diff,
  Id,
  itemWords,
  paths,
  sidesOf,
  To,
  words,
} from '../ui/index.ts';
import { useNamed } from './use-named.ts';

type Which = Pick<Operations['v1.change.revert']['body'], 'changeIds' | 'lastMinutes' | 'appId'>;
type Choice = NonNullable<Operations['v1.change.revert']['body']['onConflict']>;
type Preview = AnswerOf<'v1.change.preview-revert'>;

const choices = [
  ['refuse', 'Do nothing', 'All of it or nothing. Look at what stands in the way first.'],
  ['keep', 'Keep what is in conflict', 'It stays as it is now; all else goes back.'],
  ['overwrite', 'Take that back too', 'What was altered since goes back as well.'],
] as const satisfies readonly (readonly [Choice, string, string])[];

/** Takes changes back in one change; what that makes of the present configuration is shown before it is done. */
export function Revert({
  which,
  children,
  name,
  above,
  isReady = true,
}: {
  readonly which: Which;
  readonly children: string;
  readonly name?: string;
  /** What is chosen before the preview: a span of time. */
  readonly above?: ReactNode;
  readonly isReady?: boolean;
}): ReactNode {
  const navigate = useNavigate();
  const [isSeen, setSeen] = useState(false);
  const [choice, setChoice] = useState<Choice>('refuse');
  const preview = useAnswer(
    'v1.change.preview-revert',
    { body: { ...which, onConflict: choice } },
    { isWanted: isSeen && isReady, keepsLast: true },
  );
  const isBlocked =
    preview.data === undefined ||
    preview.error !== null ||
    preview.data.reverts.length === 0 ||
    (choice === 'refuse' && preview.data.conflicts.length > 0);
  return (
    <Act
      operation="v1.change.revert"
      request={(reason) => ({ body: { ...which, onConflict: choice, reason } })}
      changes={[
        'v1.change.list',
        'v1.change.get',
        'v1.endpoint.get',
        'v1.endpoint.get-policy',
        'v1.application.get',
        'v1.policy.get',
        'v1.event-type.get',
        'v1.contract.get',
        'v1.pause.list',
      ]}
      onOpen={() => {
        setSeen(true);
        setChoice('refuse');
      }}
      {...(name === undefined ? {} : { name })}
      asksReason
      isReady={isReady && !isBlocked}
      verb="Take it back"
      size="xl"
      said={({ reverts }) =>
        `Taken back: ${count(reverts.length)} ${reverts.length === 1 ? 'change' : 'changes'}.`
      }
      onDone={({ changeId }) => {
        if (changeId !== null) void navigate({ to: paths.change(changeId) });
      }}
      confirm={
        <Stack gap="sm">
          {above}
          {isReady && (
            <Answered of={preview} rows={3}>
              {(value) => <Shown of={value} choice={choice} choose={setChoice} />}
            </Answered>
          )}
        </Stack>
      }
    >
      {children}
    </Act>
  );
}

function Shown({
  of: { items: altered, conflicts, warnings, reverts },
  choice,
  choose,
}: {
  readonly of: Preview;
  readonly choice: Choice;
  readonly choose: (choice: Choice) => void;
}): ReactNode {
  const [{ items } = { items: altered }] = useNamed([{ items: altered }]);
  return (
    <Stack gap="sm">
      <Text size="sm">
        {reverts.length === 0
          ? 'Nothing of it can be taken back.'
          : items.length === 0
            ? 'All of it is as it was before already: the configuration stays as it is.'
            : `This is what it makes of the present configuration, at once. It takes back ${count(reverts.length)} ${reverts.length === 1 ? 'change' : 'changes'} in one commit, is a change itself, and can be taken back.`}
      </Text>
      {items.map((item) => (
        <div key={`${item.kind} ${item.subjectId ?? item.subject}`}>
          <Text size="sm" fw={600}>
            {itemWords(item)}
          </Text>
          <Diff {...sidesOf(item.fields)} />
        </div>
      ))}
      {conflicts.length > 0 && (
        <Stack gap={4} role="alert">
          <Text size="sm" fw={600}>
            In the way: {count(conflicts.length)}{' '}
            {conflicts.length === 1 ? 'conflict' : 'conflicts'}
          </Text>
          {conflicts.map(({ field, kind, subject, subjectId, laterId, now, before, isHidden }) => (
            <Text key={`${kind} ${subjectId} ${field}`} size="sm">
              <b>{field}</b> of {words(kind)}{' '}
              {subject ||
                (items.find((item) => item.subjectId === subjectId)?.subject ?? subjectId)}{' '}
              {laterId === null ? (
                'is no longer what the change made of it'
              ) : (
                <>
                  was altered again by{' '}
                  <To to={paths.change(laterId)}>
                    <Id>{laterId}</Id>
                  </To>
                </>
              )}
              {isHidden ? '.' : `: it is ${shown(now)} now, and was ${shown(before)} before.`}
            </Text>
          ))}
        </Stack>
      )}
      {(conflicts.length > 0 || choice !== 'refuse') && (
        <Radio.Group
          label="What becomes of what is in conflict"
          value={choice}
          onChange={(value) => choose(choices.find(([one]) => one === value)?.[0] ?? 'refuse')}
        >
          <Stack gap={6} mt={4}>
            {choices.map(([value, label, description]) => (
              <Radio key={value} value={value} label={label} description={description} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {warnings.map((warning) => (
        <Text key={warning} size="sm">
          <b>Careful:</b> {warning}
        </Text>
      ))}
    </Stack>
  );
}

function shown(value: unknown): string {
  return value === null || value === undefined ? 'nothing' : JSON.stringify(value);
}
