import { Button, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Answered, Snippet } from '../ui/index.ts';

/** An objective for a file, or for another tool. */
export function OpenSloExport({ name }: { readonly name: string }): ReactNode {
  const [isShown, setShown] = useState(false);
  const answer = useAnswer(
    'v1.objective.get-openslo',
    { path: { objective_name: name } },
    { isWanted: isShown },
  );
  if (!isShown) {
    return (
      <Button size="xs" variant="default" onClick={() => setShown(true)}>
        Show as OpenSLO
      </Button>
    );
  }
  return (
    <Answered of={answer} rows={3}>
      {({ yaml }) => (
        <Stack gap="xs" align="stretch">
          <Text size="sm" c="dimmed">
            OpenSLO v1. What it has no place for stands in annotations; an import reads those.
          </Text>
          <Snippet text={yaml.trimEnd()} label="OpenSLO" />
          <Button
            size="xs"
            variant="default"
            style={{ alignSelf: 'flex-start' }}
            onClick={() => save(`${name}.yaml`, yaml)}
          >
            Save as {name}.yaml
          </Button>
        </Stack>
      )}
    </Answered>
  );
}

function save(file: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = file;
  anchor.click();
  URL.revokeObjectURL(url);
}
