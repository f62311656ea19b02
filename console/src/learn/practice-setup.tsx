import { Button, Group, Paper, Select, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Moment, paths, To, useKey } from '../ui/index.ts';
import { LensChoice, LensWants } from './lens-choice.tsx';
import type { PracticeView } from './practice-page.tsx';
import type { Guide } from './story.ts';
import { MOST_TRIES, tries } from './tries.ts';

/** What is asked, of whom, and by whose ears. */
export function PracticeSetup({
  guide,
  prompt,
  view,
  onChange,
  onBegin,
}: {
  readonly guide: Guide;
  readonly prompt: Guide['data'][number];
  readonly view: PracticeView;
  readonly onChange: (change: Partial<PracticeView>) => void;
  readonly onBegin: () => void;
}): ReactNode {
  const kept = tries.use();
  const before = kept.findLast((each) => each.prompt === prompt.prompt);
  const whole = guide.sections.reduce((sum, { seconds }) => sum + seconds, 0);
  useKey('b', 'Begin', onBegin);
  return (
    <Stack gap="md" maw={760}>
      <Group gap="sm" align="flex-end">
        <Select
          label="Prompt"
          w={320}
          allowDeselect={false}
          value={view.prompt}
          data={[
            { value: '', label: 'The one that you practised least' },
            ...guide.data.map((each) => ({ value: each.prompt, label: each.title })),
          ]}
          onChange={(next) => onChange({ prompt: next ?? '' })}
        />
        <LensChoice guide={guide} level={view.level} company={view.company} onChange={onChange} />
      </Group>
      <Paper withBorder p="lg">
        <Title order={2} size="h3" mb="xs">
          {prompt.question}
        </Title>
        <LensWants guide={guide} level={view.level} company={view.company} />
        <Text size="sm" mt="xs">
          {prompt.open}
        </Text>
        <Text size="sm" mt="xs">
          {guide.sections.map(({ section, seconds }) => `${section} ${seconds} s`).join(', ')}:{' '}
          {Math.floor(whole / 60)} min {whole % 60} s in all.
        </Text>
        <Group mt="md" gap="sm">
          <Button onClick={onBegin}>Begin</Button>
          <Text size="sm" c="dimmed">
            {before === undefined ? (
              'You have not practised this one yet.'
            ) : (
              <>
                Your last try of it: {before.grade}, {before.score.toFixed(2)},{' '}
                <Moment at={before.at} />.
              </>
            )}
          </Text>
        </Group>
      </Paper>
      <Text size="sm" c="dimmed">
        Tries are kept in this browser alone, the newest {MOST_TRIES}: times, grades and scores, no
        text. {kept.length > 0 && <To to={paths.progress}>Your progress</To>}
      </Text>
    </Stack>
  );
}
