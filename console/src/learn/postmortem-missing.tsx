import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** What publishing still asks for, each in words that say what to do. */
export function PostmortemMissing({
  missing,
  comments,
}: {
  readonly missing: readonly string[];
  readonly comments: number;
}): ReactNode {
  const all = [
    ...missing.map((each) => `${each.charAt(0).toUpperCase()}${each.slice(1)}.`),
    ...(comments > 0
      ? [`${comments} ${comments === 1 ? 'comment is' : 'comments are'} open: resolve each.`]
      : []),
  ];
  if (all.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        ✓ Nothing. Of severities 1 and 2 all thirteen sections, the markers, a prevention and
        blameless language are asked for; of 3 and 4 its language and its references.
      </Text>
    );
  }
  return (
    <List size="sm" spacing={4}>
      {all.map((each) => (
        <List.Item key={each}>{each}</List.Item>
      ))}
    </List>
  );
}
