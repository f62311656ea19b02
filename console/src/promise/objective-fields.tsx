import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Draft } from './objective-draft.ts';
import { PromiseFields } from './promise-fields.tsx';
import { SliceFields } from './slice-fields.tsx';
import { TeamFields } from './team-fields.tsx';
import { ValueFields } from './value-fields.tsx';

export type FieldsProps = {
  readonly draft: Draft;
  readonly change: (more: Partial<Draft>) => void;
  readonly isNew: boolean;
  /** What the API says of a field, by the beginning of its name. */
  readonly errorOf: (field: string) => string | undefined;
};

/** What is promised, of which deliveries, by whom and to whom. */
export function ObjectiveFields(props: FieldsProps): ReactNode {
  return (
    <Stack gap="md">
      <PromiseFields {...props} />
      <TeamFields {...props} />
      <SliceFields {...props} />
      <ValueFields {...props} />
    </Stack>
  );
}
