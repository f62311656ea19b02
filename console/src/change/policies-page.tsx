import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAnswer, usePages, type RowOf } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  duration,
  Empty,
  Fault,
  Loading,
  Moment,
  Page,
  paths,
  Table,
  To,
  useKey,
} from '../ui/index.ts';
import { Clip } from './clip.tsx';
import { usersWords } from './users-words.ts';

type Row = RowOf<'v1.policy.list'>;

/** Policies: how deliveries are made, under names that applications and endpoints refer to. */
export function PoliciesPage(): ReactNode {
  const navigate = useNavigate();
  const may = useMay();
  const pages = usePages('v1.policy.list', { query: { limit: 100 } });
  return (
    <Page
      title="Policies"
      lead="A policy says how deliveries are made: retries, rate, concurrency, circuit and retention. Change it once, and all that stand under it follow at once."
      actions={may.write && <MakeOne />}
    >
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading />
      ) : (
        <Table<Row>
          label="Policies"
          {...pages}
          keyOf={({ id }) => id}
          onOpen={({ name }) => void navigate({ to: paths.policy(name) })}
          columns={[
            {
              name: 'Name',
              width: 'minmax(110px, 1.1fr)',
              cell: ({ name }) => <To to={paths.policy(name)}>{name}</To>,
            },
            {
              name: 'Description',
              width: 'minmax(140px, 1.4fr)',
              cell: ({ description }) => <Clip text={description || '–'} />,
            },
            {
              name: 'Retries',
              width: 'minmax(190px, 1.9fr)',
              cell: ({ retry }) => <Clip text={retries(retry)} />,
            },
            {
              name: 'Rate, at most',
              width: '95px',
              align: 'right',
              cell: ({ throttleRate }) => (throttleRate === null ? '–' : `${throttleRate}/s`),
            },
            {
              name: 'Used by',
              width: 'minmax(190px, 1.9fr)',
              cell: ({ name }) => <Users name={name} />,
            },
            {
              name: 'Version',
              width: '65px',
              align: 'right',
              cell: ({ version }) => version,
            },
            { name: 'Updated', width: '88px', cell: ({ updatedAt }) => <Moment at={updatedAt} /> },
          ]}
          empty={
            <Empty title="No policy yet">
              The service’s settings hold for every endpoint. Make a policy where some deliveries
              need other retries, rates or circuits, and put applications or endpoints under it.
            </Empty>
          }
        />
      )}
    </Page>
  );
}

function retries(retry: Row['retry']): string {
  const delays = retry?.delaysMs;
  if (delays === undefined) return 'as the service has it';
  const sum = delays.reduce((all, ms) => all + ms, 0);
  return delays.length === 1 ? 'one attempt' : `${delays.length} attempts over ${duration(sum)}`;
}

/** Asked for the rows in sight alone. */
function Users({ name }: { readonly name: string }): ReactNode {
  const users = useAnswer('v1.policy.list-users', { path: { policy_name: name } });
  return users.data === undefined ? (
    '…'
  ) : (
    <Clip text={usersWords(users.data.data, users.data.isWhole)} />
  );
}

/** Names it; what it says is filled in on its page, and stored there. */
function MakeOne(): ReactNode {
  const navigate = useNavigate();
  const [isOpen, { open, close }] = useDisclosure(false);
  const [name, setName] = useState('');
  useKey('n', 'Make a policy', open);
  const isName = /^[\w.-]{1,64}$/.test(name.trim());
  return (
    <>
      <Button size="xs" onClick={open}>
        Make a policy
      </Button>
      <Modal opened={isOpen} onClose={close} title="Make a policy" centered>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isName) void navigate({ to: paths.policy(name.trim()) });
          }}
        >
          <Stack gap="sm">
            <TextInput
              label="Name"
              description="Applications and endpoints refer to it by this, such as patient."
              value={name}
              maxLength={64}
              error={name !== '' && !isName ? 'Letters, digits, - _ and . only.' : undefined}
              onChange={(event) => setName(event.currentTarget.value)}
              required
              data-autofocus
            />
            <Button type="submit" disabled={!isName}>
              Go on
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
