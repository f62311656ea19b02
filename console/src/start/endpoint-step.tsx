import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAct, useAnswer, type AnswerOf } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Act, duration, Fault, Id, paths, Snippet, To } from '../ui/index.ts';
import { Step } from './step.tsx';

/** Where `holdfast listen` listens. */
const LISTEN_URL = 'http://127.0.0.1:8072/';

/** Where the customer receives. */
export function EndpointStep({
  app,
  endpoint,
  onChosen,
}: {
  readonly app: string;
  readonly endpoint: string;
  readonly onChosen: (id: string) => void;
}): ReactNode {
  const [url, setUrl] = useState('');
  const check = useAct('v1.endpoint.validate');
  const chosen = useAnswer(
    'v1.endpoint.get',
    { path: { app_id: app, endpoint_id: endpoint } },
    { isWanted: endpoint !== '' },
  );
  const body = { url: url.trim(), description: 'first endpoint' };
  return (
    <Step
      nth={2}
      title="An endpoint: where they receive"
      isDone={endpoint !== '' && chosen.error === null}
      isOpen={app !== ''}
    >
      {endpoint !== '' ? (
        <Group gap="sm">
          {chosen.error === null ? (
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              <To to={paths.endpoint(app, endpoint)}>{chosen.data?.url ?? endpoint}</To>
            </Text>
          ) : (
            <Fault error={chosen.error} />
          )}
          <Button size="xs" variant="subtle" onClick={() => onChosen('')}>
            Take another
          </Button>
        </Group>
      ) : (
        <Stack gap="sm">
          <Text size="sm">
            Any URL that takes a POST will do: your own, or one of a request bin. Or begin with a
            receiver on this machine, which checks and prints what comes:
          </Text>
          <Snippet text="holdfast listen" label="Command" />
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => setUrl(LISTEN_URL)}>
              Use its URL
            </Button>
            <Text size="sm" c="dimmed">
              <Id>{LISTEN_URL}</Id>
            </Text>
          </Group>
          <Loopback url={url} />
          <TextInput
            label="URL"
            placeholder="https://example.com/webhooks"
            value={url}
            onChange={(event) => {
              check.reset();
              setUrl(event.currentTarget.value);
            }}
          />
          {check.error !== null && <Fault error={check.error} />}
          {check.data !== undefined && <Tried of={check.data} />}
          <Group gap="xs">
            <Act
              operation="v1.endpoint.create"
              request={() => ({ path: { app_id: app }, body })}
              changes={['v1.endpoint.list']}
              isDisabled={url.trim() === ''}
              said="The endpoint is made: messages go to it from now on."
              onDone={({ id }) => onChosen(id)}
              button={{ variant: 'filled', size: 'sm' }}
            >
              Create endpoint
            </Act>
            <Button
              size="sm"
              variant="default"
              loading={check.isPending}
              disabled={url.trim() === ''}
              onClick={() => check.mutate({ path: { app_id: app }, body })}
            >
              Is it reached?
            </Button>
          </Group>
        </Stack>
      )}
    </Step>
  );
}

/** Holdfast sends to this machine only where it was allowed to: said before it is met. */
function Loopback({ url }: { readonly url: string }): ReactNode {
  const may = useMay();
  const settings = useAnswer('v1.settings.get', {}, { isWanted: may.admin });
  const isLoopback = /^https?:\/\/(127\.|localhost|\[::1\])/.test(url.trim());
  const allowed = settings.data?.['allowedSubnets'];
  if (!isLoopback || (typeof allowed === 'string' && allowed.includes('127.'))) return null;
  return (
    <Alert color="orange" title="Addresses of this machine are refused as it runs now">
      <Text size="sm" mb="xs">
        So that nobody’s URL leads into your own network, Holdfast sends to public addresses only.
        To try it on one machine, start it like this:
      </Text>
      <Snippet text="HOLDFAST_ALLOWED_SUBNETS=127.0.0.0/8 holdfast serve" label="Command" />
    </Alert>
  );
}

function Tried({
  of: { isReachable, phases, detail },
}: {
  readonly of: AnswerOf<'v1.endpoint.validate'>;
}): ReactNode {
  const took = (phases.dnsMs ?? 0) + (phases.connectMs ?? 0) + (phases.tlsMs ?? 0);
  return (
    <Alert
      color={isReachable ? 'teal' : 'red'}
      title={isReachable ? '✓ It is reached' : '✕ It is not reached'}
    >
      <Text size="sm">
        {isReachable
          ? `A connection came about in ${duration(took)}. Nothing was posted.`
          : (detail ?? 'No connection came about. Is something listening there?')}
      </Text>
    </Alert>
  );
}
