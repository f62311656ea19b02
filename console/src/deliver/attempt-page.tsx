import { Alert, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  Act,
  Answered,
  AttemptTiming,
  duration,
  Empty,
  Fields,
  Id,
  Moment,
  Page,
  paths,
  Payload,
  Section,
  State,
  To,
} from '../ui/index.ts';
import { useNamed } from './params.ts';
import { useApplication } from './use-application.ts';
import { nameOf, phaseName, sentenceOf, statusText } from './words.ts';

/** One HTTP request of a delivery: what came of it, where its time went, and what was answered. */
export function AttemptPage(): ReactNode {
  const { app, message, attempt: id } = useNamed('app', 'message', 'attempt');
  const may = useMay();
  const { crumbs } = useApplication(app);
  const attempt = useAnswer('v1.message-attempt.get', {
    path: { app_id: app, msg_id: message, attempt_id: id },
  });
  const endpointId = attempt.data?.endpointId ?? '';
  const endpoint = useAnswer(
    'v1.endpoint.get',
    { path: { app_id: app, endpoint_id: endpointId } },
    { isWanted: endpointId !== '' },
  );
  const name = endpoint.data === undefined ? endpointId : nameOf(endpoint.data);
  return (
    <Page
      title="Attempt"
      badge={
        attempt.data !== undefined && (
          <State
            of={attempt.data.outcome}
            tone={attempt.data.outcome === 'delivered' ? 'good' : 'bad'}
          />
        )
      }
      crumbs={[...crumbs, { text: 'Message', to: paths.message(app, message) }]}
      lead={<Id>{id}</Id>}
      actions={
        may.write &&
        attempt.data !== undefined && (
          <Act
            operation="v1.message-attempt.resend"
            request={() => ({
              path: { app_id: app, msg_id: message, endpoint_id: endpointId },
            })}
            changes={['v1.delivery.list-by-msg', 'v1.message-attempt.list-by-msg']}
            said="The message is sent to this endpoint again; its page shows what becomes of it."
          >
            Replay
          </Act>
        )
      }
    >
      <Answered of={attempt}>
        {(value) => (
          <>
            <Alert
              color={value.outcome === 'delivered' ? 'teal' : 'red'}
              title={value.outcome === 'delivered' ? 'Delivered' : 'Not delivered'}
            >
              <Text size="sm">
                {sentenceOf(value)}
                {value.timing.failedPhase !== null &&
                  ` It failed at: ${phaseName(value.timing.failedPhase)}.`}
              </Text>
              {value.detail !== null && value.detail !== '' && (
                <Text size="sm" ff="monospace" mt={4}>
                  {value.detail}
                </Text>
              )}
            </Alert>
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
              <Section title="Request">
                <Fields
                  of={[
                    [
                      'Endpoint',
                      <To key="endpoint" to={paths.endpoint(app, value.endpointId)}>
                        {name}
                      </To>,
                    ],
                    [
                      'Message',
                      <To key="message" to={paths.message(app, value.msgId)}>
                        <Id>{value.msgId}</Id>
                      </To>,
                    ],
                    ['Sent to', <Id key="url">{value.url}</Id>],
                    ['Address', value.address],
                    ['Ended', <Moment key="at" at={value.timestamp} isAbsolute />],
                    ['Took', duration(value.responseDurationMs)],
                    ['Status', statusText(value.responseStatusCode)],
                    ['Sent by', value.triggerType === 1 ? 'a replay' : 'schedule'],
                    [
                      'Canary',
                      value.canaryId === null ? null : (
                        <To key="canary" to={paths.canary(app, value.endpointId)}>
                          it went to the canary
                        </To>
                      ),
                    ],
                    [
                      'Certificate',
                      value.certificate === null ? null : (
                        <To key="certificate" to={paths.certificates}>
                          <Id>{value.certificate.slice(0, 23)}</Id>
                        </To>
                      ),
                    ],
                  ]}
                />
              </Section>
              <Section title="Where the time went">
                <AttemptTiming timing={value.timing} />
              </Section>
            </SimpleGrid>
            <Section title="What the endpoint answered">
              {value.response === '' ? (
                <Empty title="Nothing is kept">
                  {value.responseStatusCode === 0
                    ? 'No answer came back.'
                    : 'The answer had no body, or it was removed.'}
                </Empty>
              ) : (
                <Payload text={value.response} label="Response body" />
              )}
            </Section>
            <SentHeaders app={app} endpointId={value.endpointId} message={value.msgId} />
          </>
        )}
      </Answered>
    </Page>
  );
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
