import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { AttemptView } from '../ui/delivery/attempt-view.tsx';
import { Fields, Id, paths, Section, To, useParam, type Attempt, type Field } from '../ui/index.ts';
import { useApplication } from './use-application.ts';
import { useReach } from './use-reach.ts';

/** One HTTP request of a delivery, with what it was sent through. */
export function AttemptPage(): ReactNode {
  const app = useParam('app');
  const message = useParam('message');
  const { crumbs } = useApplication(app);
  return (
    <AttemptView
      reach={useReach(app)}
      message={message}
      id={useParam('attempt')}
      crumbs={[...crumbs, { text: 'Message', to: paths.message(app, message) }]}
      fieldsOf={(attempt) => wayOf(app, attempt)}
    >
      {({ endpointId, msgId }) => <SentHeaders app={app} endpointId={endpointId} message={msgId} />}
    </AttemptView>
  );
}

/** Through which canary and which certificate it went. */
function wayOf(app: string, { canaryId, endpointId, certificate }: Attempt): readonly Field[] {
  return [
    [
      'Canary',
      canaryId === null ? null : (
        <To key="canary" to={paths.canary(app, endpointId)}>
          it went to the canary
        </To>
      ),
    ],
    [
      'Certificate',
      certificate === null ? null : (
        <To key="certificate" to={paths.certificates}>
          <Id>{certificate.slice(0, 23)}</Id>
        </To>
      ),
    ],
  ];
}

/** The headers of the request, as far as they are known afterwards. */
function SentHeaders({
  app,
  endpointId,
  message,
}: {
  readonly app: string;
  readonly endpointId: string;
  readonly message: string;
}): ReactNode {
  const headers = useAnswer('v1.endpoint.get-headers', {
    path: { app_id: app, endpoint_id: endpointId },
  });
  const own = Object.entries(headers.data?.headers ?? {});
  return (
    <Section title="Headers that were sent">
      <Fields
        of={[
          ['webhook-id', <Id key="id">{message}</Id>],
          ['webhook-timestamp', 'the second in which it was sent'],
          ['webhook-signature', 'by the secrets in force then'],
          ...own.map(([name, value]) => [name, <Id key={name}>{value}</Id>] as const),
          ...(headers.data?.sensitive.map((name) => [name, 'set, and not shown'] as const) ?? []),
        ]}
      />
      {own.length > 0 && (
        <Text size="xs" c="dimmed" mt="xs">
          The endpoint’s own headers are shown as they are now.
        </Text>
      )}
    </Section>
  );
}
