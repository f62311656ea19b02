import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { timeOfId } from '../../core/index.ts';
import type { Acceptance } from '../contract/acceptance.ts';
import type { Settlement } from '../contract/leases.ts';
import type { MessageValue } from '../records.ts';
import type { SliUnit } from '../contract/sli.ts';
import { integer, integerOrNull, stateCode, text, valueOf } from './rows.ts';
import {
  ACCEPTED,
  addingOf,
  CANCELLED,
  countColumns,
  DEAD,
  endedAtSql,
  FIRST_BAD,
  FIRST_OK,
  KEY,
  LATE,
  latencyAt,
  minuteOf,
  noCounts,
  ON_TIME,
  tableOf,
} from './sli-columns.ts';
import { MinuteRows } from './sli-minute-rows.ts';
import { deadlineOf, eachSlot, prepareSliState, type SliState } from './sli-state.ts';
import { TouchedMinutes } from './sli-touched.ts';
import { carry, ValueRows, type CarriedSums, type ValueTimes } from './sli-values.ts';

/** Whose counts, and what each of the message's deliveries carries. */
export type SliSubject = {
  readonly appId: number;
  readonly eventType: string;
  readonly value: MessageValue | null;
};

type Pending = Omit<SliSubject, 'value'> & {
  readonly minuteAt: number;
  readonly endpointId: number;
  readonly counts: number[];
  /** A bit for each count that was touched. */
  touched: number;
  /** What its deliveries carry; null: nothing. */
  carried: CarriedSums | null;
};

type RolledUnit = Exclude<SliUnit, 'minute'>;
type AddCounts = { readonly statement: StatementSync; readonly columns: readonly number[] };

/** Statements that are kept for as many sets of counts; there are few in practice. */
const MOST_STATEMENTS = 64;

/** Messages accepted last, this many and as many again, of which a settlement need not look up application and event type. */
const REMEMBERED = 4096;

/**
 * Counts in memory while a commit gathers, and writes one row for each endpoint, event type and minute into that same
 * commit: the group's deliveries share them. What is undone takes its counts with it (`forget`).
 */
