import type { ReactNode } from 'react';
import { Empty, Moment, Section, State, Table, words } from '../ui/index.ts';
import type { Alert } from './alert.ts';

/** What happened to an alert, the newest first. */
export function AlertHistory({ of }: { readonly of: Alert }): ReactNode {
  return (
    <Section title="History">
      <Table
        label="History"
        rows={of.history.map((line, nth) => ({ ...line, nth }))}
        rowHeight={36}
        keyOf={({ nth }) => String(nth)}
        columns={[
          { name: 'When', width: '190px', cell: ({ at }) => <Moment at={at} isAbsolute /> },
          { name: 'What', width: '130px', cell: ({ event }) => words(event) },
          { name: 'By', width: '120px', cell: ({ actor }) => actor },
          {
            name: 'More',
            width: 'minmax(220px, 3fr)',
            cell: ({ detail }) => <span title={detail}>{detail === '' ? '–' : detail}</span>,
          },
        ]}
      />
    </Section>
  );
}

/** Who was told, and what the notifier's server said. */
export function Told({ of }: { readonly of: Alert }): ReactNode {
  return (
    <Section title="Who was told">
      <Table
        label="Who was told"
        rows={of.notifications.map((one, nth) => ({ ...one, nth }))}
        rowHeight={36}
        keyOf={({ nth }) => String(nth)}
        columns={[
          { name: 'Notifier', width: '160px', cell: ({ notifier }) => notifier },
          { name: 'State', width: '120px', cell: ({ state }) => <SentState of={state} /> },
          { name: 'Due', width: '190px', cell: ({ dueAt }) => <Moment at={dueAt} isAbsolute /> },
          { name: 'Tries', width: '70px', align: 'right', cell: ({ tries }) => tries },
          {
            name: 'What its server said',
            width: 'minmax(220px, 3fr)',
            cell: ({ said }) => <span title={said ?? ''}>{said ?? '–'}</span>,
          },
        ]}
        empty={
          <Empty title="Nobody was told">
            Either no route matches it, or something holds it back: a silence, a maintenance window,
            or quiet hours. Routes stand on the page of notifiers.
          </Empty>
        }
      />
    </Section>
  );
}

function SentState({ of }: { readonly of: Alert['notifications'][number]['state'] }): ReactNode {
  return of === 'sent' ? <State of="sent" tone="good" /> : <State of={of} />;
}
