import { AppShell, Box, Burger, Group, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';

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
      <AppShell.Main id="main" tabIndex={-1}>
        <Box maw={widest} mx="auto">
          <Outlet />
        </Box>
      </AppShell.Main>
    </AppShell>
  );
}
