import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { State, words } from '../ui/index.ts';
import type { Finding } from './postmortem.ts';

/** What looks at people instead of conditions: each with its reason, and what can stand in its place. */
export function PostmortemFindings({
  findings,
  text,
  isEditable,
  onShow,
  onReplace,
}: {
  readonly findings: readonly Finding[];
  /** As it is typed now: a finding of an older text is not replaced. */
  readonly text: string;
  readonly isEditable: boolean;
  readonly onShow: (place: { readonly start: number; readonly end: number }) => void;
  readonly onReplace: (start: number, end: number, text: string) => void;
}): ReactNode {
  if (findings.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        ✓ Nothing in it looks at people instead of conditions. This is looked at while you type.
      </Text>
    );
  }
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {findings.map((finding) => {
        const { flag, severity, phrase, reason, rewrite, start, place, replacements } = finding;
        const isThere = place !== null && text.startsWith(phrase, place.start);
        return (
          <Paper
            key={`${start.offset} ${flag}`}
            component="li"
            withBorder
            p="xs"
            aria-label={`${phrase}: ${severity === 'block' ? 'blocks' : 'warning'}`}
          >
            <Group gap="xs" mb={4}>
              <State of={severity} tone={severity === 'block' ? 'bad' : 'warn'}>
                {severity === 'block' ? 'blocks' : 'warning'}
              </State>
              <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
                “{phrase}”
              </Text>
              <Text size="xs" c="dimmed">
                {words(finding.section)}
              </Text>
            </Group>
            <Text size="sm">{reason}</Text>
            <Text size="sm" c="dimmed">
              {rewrite}
            </Text>
            <Group gap={6} mt={6}>
              {place === null ? (
                <Text size="xs">
                  The record says it, not this text: change it there, or write it in words of your
                  own.
                </Text>
              ) : (
                <>
                  <Button
                    size="compact-xs"
                    variant="default"
                    disabled={!isThere}
                    aria-label={`Show in the text: ${phrase}`}
                    onClick={() => onShow(place)}
                  >
                    Show in the text
                  </Button>
                  {isEditable &&
                    replacements.map((replacement) => (
                      <Button
                        key={replacement}
                        size="compact-xs"
                        variant="light"
                        disabled={!isThere}
                        h="auto"
                        py={3}
                        styles={{
                          label: { whiteSpace: 'normal', textAlign: 'left', overflow: 'visible' },
                        }}
                        onClick={() => onReplace(place.start, place.end, replacement)}
                      >
                        {replacement === '' ? 'Strike it' : `Write “${replacement}”`}
                      </Button>
                    ))}
                </>
              )}
            </Group>
          </Paper>
        );
      })}
    </Stack>
  );
}
