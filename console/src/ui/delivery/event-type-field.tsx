import { Autocomplete, type AutocompleteProps } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';

/** An event type by its name: one of those that are offered, or any that is typed. */
export function EventTypeField({
  names,
  value,
  onChange,
  ...field
}: {
  readonly names: readonly string[];
  readonly value: string;
  /** Once a name is chosen, or typed to its end. */
  readonly onChange: (value: string) => void;
} & Pick<
  AutocompleteProps,
  'size' | 'w' | 'placeholder' | 'description' | 'clearable'
>): ReactNode {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const isTyped = text !== value;
  const wanted = text.trim().toLowerCase();
  return (
    <Autocomplete
      label="Event type"
      {...field}
      data={names.filter((name) => !isTyped || name.toLowerCase().includes(wanted))}
      filter={({ options }) => options}
      value={text}
      onChange={(next) => {
        setText(next);
        if (next === '') onChange('');
      }}
      onOptionSubmit={onChange}
      onBlur={() => onChange(text.trim())}
      onKeyDown={({ key }) => {
        if (key === 'Enter') onChange(text.trim());
      }}
    />
  );
}
