import { Alert, Anchor, Button, Center, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useContext, useState, type ReactNode } from 'react';
import { Brand } from '../ui/index.ts';
import { tokenIn } from './link-key.ts';
import { usePortal, type Outside } from './session.tsx';

type Said = {
  readonly title: string;
  readonly sentence: string;
  /** What to do next. */
  readonly next: string;
  readonly tone: 'red' | 'orange' | 'gray';
};

const ASK = 'Ask whoever gave you the link for a new one, or open it from where you found it.';

const said: Readonly<Record<Outside['why'], Said>> = {
  nothing: {
    title: 'Open your link',
    sentence: 'This page shows the webhooks of one application to those who have its link.',
    next: 'Open the link that you were given, or paste it here.',
    tone: 'gray',
  },
  broken: {
    title: 'This link is not whole',
    sentence: 'A part of it was lost, as happens where a long line is copied by hand.',
    next: 'Copy it again from its beginning to its end, and paste it here.',
    tone: 'orange',
  },
  refused: {
    title: 'This link opens nothing any more',
    sentence:
      'A link is good for a week. This one is older, was ended by somebody, or its application is gone.',
    next: ASK,
    tone: 'red',
  },
  untaken: {
    title: 'This link could not be opened',
    sentence: 'It was not taken:',
    next: 'Try once more, or paste another link.',
    tone: 'orange',
  },
  ended: {
    title: 'You are signed out',
    sentence:
      'A session lasts twelve hours at most, and ends with its link. Nothing of yours is lost.',
    next: `Open your link again. If it is refused: ${ASK.charAt(0).toLowerCase()}${ASK.slice(1)}`,
    tone: 'orange',
  },
  left: {
    title: 'You are signed out',
    sentence: 'This browser has no session any more.',
    next: 'Open your link again to come back.',
    tone: 'gray',
  },
  unkept: {
    title: 'Your browser keeps no session here',
    sentence:
      'This page stands in a frame of another site, and the browser does not send its cookie there.',
    next: 'Open it in a tab of its own.',
    tone: 'orange',
  },
};

/** Before the pages: why nobody is in, what to do about it, and a field for a link. */
export function EnterPage({ outside }: { readonly outside: Outside }): ReactNode {
  const { enter } = usePortal();
  const brand = useContext(Brand);
  const [pasted, setPasted] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { title, sentence, next, tone } = said[outside.why];
  useDocumentTitle(`${title} · ${brand}`);
  const submit = async (): Promise<void> => {
    const token = tokenIn(pasted);
    if (token === null) {
      setError('This is no link to a portal, and no token of one.');
      return;
    }
    setBusy(true);
    await enter(token);
    setBusy(false);
  };
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder p="xl" radius="lg" maw={480} w="100%">
        <Stack gap="md">
          <Text c="dimmed" size="sm">
            {brand}
          </Text>
          <Title order={1} size="h2">
            {title}
          </Title>
          <Alert color={tone} role="status">
            <Stack gap={6}>
              <Text size="sm">{sentence}</Text>
              {outside.sentence !== null && <Text size="sm">{outside.sentence}</Text>}
              <Text size="sm">
                <b>What to do next:</b> {next}
              </Text>
            </Stack>
          </Alert>
          {outside.token !== null && (
            <Button component="a" href={ownPage(outside.token)} target="_blank" rel="noopener">
              Open in a tab of its own
            </Button>
          )}
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void submit();
            }}
          >
            <Stack gap="sm">
              <TextInput
                label="Link or token"
                description="It begins with https:// or is a long line of letters."
                autoComplete="off"
                spellCheck={false}
                value={pasted}
                error={error}
                onChange={(event) => {
                  setError(null);
                  setPasted(event.currentTarget.value);
                }}
              />
              <Button type="submit" loading={isBusy} disabled={pasted.trim() === ''}>
                Open
              </Button>
            </Stack>
          </form>
          <Text size="xs" c="dimmed">
            What can be done here can be done by the API too:{' '}
            <Anchor href="/docs" underline="always">
              read how
            </Anchor>
            .
          </Text>
        </Stack>
      </Paper>
    </Center>
  );
}

function ownPage(token: string): string {
  const key = btoa(JSON.stringify({ appId: '', token }));
  return `${location.pathname}#key=${encodeURIComponent(key)}`;
}
