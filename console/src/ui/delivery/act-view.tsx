import { Alert, Progress, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer, type AnswerOf } from '../../api/index.ts';
import { State } from '../badge.tsx';
import { Id } from '../code.tsx';
import { Fields } from '../fields.tsx';
import { Figure, Figures } from '../figure.tsx';
import { count, duration } from '../format.ts';
import { To } from '../link.tsx';
import { Moment } from '../moment.tsx';
import { Page, Section, type Crumb } from '../page.tsx';
import { Answered } from '../states.tsx';

type Act = AnswerOf<'v1.act.get'>;
const REFRESH_MS = 1000;

const parts = [
  ['delivered', 'Delivered', 'teal.8', 'taken by the endpoint'],
  ['in_flight', 'In flight', 'blue.7', 'requests under way'],
  ['scheduled', 'Scheduled', 'gray.5', 'wait for their turn'],
  ['dead', 'Failed again', 'red.8', 'all attempts once more'],
  ['cancelled', 'Cancelled', 'gray.7', 'nobody gets them'],
] as const;

/** What somebody did to deliveries, how far it is, and what became of them. */
export function ActView({
  app,
  id,
  crumbs,
  titles,
  usualTitle,
  deadLetters,
  showsActor = false,
}: {
  readonly app: string;
  readonly id: string;
  readonly crumbs: readonly Crumb[];
  /** What each kind is called here; and any, before it is known. */
  readonly titles: Readonly<Record<string, string>>;
  readonly usualTitle: string;
  /** Where those that failed again are found. */
  readonly deadLetters: string;
  readonly showsActor?: boolean;
}): ReactNode {
  const act = useAnswer(
    'v1.act.get',
    { path: { app_id: app, act_id: id } },
    { everyMs: REFRESH_MS },
  );
  const { kind } = act.data ?? {};
  return (
    <Page
      title={kind === undefined ? usualTitle : (titles[kind] ?? kind)}
      badge={act.data !== undefined && <State of={isOver(act.data) ? 'done' : 'running'} />}
      crumbs={crumbs}
      lead={<Id>{id}</Id>}
    >
      <Answered of={act}>
        {(value) => (
          <>
            <Progressed act={value} deadLetters={deadLetters} />
            <What act={value} showsActor={showsActor} />
          </>
        )}
      </Answered>
    </Page>
  );
}

function isOver({ done, states = {} }: Act): boolean {
  return done && (states['scheduled'] ?? 0) === 0 && (states['in_flight'] ?? 0) === 0;
}

function Progressed({
  act,
  deadLetters,
}: {
  readonly act: Act;
  readonly deadLetters: string;
}): ReactNode {
  const { states = {} } = act;
  const dead = states['dead'] ?? 0;
  const all = Math.max(
    1,
    parts.reduce((sum, [state]) => sum + (states[state] ?? 0), 0),
  );
  return (
    <>
      <Alert
        color={dead > 0 ? 'orange' : 'blue'}
        title={isOver(act) ? 'It is over' : 'Under way'}
        role="status"
      >
        <Text size="sm">{sentenceOn(act)}</Text>
        {isOver(act) && dead > 0 && (
          <Text size="sm">
            <To to={deadLetters}>See what failed again, and why</To>; mend it, then send it once
            more.
          </Text>
        )}
      </Alert>
      <Progress.Root size={22} aria-hidden>
        {parts.map(([state, , color]) => (
          <Progress.Section key={state} value={((states[state] ?? 0) / all) * 100} color={color} />
        ))}
      </Progress.Root>
      <Figures across={5}>
        {parts.map(([state, name, , hint]) => (
          <Figure
            key={state}
            name={name}
            value={count(states[state] ?? 0)}
            hint={hint}
            isBad={state === 'dead' && dead > 0}
          />
        ))}
      </Figures>
    </>
  );
}

function What({
  act: { actor, reason, at, touched, done, perSecond },
  showsActor,
}: {
  readonly act: Act;
  readonly showsActor: boolean;
}): ReactNode {
  return (
    <Section title="What it is">
      <Fields
        of={[
          ['By', showsActor ? actor : null],
          ['Reason', reason === '' ? null : reason],
          ['Begun', <Moment key="at" at={at} isAbsolute />],
          ['Deliveries found', `${count(touched)}${done ? '' : ' so far'}`],
          [
            'Rate',
            perSecond === null
              ? null
              : `${count(perSecond)} a second: ${duration((touched / perSecond) * 1000)} for all of them`,
          ],
        ]}
      />
    </Section>
  );
}

function sentenceOn(act: Act): string {
  const { kind, touched, done, states = {} } = act;
  const of = count(touched);
  const [delivered = 0, dead = 0] = [states['delivered'], states['dead']];
  if (touched === 0) return done ? 'There was nothing that it could be done to.' : 'It begins.';
  if (kind === 'cancel') {
    return `${of} deliveries are cancelled${done ? '' : ' so far'}; sending all again leaves them out.`;
  }
  if (isOver(act)) {
    return dead === 0
      ? `All ${of} came to their end: ${count(delivered)} delivered.`
      : `${count(delivered)} of ${of} were delivered, ${count(dead)} failed again.`;
  }
  return `${count(delivered)} of ${of}${done ? '' : ' found so far'} are delivered; the others wait for their turn.`;
}
