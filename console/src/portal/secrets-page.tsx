import { Anchor, List, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { EndpointSecret } from '../ui/delivery/endpoint-secret.tsx';
import { useEndpoints } from '../ui/delivery/use-endpoints.ts';
import { Answered, Empty, Page, Section, Snippet, To, useView } from '../ui/index.ts';
import { places } from './places.ts';
import { useApp } from './session.tsx';
import { snippets } from './snippets.ts';

const usual = { endpoint: '', language: 'node' } as const;

/** The secret of an endpoint, and what a receiver does with it. */
export function SecretsPage(): ReactNode {
  const app = useApp();
  const [view, setView] = useView(usual);
  const { answer, choices } = useEndpoints(app);
  const application = useAnswer('v1.application.get', { path: { app_id: app } });
  const chosen = view.endpoint === '' ? (choices[0]?.value ?? '') : view.endpoint;
  const shown = snippets.find(({ key }) => key === view.language) ?? snippets[0];
  // Whoever moved from Svix may get its names alone.
  const isSvix = application.data?.signatureHeaders === 'svix';
  const prefix = isSvix ? 'svix' : 'webhook';
  return (
    <Page
      title="Secrets and verification"
      lead="Whoever knows your URL can post to it. A signature shows that a request comes from here, is recent, and was not altered."
    >
      <Answered of={answer}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title="You have no endpoint yet">
              Each endpoint has a secret of its own. <To to={places.endpoints}>Add one</To>, and it
              is shown here.
            </Empty>
          ) : (
            <Stack gap="xs">
              <Select
                w={280}
                label="Endpoint"
                data={choices}
                value={chosen}
                allowDeselect={false}
                onChange={(endpoint) => setView({ endpoint: endpoint ?? '' })}
              />
              <EndpointSecret key={chosen} path={{ app_id: app, endpoint_id: chosen }}>
                Your receiver verifies by it that a request comes from here, and was not altered.
              </EndpointSecret>
            </Stack>
          )
        }
      </Answered>
      <Section title="Verify in your language">
        <SegmentedControl
          aria-label="Language"
          data={snippets.map(({ key, name }) => ({ value: key, label: name }))}
          value={shown.key}
          onChange={(language) => setView({ language })}
          visibleFrom="md"
          mb="sm"
        />
        <Select
          label="Language"
          data={snippets.map(({ key, name }) => ({ value: key, label: name }))}
          value={shown.key}
          allowDeselect={false}
          onChange={(language) => setView({ language: language ?? usual.language })}
          hiddenFrom="md"
          mb="sm"
        />
        <Snippet
          text={isSvix ? shown.text.replaceAll('webhook-', 'svix-') : shown.text}
          label={`Verification in ${shown.name}`}
        />
      </Section>
      <Section title="What it checks">
        <List size="sm" spacing={4}>
          <List.Item>
            <b>What was signed:</b> the headers <code>{prefix}-id</code> and{' '}
            <code>{prefix}-timestamp</code> and the body, with a full stop between them; by
            HMAC-SHA256, with the secret’s bytes as the key.
          </List.Item>
          <List.Item>
            <b>The body as it came.</b> Parsed and written again it may differ in a space, and
            nothing fits.
          </List.Item>
          <List.Item>
            <b>Each signature</b> in <code>{prefix}-signature</code>: there are two for a while
            after a rotation. One that fits is enough.
          </List.Item>
          <List.Item>
            <b>The time:</b> a request older than five minutes is refused, so that nobody plays an
            old one again. Keep your clock right.
          </List.Item>
          <List.Item>
            <b>Comparison in constant time,</b> so that nobody finds a signature letter by letter.
          </List.Item>
          <List.Item>
            The same message may come twice, as after an answer that was lost:{' '}
            <code>{prefix}-id</code> is the same then. Do the work once for each.
          </List.Item>
        </List>
        <Text size="sm" mt="sm">
          There are libraries for it too: this is{' '}
          <Anchor
            underline="always"
            href="https://www.standardwebhooks.com"
            target="_blank"
            rel="noopener noreferrer"
          >
            Standard Webhooks
          </Anchor>
          .
        </Text>
      </Section>
    </Page>
  );
}
