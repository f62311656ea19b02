import { Select, SimpleGrid, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { valueOf } from './policy-draft.ts';
import type { PolicyField } from './policy-fields.ts';
import { fieldText, type PolicyDraft } from './policy-values.ts';

/** Fields of a policy. An empty one is left to whoever is asked next, and shows what the service would say. */
export function PolicyForm({
  fields,
  draft,
  base,
  errors,
  set,
  isReadOnly,
  across,
}: {
  readonly fields: readonly PolicyField[];
  readonly draft: PolicyDraft;
  /** What the service's settings say. */
  readonly base: object | undefined;
  readonly errors: Readonly<Record<string, string>>;
  readonly set: (id: string, text: string) => void;
  readonly isReadOnly: boolean;
  readonly across: 2 | 4;
}): ReactNode {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: across }} spacing="sm">
      {fields.map((field) => {
        const { id, label, unit, hint } = field;
        const usual = base === undefined ? '' : fieldText(field, valueOf(base, id));
        const shared = {
          label: unit === undefined ? label : `${label} (${unit})`,
          description: hint === '' ? undefined : hint,
          error: errors[id],
          disabled: isReadOnly,
          inputWrapperOrder: ['label', 'input', 'description', 'error'] as const,
        };
        return field.kind === 'switch' ? (
          <Select
            key={id}
            {...shared}
            inputWrapperOrder={[...shared.inputWrapperOrder]}
            data={['yes', 'no']}
            clearable
            placeholder={usual === '' ? 'service' : `service: ${usual}`}
            value={draft[id] === '' || draft[id] === undefined ? null : draft[id]}
            onChange={(value) => set(id, value ?? '')}
          />
        ) : (
          <TextInput
            key={id}
            {...shared}
            inputWrapperOrder={[...shared.inputWrapperOrder]}
            placeholder={usual === '' ? 'no limit' : `service: ${usual}`}
            value={draft[id] ?? ''}
            onChange={(event) => set(id, event.currentTarget.value)}
          />
        );
      })}
    </SimpleGrid>
  );
}
