import { Grid } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { HoldfastApiError } from '../api/index.ts';
import { previewBody, type Draft } from './objective-draft.ts';
import { ObjectiveFields } from './objective-fields.tsx';
import { ObjectivePreview, usePreview } from './objective-preview.tsx';

/** After the last key. */
const QUIET_MS = 500;

/** Fields beside what was recorded: a change of either side is seen in the other. */
export function ObjectiveEditor({
  draft,
  set,
  isNew,
}: {
  readonly draft: Draft;
  readonly set: (draft: Draft) => void;
  readonly isNew: boolean;
}): ReactNode {
  const [quiet] = useDebouncedValue(draft, QUIET_MS);
  const body = previewBody(quiet);
  const preview = usePreview(body);
  const { error } = preview;
  const errorOf = (field: string): string | undefined =>
    error instanceof HoldfastApiError &&
    error.field !== undefined &&
    (error.field === field || error.field.startsWith(`${field}.`))
      ? error.message
      : undefined;
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <ObjectiveFields
          draft={draft}
          change={(more) => set({ ...draft, ...more })}
          isNew={isNew}
          errorOf={errorOf}
        />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <ObjectivePreview of={preview} body={body} />
      </Grid.Col>
    </Grid>
  );
}
