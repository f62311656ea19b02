import { TextInput } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { usePages } from '../api/index.ts';

/** Which team's: the owners of objectives are offered, and any other may be typed whole. */
export function OwnerFilter({
  value,
  onChange,
  width,
}: {
  readonly value: string;
  readonly onChange: (owner: string) => void;
  readonly width: number;
}): ReactNode {
  const id = useId();
  const { rows } = usePages('v1.objective.list', { query: { limit: 250 } });
  const owners = new Set(rows.map(({ owner }) => owner).filter((owner) => owner !== ''));
  return (
    <>
      <TextInput
        label="Owner"
        w={width}
        list={id}
        value={value}
        maxLength={256}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id={id}>
        {[...owners].map((owner) => (
          <option key={owner} value={owner} />
        ))}
      </datalist>
    </>
  );
}
