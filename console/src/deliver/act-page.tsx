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
  paths,
  Section,
  State,
} from '../ui/index.ts';
import { useNamed } from './params.ts';
import { useApplication } from './use-application.ts';

type Act = AnswerOf<'v1.act.get'>;
const REFRESH_MS = 1000;

/** What somebody did to deliveries, how far it is, and what became of them. */
export function ActPage(): ReactNode {
  const { app, act: id } = useNamed('app', 'act');
  const { crumbs } = useApplication(app);
  const act = useAnswer(
    'v1.act.get',
    { path: { app_id: app, act_id: id } },
    { everyMs: REFRESH_MS },
  );
  return (
    <Page
      title={act.data === undefined ? 'Act' : titleOf(act.data)}
      badge={act.data !== undefined && <State of={isOver(act.data) ? 'done' : 'running'} />}
      crumbs={[...crumbs, { text: 'Dead letters', to: paths.deadLetters(app) }]}
      lead={<Id>{id}</Id>}
    >
      <Answered of={act}>{(value) => <Progressed act={value} />}</Answered>
    </Page>
  );
}

const titles: Readonly<Record<string, string>> = {
  replay: 'Replay',
  redrive: 'Redrive',
  cancel: 'Cancellation',
  heal: 'Healing by the audit',
  correct: 'Corrected replay',
};
function titleOf({ kind }: Act): string {
  return titles[kind] ?? kind;
}

const parts = [
  ['delivered', 'Delivered', 'teal.8', 'taken by the endpoint'],
  ['in_flight', 'In flight', 'blue.7', 'requests under way'],
  ['scheduled', 'Scheduled', 'gray.5', 'wait for their turn'],
  ['dead', 'Dead again', 'red.8', 'failed once more'],
  ['cancelled', 'Cancelled', 'gray.7', 'nobody gets them'],
] as const;

function isOver({ done, states = {} }: Act): boolean {
  return done && (states['scheduled'] ?? 0) === 0 && (states['in_flight'] ?? 0) === 0;
}

function Progressed({ act }: { readonly act: Act }): ReactNode {
  const { states = {}, touched, perSecond, reason, actor, at, done } = act;
  const all = Math.max(
    1,
    parts.reduce((sum, [state]) => sum + (states[state] ?? 0), 0),
  );
  return (
    <>
      <Alert
        color={(states['dead'] ?? 0) > 0 ? 'orange' : 'cyan'}
        title={isOver(act) ? 'It is over' : 'Under way'}
      >
        <Text size="sm">{sentence(act)}</Text>
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
            isBad={state === 'dead' && (states['dead'] ?? 0) > 0}
          />
        ))}
      </Figures>
      <Section title="What it is">
        <Fields
          of={[
            ['By', actor],
            ['Reason', reason],
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
    </>
  );
}

function sentence(act: Act): string {
  const { kind, touched, done, states = {} } = act;
  const of = count(touched);
  const [delivered = 0, dead = 0] = [states['delivered'], states['dead']];
  if (touched === 0) return done ? 'There was nothing that it could be done to.' : 'It begins.';
  if (kind === 'cancel') {
    return `${of} deliveries are cancelled${done ? '' : ' so far'}; no redrive sends them again.`;
  }
  if (isOver(act)) {
    return dead === 0
      ? `All ${of} came to their end: ${count(delivered)} delivered.`
      : `${count(delivered)} of ${of} were delivered. ${count(dead)} failed again: see why on the page of a message, mend it, and redrive once more.`;
  }
  return `${count(delivered)} of ${of}${done ? '' : ' found so far'} are delivered; the others wait for their turn.`;
}
