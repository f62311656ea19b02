import { Button, Group, MultiSelect, SegmentedControl } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Pages } from '../api/index.ts';
import {
  alertKinds,
  Empty,
  Fault,
  KeyHelp,
  Loading,
  Moment,
  OwnerFilter,
  Page,
  paths,
  severities,
  Table,
  useView,
  type Column,
} from '../ui/index.ts';
import { AlertActs } from './alert-acts.tsx';
import { ALERT_ROW, alertColumns } from './alert-columns.tsx';
import { tabs, type AlertBrief, type Tab } from './alert.ts';
import { MaintenanceWindows } from './maintenance.tsx';
import { useAlerts, useEndOfSilence } from './use-alerts.ts';

const usual = { show: 'firing', severity: '', owner: '', kind: '' } as const;
const TYPING_MS = 300;

/** What is wrong now, who looks after it, and what nobody is told of. */
export function AlertsPage(): ReactNode {
  const [view, setView] = useView<keyof typeof usual>(usual);
  const isNarrow = useMediaQuery('(max-width: 36em)');
  const tab: Tab = tabs.find((each) => each === view.show) ?? 'firing';
  const [wantedSeverities, kinds] = [listIn(view.severity), listIn(view.kind)];
  const [owner] = useDebouncedValue(view.owner.trim(), TYPING_MS);
  const filters = { severity: wantedSeverities, kind: kinds, owner };
  const lists = {
    firing: useAlerts({ state: ['firing'], silenced: false }, filters),
    acknowledged: useAlerts({ state: ['acknowledged'], silenced: false }, filters),
    silenced: useAlerts({ open: true, silenced: true }, filters),
    resolved: useAlerts({ open: false }, filters, tab === 'resolved'),
  } as const satisfies Record<Tab, Pages<AlertBrief>>;
  const many = (of: Tab): string => ` (${lists[of].rows.length}${lists[of].hasMore ? '+' : ''})`;
  useEndOfSilence(lists.silenced.rows, () => {
    for (const each of ['firing', 'acknowledged', 'silenced'] as const) lists[each].again();
  });
  return (
    <Page
      title="Alerts"
      lead="An alert says that something is wrong: what, since when, against what, how sure that is, what it costs, and who owns it. It ends by itself when its condition is gone for five minutes."
      actions={
        <>
          <Button
            size="xs"
            variant="default"
            renderRoot={(props) => <Link {...props} to={paths.notifiers} />}
          >
            Who is told
          </Button>
          <KeyHelp />
        </>
      }
    >
      <Group gap="sm" align="flex-end">
        <SegmentedControl
          aria-label="Which alerts"
          orientation={isNarrow ? 'vertical' : 'horizontal'}
          value={tab}
          onChange={(show) => setView({ show })}
          data={[
            { value: 'firing', label: `Firing${many('firing')}` },
            { value: 'acknowledged', label: `Acknowledged${many('acknowledged')}` },
            { value: 'silenced', label: `Silenced${many('silenced')}` },
            { value: 'resolved', label: 'Resolved' },
          ]}
        />
        <MultiSelect
          label="Severity"
          w={150}
          data={[...severities]}
          value={[...wantedSeverities]}
          onChange={(value) => setView({ severity: value.join(',') })}
        />
        <MultiSelect
          label="Found by"
          w={190}
          data={alertKinds.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
          value={[...kinds]}
          onChange={(value) => setView({ kind: value.join(',') })}
          searchable
        />
        <OwnerFilter
          value={view.owner}
          onChange={(chosen) => setView({ owner: chosen })}
          width={130}
        />
      </Group>
      <List
        tab={tab}
        pages={lists[tab]}
        isFiltered={view.severity !== '' || view.kind !== '' || view.owner !== ''}
      />
      <MaintenanceWindows />
    </Page>
  );
}

function List({
  tab,
  pages,
  isFiltered,
}: {
  readonly tab: Tab;
  readonly pages: Pages<AlertBrief>;
  readonly isFiltered: boolean;
}): ReactNode {
  const navigate = useNavigate();
  if (pages.error !== null) return <Fault error={pages.error} again={pages.again} />;
  if (pages.isLoading) return <Loading rows={3} />;
  return (
    <Table
      label={`Alerts: ${tab}`}
      {...pages}
      rowHeight={ALERT_ROW}
      keyOf={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: paths.alert(id) })}
      columns={columnsOf(tab)}
      {...(pages.hasMore ? {} : { empty: <Nothing tab={tab} isFiltered={isFiltered} /> })}
    />
  );
}

/** Each tab has what its alerts have in common, in place of the state. */
function columnsOf(tab: Tab): readonly Column<AlertBrief>[] {
  const more: Readonly<Record<Tab, Column<AlertBrief> | null>> = {
    firing: null,
    acknowledged: {
      name: 'Looked after by',
      width: '130px',
      cell: ({ acknowledgedBy }) => acknowledgedBy ?? '–',
    },
    silenced: {
      name: 'Silenced until',
      width: '190px',
      cell: ({ silencedUntil }) =>
        silencedUntil === null ? '–' : <Moment at={silencedUntil} isAbsolute />,
    },
    resolved: {
      name: 'Resolved',
      width: '110px',
      cell: ({ resolvedAt }) => (resolvedAt === null ? '–' : <Moment at={resolvedAt} />),
    },
  };
  const acts: Column<AlertBrief> = {
    name: 'Do',
    width: tab === 'firing' ? '264px' : '170px',
    cell: (alert) => (
      <Group gap={6} wrap="nowrap">
        <AlertActs alert={alert} />
      </Group>
    ),
  };
  const one = more[tab];
  return [
    ...alertColumns.filter(({ name }) => name !== 'State'),
    ...(one === null ? [] : [one]),
    ...(tab === 'resolved' ? [] : [acts]),
  ];
}

function listIn(text: string): readonly string[] {
  return text === '' ? [] : text.split(',');
}

function Nothing({
  tab,
  isFiltered,
}: {
  readonly tab: Tab;
  readonly isFiltered: boolean;
}): ReactNode {
  if (isFiltered) {
    return <Empty title="None fits the filters">Take a filter away to see more.</Empty>;
  }
  switch (tab) {
    case 'firing':
      return (
        <Empty title="Nothing fires">
          Every objective is looked at each ten seconds; what a detector sees stands here at once.
        </Empty>
      );
    case 'acknowledged':
      return (
        <Empty title="Nobody looks after one">
          Who acknowledges an alert says that they look after it: it does not escalate any more.
        </Empty>
      );
    case 'silenced':
      return (
        <Empty title="None is silenced">
          A silence has an end; what still fires then is told. Nothing hides what got worse.
        </Empty>
      );
    default:
      return (
        <Empty title="None is over">
          Of alerts that are resolved the newest 10,000 are kept, with their history.
        </Empty>
      );
  }
}
