import { MultiSelect, TagsInput, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEventTypes } from './use-event-types.ts';

/** The event types that an endpoint gets; none: every one. `isFree`: names that are in no catalogue can be typed too. */
export function EventTypesField({
  isFree,
  value,
  onChange,
}: {
  readonly isFree: boolean;
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
}): ReactNode {
  const types = useEventTypes();
  const described = new Map(types.map(({ name, description }) => [name, description]));
  const Field = isFree ? TagsInput : MultiSelect;
  return (
    <Field
      label="Event types"
      description={
        value.length === 0
          ? 'None chosen: it gets every event type, also those that are made later.'
          : 'It gets these, and no other.'
      }
      placeholder={value.length === 0 ? 'every one' : ''}
      data={[...new Set([...described.keys(), ...value])]}
      value={[...value]}
      onChange={onChange}
      clearable
      clearButtonProps={{ 'aria-label': 'Choose none' }}
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{option.value}</Text>
          <Text size="xs" c="dimmed">
            {described.get(option.value)}
          </Text>
        </div>
      )}
      {...(isFree
        ? {}
        : {
            searchable: true,
            hidePickedOptions: true,
            nothingFoundMessage: 'No event type is called that.',
          })}
    />
  );
}
