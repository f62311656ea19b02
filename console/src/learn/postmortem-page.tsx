import { Tabs, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer, usePages } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  Act,
  Answered,
  Empty,
  Fault,
  KeyHelp,
  Moment,
  oneOf,
  Page,
  paths,
  State,
  useView,
} from '../ui/index.ts';
import { IncidentActions } from './incident-actions.tsx';
import { PostmortemComments } from './postmortem-comments.tsx';
import { PostmortemEditor } from './postmortem-editor.tsx';
import { PostmortemExport } from './postmortem-export.tsx';
import { PostmortemMoves } from './postmortem-moves.tsx';
import { PostmortemVersions } from './postmortem-versions.tsx';
import { openComments, postmortemAnswers, type Postmortem } from './postmortem.ts';

const usual = { show: 'text' } as const;
const tabs = ['text', 'comments', 'actions', 'versions'] as const;
/** Another's edit is no event of the stream. */
const LOOK_EVERY_MS = 30_000;

/** What is learned from one incident: written, reviewed, published. */
export function PostmortemPage(): ReactNode {
  const { incident: id = '' }: { readonly incident?: string } = useParams({ strict: false });
  const may = useMay();
  const incident = useAnswer('v1.incident.get', { path: { incident_id: id } });
  const answer = useAnswer(
    'v1.postmortem.get',
    { path: { incident_id: id } },
    { everyMs: LOOK_EVERY_MS },
  );
  const postmortem = answer.data;
  return (
    <Page
      title="Postmortem"
      crumbs={[
        { text: 'Incidents', to: paths.incidents },
        {
          text: incident.data === undefined ? 'Incident' : shortOf(incident.data),
          to: paths.incident(id),
        },
      ]}
      badge={postmortem !== undefined && <State of={postmortem.state} />}
      lead={postmortem !== undefined && <Lead postmortem={postmortem} />}
      actions={
        <>
          {postmortem !== undefined && may.write && <PostmortemMoves postmortem={postmortem} />}
          {postmortem !== undefined && <PostmortemExport incident={id} />}
          <KeyHelp />
        </>
      }
    >
      {incident.error?.status === 404 ? (
        <Fault error={incident.error} />
      ) : answer.error?.status === 404 ? (
        <Empty
          title="There is no postmortem yet"
          action={
            may.write && (
              <Act
                operation="v1.postmortem.draft"
                request={() => ({ path: { incident_id: id }, body: {} })}
                changes={postmortemAnswers}
                said="Drafted from the record. Its numbers are live."
                button={{ variant: 'filled', size: 'sm' }}
              >
                Draft it from the record
              </Act>
            )
          }
        >
          It is drafted by itself once the impact is over. You can begin earlier: what the record
          says now stands in it, and its numbers follow the record until it is published.
        </Empty>
      ) : (
        <Answered of={answer} rows={12}>
          {(found) => <Shown postmortem={found} />}
        </Answered>
      )}
    </Page>
  );
}

/** What an alert says at length is cut where it begins to reason. */
function shortOf({ title }: { readonly title: string }): string {
  return title.split('; ')[0] ?? title;
}

function Lead({ postmortem }: { readonly postmortem: Postmortem }): ReactNode {
  const { version, changedBy, shown, state, publishedVersion } = postmortem;
  return (
    <>
      Version {version} by {changedBy}, <Moment at={shown.at} />.{' '}
      {shown.frozenAt === null ? (
        'Its numbers are live: as the record says now.'
      ) : (
        <>
          Its numbers are of <Moment at={shown.frozenAt} isAbsolute />, when it was published.
        </>
      )}
      {state !== 'published' &&
        publishedVersion !== null &&
        ` Version ${publishedVersion} was published, and stays.`}
    </>
  );
}

function Shown({ postmortem }: { readonly postmortem: Postmortem }): ReactNode {
  const [view, setView] = useView<keyof typeof usual>(usual);
  const { incidentId } = postmortem;
  const items = usePages('v1.action.list-of-incident', {
    path: { incident_id: incidentId },
    query: { limit: 200 },
  });
  const open = openComments(postmortem);
  const leftOver = items.rows.filter(({ state }) => state === 'open').length;
  return (
    <Tabs
      value={oneOf(view.show, tabs, 'text')}
      onChange={(show) => setView({ show: show ?? 'text' })}
      keepMounted={false}
    >
      <Tabs.List mb="md" data-noprint>
        <Tabs.Tab value="text">Text</Tabs.Tab>
        <Tabs.Tab value="comments">Comments{open > 0 && <Many of={open} what="open" />}</Tabs.Tab>
        <Tabs.Tab value="actions">
          Action items{leftOver > 0 && <Many of={leftOver} what="open" />}
        </Tabs.Tab>
        <Tabs.Tab value="versions">Versions</Tabs.Tab>
      </Tabs.List>
      {/* Stays while another tab is looked at: what is typed is not lost. */}
      <Tabs.Panel value="text" keepMounted>
        <PostmortemEditor postmortem={postmortem} />
      </Tabs.Panel>
      <Tabs.Panel value="comments">
        <PostmortemComments postmortem={postmortem} />
      </Tabs.Panel>
      <Tabs.Panel value="actions">
        <IncidentActions incident={incidentId} items={items} />
      </Tabs.Panel>
      <Tabs.Panel value="versions">
        <PostmortemVersions postmortem={postmortem} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Many({ of, what }: { readonly of: number; readonly what: string }): ReactNode {
  return (
    <Text span size="sm" c="dimmed">
      {' '}
      ({of} {what})
    </Text>
  );
}
