import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { useAnswer, type AnswerOf } from '../api/index.ts';
import {
  Answered,
  count,
  duration,
  Empty,
  Figure,
  Figures,
  Moment,
  Page,
  paths,
  percent,
  Section,
  Table,
  useView,
} from '../ui/index.ts';

type Answer = AnswerOf<'v1.incident.get-figures'>;
type Of = Answer['all'];
type Median = Of['detect'];

const usual = { days: '90' } as const;
const DAY_MS = 86_400_000;

/** How fast incidents are detected, mitigated and fixed: medians with their counts. */
export function FiguresPage(): ReactNode {
  const [view, setView] = useView<keyof typeof usual>(usual);
  const days = Number(view.days) > 0 ? Number(view.days) : 90;
  // By the day, so that the question stays the same while the page is looked at.
  const from = useMemo(
    () => new Date((Math.floor(Date.now() / DAY_MS) - days) * DAY_MS).toISOString(),
    [days],
  );
  const answer = useAnswer('v1.incident.get-figures', { query: { from } }, { keepsLast: true });
  return (
    <Page
      title="Incident figures"
      crumbs={[{ text: 'Incidents', to: paths.incidents }]}
      lead="Medians of episodes, never means, each with how many it is of. Declined and merged incidents do not count; drills are apart."
    >
      <Group>
        <SegmentedControl
          aria-label="Of which time"
          value={view.days}
          onChange={(next) => setView({ days: next })}
          data={[
            { value: '7', label: '7 days' },
            { value: '30', label: '30 days' },
            { value: '90', label: '90 days' },
            { value: '365', label: 'A year' },
          ]}
        />
      </Group>
      <Answered of={answer}>{(figures) => <Shown figures={figures} />}</Answered>
    </Page>
  );
}

function Shown({ figures }: { readonly figures: Answer }): ReactNode {
  const { all, byCauseClass, drills, from, to } = figures;
  if (all.incidents === 0 && drills.incidents === 0) {
    return (
      <Empty title="No incident in this time">
        Figures come from incidents that were detected in it. Old ones can be taken in on the page
        of incidents.
      </Empty>
    );
  }
  const rows = [
    { of: 'all', figures: all },
    ...byCauseClass.map((each) => ({ of: each.causeClass, figures: each })),
    { of: 'drills (apart)', figures: drills },
  ];
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {count(all.incidents)} {all.incidents === 1 ? 'incident' : 'incidents'} detected from{' '}
        <Moment at={from} isAbsolute /> to <Moment at={to} isAbsolute />
        {all.retrospective > 0 && `, ${count(all.retrospective)} of them taken in afterwards`}.
      </Text>
      <Figures across={5}>
        <MedianFigure name="To detect (MTTD)" of={all.detect} hint="impact start to T+0" />
        <MedianFigure name="To acknowledge" of={all.acknowledge} hint="from T+0" />
        <MedianFigure name="To mitigate (MTTM)" of={all.mitigate} hint="from T+0" />
        <MedianFigure name="To fix (MTTR)" of={all.repair} hint="from T+0" />
        <MedianFigure name="Visible for" of={all.visible} hint="impact start to mitigated" />
      </Figures>
      <Figures across={2}>
        <Figure
          name="Found by Holdfast before a person"
          value={`${count(all.foundBySystem)} of ${count(all.incidents)}`}
          hint={all.incidents === 0 ? 'no incident' : percent(all.foundBySystem / all.incidents)}
        />
        <Figure
          name="Were there before"
          value={`${count(all.recurring)} of ${count(all.incidents)}`}
          hint="Within 90 days: the same explanation, or the same class of causes and slice."
        />
      </Figures>
      <Section title="By class of causes">
        <Table
          label="Figures by class of causes"
          rows={rows}
          rowHeight={36}
          keyOf={({ of }) => of}
          columns={[
            { name: 'Of', width: 'minmax(120px, 2fr)', cell: ({ of }) => of },
            {
              name: 'Incidents',
              width: '76px',
              align: 'right',
              cell: (row) => count(row.figures.incidents),
            },
            ...(
              [
                ['Detect', 'detect'],
                ['Acknowledge', 'acknowledge'],
                ['Mitigate', 'mitigate'],
                ['Fix', 'repair'],
                ['Visible', 'visible'],
              ] as const
            ).map(([name, field]) => ({
              name,
              width: '108px',
              align: 'right' as const,
              cell: (row: (typeof rows)[number]) => said(row.figures[field]),
            })),
            {
              name: 'By Holdfast',
              width: '88px',
              align: 'right',
              cell: (row) => count(row.figures.foundBySystem),
            },
            {
              name: 'Again',
              width: '56px',
              align: 'right',
              cell: (row) => count(row.figures.recurring),
            },
          ]}
        />
      </Section>
    </Stack>
  );
}

function MedianFigure({
  name,
  of,
  hint,
}: {
  readonly name: string;
  readonly of: Median;
  readonly hint: string;
}): ReactNode {
  return (
    <Figure
      name={name}
      value={of.medianMs === null ? '–' : duration(of.medianMs)}
      hint={`${hint}; median of ${count(of.count)}`}
    />
  );
}

function said({ medianMs, count: many }: Median): string {
  return medianMs === null ? '–' : `${duration(medianMs)} (${count(many)})`;
}
