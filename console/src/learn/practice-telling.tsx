import { Alert, Button, Group, Kbd, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Operations } from '../api/index.ts';
import { useKey, useUnsaved } from '../ui/index.ts';
import { useDictation } from './dictation.ts';
import { SectionField } from './practice-section.tsx';
import { Voice } from './practice-voice.tsx';
import { useSectionClock } from './section-clock.ts';
import type { Guide } from './story.ts';

export type Told = Operations['v1.practice.judge']['body']['told'];
type Section = Guide['sections'][number];

const NOT_KEPT = 'What you told is kept nowhere.';

/** Section by section, each with its clock. What is told may be typed, or spoken where the browser offers that. */
export function PracticeTelling({
  prompt,
  sections,
  isJudging,
  onDone,
  onCancel,
}: {
  readonly prompt: Guide['data'][number];
  readonly sections: readonly Section[];
  readonly isJudging: boolean;
  readonly onDone: (told: Told) => void;
  readonly onCancel: () => void;
}): ReactNode {
  const [at, setAt] = useState(0);
  const [texts, setTexts] = useState<readonly string[]>(() => sections.map(() => ''));
  const clock = useSectionClock(sections.length, at);
  const fields = useRef<(HTMLTextAreaElement | null)[]>([]);
  const write = (nth: number, text: string): void =>
    setTexts((all) => all.map((each, place) => (place === nth ? text : each)));
  const dictation = useDictation((piece) =>
    setTexts((all) =>
      all.map((each, place) =>
        place === at
          ? `${each}${each === '' || each.endsWith(' ') ? '' : ' '}${piece.trim()}`
          : each,
      ),
    ),
  );
  const { start } = clock;
  useEffect(() => {
    start();
    fields.current[0]?.focus();
    // Once, when it begins.
  }, []);
  const isLast = at === sections.length - 1;
  const finish = (): void => {
    clock.stop();
    dictation.stop();
    onDone(
      sections.map(({ section }, nth) => ({
        section,
        text: texts[nth] ?? '',
        seconds: clock.seconds[nth] ?? 0,
      })),
    );
  };
  const go = (nth: number): void => {
    setAt(nth);
    window.setTimeout(() => fields.current[nth]?.focus());
  };
  const next = (): void => {
    if (isLast) finish();
    else go(at + 1);
  };
  const toggle = (): void => (clock.isRunning ? clock.stop() : clock.start());
  useKey('p', 'Stop or start the clock', toggle);
  const isSaid = texts.some((text) => text.trim() !== '');
  useUnsaved(isSaid, NOT_KEPT);
  const breakOff = (): void => {
    if (isSaid && !window.confirm(`${NOT_KEPT} Break off all the same?`)) return;
    dictation.stop();
    onCancel();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      if (!isLast || isSaid) next();
    } else if (event.altKey && event.code === 'KeyP') toggle();
    else return;
    event.preventDefault();
  };
  const current = sections[at];
  return (
    <Stack gap="md" maw={860} onKeyDown={onKey}>
      <Title order={2} size="h3">
        {prompt.question}
      </Title>
      <Group gap="sm">
        <Button size="xs" variant="default" onClick={toggle}>
          {clock.isRunning ? 'Stop the clock' : 'Start the clock'}
        </Button>
        <Voice dictation={dictation} />
        <Text size="xs" c="dimmed">
          <Kbd size="xs">Ctrl Enter</Kbd> ends a section, <Kbd size="xs">Alt P</Kbd> stops or starts
          the clock.
        </Text>
      </Group>
      {dictation.problem !== null && (
        <Alert color="orange" title="No voice" role="alert">
          {dictation.problem}
        </Alert>
      )}
      {sections.map((section, nth) => (
        <SectionField
          key={section.section}
          section={section}
          seconds={clock.seconds[nth] ?? 0}
          isCurrent={nth === at}
          isRunning={clock.isRunning}
          heard={nth === at ? dictation.heard : ''}
          text={texts[nth] ?? ''}
          onFocus={() => setAt(nth)}
          onChange={(text) => write(nth, text)}
          field={(area) => {
            fields.current[nth] = area;
          }}
        />
      ))}
      <VisuallyHidden role="status">
        {current !== undefined && (clock.seconds[at] ?? 0) >= current.seconds
          ? `The ${current.seconds} seconds of ${current.section} are over.`
          : ''}
      </VisuallyHidden>
      <Group gap="sm">
        {!isLast && (
          <Button variant="default" onClick={next}>
            Next section
          </Button>
        )}
        <Button onClick={finish} loading={isJudging} disabled={!isSaid}>
          Done: score it
        </Button>
        <Button variant="subtle" onClick={breakOff}>
          Break off
        </Button>
        <Text size="xs" c="dimmed">
          What you tell is sent to Holdfast to be scored, and kept nowhere.
        </Text>
      </Group>
    </Stack>
  );
}
