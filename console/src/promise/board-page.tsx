import { Button, Group, SegmentedControl, Select, SimpleGrid, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer, type AnswerOf } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Answered, Empty, Page, paths, Section, useView } from '../ui/index.ts';
import { BoardCard } from './board-card.tsx';
import { BoardLinks } from './board-links.tsx';
import { standingOf, type BoardEntry } from './objective.ts';

type Board = AnswerOf<'v1.board.get'>;

const usual = { by: 'owner', team: '' } as const;
const EVERY_MS = 15_000;

/** All promises, for those who keep them and those who rely on them. */
export function BoardPage(): ReactNode {
  const may = useMay();
  const [view, setView] = useView<keyof typeof usual>(usual);
  const board = useAnswer('v1.board.get', {}, { everyMs: EVERY_MS });
  const teams = teamsOf(board.data);
  return (
    <Page
      title="Board"
      lead="What is promised of which deliveries, by which team to which, and how much of it was kept: the same figures for both sides."
      actions={
        <>
          <Button
            component="a"
            size="xs"
            variant="default"
            href={`/api/v1/board${view.team === '' ? '' : `?team=${encodeURIComponent(view.team)}`}`}
            target="_blank"
          >
            As JSON
          </Button>
          {may.write && (
            <Button size="xs" renderRoot={(props) => <Link {...props} to={paths.newObjective} />}>
              New objective
            </Button>
          )}
        </>
      }
    >
      <Group gap="sm" align="flex-end">
        <SegmentedControl
          aria-label="Group by"
          value={view.by}
          onChange={(by) => setView({ by })}
          data={[
            { value: 'owner', label: 'By who keeps it' },
            { value: 'consumer', label: 'By who relies on it' },
          ]}
        />
        <Select
          aria-label="Team"
          w={200}
          value={view.team}
          onChange={(team) => setView({ team: team ?? '' })}
          data={[
            { value: '', label: 'All teams' },
            ...teams.map((team) => ({ value: team, label: team })),
          ]}
          allowDeselect={false}
          searchable
        />
      </Group>
      <Answered of={board} rows={8}>
        {(found) =>
          found.objectives.length === 0 ? (
            <Empty title="Nothing is promised">
              An objective says what share of which deliveries is good, over how long, and which
              team keeps it. Make one, and both sides see how it stands.
            </Empty>
          ) : (
            <Groups board={found} by={view.by} team={view.team} />
          )
        }
      </Answered>
      {may.admin && <BoardLinks teams={teams} />}
    </Page>
  );
}

function Groups({
  board,
  by,
  team,
}: {
  readonly board: Board;
  readonly by: string;
  readonly team: string;
}): ReactNode {
  const byName = new Map(board.objectives.map((entry) => [entry.name, entry]));
  const isOfOwner = by !== 'consumer';
  const groups = (isOfOwner ? board.owners : board.consumers)
    .filter((group) => team === '' || group.team === team)
    .map((group) => ({
      title: isOfOwner ? `Kept by ${group.team}` : `${group.team} relies on`,
      entries: group.objectives.flatMap((name) => byName.get(name) ?? []),
    }));
  const alone = isOfOwner || team !== '' ? [] : board.objectives.filter(nobodyRelies);
  return (
    <>
      <Text size="sm">{summaryOf(board.objectives)}</Text>
      {groups.length === 0 && alone.length === 0 && (
        <Empty title={isOfOwner ? 'This team keeps none' : 'This team relies on none'}>
          An objective names the teams that rely on it. Choose another team, or group the other way.
        </Empty>
      )}
      {groups.map(({ title, entries }) => (
        <Section key={title} title={title}>
          <Cards of={entries} />
        </Section>
      ))}
      {alone.length > 0 && (
        <Section title="Nobody is named who relies on it">
          <Cards of={alone} />
        </Section>
      )}
    </>
  );
}

function Cards({ of }: { readonly of: readonly BoardEntry[] }): ReactNode {
  return (
    <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="md">
      {of.map((entry) => (
        <BoardCard key={entry.name} of={entry} />
      ))}
    </SimpleGrid>
  );
}

function nobodyRelies({ consumers }: BoardEntry): boolean {
  return consumers.length === 0;
}

function summaryOf(entries: readonly BoardEntry[]): string {
  const standing = entries.map(({ status }) => standingOf(status).word);
  const parts = ['budget spent', 'burning', 'holding', 'no traffic'].flatMap((word) => {
    const many = standing.filter((each) => each === word).length;
    return many === 0 ? [] : [`${many} ${word}`];
  });
  return `${entries.length} ${entries.length === 1 ? 'objective' : 'objectives'}: ${parts.join(', ')}.`;
}

function teamsOf(board: Board | undefined): readonly string[] {
  const names = [...(board?.owners ?? []), ...(board?.consumers ?? [])].map(({ team }) => team);
  return [...new Set(names)].toSorted((one, other) => one.localeCompare(other));
}
