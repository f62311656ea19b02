import { Button, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { HoldfastApiError, useAnswer, type AnswerOf } from '../api/index.ts';
import { Answered, count, Moment, Section, words } from '../ui/index.ts';
import { ExplanationBars } from './explanation-bars.tsx';

type Explanation = AnswerOf<'v1.alert.get-explanation'>;

const SHOWN = 6;
const EVERY_MS = 60_000;
const TITLE = 'What the failures have in common';

/** Of the last hour. */
export function ObjectiveExplanation({ name }: { readonly name: string }): ReactNode {
  const answer = useAnswer(
    'v1.objective.get-explanation',
    { path: { objective_name: name } },
    { everyMs: EVERY_MS },
  );
  return (
    <Section title={`${TITLE}, of the last hour`} id="explanation">
      <Answered of={answer} rows={3}>
        {(found) => <Shown of={found} />}
      </Answered>
    </Section>
  );
}

/** From an hour before it fired until it was over. */
export function AlertExplanation({
  id,
  isOver,
}: {
  readonly id: string;
  readonly isOver: boolean;
}): ReactNode {
  const answer = useAnswer(
    'v1.alert.get-explanation',
    { path: { alert_id: id } },
    isOver ? {} : { everyMs: EVERY_MS },
  );
  const isNone = answer.error instanceof HoldfastApiError && answer.error.status === 404;
  return (
    <Section title={TITLE} id="explanation">
      {isNone ? (
        <Text size="sm" c="dimmed">
          This alert is not about outcomes of deliveries, or its objective is gone: there is nothing
          to compare.
        </Text>
      ) : (
        <Answered of={answer} rows={3}>
          {(found) => <Shown of={found} />}
        </Answered>
      )}
    </Section>
  );
}

function Shown({ of }: { readonly of: Explanation }): ReactNode {
  const [isAll, setAll] = useState(false);
  const { exact, sample, explanations, symptoms, from, to } = of;
  const rows = isAll ? explanations : explanations.slice(0, SHOWN);
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {count(exact.bad)} of {count(exact.total)} failed between <Moment at={from} isAbsolute />{' '}
        and <Moment at={to} isAbsolute />.{' '}
        {sample.isWhole
          ? 'All of them were looked at.'
          : `${count(sample.lookedAt)} were looked at; figures with ~ are of these.`}
      </Text>
      {explanations.length === 0 ? (
        <Text size="sm">Nothing sets what failed apart from what did not.</Text>
      ) : (
        <>
          <Text size="sm" c="dimmed">
            Filled: the share that failed there. Across its end: where that share lies, at 95 %.
            Dashed: the share of all others.
          </Text>
          <ExplanationBars rows={rows} />
        </>
      )}
      {explanations.length > SHOWN && (
        <Button
          variant="subtle"
          size="compact-sm"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => setAll(!isAll)}
        >
          {isAll ? 'Only the first' : `${explanations.length - SHOWN} more`}
        </Button>
      )}
      {symptoms.length > 0 && (
        <Text size="sm">
          How they fail:{' '}
          {symptoms
            .slice(0, SHOWN)
            .map(
              ({ dimension, value, bad, mostlyAt }) =>
                `${words(dimension)} ${value} (${count(bad)}${mostlyAt === null ? '' : `, mostly at ${mostlyAt.host}`})`,
            )
            .join(', ')}
          .
        </Text>
      )}
    </Stack>
  );
}
