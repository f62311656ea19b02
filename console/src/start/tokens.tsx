import { Alert, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import {
  Act,
  Empty,
  Fault,
  Id,
  Loading,
  Moment,
  Section,
  Snippet,
  State,
  Table,
} from '../ui/index.ts';

type Scope = 'read' | 'write' | 'admin';
const scopes: readonly { readonly value: Scope; readonly label: string }[] = [
  { value: 'read', label: 'read: sees all, changes nothing' },
  { value: 'write', label: 'write: sends messages, changes all but tokens' },
  { value: 'admin', label: 'admin: everything' },
];

/** Who may call the API: tokens are made, shown once, and revoked here. */
export function Tokens({ isAdmin }: { readonly isAdmin: boolean }): ReactNode {
  const pages = usePages('v1.token.list', { query: { limit: 100 } }, { isWanted: isAdmin });
  const [made, setMade] = useState<{ readonly name: string; readonly token: string } | null>(null);
  if (!isAdmin) {
    return (
      <Empty title="Tokens are for admins">
        Sign in by a token of scope admin to see and make them.
      </Empty>
    );
  }
  return (
    <Section title="Tokens" actions={<CreateToken onMade={setMade} />}>
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading />
      ) : (
        <Table
          label="Tokens"
          {...pages}
          rowHeight={44}
          keyOf={({ id }) => id}
          columns={[
            { name: 'Name', width: 'minmax(150px, 1.5fr)', cell: ({ name }) => name },
            { name: 'Scope', width: '90px', cell: ({ scope }) => scope },
            {
              name: 'State',
              width: '120px',
              cell: ({ isRevoked }) =>
                isRevoked ? <State of="revoked" tone="quiet" /> : <State of="valid" tone="good" />,
            },
            { name: 'Id', width: '190px', cell: ({ id }) => <Id>{id}</Id> },
            { name: 'Made', width: '100px', cell: ({ createdAt }) => <Moment at={createdAt} /> },
            {
              name: 'Do',
              width: '130px',
              cell: ({ id, name, isRevoked }) =>
                !isRevoked && (
                  <Act
                    operation="v1.token.revoke"
                    request={() => ({ path: { token_id: id } })}
                    changes={['v1.token.list']}
                    name={`Revoke ${name}`}
                    confirm={`Whoever uses the token “${name}” is refused within two seconds; sessions that it opened end too.`}
                    said={`The token “${name}” is revoked.`}
                    button={{ color: 'red', variant: 'light' }}
                  >
                    Revoke
                  </Act>
                ),
            },
          ]}
          empty={
            <Empty title="No token was made">
              The admin token of this Holdfast is not listed. Make one for each program and each
              person, so that one can be revoked alone.
            </Empty>
          }
        />
      )}
      <Modal
        opened={made !== null}
        onClose={() => setMade(null)}
        title={`Token “${made?.name ?? ''}”`}
        centered
        size="lg"
      >
        <Stack gap="sm">
          <Alert color="orange" title="It is shown now, and never again">
            <Text size="sm">Copy it to where it is used. Holdfast keeps its hash alone.</Text>
          </Alert>
          <Snippet text={made?.token ?? ''} label="Token" />
        </Stack>
      </Modal>
    </Section>
  );
}

function CreateToken({
  onMade,
}: {
  readonly onMade: (made: { readonly name: string; readonly token: string }) => void;
}): ReactNode {
  const [name, setName] = useState('');
  const [scope, setScope] = useState<Scope>('write');
  return (
    <Act
      operation="v1.token.create"
      request={() => ({ body: { name: name.trim() === '' ? 'unnamed' : name.trim(), scope } })}
      changes={['v1.token.list']}
      confirm={
        <Group align="end" gap="sm">
          <TextInput
            label="Name"
            description="Who or what uses it."
            data-autofocus
            maxLength={128}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            w="100%"
          />
          <Select
            label="Scope"
            data={scopes}
            value={scope}
            allowDeselect={false}
            onChange={(value) =>
              setScope(scopes.find((one) => one.value === value)?.value ?? 'read')
            }
            w="100%"
          />
        </Group>
      }
      onDone={(answer) => {
        onMade(answer);
        setName('');
      }}
      button={{ variant: 'filled' }}
    >
      New token
    </Act>
  );
}
