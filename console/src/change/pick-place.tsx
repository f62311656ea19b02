import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';

const MOST = 250;

type Props = {
  readonly label?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly size?: 'xs' | 'sm';
  readonly isRequired?: boolean;
};

/** An application by its name. Of more than 250 the newest are offered, and whatever is chosen already. */
export function PickApplication({
  label = 'Application',
  value,
  onChange,
  size = 'xs',
  isRequired = false,
}: Props): ReactNode {
  const list = useAnswer('v1.application.list', { query: { limit: MOST, order: 'descending' } });
  const known = list.data?.data.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  const isKnown = value === '' || known.some((one) => one.value === value);
  return (
    <Select
      size={size}
      w={size === 'xs' ? 165 : undefined}
      label={label}
      placeholder={isRequired ? 'choose' : 'any'}
      clearable={!isRequired}
      required={isRequired}
      searchable
      data={isKnown ? known : [{ value, label: value }, ...known]}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}

/** An endpoint of an application, by what it is called. */
export function PickEndpoint({
  app,
  label = 'Endpoint',
  value,
  onChange,
  size = 'xs',
  isRequired = false,
}: Props & { readonly app: string }): ReactNode {
  const list = useAnswer(
    'v1.endpoint.list',
    { path: { app_id: app }, query: { limit: MOST } },
    { isWanted: app !== '' },
  );
  const known =
    list.data?.data.map(({ id, description, url }) => ({
      value: id,
      label: description === undefined || description === '' ? url : description,
    })) ?? [];
  const isKnown = value === '' || known.some((one) => one.value === value);
  return (
    <Select
      size={size}
      w={size === 'xs' ? 165 : undefined}
      label={label}
      placeholder={app === '' ? 'of an application' : isRequired ? 'choose' : 'any'}
      disabled={app === ''}
      clearable={!isRequired}
      required={isRequired}
      searchable
      data={isKnown ? known : [{ value, label: value }, ...known]}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}
