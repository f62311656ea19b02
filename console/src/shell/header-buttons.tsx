import { notifications } from '@mantine/notifications';
import {
  ActionIcon,
  Badge,
  Box,
  Button,
  Menu,
  Tooltip,
  useComputedColorScheme,
  VisuallyHidden,
  useMantineColorScheme,
} from '@mantine/core';
import { MoonIcon, PersonIcon, SunIcon } from '@radix-ui/react-icons';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useLiveState } from '../api/index.ts';
import { paths, zoneSetting } from '../ui/index.ts';
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

/** By which clock times are shown. */
export function Zone(): ReactNode {
  const zone = zoneSetting.use();
  const other = zone === 'UTC' ? 'local' : 'UTC';
  return (
    <Tooltip label={`Times are ${zone}. Show them in ${other}.`}>
      <Button variant="default" size="xs" px="xs" onClick={() => zoneSetting.set(other)}>
        {zone === 'UTC' ? 'UTC' : 'Local'}
      </Button>
    </Tooltip>
  );
}

/** Light or dark. */
export function Scheme(): ReactNode {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <ActionIcon
      variant="default"
      onClick={() => setColorScheme(other)}
      aria-label={`Use ${other} colours`}
    >
      {scheme === 'dark' ? <SunIcon /> : <MoonIcon />}
    </ActionIcon>
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
