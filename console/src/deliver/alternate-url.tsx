import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMay } from '../shell/index.ts';
import type { EndpointPath } from '../ui/delivery/reach.ts';
import { Act, Id, Section, type Endpoint } from '../ui/index.ts';
import { laneAnswers } from './lane-answers.ts';

type Props = { readonly path: EndpointPath; readonly endpoint: Endpoint };

/** Another way to the same receiver, and the switch to it. */
export function AlternateUrl(props: Props): ReactNode {
  const may = useMay();
  const { alternateUrl, isAlternateInUse } = props.endpoint;
  return (
    <Section title="Alternate URL" actions={may.write && <Switch {...props} />}>
      <Text size="sm">
        {alternateUrl === null ? (
          'It has none. Give it another way to the same receiver under “Settings”, for when the usual one fails.'
        ) : (
          <>
            <Id>{alternateUrl}</Id> {isAlternateInUse ? 'is in use now.' : 'stands by.'}
          </>
        )}
      </Text>
    </Section>
  );
}

function Switch({ path, endpoint: { alternateUrl, isAlternateInUse } }: Props): ReactNode {
  if (alternateUrl === null) return null;
  return (
    <Act
      operation="v1.lane.switch-alternate"
      request={(reason) => ({ path, body: { isInUse: !isAlternateInUse, reason } })}
      changes={laneAnswers}
      asksReason
      confirm={
        isAlternateInUse
          ? 'Deliveries go to the usual URL again, retries included.'
          : 'Deliveries go to the alternate URL from now on, retries included, until somebody switches back.'
      }
      said={isAlternateInUse ? 'The usual URL is in use.' : 'The alternate URL is in use.'}
    >
      {isAlternateInUse ? 'Use the usual URL' : 'Use the alternate URL'}
    </Act>
  );
}
