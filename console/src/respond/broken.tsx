import { Stack, Text } from '@mantine/core';
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
import { useExplanation } from './use-explanation.ts';
import { isEnded, type Incident } from './incident.ts';

const MOST_ALERTS = 5;

/** What is broken, since when, for whom, how much money. */
export function Broken({ incident }: { readonly incident: Incident }): ReactNode {
  const { summary, impact } = incident;
  const alerts = incident.episodes.at(-1)?.alerts ?? [];
  return (
    <Section title="What is broken" id="broken">
      <Stack gap="sm">
        <Text style={{ overflowWrap: 'anywhere' }}>
          <Slice incident={incident} /> {summary} <Apart incident={incident} />
        </Text>
        <Figures across={2}>
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
          <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
            {alerts.slice(-MOST_ALERTS).map((alert) => (
              <li key={`${alert.alertId} ${alert.count} ${alert.severity}`}>
                <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                  <State of="firing" tone={alert.severity === 'page' ? 'bad' : 'warn'}>
                    {words(alert.severity)}
                  </State>{' '}
                  <To to={paths.alert(alert.alertId)}>
                    {words(alert.kind)}
                    {alert.group !== alert.kind && ` of ${alert.group}`}
                  </To>
                  , fired <Moment at={alert.firedAt} />
                  {alert.title !== incident.title && `. ${alert.title}`}
                </Text>
              </li>
            ))}
          </Stack>
        )}
      </Stack>
    </Section>
  );
}

/** What sets the failures apart, the surest of it. */
function Apart({ incident }: { readonly incident: Incident }): ReactNode {
  const { data } = useExplanation(incident);
  const [first] = data?.explanations ?? [];
  if (first === undefined) return null;
  const { dimension, value, about, bad, total, otherBad, otherTotal } = first;
  return (
    <Text span>
      What sets the failures apart: {words(dimension)} {value}
      {about !== null && ` (${about})`}, where {count(bad)} of {count(total)} failed; elsewhere{' '}
      {count(otherBad)} of {count(otherTotal)}.
    </Text>
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
      name="Failed first attempts"
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
  const { currency, delayed, lost, perWeek } = first;
  return (
    <Figure
      name="Money a week at this rate"
      value={moneyRoughly(perWeek, currency)}
      isBad={lost > 0}
      hint={[
        `So far ${money(delayed, currency)} delayed, ${lost === 0 ? 'none' : money(lost, currency)} lost`,
        ...others.map(
          (each) =>
            `${money(each.perWeek, each.currency)} a week, ${money(each.delayed, each.currency)} delayed, ${money(each.lost, each.currency)} lost`,
        ),
      ].join('. ')}
    />
  );
}

/** Without cents where there are thousands: a figure that one takes in at a glance. */
function moneyRoughly(minor: number, currency: string): string {
  const text = money(minor, currency);
  return text.length > 'EUR 999.00'.length ? text.replace(/\.\d+$/, '') : text;
}

function many(value: number, one: string, more = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : more}`;
}
