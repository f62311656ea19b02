import { Alert, Button, Group, List, Select, Stack, Text } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useAct } from '../../api/index.ts';
import { Act } from '../act.tsx';
import { Snippet } from '../code.tsx';
import { Section } from '../page.tsx';
import { Fault } from '../states.tsx';
import type { EndpointPath } from './reach.ts';

const DAY_SECONDS = 86_400;
const graces: Readonly<Record<string, number>> = {
  'a day': DAY_SECONDS,
  'an hour': 3600,
  'a week': 7 * DAY_SECONDS,
  'not at all: it leaked': 0,
};
const USUAL_GRACE = 'a day';
/** Nobody leaves it on a screen for longer. */
const SHOWN_MS = 60_000;

/** The secret of an endpoint: shown for a minute when asked for, and changed without a break. */
export function EndpointSecret({
  path,
  children,
}: {
  readonly path: EndpointPath;
  /** What it is for, while it is not shown. */
  readonly children: ReactNode;
}): ReactNode {
  // Asked for each time, so that it is kept nowhere in the page.
  const { data, error, isPending, mutate, reset } = useAct('v1.endpoint.get-secret');
  useEffect(() => {
    if (data === undefined) return undefined;
    const timer = window.setTimeout(reset, SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [data, reset]);
  return (
    <Section
      title="Secret"
      actions={
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            loading={isPending}
            onClick={() => (data === undefined ? mutate({ path }) : reset())}
          >
            {data === undefined ? 'Show secret' : 'Hide secret'}
          </Button>
          <Rotate path={path} onOpen={reset} onDone={() => mutate({ path })} />
        </Group>
      }
    >
      {error !== null && <Fault error={error} />}
      {data === undefined ? (
        <Text size="sm">{children}</Text>
      ) : (
        <Stack gap="xs">
          <Snippet text={data.key} label="Secret" />
          <Text size="sm" c="dimmed">
            Its place is where the receiver keeps its other secrets. It is hidden again in a minute.
          </Text>
          {data.key.startsWith('whpk_') && (
            <Alert color="orange" title="This is a public key">
              <Text size="sm">
                This endpoint signs with Ed25519: its signatures begin with v1a, and are verified by
                a library of Standard Webhooks rather than by HMAC.
              </Text>
            </Alert>
          )}
        </Stack>
      )}
    </Section>
  );
}

function Rotate({
  path,
  onOpen,
  onDone,
}: {
  readonly path: EndpointPath;
  readonly onOpen: () => void;
  readonly onDone: () => void;
}): ReactNode {
  const [grace, setGrace] = useState(USUAL_GRACE);
  return (
    <Act
      operation="v1.endpoint.rotate-secret"
      request={() => ({ path, body: { gracePeriodSeconds: graces[grace] ?? DAY_SECONDS } })}
      onOpen={onOpen}
      confirm={
        <Stack gap="sm">
          <List size="sm" type="ordered" spacing={4}>
            <List.Item>A new secret is made now, and signs from now on.</List.Item>
            <List.Item>
              The old one signs alongside for as long as you say: each request then carries two
              signatures, so a receiver with either secret accepts it.
            </List.Item>
            <List.Item>In that time, the new one is put into the receiver.</List.Item>
            <List.Item>After it, only the new one signs. Nothing is missed.</List.Item>
          </List>
          <Select
            label="The old one signs alongside for"
            data={Object.keys(graces)}
            value={grace}
            allowDeselect={false}
            onChange={(value) => setGrace(value ?? USUAL_GRACE)}
          />
          {graces[grace] === 0 && (
            <Text size="sm">
              <b>The receiver refuses every request</b> until it has the new secret; they are tried
              again.
            </Text>
          )}
        </Stack>
      }
      said="There is a new secret: put it into the receiver."
      onDone={onDone}
    >
      Rotate secret
    </Act>
  );
}
