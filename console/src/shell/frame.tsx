import {
  ActionIcon,
  Badge,
  Box,
  Button,
  Kbd,
  Menu,
  Text,
  Tooltip,
  VisuallyHidden,
} from '@mantine/core';
import { MagnifyingGlassIcon, PersonIcon } from '@radix-ui/react-icons';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer, useLiveState } from '../api/index.ts';
import { PageFrame, paths, PlaceLink, SchemeSwitch, ZoneSwitch } from '../ui/index.ts';
import { useGoKeys } from './go-keys.ts';
import { areas, placeAt } from './navigation.ts';
import { usePalette } from './palette-opener.tsx';
import { useSession, useSessionContext } from './session.tsx';

/** What stands around every page. */
export function Frame(): ReactNode {
  const { pathname } = useLocation();
  useGoKeys();
  const { palette, open: openPalette } = usePalette();
  return (
    <>
      <PageFrame
        name="Holdfast"
        home={paths.overview}
        beside={<Live />}
        tools={
          <>
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
            <ZoneSwitch />
            <SchemeSwitch />
            <Person />
          </>
        }
        navigation={<Navigation pathname={pathname} />}
        widest={1280}
      />
      {palette}
    </>
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
            <PlaceLink
              key={to}
              text={text}
              to={to}
              isHere={isHere}
              mark={
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
