import { List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import {
  count,
  duration,
  Figure,
  Figures,
  Moment,
  money,
  paths,
  percent,
  Section,
  State,
  To,
  words,
} from '../ui/index.ts';
import { useSecond } from './beat.ts';
import { isEnded, type Incident } from './incident.ts';

const MOST_ALERTS = 5;

/** What is broken, since when, for whom, how much money. */
export function Broken({ incident }: { readonly incident: Incident }): ReactNode {
  const { summary, impact } = incident;
  const alerts = incident.episodes.at(-1)?.alerts ?? [];
  return (
    <Section title="What is broken" id="broken">
      <Stack gap="sm">
        <Text>
          <Slice incident={incident} /> {summary}
        </Text>
        <Figures across={4}>
          <Since incident={incident} />
          <ForWhom incident={incident} />
          <Bad incident={incident} />
          <Money incident={incident} />
        </Figures>
        {impact !== null && (
          <Text size="xs" c="dimmed">
            Counted <Moment at={impact.at} />
            {isEnded(incident) ? '.' : '; again every 30 s while it lasts.'}
          </Text>
        )}
        {alerts.length > 0 && (
          <List size="sm" spacing={2} withPadding={false} listStyleType="none">
            {alerts
              .slice(-MOST_ALERTS)
              .map(({ alertId, count: nth, title, severity, firedAt, explanation }) => (
                <List.Item key={`${alertId} ${nth} ${severity}`}>
                  <State of="firing" tone={severity === 'page' ? 'bad' : 'warn'}>
                    {words(severity)}
                  </State>{' '}
                  <To to={paths.alert(alertId)}>{title}</To>, fired <Moment at={firedAt} />
                  {explanation !== null && <Text span c="dimmed">{`. ${explanation}`}</Text>}
                </List.Item>
              ))}
          </List>
        )}
      </Stack>
    </Section>
  );
}

function Slice({ incident }: { readonly incident: Incident }): ReactNode {
  const { slice, names } = incident;
  const unnamed = slice.appIds.length + slice.endpointIds.length - names.length;
  const [app, endpoint] = [slice.appIds, slice.endpointIds];
  const parts: ReactNode[] = [];
  if (slice.objective !== null) {
    parts.push(
      <>
        objective <To to={paths.objective(slice.objective)}>{slice.objective}</To>
      </>,
    );
  }
  for (const name of names) {
    const [only] = app;
    // The way to an endpoint leads through its application.
    const to =
      app.length === 1 && only !== undefined
        ? name.startsWith('application ')
          ? paths.application(only)
          : endpoint.length === 1 && endpoint[0] !== undefined
            ? paths.endpoint(only, endpoint[0])
            : null
        : null;
    parts.push(to === null ? name : <To to={to}>{name}</To>);
  }
  if (unnamed > 0) parts.push(`${count(unnamed)} more`);
  if (slice.eventTypes.length > 0) parts.push(`event types ${slice.eventTypes.join(', ')}`);
  if (parts.length === 0) return 'Deliveries of all applications.';
  return (
    <>
      Deliveries of{' '}
      {parts.map((part, nth) => (
        // oxlint-disable-next-line react/no-array-index-key -- the parts of one sentence, in their order
        <span key={nth}>
          {nth > 0 && ', '}
          {part}
        </span>
      ))}
      .
    </>
  );
}

function Since({ incident }: { readonly incident: Incident }): ReactNode {
  const now = useSecond();
  const { impactStart, detected, mitigated } = incident.markers;
  const from = Date.parse(impactStart?.at ?? incident.openedAt);
  const until = mitigated === undefined ? now : Date.parse(mitigated.at);
  const found = detected === undefined ? null : Date.parse(detected.at) - from;
  return (
    <Figure
      name={mitigated === undefined ? 'Since (lasts still)' : 'Lasted'}
      value={duration(Math.max(0, until - from))}
      isBad={mitigated === undefined}
      hint={
        <>
          Impact began <Moment at={from} isAbsolute />
          {found !== null &&
            `; noticed by ${incident.detectedBy === 'system' ? 'Holdfast' : 'a person'} ${found < 1000 ? 'at once' : `${duration(found)} later`}`}
        </>
      }
    />
  );
}

function ForWhom({ incident: { impact } }: { readonly incident: Incident }): ReactNode {
  if (impact === null) return <Figure name="For whom" value="–" hint="Not counted yet" />;
  const { endpoints, applications, people } = impact;
  return people === null ? (
    <Figure
      name="For whom"
      value={many(applications, 'application')}
      hint={many(endpoints, 'endpoint')}
    />
  ) : (
    <Figure
      name="For whom"
      value={many(people, 'person', 'people')}
      hint={`${many(endpoints, 'endpoint')} of ${many(applications, 'application')}`}
    />
  );
}

function Bad({ incident: { impact } }: { readonly incident: Incident }): ReactNode {
  if (impact === null) return <Figure name="Deliveries" value="–" hint="Not counted yet" />;
  const { failed, late, dead, lost, deliveries } = impact;
  const rest = [
    `${count(late)} late`,
    many(dead, 'dead letter'),
    lost === 0 ? 'none lost' : `${count(lost)} LOST`,
  ].join(', ');
  return (
    <Figure
      name="Failed at first"
      value={count(failed)}
      isBad={lost > 0}
      hint={`${deliveries === 0 ? '' : `${percent(failed / deliveries)} of ${count(deliveries)}; `}${rest}`}
    />
  );
}

function Money({ incident: { impact } }: { readonly incident: Incident }): ReactNode {
  const [first, ...others] = impact?.money ?? [];
  if (first === undefined) {
    return (
      <Figure
        name="Money"
        value="–"
        hint="No value is known of what failed. Event types can name it."
      />
    );
  }
  const said = ({ lost, perWeek, currency }: typeof first): string =>
    `${lost === 0 ? 'nothing' : money(lost, currency)} lost; ${money(perWeek, currency)} a week at this rate`;
  return (
    <Figure
      name="Money delayed"
      value={money(first.delayed, first.currency)}
      isBad={first.lost > 0}
      hint={[
        said(first),
        ...others.map((each) => `${money(each.delayed, each.currency)} delayed, ${said(each)}`),
      ].join('. ')}
    />
  );
}

function many(value: number, one: string, more = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : more}`;
}
