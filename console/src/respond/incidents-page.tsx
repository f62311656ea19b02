import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  Empty,
  Fault,
  KeyHelp,
  Loading,
  OwnerFilter,
  Page,
  paths,
  Section,
  Table,
  useView,
} from '../ui/index.ts';
import { causeClasses } from './incident.ts';
import { incidentColumns } from './incident-columns.tsx';
import { OpenIncident } from './open-incident.tsx';

const usual = { show: 'all', severity: '', owner: '', cause: '', kind: '' } as const;
const PAGE = 100;
const TYPING_MS = 300;

type Filters = {
  readonly severity?: string[];
  readonly owner?: string;
  readonly cause_class?: string;
  readonly drill?: boolean;
};

/** Severities that are so bad or worse: 1 is the worst. */
function upTo(severity: number): string[] {
  return Array.from({ length: severity }, (_, nth) => String(nth + 1));
}

/** What is broken now, and what was. */
export function IncidentsPage(): ReactNode {
  const may = useMay();
  const [view, setView] = useView<keyof typeof usual>(usual);
  const [owner] = useDebouncedValue(view.owner.trim(), TYPING_MS);
  const filters: Filters = {
    ...(view.severity === '' ? {} : { severity: upTo(Number(view.severity)) }),
    ...(owner === '' ? {} : { owner }),
    ...(view.cause === '' ? {} : { cause_class: view.cause }),
    ...(view.kind === '' ? {} : { drill: view.kind === 'drill' }),
  };
  return (
    <Page
      title="Incidents"
      lead="An incident is a spell of impact and all that is done about it. Alerts open it by themselves; people may too."
      actions={
        <>
          {may.write && <OpenIncident />}
          {may.write && <OpenIncident isRetrospective />}
          <Button
            size="xs"
            variant="default"
            renderRoot={(props) => <Link {...props} to={paths.incidentFigures} />}
          >
            Figures
          </Button>
          <Button
            size="xs"
            variant="default"
            renderRoot={(props) => <Link {...props} to={paths.incidentRules} />}
          >
            Rules
          </Button>
          <KeyHelp />
        </>
      }
    >
      <Group gap="sm" align="flex-end">
        <SegmentedControl
          aria-label="Which incidents"
          value={view.show}
          onChange={(show) => setView({ show })}
          data={[
            { value: 'all', label: 'All' },
            { value: 'open', label: 'Not ended' },
            { value: 'ended', label: 'Ended' },
          ]}
        />
        <Select
          label="Severity"
          w={150}
          value={view.severity}
          onChange={(severity) => setView({ severity: severity ?? '' })}
          data={[
            { value: '', label: 'Any' },
            { value: '1', label: '1' },
            { value: '2', label: '2 or worse' },
            { value: '3', label: '3 or worse' },
          ]}
          allowDeselect={false}
        />
        <OwnerFilter
          value={view.owner}
          onChange={(chosen) => setView({ owner: chosen })}
          width={180}
        />
        <Select
          label="Class of causes"
          w={170}
          value={view.cause}
          onChange={(cause) => setView({ cause: cause ?? '' })}
          data={[
            { value: '', label: 'Any' },
            ...causeClasses.map((value) => ({ value, label: value })),
          ]}
          allowDeselect={false}
        />
        <Select
          label="Drills"
          w={170}
          value={view.kind}
          onChange={(kind) => setView({ kind: kind ?? '' })}
          data={[
            { value: '', label: 'With drills' },
            { value: 'real', label: 'Without drills' },
            { value: 'drill', label: 'Drills only' },
          ]}
          allowDeselect={false}
        />
      </Group>
      {view.show !== 'ended' && (
        <Section title="Not ended">
          <List isOpen filters={filters} />
        </Section>
      )}
      {view.show !== 'open' && (
        <Section title="Ended">
          <List isOpen={false} filters={filters} />
        </Section>
      )}
    </Page>
  );
}

function List({
  isOpen,
  filters,
}: {
  readonly isOpen: boolean;
  readonly filters: Filters;
}): ReactNode {
  const navigate = useNavigate();
  const pages = usePages('v1.incident.list', {
    query: { limit: PAGE, open: isOpen, ...filters },
  });
  if (pages.error !== null) return <Fault error={pages.error} again={pages.again} />;
  if (pages.isLoading) return <Loading rows={2} />;
  return (
    <Table
      label={isOpen ? 'Incidents that have not ended' : 'Incidents that have ended'}
      {...pages}
      keyOf={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: paths.incident(id) })}
      columns={incidentColumns(isOpen)}
      rowHeight={44}
      empty={<Nothing isOpen={isOpen} isFiltered={Object.keys(filters).length > 0} />}
    />
  );
}

function Nothing({
  isOpen,
  isFiltered,
}: {
  readonly isOpen: boolean;
  readonly isFiltered: boolean;
}): ReactNode {
  if (isFiltered) {
    return <Empty title="None fits the filters">Take a filter away to see more.</Empty>;
  }
  return isOpen ? (
    <Empty title="Nothing is broken">
      When deliveries fail, an alert opens an incident by itself. Whoever notices something first
      can open one by hand.
    </Empty>
  ) : (
    <Empty title="None has ended yet">
      An old incident can be taken in afterwards, so that it counts in the figures.
    </Empty>
  );
}
