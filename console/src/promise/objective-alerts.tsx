import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import { Empty, Fault, Loading, paths, Section, Table } from '../ui/index.ts';
import { ALERT_ROW, alertColumns } from './alert-columns.tsx';

/** Alerts over one objective, those that are over too. */
export function ObjectiveAlerts({ name }: { readonly name: string }): ReactNode {
  const navigate = useNavigate();
  const pages = usePages('v1.alert.list', { query: { limit: 250, objective: name } });
  return (
    <Section title="Its alerts">
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading rows={2} />
      ) : (
        <Table
          label={`Alerts of ${name}`}
          {...pages}
          rowHeight={ALERT_ROW}
          keyOf={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: paths.alert(id) })}
          columns={alertColumns}
          {...(pages.hasMore
            ? {}
            : {
                empty: (
                  <Empty title="It has never alerted">
                    Its detectors look every ten seconds, and say what they see here.
                  </Empty>
                ),
              })}
        />
      )}
    </Section>
  );
}
