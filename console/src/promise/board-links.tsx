import { Alert, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import { Act, Empty, Fault, Loading, Moment, Section, Snippet, Table } from '../ui/index.ts';

/** Links by which the board is read without a token; for admins. */
export function BoardLinks({ teams }: { readonly teams: readonly string[] }): ReactNode {
  const pages = usePages('v1.token.list', { query: { limit: 250 } });
  const [name, setName] = useState('');
  const [team, setTeam] = useState('');
  const [made, setMade] = useState<{ readonly name: string; readonly url: string } | null>(null);
  const links = pages.rows.filter(({ scope, isRevoked }) => scope === 'board' && !isRevoked);
  return (
    <Section
      title="Read-only links"
      actions={
        <Act
          operation="v1.board.create-link"
          request={() => ({ body: { name: name.trim(), team: team === '' ? null : team } })}
          changes={['v1.token.list', 'v1.change.list']}
          onOpen={() => {
            setName('');
            setTeam('');
          }}
          onDone={({ url }) => setMade({ name: name.trim(), url })}
          said="The link is made."
          isReady={name.trim() !== ''}
          verb="Make the link"
          confirm={
            <Stack gap="sm">
              <Text size="sm">
                Whoever has the link sees the board and nothing else, without signing in.
              </Text>
              <TextInput
                label="Who it is for"
                description="So that it can be revoked alone."
                value={name}
                maxLength={128}
                onChange={(event) => setName(event.currentTarget.value)}
                required
                data-autofocus
              />
              <Select
                label="Shows"
                value={team}
                onChange={(value) => setTeam(value ?? '')}
                data={[
                  { value: '', label: 'All teams' },
                  ...teams.map((each) => ({ value: each, label: `What concerns ${each}` })),
                ]}
                allowDeselect={false}
              />
            </Stack>
          }
        >
          Make a link
        </Act>
      }
    >
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading rows={1} />
      ) : (
        <Table
          label="Read-only links"
          {...pages}
          rows={links}
          rowHeight={44}
          keyOf={({ id }) => id}
          columns={[
            { name: 'For', width: 'minmax(180px, 2fr)', cell: (link) => link.name },
            { name: 'Made', width: '110px', cell: ({ createdAt }) => <Moment at={createdAt} /> },
            {
              name: 'Do',
              width: '130px',
              cell: (link) => (
                <Act
                  operation="v1.token.revoke"
                  request={() => ({ path: { token_id: link.id } })}
                  changes={['v1.token.list', 'v1.change.list']}
                  name={`Revoke: ${link.name}`}
                  verb="Revoke"
                  confirm={`Whoever has the link “${link.name}” sees nothing by it within two seconds. It cannot be given back; make another one.`}
                  said={`The link “${link.name}” is revoked.`}
                  button={{ color: 'red', variant: 'light' }}
                >
                  Revoke
                </Act>
              ),
            },
          ]}
          empty={
            <Empty title="No link was given out">
              A link shows the board to people who have no token: another team, or a customer.
            </Empty>
          }
        />
      )}
      <Modal
        opened={made !== null}
        onClose={() => setMade(null)}
        title={`Link “${made?.name ?? ''}”`}
        centered
        size="lg"
      >
        <Stack gap="sm">
          <Alert color="orange" title="It is shown now, and never again">
            <Text size="sm">
              Copy it to whom it is for. The same with /board.json behind it is for programs.
            </Text>
          </Alert>
          <Snippet text={made?.url ?? ''} label="Link" />
        </Stack>
      </Modal>
    </Section>
  );
}
