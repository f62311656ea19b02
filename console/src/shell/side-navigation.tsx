import { Badge, Box, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { paths, PlaceLink } from '../ui/index.ts';
import { areas, placeAt } from './navigation.ts';

/** All places, by area, with how many incidents are open. */
export function Navigation({ pathname }: { readonly pathname: string }): ReactNode {
  const open = useAnswer('v1.incident.list', { query: { limit: 50, open: true } });
  const many = open.data?.data.length ?? 0;
  const said = open.data?.done === false ? `${many}+` : String(many);
  const here = placeAt(pathname);
  return areas.map(({ name, places }) => (
    <Box key={name} mb="sm">
      <Text size="xs" fw={700} c="dimmed" px="sm" mb={2} id={`area-${name}`}>
        {name}
      </Text>
      <Box role="group" aria-labelledby={`area-${name}`}>
        {places.map(({ text, to }) => (
          <PlaceLink
            key={to}
            text={text}
            to={to}
            isHere={to === here}
            mark={
              to === paths.incidents && many > 0 ? (
                <Badge color="red" variant="filled" size="sm" aria-label={`${said} open`}>
                  {said}
                </Badge>
              ) : undefined
            }
          />
        ))}
      </Box>
    </Box>
  ));
}
