import { Box, Button, Grid, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { AnswerOf } from '../api/index.ts';
import { Moment, paths, Section, State, useKey } from '../ui/index.ts';
import { GradeCard } from './grade-card.tsx';
import { keep } from './kept.ts';
import { PaceList } from './pace-list.tsx';
import type { Told } from './practice-telling.tsx';
import { SignalList } from './signal-list.tsx';
import { signalWords, type Guide } from './story.ts';

type Report = AnswerOf<'v1.practice.judge'>;

/** What a reviewer would say of a try, and what they would ask next. */
export function PracticeReport({
  report,
  told,
  prompt,
  onAgain,
  onOther,
}: {
  readonly report: Report;
  readonly told: Told;
  readonly prompt: Guide['data'][number];
  readonly onAgain: () => void;
  readonly onOther: () => void;
}): ReactNode {
  const { score, pace, clock, followUps, aimedAt, comparison } = report;
  const [open, setOpen] = useState<string | null>(score.weakest);
  useKey('a', 'Try it again', onAgain);
  return (
    <Stack gap="md">
      <Title order={2} size="h3">
        {prompt.question}
      </Title>
      <Group gap="sm">
        <Button onClick={onAgain}>Try it again</Button>
        <Button variant="default" onClick={onOther}>
          Another prompt
        </Button>
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link {...props} to={paths.stories} onClick={() => keep('story.typed', textOf(told))} />
          )}
        >
          Go on with it as a story
        </Button>
      </Group>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Stack gap="sm">
            <GradeCard score={score} />
            <Section title="You are asked next">
              <Text size="sm" c="dimmed" mb={4}>
                About what is weakest: {signalWords[aimedAt].toLowerCase()}.
              </Text>
              <List spacing={4} type="ordered">
                {followUps.map((question) => (
                  <List.Item key={question}>{question}</List.Item>
                ))}
              </List>
            </Section>
            <Section title="Beside an earlier try">
              <Compared comparison={comparison} score={score} />
            </Section>
            <Section title="Sections against the clock">
              <Stack gap={4} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
                {clock.map(({ section, seconds, target }) => (
                  <Group key={section} component="li" justify="space-between">
                    <Text size="sm">
                      {section}: {seconds === null ? 'not timed' : `${seconds} s`}
                    </Text>
                    <State of="clock" tone={seconds !== null && seconds > target ? 'warn' : 'good'}>
                      {seconds !== null && seconds > target
                        ? `${seconds - target} s over ${target} s`
                        : `within ${target} s`}
                    </State>
                  </Group>
                ))}
              </Stack>
            </Section>
            <Section title="Length, as it would be spoken">
              <PaceList pace={pace} />
            </Section>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Box role="region" aria-label="Ten signals">
            <SignalList
              signals={score.signals}
              weakest={score.weakest}
              open={open}
              onOpen={setOpen}
            />
          </Box>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Compared({
  comparison,
  score,
}: {
  readonly comparison: Report['comparison'];
  readonly score: Report['score'];
}): ReactNode {
  if (comparison === null) {
    return <Text size="sm">This is the first try that is kept.</Text>;
  }
  const { grade, scoreChange, better, worse, isSamePrompt } = comparison;
  const names = (signals: typeof better): string =>
    signals.map((signal) => signalWords[signal].toLowerCase()).join(', ');
  const change =
    scoreChange === 0
      ? 'the same score'
      : `${Math.abs(scoreChange).toFixed(2)} ${scoreChange > 0 ? 'more' : 'less'}`;
  return (
    <Paper withBorder p="sm">
      <Text size="sm">
        Before (<Moment at={comparison.with} />,{' '}
        {isSamePrompt ? 'the same prompt' : 'another prompt'}
        ): {grade}. Now {score.grade}, {change}.
      </Text>
      {better.length > 0 && <Text size="sm">▲ Better: {names(better)}.</Text>}
      {worse.length > 0 && <Text size="sm">▼ Worse: {names(worse)}.</Text>}
      {better.length === 0 && worse.length === 0 && (
        <Text size="sm">No signal moved by a tenth or more.</Text>
      )}
    </Paper>
  );
}

function textOf(told: Told): string {
  return told
    .map(
      ({ section, text }) =>
        `## ${section.charAt(0).toUpperCase()}${section.slice(1)}\n\n${text.trim()}`,
    )
    .join('\n\n');
}
