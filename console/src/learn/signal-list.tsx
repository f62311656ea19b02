import { Accordion, Box, Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { State } from '../ui/index.ts';
import { Quote } from './grade-card.tsx';
import { signalWords, type Sentence, type SignalScore, type SignalId } from './story.ts';

const roles = {
  earned: 'Earned by',
  lost: 'Lost by',
  extend: 'Write it beside',
} as const satisfies Record<Sentence['role'], string>;

/** The ten signals: each with its sentence, the reason, and the next edit. */
export function SignalList({
  signals,
  weakest,
  open,
  onOpen,
  onShow,
}: {
  readonly signals: readonly SignalScore[];
  readonly weakest: SignalId | null;
  /** The one that is looked at. */
  readonly open: string | null;
  readonly onOpen: (signal: string | null) => void;
  /** Where the text stands beside it. */
  readonly onShow?: (sentence: Sentence) => void;
}): ReactNode {
  return (
    <Accordion value={open} onChange={onOpen} variant="contained" radius="md" order={3}>
      {signals.map((one) => (
        <Accordion.Item key={one.signal} value={one.signal}>
          <Accordion.Control py={2}>
            <Group gap="xs" wrap="nowrap" justify="space-between" pr="xs">
              <Box style={{ minWidth: 0 }}>
                <Text size="sm" fw={600}>
                  {one.nth}. {signalWords[one.signal]}
                  {one.signal === weakest && ' (gains most)'}
                </Text>
                <Text size="xs" c="dimmed">
                  {one.edit === '' ? one.title : `→ ${one.edit}`}
                </Text>
              </Box>
              <State of={one.isEarned ? 'earned' : 'missing'} tone={one.isEarned ? 'good' : 'warn'}>
                {one.score.toFixed(2)}
              </State>
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            <SignalDetail signal={one} {...(onShow === undefined ? {} : { onShow })} />
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function SignalDetail({
  signal,
  onShow,
}: {
  readonly signal: SignalScore;
  readonly onShow?: (sentence: Sentence) => void;
}): ReactNode {
  const { title, sentence, reason, edit, elements } = signal;
  return (
    <Stack gap={6}>
      <Text size="sm">Wanted: {title}.</Text>
      {sentence !== null && (
        <div>
          <Text size="xs" fw={600}>
            {roles[sentence.role]}
          </Text>
          <Quote text={sentence.text} />
          {onShow !== undefined && (
            <Button size="compact-xs" variant="default" mt={4} onClick={() => onShow(sentence)}>
              Show in the text
            </Button>
          )}
        </div>
      )}
      <Text size="sm">{reason}</Text>
      {edit !== '' && (
        <Text size="sm">
          <b>Next edit.</b> {edit}
        </Text>
      )}
      {elements.length > 1 && (
        <Stack gap={2} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {elements.map(({ name, share, weight, edit: missing }) => (
            <Text key={name} size="xs" component="li">
              <span aria-hidden>{share >= 1 ? '✓' : '·'}</span> {name}:{' '}
              {(share * weight).toFixed(2)} of {weight.toFixed(2)}
              {share < 1 && missing !== edit && missing !== '' && `. ${missing}`}
            </Text>
          ))}
        </Stack>
      )}
    </Stack>
  );
}
