import { Alert, Progress, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer, type AnswerOf } from '../api/index.ts';
import {
  Answered,
  count,
  duration,
  Fields,
  Figure,
  Figures,
  Id,
  Moment,
  Page,
  Section,
  State,
  To,
} from '../ui/index.ts';
import { actNames } from './act-names.ts';
import { places } from './places.ts';
import { useApp } from './session.tsx';
import { useNamed } from './use-named.ts';

type Done = AnswerOf<'v1.act.get'>;
const REFRESH_MS = 1000;

const parts = [
  ['delivered', 'Delivered', 'teal.8', 'taken by your endpoint'],
  ['in_flight', 'In flight', 'blue.7', 'requests under way'],
  ['scheduled', 'Scheduled', 'gray.5', 'wait for their turn'],
  ['dead', 'Failed again', 'red.8', 'all attempts once more'],
  ['cancelled', 'Cancelled', 'gray.7', 'nobody gets them'],
] as const;

/** How far it is with what was sent again, and what became of it. */
export function ActPage(): ReactNode {
  const id = useNamed('act');
  const act = useAnswer(
    'v1.act.get',
    { path: { app_id: useApp(), act_id: id } },
    { everyMs: REFRESH_MS },
  );
  return (
    <Page
      title={act.data === undefined ? 'Sent again' : (actNames[act.data.kind] ?? act.data.kind)}
      badge={act.data !== undefined && <State of={isOver(act.data) ? 'done' : 'running'} />}
      crumbs={[{ text: 'Not delivered', to: places.undelivered }]}
      lead={<Id>{id}</Id>}
    >
      <Answered of={act}>{(value) => <Progressed act={value} />}</Answered>
    </Page>
  );
}

function isOver({ done, states = {} }: Done): boolean {
  return done && (states['scheduled'] ?? 0) === 0 && (states['in_flight'] ?? 0) === 0;
}

function Progressed({ act }: { readonly act: Done }): ReactNode {
  const { states = {}, touched, perSecond, reason, at, done } = act;
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
            <To to={places.undelivered}>See what failed again, and why</To>
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
      <Section title="What it is">
        <Fields
          of={[
            ['Reason', reason === '' ? null : reason],
            ['Begun', <Moment key="at" at={at} isAbsolute />],
            ['Deliveries', `${count(touched)}${done ? '' : ' so far'}`],
            [
              'Rate',
              perSecond === null
                ? null
                : `${count(perSecond)} a second: ${duration((touched / perSecond) * 1000)} for all of them`,
            ],
          ]}
        />
      </Section>
    </>
  );
}

function sentenceOn(act: Done): string {
  const { kind, touched, done, states = {} } = act;
  const [delivered = 0, dead = 0] = [states['delivered'], states['dead']];
  if (touched === 0) return done ? 'There was nothing to send again.' : 'It begins.';
  if (kind === 'cancel') return `${count(touched)} deliveries are cancelled.`;
  if (isOver(act)) {
    return dead === 0
      ? `All ${count(touched)} came to their end: ${count(delivered)} delivered.`
      : `${count(delivered)} of ${count(touched)} were delivered, ${count(dead)} failed again.`;
  }
  return `${count(delivered)} of ${count(touched)}${done ? '' : ' found so far'} are delivered; the others wait for their turn.`;
}
