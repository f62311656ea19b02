import { Group, Select, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Guide } from './story.ts';

/** Whose story it is, and who listens. */
export function LensChoice({
  guide,
  level,
  company,
  onChange,
}: {
  readonly guide: Guide;
  readonly level: string;
  /** Empty: nobody's in particular. */
  readonly company: string;
  readonly onChange: (change: { readonly level?: string; readonly company?: string }) => void;
}): ReactNode {
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label="Level"
        w={120}
        allowDeselect={false}
        value={level}
        data={guide.levels.map((each) => ({ value: each.level, label: each.title }))}
        onChange={(next) => onChange({ level: next ?? 'mid' })}
      />
      <Select
        label="Company"
        w={140}
        allowDeselect={false}
        value={company}
        data={[
          { value: '', label: 'Any' },
          ...guide.companies.map((each) => ({ value: each.company, label: each.title })),
        ]}
        onChange={(next) => onChange({ company: next ?? '' })}
      />
    </Group>
  );
}

/** What they listen for, in a sentence each. */
export function LensWants({
  guide,
  level,
  company,
}: {
  readonly guide: Guide;
  readonly level: string;
  readonly company: string;
}): ReactNode {
  const ofLevel = guide.levels.find((each) => each.level === level);
  const ofCompany = guide.companies.find((each) => each.company === company);
  return (
    <Text size="sm" c="dimmed">
      {ofLevel !== undefined && `Expected at this level: ${ofLevel.wants}.`}
      {ofCompany !== undefined && ` ${ofCompany.title} listens for ${ofCompany.wants}.`}
    </Text>
  );
}
