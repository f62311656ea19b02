import { ActionIcon, Button, Kbd } from '@mantine/core';
import { MagnifyingGlassIcon } from '@radix-ui/react-icons';
import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageFrame, paths, SchemeSwitch, ZoneSwitch } from '../ui/index.ts';
import { useGoKeys } from './go-keys.ts';
import { Live, Person } from './header-buttons.tsx';
import { usePalette } from './palette-opener.tsx';
import { Navigation } from './side-navigation.tsx';

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
