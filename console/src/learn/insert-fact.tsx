import { Select } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';

/** Puts a reference to a fact where the cursor stands. */
export function InsertFact({
  incident,
  insert,
}: {
  readonly incident: string;
  readonly insert: (text: string) => void;
}): ReactNode {
  const [isWanted, setWanted] = useState(false);
  const facts = useAnswer(
    'v1.incident.list-facts',
    { path: { incident_id: incident } },
    { isWanted },
  );
  return (
    <Select
      aria-label="Insert a fact"
      placeholder="Insert a fact…"
      size="xs"
      w={240}
      searchable
      value={null}
      nothingFoundMessage={facts.isPending ? 'Loading…' : 'No fact is called so.'}
      limit={60}
      onFocus={() => setWanted(true)}
      data={(facts.data?.data ?? []).map(({ name, text }) => ({
        value: name,
        label: `${name}: ${text.length > 40 ? `${text.slice(0, 39)}…` : text}`,
      }))}
      onChange={(name) => {
        if (name !== null) insert(`{{fact:${name}}}`);
      }}
    />
  );
}
