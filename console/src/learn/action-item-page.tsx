import { Grid, Group, Paper, Stack, Text, Textarea } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  Act,
  Answered,
  Copy,
  Fields,
  Id,
  KeyHelp,
  Moment,
  Page,
  paths,
  Section,
  State,
  To,
} from '../ui/index.ts';
import { ActionState } from './action-columns.tsx';
import { bodyOf, draftOf, type ActionDraft } from './action-draft.ts';
import { ActionFields } from './action-fields.tsx';
import { actionAnswers, actionTypes, type ActionItem } from './action-item.ts';
import { ActionVerification } from './action-verification.tsx';

/** One action item: what, whose, until when, and whether it holds. */
export function ActionItemPage(): ReactNode {
  const { item: id = '' }: { readonly item?: string } = useParams({ strict: false });
  const may = useMay();
  const answer = useAnswer('v1.action.get', { path: { item_id: id } });
  const item = answer.data;
  return (
    <Page
      title={item?.text ?? 'Action item'}
      crumbs={[{ text: 'Action items', to: paths.actionItems }]}
      badge={item !== undefined && <ActionState item={item} />}
      lead={
        item !== undefined && (
          <Group gap={4} component="span">
            {whoWhen(item)} <Id>{item.id}</Id>
            <Copy text={item.id} what="the id" />
          </Group>
        )
      }
      actions={
        <>
          {item !== undefined && may.write && <Moves item={item} />}
          <KeyHelp />
        </>
      }
    >
      <Answered of={answer} rows={8}>
        {(found) => (
          <Grid gap="lg">
            <Grid.Col span={{ base: 12, md: 7 }}>
              <ActionVerification item={found} />
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 5 }}>
              <What item={found} />
              <OfIncident item={found} />
            </Grid.Col>
          </Grid>
        )}
      </Answered>
    </Page>
  );
}

function whoWhen({ owner, dueAt, state }: ActionItem): ReactNode {
  const whose = owner === '' ? 'Nobody owns it yet' : `${owner} owns it`;
  if (state !== 'open') return `${whose}.`;
  return (
    <span>
      {whose};{' '}
      {dueAt === null ? (
        'it has no date.'
      ) : (
        <>
          it is due <Moment at={dueAt} />.
        </>
      )}
    </span>
  );
}

function Moves({ item }: { readonly item: ActionItem }): ReactNode {
  const path = { item_id: item.id };
  const isHeld = item.verification === null || item.isVerified;
  return (
    <>
      {item.state === 'open' ? (
        <>
          <Act
            operation="v1.action.done"
            request={() => ({ path, body: {} })}
            changes={actionAnswers}
            said="Done."
            isDisabled={!isHeld}
            button={{ variant: 'filled' }}
          >
            Done
          </Act>
          <Edit item={item} />
          <NotDoing item={item} />
        </>
      ) : (
        <Act
          operation="v1.action.reopen"
          request={() => ({ path, body: {} })}
          changes={actionAnswers}
          said="Open again."
        >
          Open again
        </Act>
      )}
    </>
  );
}

function Edit({ item }: { readonly item: ActionItem }): ReactNode {
  const [draft, setDraft] = useState<ActionDraft>(draftOf(item));
  const body = bodyOf(draft);
  return (
    <Act
      operation="v1.action.patch"
      request={() => ({ path: { item_id: item.id }, body: body ?? {} })}
      changes={actionAnswers}
      onOpen={() => setDraft(draftOf(item))}
      said="Changed."
      isReady={body !== null}
      verb="Save"
      hotkey="e"
      size="lg"
      confirm={
        <Stack gap="sm">
          <ActionFields draft={draft} set={setDraft} />
          {item.results.length > 0 && (
            <Text size="sm" c="dimmed">
              Another end or verification forgets the results so far: they were of another item.
            </Text>
          )}
        </Stack>
      }
    >
      Edit
    </Act>
  );
}

function NotDoing({ item }: { readonly item: ActionItem }): ReactNode {
  const [reason, setReason] = useState('');
  return (
    <Act
      operation="v1.action.not-doing"
      request={() => ({ path: { item_id: item.id }, body: { reason: reason.trim() } })}
      changes={actionAnswers}
      onOpen={() => setReason('')}
      said="Not doing, with its reason."
      isReady={reason.trim() !== ''}
      confirm={
        <Textarea
          label="Why it is not done"
          description="It shows wherever the item does."
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          required
          data-autofocus
        />
      }
    >
      Not doing
    </Act>
  );
}

function What({ item }: { readonly item: ActionItem }): ReactNode {
  const does = actionTypes.find(({ value }) => value === item.type)?.does ?? '';
  return (
    <Section title="What it is">
      <Paper withBorder p="sm">
        <Fields
          of={[
            ['Type', `${item.type}: ${does}`],
            ['Owner', item.owner || 'nobody yet'],
            [
              'Due',
              item.dueAt === null ? 'no date' : <Moment key="due" at={item.dueAt} isAbsolute />,
            ],
            ['Measurable end', item.end || 'not said yet'],
            ['Not done because', item.state === 'not_doing' ? item.reason : null],
            [
              'Written',
              <>
                by {item.by}, <Moment at={item.at} />
              </>,
            ],
            [
              'Closed',
              item.closedAt === null ? null : (
                <>
                  by {item.closedBy ?? 'nobody'}, <Moment at={item.closedAt} />
                </>
              ),
            ],
            [
              'Reminded',
              item.remindedAt === null ? null : (
                <>
                  {item.reminders} {item.reminders === 1 ? 'time' : 'times'}, last{' '}
                  <Moment at={item.remindedAt} />
                </>
              ),
            ],
          ]}
        />
      </Paper>
    </Section>
  );
}

/** The incident that it came from, and whether that one came back from an earlier one. */
function OfIncident({ item }: { readonly item: ActionItem }): ReactNode {
  const { incidentId } = item;
  const incident = useAnswer('v1.incident.get', { path: { incident_id: incidentId } });
  const rows = useAnswer('v1.incident.list-timeline', {
    path: { incident_id: incidentId },
    query: { kind: 'evidence', limit: 100 },
  });
  const earlier = (rows.data?.data ?? []).flatMap(({ text, pinned }) => {
    const of: unknown =
      typeof pinned === 'object' && pinned !== null ? Reflect.get(pinned, 'recurrenceOf') : null;
    return typeof of === 'string' ? [{ of, text }] : [];
  });
  return (
    <Section title="Incident">
      <Paper withBorder p="sm">
        <Answered of={incident} rows={2}>
          {({ id, title, state, severity, episode }) => (
            <Stack gap="xs">
              <Group gap="xs">
                <To to={paths.incident(id)}>{title.split('; ')[0] ?? title}</To>
                <State of={state} />
                <Text size="sm">severity {severity}</Text>
              </Group>
              <Text size="sm">
                <To to={paths.postmortem(id)}>Its postmortem</To>
              </Text>
              {episode > 1 && (
                <Text size="sm">Its impact came back: this is episode {episode} of it.</Text>
              )}
              {earlier.map(({ of, text }) => (
                <Text key={of} size="sm">
                  It came back from <To to={paths.incident(of)}>an earlier one</To>. {text}
                </Text>
              ))}
            </Stack>
          )}
        </Answered>
      </Paper>
    </Section>
  );
}
