import { Group, Select, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, type ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  count,
  Empty,
  Fault,
  Figure,
  Figures,
  KeyHelp,
  Loading,
  Page,
  paths,
  Section,
  Table,
  useView,
} from '../ui/index.ts';
import { actionColumns } from './action-columns.tsx';
import {
  actionTypes,
  SOON_DAYS,
  standingOf,
  type ActionItem,
  type Standing,
} from './action-item.ts';
import { AddActionItem } from './add-action-item.tsx';

const usual = { owner: '', type: '' } as const;
const PAGE = 250;
/** Open ones are all asked for, so that what is overdue is known of all; but no more than this. */
const MOST_OPEN = 2000;

const columnsOf: readonly (readonly [Standing, string, string])[] = [
  ['overdue', 'Overdue', 'No date has passed.'],
  ['soon', `Due within ${SOON_DAYS} days`, 'Nothing is due soon.'],
  ['open', 'Open', 'Nothing else is open.'],
];

/** What was promised after incidents: the overdue first. */
export function ActionItemsPage(): ReactNode {
  const may = useMay();
  const [view, setView] = useView<keyof typeof usual>(usual);
  const open = usePages('v1.action.list', { query: { limit: PAGE, open: true } });
  const closed = usePages('v1.action.list', { query: { limit: PAGE, open: false } });
  const { hasMore, isLoadingMore, more, rows } = open;
  useEffect(() => {
    if (hasMore && !isLoadingMore && rows.length < MOST_OPEN) more();
  }, [hasMore, isLoadingMore, more, rows.length]);
  const fits = useMemo(
    () =>
      ({ owner, type }: ActionItem): boolean =>
        owner.toLowerCase().includes(view.owner.toLowerCase()) &&
        (view.type === '' || type === view.type),
    [view.owner, view.type],
  );
  const byStanding = useMemo(
    () => Map.groupBy(rows.filter(fits), (item) => standingOf(item, Date.now())),
    [rows, fits],
  );
  const ended = useMemo(() => closed.rows.filter(fits), [closed.rows, fits]);
  const isFiltered = view.owner !== '' || view.type !== '';
  const many = (standing: Standing): number => byStanding.get(standing)?.length ?? 0;
  const error = open.error ?? closed.error;
  return (
    <Page
      title="Action items"
      lead="What is to be done so that an incident does not come back. Each has an owner, a date, and a verification that shows that it holds."
      actions={
        <>
          {may.write && <AddActionItem />}
          <KeyHelp />
        </>
      }
    >
      {error !== null ? (
        <Fault
          error={error}
          again={() => {
            open.again();
            closed.again();
          }}
        />
      ) : open.isLoading || closed.isLoading ? (
        <Loading rows={8} />
      ) : rows.length === 0 && closed.rows.length === 0 ? (
        <Empty title="There is no action item yet">
          An action item belongs to an incident: add one here, or on the page of its postmortem.
        </Empty>
      ) : (
        <>
          <Figures>
            <Figure name="Overdue" value={count(many('overdue'))} isBad={many('overdue') > 0} />
            <Figure name={`Due within ${SOON_DAYS} days`} value={count(many('soon'))} />
            <Figure
              name="Open, later or without a date"
              value={count(many('open'))}
              hint={`${count(rows.filter(fits).filter(({ verification }) => verification === null).length)} of all open ones have no verification`}
            />
            <Figure
              name="Done"
              value={`${count(ended.filter(({ state }) => state === 'done').length)}${closed.hasMore ? '+' : ''}`}
              hint={`${count(ended.filter(({ state }) => state === 'not_doing').length)} not doing, each with its reason`}
            />
          </Figures>
          <Group gap="sm" align="flex-end">
            <TextInput
              label="Owner"
              w={180}
              value={view.owner}
              onChange={(event) => setView({ owner: event.currentTarget.value })}
            />
            <Select
              label="Type"
              w={160}
              value={view.type}
              onChange={(type) => setView({ type: type ?? '' })}
              data={[
                { value: '', label: 'Any' },
                ...actionTypes.map(({ value, label }) => ({ value, label })),
              ]}
              allowDeselect={false}
            />
          </Group>
          {columnsOf.map(([standing, title, none]) => (
            <Section key={standing} title={title}>
              <List label={title} rows={byStanding.get(standing) ?? []}>
                {isFiltered ? 'None fits the filters.' : none}
              </List>
            </Section>
          ))}
          <Section title="Done, and not doing">
            <Closed pages={closed} rows={ended} isFiltered={isFiltered} />
          </Section>
        </>
      )}
    </Page>
  );
}

function List({
  label,
  rows,
  children,
}: {
  readonly label: string;
  readonly rows: readonly ActionItem[];
  readonly children: string;
}): ReactNode {
  const navigate = useNavigate();
  if (rows.length === 0) return <Quiet>{children}</Quiet>;
  return (
    <Table
      label={label}
      rows={rows}
      keyOf={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: paths.actionItem(id) })}
      columns={actionColumns(true)}
      rowHeight={44}
    />
  );
}

function Closed({
  pages,
  rows,
  isFiltered,
}: {
  readonly pages: ReturnType<typeof usePages<'v1.action.list'>>;
  readonly rows: readonly ActionItem[];
  readonly isFiltered: boolean;
}): ReactNode {
  const navigate = useNavigate();
  if (rows.length === 0 && !pages.hasMore) {
    return <Quiet>{isFiltered ? 'None fits the filters.' : 'None is closed yet.'}</Quiet>;
  }
  return (
    <Table
      label="Done, and not doing"
      {...pages}
      rows={rows}
      keyOf={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: paths.actionItem(id) })}
      columns={actionColumns(true)}
      rowHeight={44}
    />
  );
}

function Quiet({ children }: { readonly children: string }): ReactNode {
  return (
    <p style={{ margin: 0, fontSize: 14, color: 'var(--mantine-color-dimmed)' }}>{children}</p>
  );
}
