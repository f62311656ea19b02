import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMay, useSession } from '../shell/index.ts';
import { Fields, Moment, oneOf, Page, Section, useView } from '../ui/index.ts';
import { ServiceHealth } from './service-health.tsx';
import { SettingsTable } from './settings-table.tsx';
import { Tokens } from './tokens.tsx';

const usual = { tab: 'settings' } as const;
const tabs = ['settings', 'tokens', 'health', 'session'] as const;

/** What this Holdfast runs with, how it is, and who may call it. */
export function SettingsPage(): ReactNode {
  const may = useMay();
  const { actor, scope, expiresAt } = useSession();
  const [view, setView] = useView(usual);
  return (
    <Page
      title="Settings and tokens"
      lead="Settings are read once, at the start, from the environment. Tokens are who may call the API."
    >
      <Tabs
        value={oneOf(view.tab, tabs, usual.tab)}
        onChange={(tab) => setView({ tab: tab ?? usual.tab })}
        keepMounted={false}
      >
        <Tabs.List mb="sm">
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
          <Tabs.Tab value="tokens">Tokens</Tabs.Tab>
          <Tabs.Tab value="health">Health and audit</Tabs.Tab>
          <Tabs.Tab value="session">Who you are</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="settings">
          <SettingsTable />
        </Tabs.Panel>
        <Tabs.Panel value="tokens">
          <Tokens isAdmin={may.admin} />
        </Tabs.Panel>
        <Tabs.Panel value="health">
          <ServiceHealth />
        </Tabs.Panel>
        <Tabs.Panel value="session">
          <Section title="This session">
            <Fields
              of={[
                ['Signed in as', actor],
                ['Scope', `${scope}: ${scopes[scope]}`],
                ['Ends', <Moment key="ends" at={expiresAt} isAbsolute />],
              ]}
            />
          </Section>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

const scopes = {
  read: 'sees all, changes nothing',
  write: 'changes everything but tokens and settings',
  admin: 'may do everything',
} as const;
