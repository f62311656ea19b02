import { Alert, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { HoldfastApiError, useAnswer, type AnswerOf } from '../api/index.ts';
import {
  Answered,
  count,
  duration,
  Fault,
  Fields,
  Loading,
  Moment,
  money,
  Section,
  State,
} from '../ui/index.ts';
import { BudgetBar } from './budget-bar.tsx';
import { targetBounds } from './objective-draft.ts';
import {
  achievedWords,
  burnNow,
  forecastWords,
  promiseOf,
  standingOf,
  targetWords,
  type ObjectiveBody,
} from './objective.ts';

type Preview = AnswerOf<'v1.objective.preview'>;
type Replay = AnswerOf<'v1.objective.replay'>;

/** What was recorded, held against the objective before it is stored. */
export function usePreview(
  body: ObjectiveBody,
): ReturnType<typeof useAnswer<'v1.objective.preview'>> {
  return useAnswer('v1.objective.preview', { body }, { keepsLast: true });
}

export function ObjectivePreview({
  of,
  body,
}: {
  readonly of: ReturnType<typeof usePreview>;
  readonly body: ObjectiveBody;
}): ReactNode {
  const replay = useAnswer(
    'v1.objective.replay',
    { body },
    { isWanted: of.data !== undefined && of.error === null, keepsLast: true },
  );
  const isOfField = of.error instanceof HoldfastApiError && of.error.status === 422;
  const refusal =
    of.error?.field === 'target'
      ? `Its target must be from ${targetBounds.min} to ${targetBounds.max} %.`
      : of.error?.message;
  return (
    <Section title="Held against what was recorded">
      {isOfField ? (
        <Alert color="orange" title="It cannot be stored like this" role="status">
          <Text size="sm">{refusal}</Text>
        </Alert>
      ) : of.error !== null ? (
        <Fault error={of.error} again={() => void of.refetch()} />
      ) : of.data === undefined ? (
        <Loading rows={5} />
      ) : (
        <Stack gap="sm">
          <Standing of={of.data} />
          {of.data.objective.indicator === 'accounted' ? (
            <Text size="sm">
              The audit tells of what is unaccounted within seconds; no burn rate is waited for.
            </Text>
          ) : (
            <Answered of={replay} rows={2}>
              {(found) => <Fired of={found} />}
            </Answered>
          )}
        </Stack>
      )}
    </Section>
  );
}

function Standing({ of: { objective, status } }: { readonly of: Preview }): ReactNode {
  const { word, tone } = standingOf(status);
  const total = status.good + status.bad;
  return (
    <>
      <Text size="sm">
        {promiseOf(objective)} <State of={word} tone={tone} />
      </Text>
      {total === 0 ? (
        <Text size="sm">
          Nothing of this slice was recorded in the period. It may name something that is not there,
          or something that has not begun.
        </Text>
      ) : (
        <>
          <Text size="sm">
            <b>{achievedWords(status.ratio, objective.target)} was good</b>, where{' '}
            {targetWords(objective.target)} is promised: {count(status.bad)} bad of {count(total)}.
          </Text>
          <BudgetBar left={status.budget.left} hasTraffic />
        </>
      )}
      <Fields
        of={[
          ['Burn now', burnNow(status)],
          ['Budget', forecastWords(status)],
          [
            'At risk a week',
            status.atRisk.length === 0
              ? undefined
              : status.atRisk.map(({ perWeek, currency }) => money(perWeek, currency)).join(', '),
          ],
        ]}
      />
    </>
  );
}

const SHOWN = 6;

/** "It would have fired 3 times": when, and how it would have begun. */
function Fired({ of }: { readonly of: Replay }): ReactNode {
  const { firings, recordedFrom, isExact, from } = of;
  const since = recordedFrom ?? from;
  const times = firings.length === 1 ? 'once' : `${firings.length} times`;
  return (
    <Stack gap={6} role="group" aria-label="Alerts that it would have raised">
      <Text size="sm" fw={600}>
        {recordedFrom === null
          ? 'Nothing was recorded that it could have fired for.'
          : firings.length === 0
            ? 'It would not have fired in the last 30 days.'
            : `It would have fired ${times} in the last 30 days${firings.length > SHOWN ? ', last:' : ':'}`}
      </Text>
      {firings
        .slice(-SHOWN)
        .toReversed()
        .map(({ firedAt, endedAt, severity, burnRate, windowMs, bad, total }) => (
          <Text key={firedAt} size="sm" component="div">
            <State of={severity} tone={severity === 'page' ? 'bad' : 'warn'} />{' '}
            <Moment at={firedAt} isAbsolute />,{' '}
            {endedAt === null
              ? 'and it would still fire'
              : `for ${duration(Date.parse(endedAt) - Date.parse(firedAt))}`}
            : {count(bad)} bad of {count(total)} within {duration(windowMs)},{' '}
            {burnRate === 1
              ? 'as fast as spends the whole budget'
              : `${burnRate} times too fast or worse`}
            .
          </Text>
        ))}
      {recordedFrom !== null && (
        <Text size="xs" c="dimmed">
          By its burn rates, over what was recorded since <Moment at={since} isAbsolute />.{' '}
          {isExact
            ? ''
            : 'Some hours are no longer known by the minute and count as spread evenly, so a short burst may have fired sooner. '}
          Outages, small steps and silence are looked for too, and are not in this.
        </Text>
      )}
    </Stack>
  );
}
