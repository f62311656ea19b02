import {
  ActionIcon,
  AppShell,
  Box,
  Burger,
  Button,
  Group,
  Menu,
  NavLink,
  ScrollArea,
  Text,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { MoonIcon, PersonIcon, SunIcon } from '@radix-ui/react-icons';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useContext, useEffect, type ReactNode } from 'react';
import { useAct, useAnswer } from '../api/index.ts';
import { Brand, Moment, zoneSetting } from '../ui/index.ts';
import { chosenLook } from './look.ts';
import { navigation, places } from './places.ts';
import { isSession, useApp, usePortal } from './session.tsx';

const isSchemeGiven = ['light', 'dark'].includes(chosenLook().scheme);

/** What stands around every page of the portal. */
export function Frame(): ReactNode {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const brand = useContext(Brand);
  const application = useAnswer('v1.application.get', { path: { app_id: useApp() } });
  useEffect(close, [pathname, close]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label="Navigation"
            />
            <Link
              to={places.endpoints}
              style={{ textDecoration: 'none', color: 'inherit', minWidth: 0 }}
            >
              <Text fw={750} fz="lg" span truncate display="block">
                {brand}
              </Text>
            </Link>
            <Text size="sm" c="dimmed" truncate visibleFrom="xs">
              {application.data?.name}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Zone />
            {!isSchemeGiven && <Scheme />}
            <Session name={application.data?.name ?? ''} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar>
        <ScrollArea p="xs">
          {navigation.map(({ text, to }) => {
            const isHere =
              to === places.endpoints
                ? pathname === '/' || pathname.startsWith('/endpoint/')
                : pathname === to || pathname.startsWith(`${to}/`);
            return (
              <NavLink
                key={to}
                label={text}
                active={isHere}
                variant="light"
                py={6}
                renderRoot={(props) => (
                  <Link {...props} to={to} aria-current={isHere ? 'page' : undefined} />
                )}
              />
            );
          })}
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <Box maw={1120} mx="auto">
          <Outlet />
        </Box>
      </AppShell.Main>
    </AppShell>
  );
}

function Zone(): ReactNode {
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

function Scheme(): ReactNode {
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

/** What the session is, and the two ways to end it: here, or with its link everywhere. */
function Session({ name }: { readonly name: string }): ReactNode {
  const { known, leave } = usePortal();
  const end = useAct('logout_api_v1_auth_logout__post', { onDone: () => void leave() });
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label="This session">
          <PersonIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {name}
          {isSession(known) && (
            <>
              {' '}
              · signed out <Moment at={known.expiresAt} />
            </>
          )}
        </Menu.Label>
        <Menu.Item component="a" href="/docs" target="_blank" rel="noopener">
          API reference
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>Sign out here</Menu.Item>
        <Menu.Item
          color="red"
          onClick={() =>
            end.mutate(
              { body: {} },
              { onError: ({ message }) => notifications.show({ message, color: 'red' }) },
            )
          }
        >
          End this link for everybody
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
