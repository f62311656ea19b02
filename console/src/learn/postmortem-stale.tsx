import { Alert, Button, Group, Text } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { LineDiff } from './line-diff.tsx';
import type { Draft } from './postmortem-draft.ts';
import type { Postmortem } from './postmortem.ts';

/** Somebody else saved meanwhile: what differs, and which of both goes on. */
export function PostmortemStale({
  postmortem: { version, changedBy, shown },
  draft,
  onMine,
  onTheirs,
}: {
  readonly postmortem: Postmortem;
  readonly draft: Draft;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
}): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Newer browsers answer with a promise, which is no way to clean up.
    place.current?.scrollIntoView({ block: 'center' });
  }, []);
  return (
    <Alert
      ref={place}
      color="orange"
      mt="sm"
      title={`Version ${version} is there by now, by ${changedBy}`}
    >
      <Text size="sm" mb="xs">
        You began from version {draft.basedOn}. Your text is kept here; this is what theirs has (+)
        and yours has not, and the other way round (−).
      </Text>
      <LineDiff before={draft.text} after={shown.markdown} />
      <Group mt="xs">
        <Button size="xs" onClick={onMine}>
          Go on with mine
        </Button>
        <Button size="xs" variant="default" onClick={onTheirs}>
          Take theirs
        </Button>
      </Group>
    </Alert>
  );
}
