import { Anchor, Box, Breadcrumbs, Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { createContext, useContext, type ReactNode } from 'react';

/** How deep a heading is that stands here: 2 right below the page's own, 3 in a section. */
export const HeadingLevel = createContext<2 | 3>(3);

/** What the window's title ends in. */
export const Brand = createContext('Holdfast');

export type Crumb = { readonly text: string; readonly to: string };

/** A page: where it stands, what it is, what can be done on it, and the rest. */
export function Page({
  title,
  badge,
  crumbs = [],
  lead,
  actions,
  children,
}: {
  readonly title: string;
  readonly badge?: ReactNode;
  readonly crumbs?: readonly Crumb[];
  /** One sentence for those who see this page for the first time. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  useDocumentTitle(`${title} · ${useContext(Brand)}`);
  return (
    <Stack gap="md">
      <Stack gap={4}>
        {crumbs.length > 0 && (
          <Breadcrumbs
            separatorMargin={6}
            style={{ flexWrap: 'wrap' }}
            styles={{ breadcrumb: { whiteSpace: 'normal', overflowWrap: 'anywhere' } }}
          >
            {crumbs.map(({ text, to }) => (
              <Anchor key={to} size="sm" renderRoot={(props) => <Link {...props} to={to} />}>
                {text}
              </Anchor>
            ))}
          </Breadcrumbs>
        )}
        <Group justify="space-between" align="flex-start" gap="sm">
          <Group gap="sm" align="center" style={{ minWidth: 0 }}>
            <Title order={1} size="h2" dir="auto" style={{ overflowWrap: 'anywhere' }}>
              {title}
            </Title>
            {badge}
          </Group>
          {actions !== undefined && <Group gap="xs">{actions}</Group>}
        </Group>
        {lead !== undefined && (
          <Text c="dimmed" size="sm" maw={760}>
            {lead}
          </Text>
        )}
      </Stack>
      <HeadingLevel value={2}>{children}</HeadingLevel>
    </Stack>
  );
}

/** A part of a page with a heading. */
export function Section({
  title,
  actions,
  children,
  id,
}: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly id?: string;
}): ReactNode {
  return (
    <Box
      component="section"
      aria-label={title}
      id={id}
      // Not below the head of the frame when somebody jumps here.
      style={{ scrollMarginTop: 64 }}
    >
      <Group justify="space-between" mb="xs" mt="xs">
        <Title order={2} size="h4">
          {title}
        </Title>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      <HeadingLevel value={3}>{children}</HeadingLevel>
    </Box>
  );
}
