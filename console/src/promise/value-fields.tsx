import { Group, NumberInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { digitsOf } from './objective-draft.ts';
import type { FieldsProps } from './objective-fields.tsx';

/** What one delivery is worth. */
export function ValueFields({ draft, change, errorOf }: FieldsProps): ReactNode {
  return (
    <Group gap="sm" align="flex-start">
      <NumberInput
        label="What a delivery is worth"
        description="Where its message carries no value."
        min={0}
        // No part of a minor unit: half a yen is none.
        decimalScale={digitsOf(draft.currency)}
        value={draft.value}
        error={errorOf('value.valuePerDelivery')}
        onChange={(value) => change({ value: value === '' ? '' : Number(value) })}
      />
      <TextInput
        label="Currency"
        description="ISO 4217."
        w={110}
        maxLength={3}
        value={draft.currency}
        error={errorOf('value.currency')}
        onChange={(event) => {
          const currency = event.currentTarget.value.toUpperCase();
          const { value } = draft;
          const digits = digitsOf(currency);
          change({ currency, value: value === '' ? '' : Number(value.toFixed(digits)) });
        }}
      />
    </Group>
  );
}
