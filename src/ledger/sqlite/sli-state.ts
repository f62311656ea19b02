import type { DatabaseSync } from 'node:sqlite';
import { idAt, timeOfId } from '../../core/index.ts';
import { DELIVERY_DEADLINE_MS, sliUnitMs, type SliUnit } from '../contract/sli.ts';
import { integer, text } from './rows.ts';

/** How far the keeping of SLI counts has come. */
export type SliState = {
  /** Deliveries of messages with smaller ids were looked at after their deadline. */
  readonly judgedBefore: number;
  /** Minutes before this one, and of this one the endpoints before `rolledEndpoint`, are in hours and days. */
  readonly rolledAt: number;
  readonly rolledEndpoint: number;
  /** Minutes and hours before these are forgotten. */
  readonly minutesFrom: number;
  readonly hoursFrom: number;
  /** Of minutes before this one attempts were purged: they cannot be counted again. */
  readonly attemptsFrom: number;
  /** Deadlines in milliseconds, each for messages from an id on; ascending. */
  readonly deadlines: readonly Deadline[];
};

export type Deadline = readonly [fromId: number, deadlineMs: number];

const initial: SliState = {
  judgedBefore: 0,
  rolledAt: 0,
  rolledEndpoint: 0,
  minutesFrom: 0,
  hoursFrom: 0,
  attemptsFrom: 0,
  deadlines: [[0, DELIVERY_DEADLINE_MS]],
};

export type SliStateStore = { read(): SliState; write(state: SliState): void };

export function prepareSliState(database: DatabaseSync): SliStateStore {
  const read = database.prepare('SELECT * FROM sli_state WHERE id = 1');
  const write = database.prepare(
    `INSERT OR REPLACE INTO sli_state (id, judged_before, rolled_at, rolled_endpoint, minutes_from, hours_from, attempts_from, deadlines)
     VALUES (1, ?, ?, ?, ?, ?, ?, ?)`,
  );
  let known: { readonly json: string; readonly deadlines: readonly Deadline[] } | null = null;
  return {
    read() {
      const row = read.get();
      if (row === undefined) return initial;
      const json = text(row, 'deadlines');
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written below
      if (known?.json !== json) known = { json, deadlines: JSON.parse(json) as Deadline[] };
      return {
        judgedBefore: integer(row, 'judged_before'),
        rolledAt: integer(row, 'rolled_at'),
        rolledEndpoint: integer(row, 'rolled_endpoint'),
        minutesFrom: integer(row, 'minutes_from'),
        hoursFrom: integer(row, 'hours_from'),
        attemptsFrom: integer(row, 'attempts_from'),
        deadlines: known.deadlines,
      };
    },
    write(state) {
      write.run(
        state.judgedBefore,
        state.rolledAt,
        state.rolledEndpoint,
        state.minutesFrom,
        state.hoursFrom,
        state.attemptsFrom,
        JSON.stringify(state.deadlines),
      );
    },
  };
}

/** The rows that a minute's counts belong to now: its own while minutes are kept, and those that it was added to. */
export function eachSlot(
  state: SliState,
  minuteAt: number,
  endpointId: number,
  take: (unit: SliUnit, at: number) => void,
): void {
  if (minuteAt >= state.minutesFrom) take('minute', minuteAt);
  const isRolled =
    minuteAt < state.rolledAt || (minuteAt === state.rolledAt && endpointId < state.rolledEndpoint);
  if (!isRolled) return;
  const hourAt = minuteAt - (minuteAt % sliUnitMs.hour);
  if (hourAt >= state.hoursFrom) take('hour', hourAt);
  take('day', minuteAt - (minuteAt % sliUnitMs.day));
}

/** When a delivery of the message is late if it is not delivered: the deadline itself is on time. */
export function deadlineOf({ deadlines }: SliState, messageId: number): number {
  for (let nth = deadlines.length - 1; nth >= 0; nth -= 1) {
    const deadline = deadlines[nth];
    if (deadline !== undefined && messageId >= deadline[0]) {
      return timeOfId(messageId) + deadline[1];
    }
  }
  return timeOfId(messageId) + DELIVERY_DEADLINE_MS;
}

/** The id before which every message's deadline has passed. A shorter deadline waits until a longer one has passed. */
export function dueBefore({ deadlines }: SliState, now: number): number {
  for (const [nth, [fromId, deadlineMs]] of deadlines.entries()) {
    const passed = idAt(now - deadlineMs);
    const nextFromId = deadlines[nth + 1]?.[0] ?? Infinity;
    if (passed < nextFromId) return Math.max(passed, fromId);
  }
  return 0;
}
