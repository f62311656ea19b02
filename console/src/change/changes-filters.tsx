import { Button, Group, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { momentField, momentIn, TimeInput, words } from '../ui/index.ts';
import { changeKinds, kindIn } from './kinds.ts';
import { PickApplication, PickEndpoint } from './pick-place.tsx';

export const usual = {
  kind: '',
  subject: '',
  app: '',
  endpoint: '',
  after: '',
  before: '',
} as const;
/** What the list is asked for, as the address says it; empty: whatever it is. */
export type View = Readonly<Record<keyof typeof usual, string>>;

/** What narrows the list of changes. */
export function Filters({
  view,
  set,
  isLess,
}: {
  readonly view: View;
  readonly set: (change: Partial<View>) => void;
  readonly isLess: boolean;
}): ReactNode {
  const time = (name: 'after' | 'before', label: string): ReactNode => (
    <TimeInput
      label={label}
      size="xs"
      value={view[name] === '' ? '' : momentField(Date.parse(view[name]))}
      onChange={(value) => set({ [name]: momentIn(value) ?? '' })}
    />
  );
  return (
    <Group gap="sm" align="end">
      <Select
        size="xs"
        w={125}
        label="Kind"
        placeholder="every"
        clearable
        data={changeKinds.map((value) => ({ value, label: words(value) }))}
        value={view.kind === '' ? null : view.kind}
        onChange={(kind) => set({ kind: kind ?? '', ...(kind === null ? { subject: '' } : {}) })}
      />
      <TextInput
        size="xs"
        w={125}
        label="Of the name"
        placeholder={view.kind === '' ? 'with a kind' : 'any'}
        disabled={view.kind === ''}
        value={view.subject}
        onChange={(event) => set({ subject: event.currentTarget.value })}
      />
      <PickApplication value={view.app} onChange={(app) => set({ app, endpoint: '' })} />
      <PickEndpoint
        app={view.app}
        value={view.endpoint}
        onChange={(endpoint) => set({ endpoint })}
      />
      {time('after', 'From')}
      {time('before', 'Until')}
      {isLess && (
        <Button size="xs" variant="subtle" onClick={() => set({ ...usual })}>
          Show all
        </Button>
      )}
    </Group>
  );
}

/** As the service is asked. */
export function filterOf({ kind, subject, app, endpoint, after, before }: View) {
  const known = kindIn(kind);
  return {
    ...(known === undefined ? {} : { kind: known }),
    ...(known === undefined || subject === '' ? {} : { subject }),
    ...(app === '' ? {} : { app_id: app }),
    ...(app === '' || endpoint === '' ? {} : { endpoint_id: endpoint }),
    // What is no moment, as in an address that somebody typed, bounds nothing.
    ...(Number.isNaN(Date.parse(after)) ? {} : { after }),
    ...(Number.isNaN(Date.parse(before)) ? {} : { before }),
  };
}
