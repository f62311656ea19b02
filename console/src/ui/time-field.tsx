import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { zoneSetting } from './moment.tsx';

/** A moment as a filter: in the address as ISO 8601 in UTC, in the field by the clock that times are shown by. */
export function TimeField({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const isUtc = zoneSetting.use() === 'UTC';
  return (
    <TextInput
      type="datetime-local"
      size="xs"
      w={190}
      label={`${label} (${isUtc ? 'UTC' : 'local'})`}
      value={shown(value, isUtc)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        const at = Date.parse(isUtc ? `${text}Z` : text);
        onChange(Number.isNaN(at) ? '' : new Date(at).toISOString());
      }}
    />
  );
}

function shown(value: string, isUtc: boolean): string {
  const at = Date.parse(value);
  if (Number.isNaN(at)) return '';
  const shift = isUtc ? 0 : new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - shift).toISOString().slice(0, 16);
}
