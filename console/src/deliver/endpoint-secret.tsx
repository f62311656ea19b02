import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Act, Answered, Section, Snippet } from '../ui/index.ts';
import type { EndpointPath } from './endpoint-actions.tsx';

const graces: Readonly<Record<string, number>> = {
  'a day': 86_400,
  'an hour': 3600,
  'a week': 604_800,
  'no longer': 0,
};

/** The secret that requests are signed with: shown on request, and changed without a break. */
export function EndpointSecret({ path }: { readonly path: EndpointPath }): ReactNode {
  const [isShown, setShown] = useState(false);
  const [grace, setGrace] = useState('a day');
  const secret = useAnswer('v1.endpoint.get-secret', { path }, { isWanted: isShown });
  return (
    <Section
      title="Secret"
      actions={
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => setShown(!isShown)}>
            {isShown ? 'Hide secret' : 'Show secret'}
          </Button>
          <Act
            operation="v1.endpoint.rotate-secret"
            request={() => ({ path, body: { gracePeriodSeconds: graces[grace] ?? 0 } })}
            changes={['v1.endpoint.get-secret']}
            confirm={
              <Stack gap="sm">
                <Text size="sm">
                  Makes a new secret. Requests carry a signature by each of the two, the old and the
                  new, for as long as you say here: give the new one to the receiver in that time.
                </Text>
                <Select
                  label="The old one signs alongside for"
                  data={Object.keys(graces)}
                  value={grace}
                  allowDeselect={false}
                  onChange={(value) => setGrace(value ?? 'a day')}
                />
              </Stack>
            }
            said="There is a new secret: give it to the receiver."
            onDone={() => setShown(true)}
          >
            Rotate secret
          </Act>
        </Group>
      }
    >
      {isShown ? (
        <Answered of={secret} rows={1}>
          {({ key }) => <Snippet text={key} label="Secret" />}
        </Answered>
      ) : (
        <Text size="sm">
          The receiver verifies by it that a request comes from here (Standard Webhooks).
        </Text>
      )}
    </Section>
  );
}
