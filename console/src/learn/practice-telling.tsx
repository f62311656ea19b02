import {
  Alert,
  Button,
  Group,
  Kbd,
  Modal,
  Paper,
  Progress,
  Stack,
  Text,
  Textarea,
  Title,
  VisuallyHidden,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Operations } from '../api/index.ts';
import { useKey } from '../ui/index.ts';
import { hasDictation, useDictation } from './dictation.ts';
import { useSectionClock } from './section-clock.ts';
import type { Guide } from './story.ts';

export type Told = Operations['v1.practice.judge']['body']['told'];
type Section = Guide['sections'][number];

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
        <Button variant="subtle" onClick={onCancel}>
          Break off
        </Button>
        <Text size="xs" c="dimmed">
          What you tell is sent to Holdfast to be scored, and kept nowhere.
        </Text>
      </Group>
    </Stack>
  );
}

function SectionField({
  section: { section, seconds: target },
  seconds,
  isCurrent,
  isRunning,
  heard,
  text,
  onFocus,
  onChange,
  field,
}: {
  readonly section: Section;
  readonly seconds: number;
  readonly isCurrent: boolean;
  readonly isRunning: boolean;
  readonly heard: string;
  readonly text: string;
  readonly onFocus: () => void;
  readonly onChange: (text: string) => void;
  readonly field: (area: HTMLTextAreaElement | null) => void;
}): ReactNode {
  const name = `${section.charAt(0).toUpperCase()}${section.slice(1)}`;
  const over = seconds - target;
  return (
    <Paper
      withBorder
      p="sm"
      style={
        isCurrent ? { borderColor: 'var(--mantine-primary-color-filled)', borderWidth: 2 } : {}
      }
    >
      <Group justify="space-between" mb={4} wrap="nowrap">
        <Text size="sm" fw={600} component="h3" m={0}>
          {name}
          {isCurrent && (isRunning ? ' (the clock runs)' : ' (the clock stands)')}
        </Text>
        <Text
          size="sm"
          fw={isCurrent ? 700 : 400}
          role="timer"
          aria-label={`Clock of ${section}`}
          style={{ fontVariantNumeric: 'tabular-nums' }}
        >
          {over > 0 && '! '}
          {seconds} s of {target} s{over > 0 && `, ${over} s over`}
        </Text>
      </Group>
      <Progress
        value={Math.min(100, (seconds / target) * 100)}
        color={over > 0 ? 'orange' : 'teal'}
        size="sm"
        mb="xs"
        transitionDuration={0}
        aria-label={`Time of ${section}`}
      />
      <Textarea
        aria-label={name}
        autosize
        minRows={isCurrent ? 3 : 1}
        maxRows={14}
        value={text}
        ref={field}
        onFocus={onFocus}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {heard !== '' && (
        <Text size="sm" c="dimmed" fs="italic" aria-live="off">
          {heard}…
        </Text>
      )}
    </Paper>
  );
}

/** Offered where the browser recognises speech; and not before it was said where the sound goes. */
function Voice({ dictation }: { readonly dictation: ReturnType<typeof useDictation> }): ReactNode {
  const [isAllowed, setAllowed] = useState(false);
  const [isAsked, { open, close }] = useDisclosure(false);
  if (!hasDictation()) {
    return (
      <Text size="sm" c="dimmed">
        This browser does not recognise speech: type.
      </Text>
    );
  }
  return (
    <>
      <Button
        size="xs"
        variant={dictation.isOn ? 'filled' : 'default'}
        aria-pressed={dictation.isOn}
        onClick={() => {
          if (dictation.isOn) dictation.stop();
          else if (isAllowed) dictation.start();
          else open();
        }}
      >
        {dictation.isOn ? 'Stop listening' : 'Speak'}
      </Button>
      <Modal opened={isAsked} onClose={close} title="Speak instead of typing" centered>
        <Stack gap="sm">
          <Text size="sm">
            Your browser turns speech into text, and Holdfast gets the text alone. Many browsers do
            not do it on this machine:{' '}
            <b>
              Chrome, Edge and others built on Chromium may send the sound of your voice to their
              maker’s servers.
            </b>{' '}
            Of incidents that are confidential, type.
          </Text>
          <Text size="sm">
            What was recognised stands in the section, and can be corrected there.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Type instead
            </Button>
            <Button
              onClick={() => {
                setAllowed(true);
                close();
                dictation.start();
              }}
            >
              Listen to me
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
