import { AppShell, Box, Burger, Group, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, type MouseEvent, type ReactNode } from 'react';
import styles from './frame.module.css';

/** What stands around every page: a head with a name and tools, a navigation, and the page. */
export function PageFrame({
  name,
  home,
  beside,
  tools,
  navigation,
  widest,
}: {
  readonly name: string;
  /** Where the name leads. */
  readonly home: string;
  /** Stands beside the name. */
  readonly beside: ReactNode;
  readonly tools: ReactNode;
  readonly navigation: ReactNode;
  /** Of a page, in px. */
  readonly widest: number;
}): ReactNode {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const main = useRef<HTMLDivElement>(null);
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
          <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label="Navigation"
            />
            <Link to={home} style={{ textDecoration: 'none', color: 'inherit', minWidth: 0 }}>
              <Text fw={750} fz="lg" span truncate display="block">
                {name}
              </Text>
            </Link>
            {beside}
          </Group>
          <Group gap="xs" wrap="nowrap">
            {tools}
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar>
        <ScrollArea p="xs">{navigation}</ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main ref={main} id="main" tabIndex={-1} className={styles['main'] ?? ''}>
        <Box maw={widest} mx="auto">
          <Outlet />
        </Box>
      </AppShell.Main>
    </AppShell>
  );
}
