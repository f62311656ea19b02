import { Button, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { paths, percent, State } from '../ui/index.ts';
import { Quote } from './grade-card.tsx';
import type { PromptFit, Sentence } from './story.ts';

/** Which of the eleven prompts it serves, and how to open each. */
export function PromptFits({
  fits,
  onShow,
}: {
  readonly fits: readonly PromptFit[];
  readonly onShow: (sentence: Sentence) => void;
}): ReactNode {
  const [isAll, setAll] = useState(false);
  const served = fits.filter(({ isServed }) => isServed);
  return (
    <Stack gap="xs">
      {served.length === 0 && (
        <Text size="sm" c="dimmed">
          It serves none of the eleven well yet.
        </Text>
      )}
      {(isAll ? fits : served).map(({ prompt, title, fit, isServed, open, sentence }) => (
        <div key={prompt}>
          <Group gap="xs" justify="space-between" wrap="nowrap">
            <Text size="sm" fw={600}>
              {title}
            </Text>
            <State of={isServed ? 'serves' : 'hardly'} tone={isServed ? 'good' : 'quiet'}>
              {percent(fit)}
            </State>
          </Group>
          <Text size="sm">{open}</Text>
          {isServed && sentence !== null && (
            <>
              <Quote text={sentence.text} />
              <Group gap={6} mt={4}>
                <Button size="compact-xs" variant="default" onClick={() => onShow(sentence)}>
                  Show in the text
                </Button>
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`Practise: ${title}`}
                  renderRoot={(props) => (
                    <Link {...props} to={paths.practice} search={{ prompt }} />
                  )}
                >
                  Practise
                </Button>
              </Group>
            </>
          )}
        </div>
      ))}
      <Group>
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(!isAll)}>
          {isAll ? 'Only those that it serves' : 'All eleven'}
        </Button>
      </Group>
    </Stack>
  );
}
