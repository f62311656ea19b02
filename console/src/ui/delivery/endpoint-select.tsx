import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Endpoints } from './use-endpoints.ts';

/** One endpoint as a filter; none chosen: any. */
export function EndpointSelect({
  of: { choices },
  value,
  onChange,
}: {
  readonly of: Pick<Endpoints, 'choices'>;
  /** Empty: any. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  return (
    <Select
      size="xs"
      w={170}
      label="Endpoint"
      placeholder="any"
      clearable
      searchable
      data={choices}
      value={value === '' ? null : value}
      onChange={(endpoint) => onChange(endpoint ?? '')}
    />
  );
}
