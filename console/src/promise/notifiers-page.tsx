import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  Act,
  Empty,
  Fault,
  Loading,
  Moment,
  Page,
  paths,
  Section,
  State,
  Table,
  To,
  type Column,
} from '../ui/index.ts';
import { whereOf } from './alert.ts';
import { EditNotifier } from './edit-notifier.tsx';
import { notifierAnswers, notifierKinds, placeOf, type Notifier } from './notifier.ts';
import { RoutesSection } from './routes-section.tsx';

/** Who is told of alerts, by what, and who next. */
export function NotifiersPage(): ReactNode {
  const may = useMay();
  return (
    <Page
      title="Notifiers"
      crumbs={[{ text: 'Alerts', to: paths.alerts }]}
      lead="A notifier is a way by which people are told: chat, mail, a pager. Routes say which alerts go by which, and who is told next where nobody acknowledges."
    >
      {may.admin ? (
        <Shown />
      ) : (
        <Empty title="Notifiers are for admins">
          Sign in by a token of scope admin to see and make them. Who was told of an alert stands on
          its own page.
        </Empty>
      )}
    </Page>
  );
}

function Shown(): ReactNode {
  const pages = usePages('v1.notifier.list', { query: { limit: 250 } });
  const alerts = usePages('v1.alert.list', {
    query: { limit: 250, open: true, kind: 'notifier' },
  });
  const failing = new Map(alerts.rows.map((alert) => [whereOf(alert), alert]));
  const names = pages.rows.map(({ name }) => name);
  const columns: readonly Column<Notifier>[] = [
    {
      name: 'Name, kind, and where it goes',
      width: 'minmax(210px, 2fr)',
      cell: (notifier) => (
        <>
          <Text truncate size="sm" title={notifier.description}>
            {notifier.name}
          </Text>
          <Text truncate size="xs" c="dimmed" title={placeOf(notifier)}>
            {notifierKinds[notifier.kind].text}: {placeOf(notifier)}
          </Text>
        </>
      ),
    },
    {
      name: 'If it fails',
      width: '110px',
      cell: ({ fallback }) => (fallback.length === 0 ? 'nobody' : fallback.join(', ')),
    },
    {
      name: 'Last try',
      width: 'minmax(160px, 2fr)',
      cell: ({ name, lastOutcome }) => (
        <Standing name={name} alertId={failing.get(name)?.id} outcome={lastOutcome} />
      ),
    },
    {
      name: 'Do',
      width: '300px',
      cell: (notifier) => (
        <span style={{ display: 'flex', gap: 6 }}>
          <Act
            operation="v1.notifier.test"
            request={() => ({ path: { notifier_name: notifier.name }, body: {} })}
            name={`Test: ${notifier.name}`}
            said={({ isSent, said }) =>
              isSent
                ? `${notifier.name}: sent, and its server said “${said}”.`
                : `${notifier.name}: not sent. ${said}`
            }
            changes={notifierAnswers}
          >
            Test
          </Act>
          <EditNotifier notifier={notifier} names={names} />
          <Act
            operation="v1.notifier.delete"
            request={() => ({ path: { notifier_name: notifier.name } })}
            changes={notifierAnswers}
            name={`Delete: ${notifier.name}`}
            verb="Delete"
            confirm={`Routes that name ${notifier.name} tell nobody by it any more. The list of changes brings it back, with its secret.`}
            said={`${notifier.name} is deleted.`}
            button={{ color: 'red', variant: 'light' }}
          >
            Delete
          </Act>
        </span>
      ),
    },
  ];
  return (
    <>
      <Section title="Ways to tell" actions={<EditNotifier notifier={null} names={names} />}>
        {pages.error !== null ? (
          <Fault error={pages.error} again={pages.again} />
        ) : pages.isLoading ? (
          <Loading rows={2} />
        ) : (
          <Table
            label="Notifiers"
            {...pages}
            rowHeight={56}
            keyOf={({ id }) => id}
            columns={columns}
            empty={
              <Empty title="Nobody can be told">
                Alerts fire and stand on their page, and nobody hears of them. Add a way to tell,
                test it, and route alerts to it.
              </Empty>
            }
          />
        )}
      </Section>
      <RoutesSection names={names} />
    </>
  );
}

/** How it fared last, and the alert where it fails again and again. */
function Standing({
  name,
  alertId,
  outcome,
}: {
  readonly name: string;
  readonly alertId: string | undefined;
  readonly outcome: Notifier['lastOutcome'];
}): ReactNode {
  if (outcome === null && alertId === undefined) return 'never tried';
  return (
    <div role="group" aria-label={`Last try of ${name}`}>
      {outcome !== null && (
        <Text truncate size="sm" title={outcome.said}>
          <State of={outcome.isSent ? 'sent' : 'failed'} tone={outcome.isSent ? 'good' : 'bad'} />{' '}
          <Moment at={outcome.at} />
        </Text>
      )}
      <Text truncate size="xs" c="dimmed" title={outcome?.said}>
        {alertId !== undefined && (
          <>
            <To to={paths.alert(alertId)}>its alert</To>
            {outcome !== null && ': '}
          </>
        )}
        {outcome?.said}
      </Text>
    </div>
  );
}
