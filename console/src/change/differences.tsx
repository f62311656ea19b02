import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { State } from '../ui/index.ts';
import {
  breaksWhom,
  compatibilityWords,
  type Compatibility,
  type Difference,
} from './contract-words.ts';

const MOST = 50;

/** What differs between two versions, where, and whom it breaks. */
export function Comparison({ of }: { readonly of: Compatibility }): ReactNode {
  return (
    <Stack gap="xs">
      <Text size="sm">
        <State
          of={of.isCompatible ? 'compatible' : 'breaks'}
          tone={of.isCompatible ? 'good' : 'bad'}
        />{' '}
        {compatibilityWords(of)}
      </Text>
      <Differences of={of.differences} />
      {of.consumers.length > 0 && (
        <Text size="sm">
          <b>
            It breaks what {of.consumers.length === 1 ? 'a consumer relies' : 'consumers rely'} on:
          </b>{' '}
          {of.consumers
            .map(
              ({ name, differences }) =>
                `${name} (${[...new Set(differences.map(({ path }) => placeOf(path)))].join(', ')})`,
            )
            .join('; ')}
          .
        </Text>
      )}
    </Stack>
  );
}

export function Differences({ of }: { readonly of: readonly Difference[] }): ReactNode {
  return (
    <Stack gap={6} component="ul" m={0} pl="md">
      {of.slice(0, MOST).map(({ path, kind, sentence, breaks }) => (
        <li key={`${path} ${kind} ${sentence}`}>
          <Text size="sm" component="div">
            {sentence}{' '}
            <Text span size="sm" c="dimmed">
              It breaks {breaksWhom[breaks]}.
            </Text>
          </Text>
        </li>
      ))}
      {of.length > MOST && (
        <li>
          <Text size="sm">and {of.length - MOST} more</Text>
        </li>
      )}
    </Stack>
  );
}

function placeOf(path: string): string {
  return path === '' ? 'the payload' : path;
}
