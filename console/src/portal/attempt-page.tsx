import { Alert, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer, usePayload } from '../api/index.ts';
import {
  Act,
  Answered,
  AttemptTiming,
  duration,
  Empty,
  Fields,
  Id,
  Moment,
  nameOf,
  Page,
  Payload,
  phaseName,
  Section,
  sentenceOf,
  State,
  statusText,
  To,
} from '../ui/index.ts';
import { adviceOn } from './advice.ts';
import { places } from './places.ts';
import { useApp } from './session.tsx';
import { useEndpoints } from './use-endpoints.ts';
import { useNamed } from './use-named.ts';

/** One request to an endpoint of yours: what came of it, why, and what was answered. */
export function AttemptPage(): ReactNode {
  const app = useApp();
  const [message, id] = [useNamed('message'), useNamed('attempt')];
  const attempt = useAnswer('v1.message-attempt.get', {
    path: { app_id: app, msg_id: message, attempt_id: id },
  });
  const payload = usePayload(app, message);
  const endpoints = useEndpoints();
  const endpointId = attempt.data?.endpointId ?? '';
  const endpoint = endpoints.data?.data.find((one) => one.id === endpointId);
  const outcome = attempt.data?.outcome;
  return (
    <Page
      title="Attempt"
      badge={
        outcome !== undefined && (
          <State of={outcome} tone={outcome === 'delivered' ? 'good' : 'bad'} />
        )
      }
      crumbs={[
        { text: 'Messages', to: places.messages },
        { text: 'Message', to: places.message(message) },
      ]}
      lead={<Id>{id}</Id>}
      actions={
        attempt.data !== undefined && (
          <Act
            operation="v1.message-attempt.resend"
            request={() => ({ path: { app_id: app, msg_id: message, endpoint_id: endpointId } })}
            changes={['v1.delivery.list-by-msg', 'v1.message-attempt.list-by-msg']}
            said="It is sent to this endpoint again; the page of the message shows what becomes of it."
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
              title={value.outcome === 'delivered' ? 'Delivered' : 'Not delivered by this attempt'}
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
              {value.outcome !== 'delivered' && (
                <Text size="sm" mt={4}>
                  <b>What to do next:</b> {adviceOn(value)}
                </Text>
              )}
            </Alert>
            <Section title="What your endpoint answered">
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
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
              <Section title="Request">
                <Fields
                  of={[
                    [
                      'Endpoint',
                      <To key="endpoint" to={places.endpoint(value.endpointId)}>
                        {endpoint === undefined ? value.endpointId : nameOf(endpoint)}
                      </To>,
                    ],
                    ['Sent to', <Id key="url">{value.url}</Id>],
                    ['Address', value.address],
                    ['Ended', <Moment key="at" at={value.timestamp} isAbsolute />],
                    ['Took', duration(value.responseDurationMs)],
                    ['Status', statusText(value.responseStatusCode)],
                    ['Sent by', value.triggerType === 1 ? 'a replay' : 'schedule'],
                    ['webhook-id', <Id key="id">{value.msgId}</Id>],
                  ]}
                />
              </Section>
              <Section title="Where the time went">
                <AttemptTiming timing={value.timing} />
              </Section>
            </SimpleGrid>
            <Section title="What was sent">
              <Answered of={payload} rows={2}>
                {(text) => <Payload text={text} />}
              </Answered>
            </Section>
          </>
        )}
      </Answered>
    </Page>
  );
}
