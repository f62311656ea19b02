import { Group, Select, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Answered, Section, useView } from '../ui/index.ts';
import type { Contract } from './contract-words.ts';
import { Comparison } from './differences.tsx';

const usual = { from: '', to: '' } as const;

/** What the version in force changed against the one before it, or any two versions beside each other. */
export function CompareVersions({
  name,
  contract,
}: {
  readonly name: string;
  readonly contract: Contract;
}): ReactNode {
  const [view, setView] = useView(usual);
  const { versions, latestChange } = contract;
  const [from, to] = [view.from || latestChange?.from, view.to || latestChange?.to];
  const isUsual = from === latestChange?.from && to === latestChange?.to;
  const asked = useAnswer(
    'v1.contract.compatibility',
    {
      path: { event_type_name: name },
      query: {
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      },
    },
    { isWanted: !isUsual && from !== to },
  );
  if (versions.length < 2) return null;
  const pick = (label: string, value: string | undefined, set: (value: string) => void) => (
    <Select
      size="xs"
      w={130}
      aria-label={label}
      data={versions.map((version) => ({ value: version, label: `version ${version}` }))}
      value={value ?? null}
      allowDeselect={false}
      onChange={(next) => set(next ?? '')}
    />
  );
  return (
    <Section
      title="Compatibility"
      actions={
        <Group gap={6}>
          {pick('From version', from, (next) => setView({ from: next }))}
          <Text size="sm">to</Text>
          {pick('To version', to, (next) => setView({ to: next }))}
        </Group>
      }
    >
      {from === to ? (
        <Text size="sm" c="dimmed">
          Choose two versions that differ.
        </Text>
      ) : isUsual && latestChange !== null ? (
        <Comparison of={latestChange} />
      ) : (
        <Answered of={asked} rows={2}>
          {(value) => <Comparison of={value} />}
        </Answered>
      )}
    </Section>
  );
}
