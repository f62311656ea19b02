import {
  ActionIcon,
  AppShell,
  Badge,
  Box,
  Burger,
  Button,
  Group,
  Kbd,
  Menu,
  NavLink,
  ScrollArea,
  Text,
  Tooltip,
  useComputedColorScheme,
  VisuallyHidden,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { MagnifyingGlassIcon, MoonIcon, PersonIcon, SunIcon } from '@radix-ui/react-icons';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { useAnswer, useLiveState } from '../api/index.ts';
import { paths, zoneSetting } from '../ui/index.ts';
import { useGoKeys } from './go-keys.ts';
import { areas, placeAt } from './navigation.ts';
import { usePalette } from './palette-opener.tsx';
import { useSession, useSessionContext } from './session.tsx';

/** What stands around every page. */
export function Frame(): ReactNode {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const main = useRef<HTMLDivElement>(null);
  useGoKeys();
  const { palette, open: openPalette } = usePalette();
  useEffect(close, [pathname, close]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label="Navigation"
            />
            <Link to={paths.overview} style={{ textDecoration: 'none', color: 'inherit' }}>
              <Text fw={750} fz="lg" span>
                Holdfast
              </Text>
            </Link>
            <Live />
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Button
              variant="default"
              size="xs"
              leftSection={<MagnifyingGlassIcon />}
              rightSection={<Kbd size="xs">Ctrl K</Kbd>}
              onClick={openPalette}
              visibleFrom="xs"
            >
              Find or do
            </Button>
            <ActionIcon
              variant="default"
              hiddenFrom="xs"
              onClick={openPalette}
              aria-label="Find or do"
            >
              <MagnifyingGlassIcon />
            </ActionIcon>
            <Zone />
            <Scheme />
            <Person />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar>
        <ScrollArea p="xs">
          <Navigation pathname={pathname} />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main ref={main} tabIndex={-1} id="main">
        <Box maw={1280} mx="auto">
          <Outlet />
        </Box>
      </AppShell.Main>
      {palette}
    </AppShell>
  );
}

function Navigation({ pathname }: { readonly pathname: string }): ReactNode {
  const open = useAnswer('v1.incident.list', { query: { limit: 50, open: true } });
  const many = open.data?.data.length ?? 0;
  const here = placeAt(pathname);
  return areas.map(({ name, places }) => (
    <Box key={name} mb="sm">
      <Text size="xs" fw={700} c="dimmed" px="sm" mb={2} id={`area-${name}`}>
        {name}
      </Text>
      <Box role="group" aria-labelledby={`area-${name}`}>
        {places.map(({ text, to }) => {
          const isHere = to === here;
          return (
            <NavLink
              key={to}
              label={text}
              active={isHere}
              variant="light"
              py={5}
              renderRoot={(props) => (
                <Link
                  {...props}
                  to={to}
                  activeOptions={{ exact: true }}
                  aria-current={isHere ? 'page' : undefined}
                />
              )}
              rightSection={
                to === paths.incidents && many > 0 ? (
                  <Badge color="red" variant="filled" size="sm" aria-label={`${many} open`}>
                    {many}
                  </Badge>
                ) : undefined
              }
            />
          );
        })}
      </Box>
    </Box>
  ));
}

function Live(): ReactNode {
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

function Person(): ReactNode {
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
        <Menu.Item onClick={() => void signOut()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
