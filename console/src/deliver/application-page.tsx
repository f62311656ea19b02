import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { ActsTable } from '../ui/delivery/acts-table.tsx';
import {
  Answered,
  Empty,
  Figure,
  Figures,
  Id,
  Page,
  paths,
  Section,
  To,
  useParam,
} from '../ui/index.ts';
import { actTitles } from './act-words.ts';
import { ApplicationPauses, PauseApplication } from './application-pauses.tsx';
import { ApplicationPolicy } from './application-policy.tsx';
import { CreateEndpoint } from './create-endpoint.tsx';
import { DeleteApplication } from './delete-application.tsx';
import { EditApplication } from './edit-application.tsx';
import { EndpointsTable } from './endpoints-table.tsx';
import { LinkMaker } from './link-maker.tsx';
import { RecentMessages } from './recent-messages.tsx';
import { useApplication } from './use-application.ts';
import { useReach } from './use-reach.ts';

const REFRESH_MS = 5000;
const MOST = 250;

/** One customer: its endpoints and how they are, its messages, what failed, and the links that can be given away. */
export function ApplicationPage(): ReactNode {
  const app = useParam('app');
  const may = useMay();
  const reach = useReach(app);
  const { application } = useApplication(app);
  const path = { app_id: app };
  const endpoints = useAnswer('v1.endpoint.list', { path, query: { limit: MOST } });
  const dead = useAnswer(
    'v1.dead-letter.list',
    { path, query: { limit: MOST } },
    { everyMs: REFRESH_MS, keepsLast: true },
  );
  const resting = useAnswer('v1.lane.list-resting', {}, { everyMs: REFRESH_MS });
  const pauses = useAnswer('v1.pause.list', {});
  const { id, name = app, uid } = application.data ?? {};
  const ownPauses =
    pauses.data?.data.filter(({ appId }) => appId === null || appId === id).length ?? 0;
  const rests = resting.data?.data.filter(({ appId }) => appId === id) ?? [];
  const letters = dead.data?.data.length ?? 0;
  return (
    <Page
      title={name}
      crumbs={[{ text: 'Applications', to: paths.applications }]}
      lead={
        <>
          {uid !== undefined && uid !== null && (
            <>
              uid <Id>{uid}</Id> ·{' '}
            </>
          )}
          <Id>{id ?? app}</Id>
        </>
      }
      actions={
        <>
          {may.write && application.data !== undefined && (
            <EditApplication application={application.data} />
          )}
          {may.write && <LinkMaker app={app} name={name} />}
          {may.write && <CreateEndpoint app={app} />}
        </>
      }
    >
      <Answered of={application}>
        {() => (
          <>
            <Figures across={4}>
              <Figure
                name="Endpoints"
                value={
                  endpoints.data === undefined
                    ? '…'
                    : `${endpoints.data.data.length}${endpoints.data.done ? '' : '+'}`
                }
                hint={`${endpoints.data?.data.filter(({ disabled }) => disabled).length ?? 0} disabled`}
              />
              <Figure
                name="Hold work back now"
                value={rests.length}
                isBad={rests.length > 0}
                hint={rests.length === 0 ? 'all lanes are open' : 'paused, held, or circuit open'}
              />
              <Figure
                name="Dead letters"
                value={
                  dead.data === undefined ? '…' : `${letters}${letters >= MOST ? ' and more' : ''}`
                }
                isBad={letters > 0}
                hint={<To to={paths.deadLetters(app)}>See them, and send them again</To>}
              />
              <Figure
                name="Pauses"
                value={ownPauses}
                isBad={ownPauses > 0}
                hint={ownPauses === 0 ? 'nothing is held back' : 'by somebody, until ended'}
              />
            </Figures>
            <ApplicationPauses app={app} appId={id ?? ''} />
            <Section title="Endpoints">
              <EndpointsTable
                app={app}
                endpoints={endpoints}
                resting={rests}
                deadLetters={dead.data?.data ?? []}
              />
            </Section>
            <Section
              title="Newest messages"
              actions={
                <Button
                  size="xs"
                  variant="default"
                  renderRoot={(props) => <Link {...props} to={paths.messages(app)} />}
                >
                  All messages
                </Button>
              }
            >
              <RecentMessages app={app} />
            </Section>
            <Section title="Replays, redrives and cancellations">
              <ActsTable
                reach={reach}
                label="Acts"
                titles={actTitles}
                showsActor
                empty={
                  <Empty title="Nothing was sent again or cancelled">
                    What somebody replays, redrives or cancels is listed here, with who and why.
                  </Empty>
                }
              />
            </Section>
            <Section title="Policy">
              <ApplicationPolicy app={app} />
            </Section>
            {may.write && (
              <Section title="Hold back or end">
                <Group gap="xs">
                  <PauseApplication app={app} name={name} />
                  <DeleteApplication app={app} name={name} />
                </Group>
              </Section>
            )}
          </>
        )}
      </Answered>
    </Page>
  );
}
