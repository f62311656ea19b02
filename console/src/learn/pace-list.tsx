import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { count, State } from '../ui/index.ts';
import type { Pace } from './story.ts';

/** How long it is, held against what its form and its level take. */
export function PaceList({ pace }: { readonly pace: Pace }): ReactNode {
  if (pace.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        A timeline has no length of its own: as many rows as moments.
      </Text>
    );
  }
  return (
    <Stack gap={4} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {pace.map(({ name, measured, unit, target, isMet }) => (
        <Group key={name} component="li" gap="xs" justify="space-between" wrap="nowrap">
          <Text size="sm">
            {names[name] ?? name}: {said(measured, unit)}
          </Text>
          <State of={isMet ? 'met' : 'missed'} tone={isMet ? 'good' : 'warn'}>
            {targetOf(target, unit)}
          </State>
        </Group>
      ))}
    </Stack>
  );
}

const names: Readonly<Record<string, string>> = {
  words: 'length',
  action: 'share of action',
};

function said(measured: number, unit: Pace[number]['unit']): string {
  return unit === 'share' ? `${Math.round(measured * 100)} %` : `${count(measured)} ${unit}`;
}

/** "0.5 to 0.8" as 50 % to 80 %. */
function targetOf(target: string, unit: Pace[number]['unit']): string {
  if (unit !== 'share') return `${target} ${unit}`;
  return target.replaceAll(/[\d.]+/g, (share) => `${Math.round(Number(share) * 100)} %`);
}
