import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { count, Id, Moment, paths, Section, State, To } from '../ui/index.ts';
import { Differences } from './differences.tsx';
import type { Contract } from './contract-words.ts';

/** Payloads that did not follow, versions that broke, and how older versions are made. */
export function ContractRecord({ contract }: { readonly contract: Contract }): ReactNode {
  const { violations, breaks, conversions } = contract;
  const { warned, rejected, examples } = violations;
  return (
    <>
      {(warned > 0 || rejected > 0) && (
        <Section title="Payloads that did not follow">
          <Text size="sm">
            Since Holdfast started: {count(warned)} accepted with a warning, {count(rejected)}{' '}
            refused. The last ones:
          </Text>
          <Stack gap={4} component="ul" m={0} mt={4} pl="md">
            {examples.map(({ at, version, appId, msgId, problems }, nth) => (
              <li key={`${at} ${nth}`}>
                <Text size="sm" component="div">
                  <Moment at={at} />, version {version}:{' '}
                  {problems
                    .map(({ path, field, rule }) => `${field || path || 'payload'} (${rule})`)
                    .join(', ')}
                  {msgId !== null && appId !== null && (
                    <>
                      , message{' '}
                      <To to={paths.message(appId, msgId)}>
                        <Id>{msgId}</Id>
                      </To>
                    </>
                  )}
                </Text>
              </li>
            ))}
          </Stack>
        </Section>
      )}
      {breaks.length > 0 && (
        <Section title="Versions that broke">
          <Stack gap="xs">
            {breaks.map(({ version, against, at, actor, isAllowed, differences, consumers }) => (
              <div key={`${version} ${at}`}>
                <Text size="sm" component="div">
                  Version {version} against {against}, <Moment at={at} />, by {actor}
                  {isAllowed ? ', who allowed it' : ''}
                  {consumers.length === 0 ? '' : `; it broke ${consumers.join(', ')}`}.
                </Text>
                <Differences of={differences} />
              </div>
            ))}
          </Stack>
        </Section>
      )}
      {conversions.length > 0 && (
        <Section title="Conversions for pinned endpoints">
          <Stack gap={4}>
            {conversions.map(({ version, from, isStale }) => (
              <Text key={version} size="sm" component="div">
                Version {version} is made of payloads of version {from}.{' '}
                {isStale && (
                  <State of="stale" tone="warn">
                    declared before the version in force: look whether it still does
                  </State>
                )}
              </Text>
            ))}
          </Stack>
        </Section>
      )}
    </>
  );
}
