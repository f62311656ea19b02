import { Button, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { usePages, type RowOf } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  Empty,
  Fault,
  Loading,
  oneOf,
  Moment,
  Page,
  paths,
  State,
  Table,
  useKey,
  useView,
} from '../ui/index.ts';
import { canaryFields, canaryTone } from './canary.ts';
import { Clip } from './clip.tsx';
import { EndpointName } from './names.tsx';
import { PickApplication, PickEndpoint } from './pick-place.tsx';
import { useApplicationNames } from './use-application-names.ts';

const PAGE = 100;
const usual = { show: 'all' } as const;
const choices = ['all', 'in progress', 'ended'] as const;
type Row = RowOf<'v1.canary.list'>;

/** Canaries of all applications: those that go on, then those that ended. */
export function CanariesPage(): ReactNode {
  const navigate = useNavigate();
  const may = useMay();
  const [view, setView] = useView(usual);
  const nameOf = useApplicationNames();
  const pages = usePages('v1.canary.list', { query: { limit: PAGE } }, { everyMs: 10_000 });
  const which = oneOf(view.show, choices, usual.show);
  const rows = pages.rows.filter(
    ({ endedAt }) => which === 'all' || (which === 'ended') === (endedAt !== null),
  );
  return (
    <Page
      title="Canaries"
      lead="A canary tries a change of an endpoint on a share of its messages, compares, and is promoted or rolled back by itself."
      actions={may.write && <StartOne />}
    >
      <SegmentedControl
        size="xs"
        aria-label="Which canaries"
        w="fit-content"
        data={[
          { value: 'all', label: 'All' },
          { value: 'in progress', label: 'In progress' },
          { value: 'ended', label: 'Ended' },
        ]}
        value={which}
        onChange={(show) => setView({ show })}
      />
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading rows={4} />
      ) : (
        <Table<Row>
          label="Canaries"
          {...pages}
          rows={rows}
          keyOf={({ id }) => id}
          onOpen={({ appId, endpointId }) => void navigate({ to: paths.canary(appId, endpointId) })}
          columns={[
            {
              name: 'Endpoint',
              width: 'minmax(140px, 1.4fr)',
              cell: ({ appId, endpointId }) => (
                <EndpointName
                  app={appId}
                  endpoint={endpointId}
                  to={paths.canary(appId, endpointId)}
                />
              ),
            },
            {
              name: 'Application',
              width: 'minmax(90px, 0.9fr)',
              cell: ({ appId }) => nameOf(appId),
            },
            {
              name: 'Tries',
              width: 'minmax(100px, 1fr)',
              cell: ({ fields }) => canaryFields(fields),
            },
            {
              name: 'State',
              width: '120px',
              cell: ({ state }) => <State of={state} tone={canaryTone(state)} />,
            },
            {
              name: 'Share',
              width: '65px',
              align: 'right',
              cell: ({ percent, endedAt }) => (endedAt === null ? `${percent} %` : '–'),
            },
            {
              name: 'Why',
              width: 'minmax(150px, 1.5fr)',
              cell: ({ stateReason }) => <Clip text={stateReason ?? '–'} />,
            },
            { name: 'Began', width: '100px', cell: ({ createdAt }) => <Moment at={createdAt} /> },
          ]}
          empty={
            <Empty title={view.show === 'all' ? 'No canary yet' : 'None of these'}>
              Where a change of an endpoint may break its receiver, try it on a few messages first:
              “Start a canary” above, or holdfast canary start.
            </Empty>
          }
        />
      )}
    </Page>
  );
}

/** Chooses the endpoint; what is tried is said on its page. */
function StartOne(): ReactNode {
  const navigate = useNavigate();
  const [isOpen, { open, close }] = useDisclosure(false);
  const [app, setApp] = useState('');
  const [endpoint, setEndpoint] = useState('');
  useKey('s', 'Start a canary', open);
  return (
    <>
      <Button size="xs" onClick={open}>
        Start a canary
      </Button>
      <Modal opened={isOpen} onClose={close} title="Start a canary" centered>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (endpoint !== '') void navigate({ to: paths.canary(app, endpoint) });
          }}
        >
          <Stack gap="sm">
            <Text size="sm">Of which endpoint? What it tries is said on the next page.</Text>
            <PickApplication
              size="sm"
              isRequired
              value={app}
              onChange={(next) => {
                setApp(next);
                setEndpoint('');
              }}
            />
            <PickEndpoint size="sm" isRequired app={app} value={endpoint} onChange={setEndpoint} />
            <Button type="submit" disabled={endpoint === ''}>
              Go on
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
