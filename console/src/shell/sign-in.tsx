import {
  Alert,
  Button,
  Center,
  Divider,
  Paper,
  PasswordInput,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent, type ReactNode } from 'react';
import { Fault, Snippet } from '../ui/index.ts';
import { useSessionContext } from './session.tsx';

type Means = { readonly oidc: string | null };

/** The first page that a stranger sees, and what stands instead of every page once a session has ended. */
export function SignIn({ hasEnded }: { readonly hasEnded: boolean }): ReactNode {
  const { signIn } = useSessionContext();
  const [token, setToken] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const means = useQuery<Means>({
    queryKey: ['session', 'means'],
    queryFn: async () => {
      const answer: unknown = await (await fetch('/session/means')).json();
      return { oidc: nameIn(answer) };
    },
  });
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await signIn(token);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const next = encodeURIComponent(location.pathname + location.search);
  const refused = new URLSearchParams(location.search).get('refused');
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder p="xl" radius="lg" maw={440} w="100%">
        <Stack gap="md">
          <Title order={1} size="h2">
            Holdfast
          </Title>
          {hasEnded && (
            <Alert color="orange" title="Your session has ended" role="status">
              <Text size="sm">
                Its token was revoked, or its time is over. Sign in, and you are where you were.
              </Text>
            </Alert>
          )}
          {refused !== null && <Fault error={new Error(refused.slice(0, 300))} />}
          {typeof means.data?.oidc === 'string' && (
            <>
              <Button component="a" href={`/session/oidc?next=${next}`} fullWidth>
                Sign in with {means.data.oidc}
              </Button>
              <Divider label="or" />
            </>
          )}
          <form onSubmit={(event) => void submit(event)}>
            <Stack gap="sm">
              <PasswordInput
                label="Token"
                description="One that was made by holdfast token create, or the admin token of this Holdfast."
                value={token}
                autoComplete="off"
                onChange={(event) => setToken(event.currentTarget.value)}
                required
                data-autofocus
              />
              {error !== null && <Fault error={error} />}
              <Button type="submit" loading={isBusy} disabled={token.trim() === ''}>
                Sign in
              </Button>
            </Stack>
          </form>
          <Text size="sm" c="dimmed">
            No token yet? The admin token lies in the folder of the data, on the machine that
            Holdfast runs on:
          </Text>
          <Snippet text="cat data/admin-token" label="Command" />
        </Stack>
      </Paper>
    </Center>
  );
}

function nameIn(answer: unknown): string | null {
  const oidc: unknown =
    typeof answer === 'object' && answer !== null && 'oidc' in answer ? answer.oidc : null;
  const name: unknown =
    typeof oidc === 'object' && oidc !== null && 'name' in oidc ? oidc.name : null;
  return typeof name === 'string' ? name : null;
}
