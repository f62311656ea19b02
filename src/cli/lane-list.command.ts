import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import { apiFrom, withClient, type AppFlags } from './client-options.ts';
import type { RestingLaneAnswer } from './lane-answers.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { counted, formatTable, type Column } from './table.ts';
import { timeWords } from './time-words.ts';

type Lanes = { readonly data: readonly RestingLaneAnswer[]; readonly isMore: boolean };

export function laneListCommand(): Command {
  return withClient(
    newCommand('list', 'list the lanes that hold work back now, the soonest to start first', [
      'holdfast lane list',
      'holdfast lane list --json',
    ]),
  ).action(async (flags: Omit<AppFlags, 'app'>) => {
    printResult(flags, await apiFrom(flags).lanes(), describe);
  });
}

function describe({ data, isMore }: Lanes): string {
  if (data.length === 0) return 'No lane rests: nothing is held back.';
  const now = systemClock.now();
  const count = isMore
    ? `The first ${counted(data.length, 'lane')} of more.`
    : `${counted(data.length, 'lane')}.`;
  return `${formatTable(columns(now), data)}\n\n${count} "holdfast lane show ENDPOINT --app APPLICATION" tells more of one.`;
}

const columns = (now: number): readonly Column<RestingLaneAnswer>[] => [
  { title: 'APPLICATION', value: ({ appUid, appId }) => shortName(appUid, appId) },
  { title: 'ENDPOINT', value: ({ endpointUid, endpointId }) => shortName(endpointUid, endpointId) },
  { title: 'RESTS FOR', value: reasonOf },
  { title: 'UNTIL', value: (lane) => untilOf(lane, now) },
  {
    title: 'FAILING',
    value: ({ failingSince }) =>
      failingSince === null ? '-' : timeWords(now - Date.parse(failingSince)),
  },
];

/** A name that can be typed: the id where the uid would not fit. */
function shortName(uid: string | null, id: string): string {
  return uid !== null && uid.length <= 20 ? uid : id;
}

function reasonOf({ restsFor, breaker }: RestingLaneAnswer): string {
  return (restsFor ?? `circuit ${breaker.state}`).replace('_', ' ');
}

function untilOf({ restsFor, restsUntil }: RestingLaneAnswer, now: number): string {
  if (restsFor === null) return 'a probe';
  if (restsUntil === null) return 'resumed';
  return `in ${timeWords(Math.max(0, Date.parse(restsUntil) - now))}`;
}
