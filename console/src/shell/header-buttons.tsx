import { notifications } from '@mantine/notifications';
import { ActionIcon, Badge, Box, Menu, Tooltip, VisuallyHidden } from '@mantine/core';
import { PersonIcon } from '@radix-ui/react-icons';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useLiveState } from '../api/index.ts';
import { paths } from '../ui/index.ts';
import { useSession, useSessionContext } from './session.tsx';

/** Whether what is shown follows what happens. */
export function Live(): ReactNode {
  const state = useLiveState();
  const said = {
    live: ['●', 'live', 'What is shown follows what happens.', 'teal'],
    connecting: ['○', 'connecting', 'The live stream is being opened.', 'gray'],
    away: [
      '○',
      'not live',
      'The stream of news broke off; it is tried again. What is shown may be old.',
      'orange',
    ],
  } as const;
  const [mark, text, hint, color] = said[state];
  return (
    <Tooltip label={hint}>
      <Badge
        variant="light"
        color={color}
        tt="none"
        size="sm"
        role="status"
        style={{ flexShrink: 0 }}
      >
        <span aria-hidden>{mark}</span>
        <VisuallyHidden>{text}</VisuallyHidden>
        <Box component="span" visibleFrom="xs" aria-hidden>
          {' '}
          {text}
        </Box>
      </Badge>
    </Tooltip>
  );
}

/** Who is signed in, and the way out. */
export function Person(): ReactNode {
  const { actor, scope } = useSession();
  const { signOut } = useSessionContext();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" aria-label={`Signed in as ${actor}`}>
          <PersonIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {actor} · {scope}
        </Menu.Label>
        <Menu.Item renderRoot={(props) => <Link {...props} to={paths.settings} />}>
          Settings and tokens
        </Menu.Item>
        <Menu.Item renderRoot={(props) => <Link {...props} to={paths.start} />}>
          First delivery
        </Menu.Item>
        <Menu.Item component="a" href="/docs">
          API reference
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          onClick={() =>
            void signOut().catch(() =>
              notifications.show({
                color: 'red',
                message: 'You are still signed in: Holdfast did not answer.',
              }),
            )
          }
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
