import { Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  Answered,
  changeWords,
  Diff,
  Fields,
  Id,
  itemWords,
  Moment,
  Page,
  paths,
  Section,
  sidesOf,
  State,
  To,
  useParam,
  type Change,
  type ChangeItem,
} from '../ui/index.ts';
import { ChangeIncidents } from './change-incidents.tsx';
import { ways } from './kinds.ts';
import { ApplicationName } from './names.tsx';
import { Revert } from './revert.tsx';
import { useNamed } from './use-named.ts';

const crumbs = [{ text: 'Changes', to: paths.changes }];

/** One change: what it altered, who made it and why, what came of it, and the way back. */
export function ChangePage(): ReactNode {
  const id = useParam('change');
  const answer = useAnswer('v1.change.get', { path: { change_id: id } });
  const [named] = useNamed(answer.data === undefined ? [] : [answer.data]);
  if (answer.data === undefined) {
    return (
      <Page title="Change" crumbs={crumbs}>
        <Answered of={answer}>{() => null}</Answered>
      </Page>
    );
  }
  return <Known change={named ?? answer.data} />;
}

function Known({ change }: { readonly change: Change }): ReactNode {
  const may = useMay();
  const { id, at, actor, via, reason, reverts, revertedBy, isRevertible, items } = change;
  const canGo = may.write && isRevertible && revertedBy === null;
  return (
    <Page
      title={capital(changeWords(change))}
      crumbs={crumbs}
      badge={<Standing of={change} />}
      actions={
        canGo && (
          <Revert which={{ changeIds: [id] }} name={`Revert: ${changeWords(change)}`}>
            Revert
          </Revert>
        )
      }
    >
      <Fields
        of={[
          ['When', <Moment key="at" at={at} isAbsolute />],
          ['Who', `${actor}, through ${ways[via] ?? via}`],
          ['Why', reason === '' ? 'No reason was given.' : `“${reason}”`],
          ['Takes back', reverts.length === 0 ? null : <Changes key="reverts" ids={reverts} />],
          [
            'Taken back by',
            revertedBy === null ? null : <Changes key="revertedBy" ids={[revertedBy]} />,
          ],
          ['The way back', canGo || revertedBy !== null ? null : wayBack(change)],
          ['Id', <Id key="id">{id}</Id>],
        ]}
      />
      <Section title={items.length === 1 ? 'What it altered' : `What it altered: ${items.length}`}>
        {items.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nothing: all was as it should become already.
          </Text>
        ) : (
          <Stack gap="sm">
            {items.map((item) => (
              <Item key={`${item.kind} ${item.subjectId ?? item.subject}`} item={item} />
            ))}
          </Stack>
        )}
      </Section>
      <ChangeIncidents change={change} />
    </Page>
  );
}

function Item({ item }: { readonly item: ChangeItem }): ReactNode {
  const to = placeOf(item);
  return (
    <Paper withBorder p="sm" role="group" aria-label={itemWords(item)}>
      <Text size="sm" fw={600} mb={4} style={{ overflowWrap: 'anywhere' }}>
        {to === null ? capital(itemWords(item)) : <To to={to}>{capital(itemWords(item))}</To>}
        {item.appId !== null && item.kind !== 'application' && (
          <>
            {' '}
            of <ApplicationName app={item.appId} />
          </>
        )}
      </Text>
      <Diff {...sidesOf(item.fields)} />
      {item.fields.some(({ isHidden }) => isHidden) && (
        <Text size="xs" c="dimmed" mt={4}>
          Secrets and header values are kept, since a revert needs them, and never shown.
        </Text>
      )}
    </Paper>
  );
}

function Standing({ of: { revertedBy, reverts } }: { readonly of: Change }): ReactNode {
  if (revertedBy !== null) return <State of="undone">taken back</State>;
  return reverts.length > 0 ? <State of="revert">a revert</State> : null;
}

function Changes({ ids }: { readonly ids: readonly string[] }): ReactNode {
  return ids.map((id, nth) => (
    <span key={id}>
      {nth > 0 && ', '}
      <To to={paths.change(id)}>
        <Id>{id}</Id>
      </To>
    </span>
  ));
}

/** Why there is none, or who has it. */
function wayBack({ isRevertible, items }: Change): string {
  if (isRevertible) return 'It can be taken back by a session that may write.';
  const verbs = new Set(items.map(({ verb }) => verb));
  if (verbs.has('observed')) {
    return 'It was seen elsewhere: nothing here can take it back.';
  }
  if (verbs.has('marked')) {
    return 'A deploy is taken back where it was made: deploy the version before, and tell of it.';
  }
  return 'Changes of this kind cannot be taken back.';
}

/** The page of what a change is about, where there is one. */
function placeOf({ kind, verb, appId, subjectId, subject }: ChangeItem): string | null {
  if (verb === 'deleted') return null;
  switch (kind) {
    case 'application':
      return subjectId === null ? null : paths.application(subjectId);
    case 'endpoint':
      return appId === null || subjectId === null ? null : paths.endpoint(appId, subjectId);
    case 'event_type':
    case 'drift':
      return paths.eventType(subject);
    case 'policy':
      return paths.policy(subject);
    case 'objective':
      return paths.objective(subject);
    case 'notifier':
    case 'route':
      return paths.notifiers;
    case 'incident_rule':
      return paths.incidentRules;
    case 'certificate':
      return paths.certificates;
    case 'canary':
      return paths.canaries;
    case 'token':
      return paths.settings;
    default:
      return null;
  }
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
