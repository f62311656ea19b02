import { Group, MultiSelect, Switch, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { dayNames, type Hours } from './hours.ts';

const usual = (): Hours => ({
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  days: [],
  from: '20:00',
  until: '08:00',
});

/** A span of the week; null: none. `name`: said before each of its fields, for those who hear them. */
export function HoursFields({
  label,
  description,
  name,
  value,
  onChange,
}: {
  readonly label: string;
  readonly description?: string;
  readonly name: string;
  readonly value: Hours | null;
  readonly onChange: (value: Hours | null) => void;
}): ReactNode {
  const change = (more: Partial<Hours>): void => onChange({ ...(value ?? usual()), ...more });
  return (
    <>
      <Switch
        label={label}
        description={description}
        checked={value !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? usual() : null)}
      />
      {value !== null && (
        <Group grow align="flex-start">
          <TextInput
            label="From"
            aria-label={`${name}: from`}
            type="time"
            value={value.from}
            onChange={(event) => change({ from: event.currentTarget.value })}
          />
          <TextInput
            label="Until"
            aria-label={`${name}: until`}
            type="time"
            value={value.until}
            onChange={(event) => change({ until: event.currentTarget.value })}
          />
          <TextInput
            label="Time zone"
            aria-label={`${name}: time zone`}
            value={value.timeZone}
            onChange={(event) => change({ timeZone: event.currentTarget.value })}
          />
          <MultiSelect
            label="Days"
            aria-label={`${name}: days`}
            placeholder={(value.days ?? []).length === 0 ? 'every day' : ''}
            data={dayNames.map((each, nth) => ({ value: String(nth + 1), label: each }))}
            value={(value.days ?? []).map(String)}
            onChange={(days) => change({ days: days.map(Number) })}
          />
        </Group>
      )}
    </>
  );
}
