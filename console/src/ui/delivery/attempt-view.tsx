import { Alert, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../../api/index.ts';
import { AttemptTiming } from '../attempt-timing.tsx';
import { State } from '../badge.tsx';
import { Id, Payload } from '../code.tsx';
import { phaseName, sentenceOf, statusText, type Attempt } from '../delivery-words.ts';
import { Fields, type Field } from '../fields.tsx';
import { duration } from '../format.ts';
import { To } from '../link.tsx';
import { Moment } from '../moment.tsx';
import { Page, Section, type Crumb } from '../page.tsx';
import { Answered, Empty } from '../states.tsx';
import type { Reach } from './reach.ts';
import { Replay } from './replay.tsx';
import { useEndpoints } from './use-endpoints.ts';

type Props = {
  readonly reach: Reach;
  readonly message: string;
  readonly id: string;
  readonly crumbs: readonly Crumb[];
  /** What to do about one that failed. */
  readonly adviceOn?: (attempt: Attempt) => string;
  /** What else is known of it here. */
  readonly fieldsOf?: (attempt: Attempt) => readonly Field[];
  /** What stands below. */
  readonly children: (attempt: Attempt) => ReactNode;
};

/** One HTTP request of a delivery: what came of it, what was answered, and where its time went. */
export function AttemptView(props: Props): ReactNode {
  const { reach, message, id, crumbs, adviceOn, children } = props;
  const attempt = useAnswer('v1.message-attempt.get', {
    path: { app_id: reach.app, msg_id: message, attempt_id: id },
  });
  const { outcome, endpointId } = attempt.data ?? {};
  return (
    <Page
      title="Attempt"
      badge={
        outcome !== undefined && (
          <State of={outcome} tone={outcome === 'delivered' ? 'good' : 'bad'} />
        )
      }
      crumbs={crumbs}
      lead={<Id>{id}</Id>}
      actions={
        endpointId !== undefined && (
          <Replay
            reach={reach}
            message={message}
            endpoint={endpointId}
            changes={['v1.delivery.list-by-msg', 'v1.message-attempt.list-by-msg']}
            said="It is sent to this endpoint again; the page of the message shows what becomes of it."
          />
        )
      }
    >
      <Answered of={attempt}>
        {(value) => (
          <>
            <Outcome of={value} {...(adviceOn === undefined ? {} : { adviceOn })} />
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
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
              <Request {...props} of={value} />
              <Section title="Where the time went">
                <AttemptTiming timing={value.timing} />
              </Section>
            </SimpleGrid>
            {children(value)}
          </>
        )}
      </Answered>
    </Page>
  );
}

function Outcome({ of, adviceOn }: { readonly of: Attempt } & Pick<Props, 'adviceOn'>): ReactNode {
  const { outcome, timing, detail } = of;
  const isDelivered = outcome === 'delivered';
  return (
    <Alert
      color={isDelivered ? 'teal' : 'red'}
      title={isDelivered ? 'Delivered' : 'Not delivered by this attempt'}
    >
      <Text size="sm">
        {sentenceOf(of)}
        {timing.failedPhase !== null && ` It failed at: ${phaseName(timing.failedPhase)}.`}
      </Text>
      {detail !== null && detail !== '' && (
        <Text size="sm" ff="monospace" mt={4}>
          {detail}
        </Text>
      )}
      {!isDelivered && adviceOn !== undefined && (
        <Text size="sm" mt={4}>
          <b>What to do next:</b> {adviceOn(of)}
        </Text>
      )}
    </Alert>
  );
}

function Request({ reach, of, fieldsOf }: Props & { readonly of: Attempt }): ReactNode {
  const endpoints = useEndpoints(reach.app);
  return (
    <Section title="Request">
      <Fields
        of={[
          [
            'Endpoint',
            <To key="endpoint" to={reach.to.endpoint(of.endpointId)}>
              {endpoints.names.get(of.endpointId) ?? of.endpointId}
            </To>,
          ],
          [
            'Message',
            <To key="message" to={reach.to.message(of.msgId)}>
              <Id>{of.msgId}</Id>
            </To>,
          ],
          ['Sent to', <Id key="url">{of.url}</Id>],
          ['Address', of.address],
          ['Ended', <Moment key="at" at={of.timestamp} isAbsolute />],
          ['Took', duration(of.responseDurationMs)],
          ['Status', statusText(of.responseStatusCode)],
          ['Sent by', of.triggerType === 1 ? 'a replay' : 'schedule'],
          ...(fieldsOf?.(of) ?? []),
        ]}
      />
    </Section>
  );
}
