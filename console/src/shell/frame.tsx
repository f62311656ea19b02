import {
  ActionIcon,
  AppShell,
  Box,
  Burger,
  Button,
  Group,
  Kbd,
  ScrollArea,
  Text,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { MagnifyingGlassIcon } from '@radix-ui/react-icons';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, type MouseEvent, type ReactNode } from 'react';
import { paths } from '../ui/index.ts';
import { useGoKeys } from './go-keys.ts';
import { Live, Zone, Scheme, Person } from './header-buttons.tsx';
import { usePalette } from './palette-opener.tsx';
import { Navigation } from './side-navigation.tsx';
import styles from './frame.module.css';

/** What stands around every page. */
export function Frame(): ReactNode {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const main = useRef<HTMLDivElement>(null);
  useGoKeys();
  const { palette, open: openPalette } = usePalette();
  useEffect(close, [pathname, close]);
  const toMain = (event: MouseEvent): void => {
    // The address stays that of the page.
    event.preventDefault();
    main.current?.focus();
  };
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <AppShell.Header>
        <a className={styles['skip']} href="#main" onClick={toMain}>
          To the page
        </a>
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
      <AppShell.Main ref={main} tabIndex={-1} id="main" className={styles['main'] ?? ''}>
        <Box maw={1280} mx="auto">
          <Outlet />
        </Box>
      </AppShell.Main>
      {palette}
    </AppShell>
  );
}
