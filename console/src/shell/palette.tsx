import { Kbd } from '@mantine/core';
import {
  Spotlight,
  spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { paths } from '../ui/index.ts';
import { areas, elsewhere, type Place } from './navigation.ts';

/** Ctrl K: every page by its name, every resource by its id. */
export function Palette(): ReactNode {
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  // It is loaded when it is first asked for, so it opens at once; from then on it listens itself.
  useEffect(() => spotlight.open(), []);
  const action = ({ text, to, key, also }: Place): SpotlightActionData => ({
    id: to,
    label: text,
    keywords: also ?? '',
    onClick: () => void navigate({ to }),
    rightSection: key === undefined ? undefined : <Kbd size="xs">g {key}</Kbd>,
  });
  const named = byId(query.trim());
  const groups: SpotlightActionGroupData[] = [
    ...(named === null
      ? []
      : [
          {
            group: 'By id',
            actions: [
              {
                id: 'by-id',
                label: named.text,
                description: query.trim(),
                keywords: query,
                onClick: () => void named.go(navigate),
              },
            ],
          },
        ]),
    ...areas.map(({ name, places }) => ({ group: name, actions: places.map(action) })),
    { group: 'Elsewhere', actions: elsewhere.map(action) },
  ];
  return (
    <Spotlight
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K', '/']}
      attributes={{ content: { 'aria-label': 'Find or do' } }}
      nothingFound="No page and no id like that."
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{
        placeholder: 'A page, or an id: app_…, inc_…, chg_…',
        'aria-label': 'A page, or an id',
      }}
    />
  );
}

type Go = (navigate: ReturnType<typeof useNavigate>) => unknown;

/** What has an address of its own by its id alone. */
function byId(text: string): { readonly text: string; readonly go: Go } | null {
  const [, prefix = ''] = /^([a-z]+)_[\w-]{4,}$/i.exec(text) ?? [];
  const to: Readonly<Record<string, readonly [string, string]>> = {
    app: ['Application', paths.application(text)],
    inc: ['Incident', paths.incident(text)],
    chg: ['Change', paths.change(text)],
    alert: ['Alert', paths.alert(text)],
    item: ['Action item', paths.actionItem(text)],
  };
  const found = to[prefix];
  return found === undefined
    ? null
    : { text: found[0], go: (navigate) => navigate({ to: found[1] }) };
}
