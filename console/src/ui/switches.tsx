import {
  ActionIcon,
  Button,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { MoonIcon, SunIcon } from '@radix-ui/react-icons';
import type { ReactNode } from 'react';
import { zoneSetting } from './moment.tsx';

/** Times in UTC, or by the reader's clock. */
export function ZoneSwitch(): ReactNode {
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

/** Light colours, or dark ones. */
export function SchemeSwitch(): ReactNode {
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
