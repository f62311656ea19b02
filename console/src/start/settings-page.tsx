import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Answered, Page, Payload } from '../ui/index.ts';

/** What this Holdfast runs with, and who may call it. */
export function SettingsPage(): ReactNode {
  const settings = useAnswer('v1.settings.get', {});
  return (
    <Page title="Settings and tokens">
      <Answered of={settings}>
        {(value) => <Payload text={JSON.stringify(value)} label="Settings in force" />}
      </Answered>
    </Page>
  );
}
