import { Alert, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AnswerOf } from '../../api/index.ts';
import { phaseName } from '../delivery-words.ts';
import { duration } from '../format.ts';
import { Moment } from '../moment.tsx';

/** What came of connecting to a URL. */
export function Reached({ of }: { readonly of: AnswerOf<'v1.endpoint.validate'> }): ReactNode {
  const { isReachable, phases, failedPhase, detail, certificate, warnings } = of;
  const took = [phases.dnsMs, phases.connectMs, phases.tlsMs].reduce<number>(
    (sum, ms) => sum + (ms ?? 0),
    0,
  );
  return (
    <Alert
      color={isReachable ? 'teal' : 'red'}
      title={isReachable ? '✓ It is reached' : '✕ It is not reached'}
    >
      <Text size="sm">
        {isReachable
          ? `A connection came about in ${duration(took)}. Nothing was posted.`
          : `It failed at: ${phaseName(failedPhase ?? 'connect')}. ${detail ?? ''}`}
      </Text>
      {certificate !== null && (
        <Text size="sm">
          Its certificate is from {certificate.issuer} and ends{' '}
          <Moment at={certificate.expiresAt} />.
        </Text>
      )}
      {warnings.map((warning) => (
        <Text key={warning} size="sm">
          {warning}
        </Text>
      ))}
    </Alert>
  );
}