export class SliCounter {
  readonly #database: DatabaseSync;
  readonly #states;
  #messages = new Map<number, SliSubject>();
  /** The generation before: a map that loses its oldest entries one by one slows down. */
  #olderMessages: ReadonlyMap<number, SliSubject> = new Map();
  readonly #pending = new Map<number, Pending[]>();
  #last: Pending | null = null;
  #state: SliState | null = null;
  readonly #minutes: MinuteRows;
  readonly touched = new TouchedMinutes();
  readonly #values: ValueRows;
  readonly #findMessage: StatementSync;
  readonly #findAppId: StatementSync;
  readonly #findEarlier: StatementSync;
  readonly #findDelivery: StatementSync;
  readonly #mark: StatementSync;
  /** By the counts that they touch: writing all 23 each time took three times as long. */
  readonly #statements: Readonly<Record<RolledUnit, Map<number, AddCounts>>>;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#states = prepareSliState(database);
    this.#minutes = new MinuteRows(database);
    this.#values = new ValueRows(database);
    this.#findMessage = database.prepare(
      'SELECT app_id, event_type, value, currency FROM message WHERE id = ?',
    );
    this.#findAppId = database.prepare(
      'SELECT app_id FROM delivery WHERE message_id = ? AND endpoint_id = ?',
    );
    this.#findEarlier = database.prepare(
      `SELECT min(${endedAtSql('a')}) AS ended_at FROM attempt a
       WHERE message_id = ? AND endpoint_id = ? AND outcome = 'delivered' AND id <> ?`,
    );
    this.#findDelivery = database.prepare(
      'SELECT late, state FROM delivery WHERE message_id = ? AND endpoint_id = ?',
    );
    this.#mark = database.prepare(
      'UPDATE delivery SET late = ? WHERE message_id = ? AND endpoint_id = ?',
    );
    this.#statements = { hour: new Map(), day: new Map() };
    for (const unit of ['hour', 'day'] as const) this.#statementFor(unit, 1 << ACCEPTED);
    this.#watchStates();
  }

  /** What is in force within this commit. */
  state(): SliState {
    return (this.#state ??= this.#states.read());
  }

  setState(state: SliState): void {
    this.#states.write(state);
    this.#state = state;
  }

  accepted({ message, deliveries }: Acceptance): void {
    const { id, appId, eventType, value = null } = message;
    if (deliveries.length === 0 && message.matched.length === 0) return;
    const subject = { appId, eventType, value };
    this.#remember(id, subject);
    const minuteAt = minuteOf(timeOfId(id));
    // Its commit came after its deadline, or it was never young: nobody will look for it.
    const isJudged = id < this.state().judgedBefore;
    for (const { endpointId, state } of deliveries) {
      const row = this.#rowOf(minuteAt, endpointId, subject);
      add(row, ACCEPTED, 1);
      const isCancelled = state === 'cancelled';
      carryIn(row, value, isCancelled ? ACCEPTED_CANCELLED : ACCEPTED_OPEN);
      if (isCancelled) add(row, CANCELLED, 1);
      else if (isJudged) this.late(id, endpointId, subject, false);
    }
    if (deliveries.length === message.matched.length) return;
    // Promised and not planned: the audit calls it missing, and heals it.
    const planned = new Set(deliveries.map(({ endpointId }) => endpointId));
    for (const endpointId of message.matched) {
      if (planned.has(endpointId)) continue;
      const row = this.#rowOf(minuteAt, endpointId, subject);
      add(row, ACCEPTED, 1);
      carryIn(row, value, ACCEPTED_OPEN);
    }
  }

  /**
   * @param isWritten the attempt's row was written, and not known before
   * @param isMoved the attempt held the delivery's lease
   */
  settled(settlement: Settlement, isWritten: boolean, isMoved: boolean): void {
    const { messageId, endpointId, outcome, nth } = settlement;
    if (!isWritten || outcome === 'interrupted') return;
    const isDelivered = outcome === 'delivered';
    if (nth !== 1 && !isDelivered) return;
    const subject =
      this.#messages.get(messageId) ??
      this.#olderMessages.get(messageId) ??
      this.subjectOf(messageId, endpointId);
    const endedAt = endOf(settlement);
    if (nth === 1) {
      const row = this.#rowOf(minuteOf(endedAt), endpointId, subject);
      add(row, isDelivered ? FIRST_OK : FIRST_BAD, 1);
    }
    if (!isDelivered) return;
    const state = this.state();
    const isPlain = nth === 1 && isMoved && settlement.trigger === 'scheduled';
    const isOnTime = endedAt <= deadlineOf(state, messageId);
    if (isPlain && isOnTime && messageId >= state.judgedBefore) {
      const row = this.#cohortOf(messageId, endpointId, subject);
      add(row, ON_TIME, 1);
      add(row, latencyAt(endedAt - timeOfId(messageId)), 1);
      carryIn(row, subject.value, DELIVERED);
    } else this.#deliveredOddly(settlement, subject, endedAt);
  }

  /** A retry, a replay, an outcome that came when the delivery had moved on, or one past its deadline. */
  #deliveredOddly(settlement: Settlement, subject: SliSubject, endedAt: number): void {
    const { messageId, endpointId, attemptId } = settlement;
    const delivery = this.#findDelivery.get(messageId, endpointId);
    const late = delivery === undefined ? 0 : integerOrNull(delivery, 'late');
    if (delivery === undefined || late === 0) return; // it was not promised at acceptance
    const found = this.#findEarlier.get(messageId, endpointId, attemptId);
    const earlier = (found === undefined ? null : integerOrNull(found, 'ended_at')) ?? Infinity;
    if (earlier <= endedAt) return;
    const acceptedAt = timeOfId(messageId);
    const row = this.#cohortOf(messageId, endpointId, subject);
    add(row, latencyAt(endedAt - acceptedAt), 1);
    if (earlier !== Infinity) add(row, latencyAt(earlier - acceptedAt), -1);
    else {
      // Until now a dead or cancelled one was lost.
      const lost = placeOf(integer(delivery, 'state')) === undefined ? 0 : -1;
      const delayed = late === 1 ? -lost : 0;
      carryIn(row, subject.value, { delivered: 1, lost, delayed });
    }
    const state = this.state();
    const deadlineAt = deadlineOf(state, messageId);
    if (endedAt <= deadlineAt) {
      if (earlier > deadlineAt) add(row, ON_TIME, 1);
      if (late === 1) {
        // The outcome came after the deadline's scan, though the attempt ended before.
        add(row, LATE, -1);
        carryIn(row, subject.value, { late: -1, delayed: -1 });
        this.#mark.run(null, messageId, endpointId);
      }
    } else if (late === null && messageId >= state.judgedBefore) {
      this.late(messageId, endpointId, subject, false);
    }
  }

  /**
   * Counts a delivery late, once and for all, and marks it.
   *
   * @param isLost it is dead or cancelled, and was never delivered
   */
  late(messageId: number, endpointId: number, subject: SliSubject, isLost: boolean): void {
    const row = this.#cohortOf(messageId, endpointId, subject);
    add(row, LATE, 1);
    carryIn(row, subject.value, { late: 1, delayed: isLost ? 0 : 1 });
    this.#mark.run(1, messageId, endpointId);
  }

  /** As the row says, or for a delivery without its message as far as it is known. */
  subjectOf(messageId: number, endpointId: number): SliSubject {
    const row = this.#findMessage.get(messageId);
    if (row !== undefined) {
      return {
        appId: integer(row, 'app_id'),
        eventType: text(row, 'event_type'),
        value: valueOf(row),
      };
    }
    const delivery = this.#findAppId.get(messageId, endpointId);
    const appId = delivery === undefined ? 0 : integer(delivery, 'app_id');
    return { appId, eventType: '', value: null };
  }

  /** Before the commit: its counts become rows. */
  flush(): void {
    if (this.#last === null) return;
    const state = this.state();
    for (const rows of this.#pending.values()) for (const row of rows) this.#write(row, state);
    this.#pending.clear();
    this.#last = null;
  }

  /** Rows of minutes were deleted. */
  forgetMinutes(): void {
    this.#minutes.clear();
  }

  /** At the end of every commit, undone or not: the next one reads the state anew. */
  forget(isUndone: boolean): void {
    this.#state = null;
    if (isUndone) this.#minutes.clear();
    this.touched.end(isUndone);
    if (this.#last === null) return;
    this.#pending.clear();
    this.#last = null;
  }

  #write(row: Pending, state: SliState): void {
    this.touched.note('deliveries', row.minuteAt);
    eachSlot(state, row.minuteAt, row.endpointId, (unit, at) => {
      if (unit === 'minute') this.#minutes.add(row);
      else this.#addTo(unit, at, row);
    });
    if (row.carried !== null) this.#values.write(state, row, row.carried);
  }

  #addTo(unit: RolledUnit, at: number, row: Pending): void {
    const { statement, columns } = this.#statementFor(unit, row.touched);
    const values = columns.map((nth) => row.counts[nth] ?? 0);
    statement.run(at, row.endpointId, row.appId, row.eventType, ...values);
  }

  #statementFor(unit: RolledUnit, touched: number): AddCounts {
    const known = this.#statements[unit];
    const found = known.get(touched);
    if (found !== undefined) return found;
    const columns = countColumns.flatMap((_, nth) => ((touched >> nth) % 2 === 0 ? [] : [nth]));
    const names = columns.map((nth) => countColumns[nth] ?? '');
    const statement = this.#database.prepare(
      `INSERT INTO ${tableOf[unit]} (${KEY}, ${names.join(', ')}) VALUES (?, ?, ?, ?${', ?'.repeat(names.length)})
       ON CONFLICT DO UPDATE SET ${addingOf(names)}`,
    );
    if (known.size >= MOST_STATEMENTS) known.clear();
    known.set(touched, { statement, columns });
    return { statement, columns };
  }

  #cohortOf(messageId: number, endpointId: number, subject: SliSubject): Pending {
    return this.#rowOf(minuteOf(timeOfId(messageId)), endpointId, subject);
  }

  #rowOf(minuteAt: number, endpointId: number, { appId, eventType }: SliSubject): Pending {
    const isIt = (row: Pending): boolean =>
      row.minuteAt === minuteAt &&
      row.endpointId === endpointId &&
      row.eventType === eventType &&
      row.appId === appId;
    if (this.#last !== null && isIt(this.#last)) return this.#last;
    const ofEndpoint = this.#pending.get(endpointId);
    let row = ofEndpoint?.find(isIt);
    if (row === undefined) {
      row = {
        minuteAt,
        endpointId,
        appId,
        eventType,
        counts: noCounts.slice(),
        touched: 0,
        carried: null,
      };
      if (ofEndpoint === undefined) this.#pending.set(endpointId, [row]);
      else ofEndpoint.push(row);
    }
    this.#last = row;
    return row;
  }

  #remember(messageId: number, subject: SliSubject): void {
    if (this.#messages.size >= REMEMBERED) {
      this.#olderMessages = this.#messages;
      this.#messages = new Map();
    }
    this.#messages.set(messageId, subject);
  }

  /**
   * Deliveries become dead or cancelled, and come back from it, in many ways: a trigger on this connection sees them
   * all, as each of them writes the reason anew. It is none of the schema's: whoever else writes to the file knows
   * nothing of these counts.
   */
  #watchStates(): void {
    this.#database.function(
      'holdfast_sli_moved',
      { varargs: false, deterministic: false },
      (messageId, endpointId, from, to, late) => {
        const isLate = Number(late) === 1;
        this.#moved(Number(messageId), Number(endpointId), Number(from), Number(to), isLate);
        return null;
      },
    );
    this.#database.exec(
      `CREATE TEMP TRIGGER sli_moved AFTER UPDATE OF reason ON main.delivery
       WHEN (old.state > 2 OR new.state > 2) AND old.state <> new.state AND new.late IS NOT 0
       BEGIN SELECT holdfast_sli_moved(new.message_id, new.endpoint_id, old.state, new.state, new.late); END`,
    );
  }

  #moved(messageId: number, endpointId: number, from: number, to: number, isLate: boolean): void {
    const [left, entered] = [placeOf(from), placeOf(to)];
    // Healed from a state that there is not: a row without a count cannot be written.
    if (left === undefined && entered === undefined) return;
    const subject = this.subjectOf(messageId, endpointId);
    const row = this.#cohortOf(messageId, endpointId, subject);
    if (left !== undefined) add(row, left, -1);
    if (entered !== undefined) add(row, entered, 1);
    if (subject.value === null) return;
    const isDelivered = this.#isDelivered(messageId, endpointId);
    const lost = isDelivered ? 0 : Number(entered !== undefined) - Number(left !== undefined);
    carryIn(row, subject.value, {
      dead: Number(entered === DEAD) - Number(left === DEAD),
      cancelled: Number(entered === CANCELLED) - Number(left === CANCELLED),
      lost,
      delayed: isLate ? -lost : 0,
    });
  }

  #isDelivered(messageId: number, endpointId: number): boolean {
    const found = this.#findEarlier.get(messageId, endpointId, 0);
    return found !== undefined && integerOrNull(found, 'ended_at') !== null;
  }
}

const ACCEPTED_OPEN: ValueTimes = { accepted: 1 };
const ACCEPTED_CANCELLED: ValueTimes = { accepted: 1, cancelled: 1, lost: 1 };
const DELIVERED: ValueTimes = { delivered: 1 };

function placeOf(state: number): number | undefined {
  return state === stateCode.dead ? DEAD : state === stateCode.cancelled ? CANCELLED : undefined;
}

function endOf({ messageId, attemptId, nth, timing, durationMs }: Settlement): number {
  const began = timeOfId(attemptId);
  const waited = nth === 1 ? timeOfId(messageId) + (timing.queuedMs ?? 0) : 0;
  return Math.max(began, waited) + durationMs;
}

/** @param value of one delivery; nothing is kept where there is none */
function carryIn(row: Pending, value: MessageValue | null, times: ValueTimes): void {
  if (value === null || value.amount === 0) return;
  carry((row.carried ??= new Map()), value, times);
}

function add(row: Pending, nth: number, count: number): void {
  row.counts[nth] = (row.counts[nth] ?? 0) + count;
  row.touched |= 1 << nth;
}
