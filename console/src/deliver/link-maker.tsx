import { Button, Menu, Modal, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Fault, Loading, Snippet } from '../ui/index.ts';

type Kind = 'portal' | 'status';

/** Links to give away: the portal for the application's owner, the status of its deliveries for whoever wants to know. */
export function LinkMaker({
  app,
  name,
}: {
  readonly app: string;
  readonly name: string;
}): ReactNode {
  const may = useMay();
  const [kind, setKind] = useState<Kind | null>(null);
  const portal = useAct('v1.authentication.app-portal-access');
  const status = useAct('v1.status.create-link', { changes: ['v1.token.list'] });
  const made = kind === 'portal' ? portal : status;
  const make = (wanted: Kind): void => {
    setKind(wanted);
    if (wanted === 'portal') portal.mutate({ path: { app_id: app }, body: {} });
    else status.mutate({ body: { name: `for ${name}`.slice(0, 100), appId: app } });
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" variant="default">
            Give a link
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => make('portal')}>Portal link, for its owner</Menu.Item>
          {may.admin && (
            <Menu.Item onClick={() => make('status')}>Status link, to read only</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={kind !== null}
        onClose={() => setKind(null)}
        centered
        size="lg"
        title={kind === 'portal' ? `Portal of ${name}` : `Status of ${name}`}
      >
        <Stack gap="sm">
          <Text size="sm">
            {kind === 'portal'
              ? 'Whoever has this link sees and acts on this application alone, for a week: endpoints, attempts, replay, secrets. Give it to its owner.'
              : 'Whoever has this link reads whether deliveries of this application are as they should be, and nothing else. It is shown here only; revoking its token ends it.'}
          </Text>
          {made.error !== null && <Fault error={made.error} />}
          {made.isPending && <Loading rows={1} />}
          {made.data !== undefined && <Snippet text={made.data.url} label="Link" />}
        </Stack>
      </Modal>
    </>
  );
}
