import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { zoneSetting } from './moment.tsx';

/** A moment that somebody types, in the zone that times are shown by. `value`: as the field has it; empty: none. */
export function TimeInput({
  label,
  description,
  value,
  onChange,
  isRequired = false,
  size,
}: {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isRequired?: boolean;
  /** As a filter above a list: xs. */
  readonly size?: 'xs';
}): ReactNode {
  const zone = zoneSetting.use();
  return (
    <TextInput
      type="datetime-local"
      step={1}
      {...(size === undefined ? {} : { size, w: 190 })}
      label={`${label} (${zone === 'UTC' ? 'UTC' : 'your local time'})`}
      description={description}
      value={value}
      required={isRequired}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** What the field holds as ISO 8601; null: nothing, or no moment. */
export function momentIn(value: string): string | null {
  if (value === '') return null;
  const at = new Date(zoneSetting.get() === 'UTC' ? `${value}Z` : value);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** A moment as the field takes it; empty: it is none. */
export function momentField(at: number): string {
  if (!Number.isFinite(at)) return '';
  const shift = zoneSetting.get() === 'UTC' ? 0 : new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - shift).toISOString().slice(0, 19);
}
