import { hash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  applyCorrection,
  parseCorrection,
  type Corrected,
  type FieldChange,
} from '../../../correction/index.ts';
import { startStopwatch } from '../../../core/index.ts';
import type { Ledger } from '../../contract/ledger.ts';
import type { Page } from '../../contract/paging.ts';
import {
  addCounts,
  correctableStates,
  type CorrectionCounts,
  type CorrectionExample,
  type CorrectionOrder,
  type CorrectionProgress,
  type CorrectionRecord,
  type PreviewRequest,
  type PreviewSlice,
  type SkipReason,
  type StartCorrection,
} from '../../contract/corrections.ts';
import type { Act, DeliveryState } from '../../records.ts';
import { pageOf } from '../page.ts';
import { integer, integerOrNull, stateOf, text, textOrNull } from '../rows.ts';
import { actOf, REOPEN } from './act.statement.ts';
import { prepareCorrectedPayload, type CorrectedPayload } from './corrected.statement.ts';

type Row = NonNullable<ReturnType<StatementSync['get']>>;
type Step = Parameters<Ledger['stepAct']>[0];

/** Writes that wait share the step's commit: it ends after this long, but for the last message's fan-out. */
const STEP_MS = 10;
/** Messages that a step walks for each delivery that it may correct. */
const WALKED_PER_TOUCH = 10;
/** Rows read at once: what a walk that ends early has read for nothing. */
const WINDOW = 64;
/** Characters of a value that an audit row keeps; of a longer one it keeps the hash. */
const LONGEST_VALUE = 1024;

/** One delivery of the walk, and what the correction makes of its payload. */
type Found = {
  readonly messageId: number;
  readonly endpointId: number;
  readonly eventType: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Its last correction, whose text is what it sends now. */
  readonly previous: CorrectedPayload | null;
  readonly before: string;
  readonly corrected: Extract<Corrected, { kind: 'corrected' }>;
};

type Walk = {
  readonly appId: number;
  readonly order: CorrectionOrder;
  readonly afterId: number;
  readonly beforeId: number;
  /** Messages to walk at most, and deliveries to correct, but for the last message's. */
  readonly messages: number;
  readonly deliveries: number;
};

type Walked = {
  readonly counts: CorrectionCounts;
  readonly cursor: number;
  readonly isDone: boolean;
};

/**
 * Walks an application's messages by `message_of_app` in the order of their ids and corrects what the order means.
 * No payload is read of a message that has no delivery in question.
 */
function prepareWalk(
  database: DatabaseSync,
): (walk: Walk, visit: (found: Found) => void) => Walked {
  const window = database.prepare(
    `SELECT id, event_type FROM message INDEXED BY message_of_app
     WHERE app_id = ? AND id > ? AND id < ? ORDER BY id LIMIT ?`,
  );
  const deliveriesOf = database.prepare(
    'SELECT endpoint_id, state, attempts, act_id FROM delivery WHERE message_id = ?',
  );
  const payloadOf = database.prepare('SELECT payload FROM message WHERE id = ?');
  const correctedPayload = prepareCorrectedPayload(database);

  return ({ appId, order, afterId, beforeId, messages, deliveries }, visit) => {
    const elapsedMs = startStopwatch();
    const correction = parseCorrection(order.declaration);
    const eventTypes = order.eventTypes === undefined ? null : new Set(order.eventTypes);
    const states = new Set<DeliveryState>(order.states);
    const counts = { messages: 0, deliveries: 0, matched: 0, corrected: 0 };
    const skipped: Partial<Record<SkipReason, number>> = {};
    const skip = (reason: SkipReason): void => {
      skipped[reason] = (skipped[reason] ?? 0) + 1;
    };
    /** Deliveries in flight are looked at too, so that nobody takes them for corrected. */
    const isMeant = (row: Row): boolean => {
      const state = stateOf(row);
      const isOfEndpoint =
        order.endpointId === undefined || order.endpointId === integer(row, 'endpoint_id');
      return isOfEndpoint && (state === 'in_flight' || states.has(state));
    };
    const lookAt = (messageId: number, eventType: string): void => {
      const meant = deliveriesOf.all(messageId).filter(isMeant);
      if (meant.length === 0) return;
      const row = payloadOf.get(messageId);
      const accepted = row === undefined ? null : textOrNull(row, 'payload');
      // Most deliveries of a message have the same text.
      const made = new Map<string, Corrected>();
      for (const delivery of meant) {
        counts.deliveries += 1;
        if (accepted === null) {
          skip('payload_gone');
          continue;
        }
        const endpointId = integer(delivery, 'endpoint_id');
        const previous =
          delivery['act_id'] === null ? null : correctedPayload(messageId, endpointId);
        const before = previous?.payload ?? accepted;
        const corrected = made.get(before) ?? applyCorrection(correction, before, order);
        made.set(before, corrected);
        if (corrected.kind === 'refused' && corrected.reason === 'not_matched') continue;
        counts.matched += 1;
        const state = stateOf(delivery);
        if (corrected.kind === 'refused') {
          if (corrected.reason !== 'not_matched') skip(corrected.reason);
        } else if (state === 'in_flight') skip('in_flight');
        else {
          counts.corrected += 1;
          const attempts = integer(delivery, 'attempts');
          visit({ messageId, endpointId, eventType, state, attempts, previous, before, corrected });
        }
      }
    };

    let cursor = Math.max(afterId, (order.fromId ?? 0) - 1);
    const end = (isDone: boolean): Walked => ({
      counts: { ...counts, skipped },
      cursor,
      isDone,
    });
    const lastId = Math.min(order.beforeId ?? Number.MAX_SAFE_INTEGER, beforeId);
    for (;;) {
      const rows = window.all(appId, cursor, lastId, WINDOW);
      for (const row of rows) {
        const isOver =
          counts.messages >= messages || counts.corrected >= deliveries || elapsedMs() >= STEP_MS;
        if (isOver && counts.messages > 0) return end(false);
        cursor = integer(row, 'id');
        counts.messages += 1;
        const eventType = text(row, 'event_type');
        if (eventTypes === null || eventTypes.has(eventType)) lookAt(cursor, eventType);
      }
      if (rows.length < WINDOW) return end(true);
    }
  };
}

export function prepareStartCorrection(database: DatabaseSync): (request: StartCorrection) => void {
  const insert = database.prepare(
    `INSERT INTO act (id, kind, app_id, actor, reason, filter, per_second, due_from, done, counts)
     VALUES (?, 'correct', ?, ?, ?, ?, ?, ?, 0, ?)`,
  );
  return ({ id, appId, actor, reason, order, perSecond, dueFrom }) => {
    const filter = JSON.stringify(order);
    insert.run(id, appId, actor, reason, filter, perSecond, dueFrom, JSON.stringify(nothing));
  };
}

/**
 * Null where the act corrects nothing. What is scheduled keeps its place and its due time, so that order holds and a
 * paused endpoint stays paused; what has ended is made due again, `1 / perSecond` apart, as in a redrive. Corrections,
 * due times, counts and cursor are one commit: a crash between two steps leaves nothing half done or done twice.
 */
export function prepareStepCorrection(database: DatabaseSync): (step: Step) => Act | null {
  const read = database.prepare(`SELECT * FROM act WHERE id = ? AND kind = 'correct'`);
  const walk = prepareWalk(database);
  const correct = prepareCorrect(database);
  const keepPlace = database.prepare(
    'UPDATE delivery SET act_id = ? WHERE message_id = ? AND endpoint_id = ?',
  );
  const reopen = database.prepare(`${REOPEN} WHERE message_id = ? AND endpoint_id = ?`);
  const advance = database.prepare(
    'UPDATE act SET touched = ?, cursor = ?, done = ?, due_from = ?, counts = ? WHERE id = ?',
  );
  return ({ actId, limit, now }) => {
    const row = read.get(actId);
    if (row === undefined) return null;
    const act = actOf(row);
    if (act.done) return act;
    const order = orderOf(row);
    const known = countsOf(row);
    let spaced = known.reopened;
    const afterMs = (nth: number): number => Math.floor((nth * 1000) / (act.perSecond ?? 1));
    // A step that comes late moves the rest by as much: what a stop has missed is not sent all at once.
    const dueFrom = Math.max(integer(row, 'due_from'), now - afterMs(spaced));
    const walked = walk(
      {
        appId: act.appId,
        order,
        afterId: integer(row, 'cursor'),
        beforeId: actId,
        messages: limit * WALKED_PER_TOUCH,
        deliveries: limit,
      },
      (found) => {
        const { messageId, endpointId, state } = found;
        correct(found, actId, order, now);
        if (state === 'scheduled') keepPlace.run(actId, messageId, endpointId);
        else {
          const dueAt = dueFrom + afterMs(spaced);
          reopen.run(dueAt, dueAt, actId, messageId, endpointId);
          spaced += 1;
        }
      },
    );
    const counts = { ...addCounts(known, walked.counts), reopened: spaced };
    const { isDone, cursor } = walked;
    const touched = counts.corrected;
    advance.run(touched, cursor, isDone ? 1 : 0, dueFrom, JSON.stringify(counts), actId);
    return { ...act, touched, done: isDone };
  };
}

/** Writes the audit row and the text that goes out from now on. */
function prepareCorrect(
  database: DatabaseSync,
): (found: Found, actId: number, order: CorrectionOrder, at: number) => void {
  const insert = database.prepare(
    `INSERT INTO correction (message_id, endpoint_id, nth, act_id, at, before_hash, after_hash, webhook_nth, webhook_after, changes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertPayload = database.prepare(
    'INSERT INTO corrected_payload (correction_id, payload) VALUES (?, ?)',
  );
  const wasTaken = database.prepare(
    `SELECT 1 FROM attempt WHERE message_id = ? AND endpoint_id = ? AND nth > ? AND outcome = 'delivered' LIMIT 1`,
  );
  return (found, actId, { webhookId }, at) => {
    const { messageId, endpointId, previous, before, corrected, attempts } = found;
    const nth = (previous?.nth ?? 0) + 1;
    const carriedAfter = previous?.webhookAfter ?? 0;
    const isNew =
      webhookId === undefined
        ? wasTaken.get(messageId, endpointId, carriedAfter) !== undefined
        : webhookId === 'new';
    const { lastInsertRowid } = insert.run(
      messageId,
      endpointId,
      nth,
      actId,
      at,
      hash('sha256', before),
      hash('sha256', corrected.text),
      isNew ? nth : (previous?.webhookNth ?? null),
      isNew ? attempts : carriedAfter,
      JSON.stringify(corrected.changes.map(keptOf)),
    );
    insertPayload.run(lastInsertRowid, corrected.text);
  };
}

function keptOf({ path, before, after }: FieldChange): FieldChange {
  const kept = (value: string | null): string | null =>
    value === null || value.length <= LONGEST_VALUE
      ? value
      : `sha256:${hash('sha256', value)} of ${Buffer.byteLength(value)} bytes`;
  return { path, before: kept(before), after: kept(after) };
}

export function prepareReadCorrection(
  database: DatabaseSync,
): (actId: number) => CorrectionProgress | null {
  const read = database.prepare(`SELECT filter, counts FROM act WHERE id = ? AND kind = 'correct'`);
  return (actId) => {
    const row = read.get(actId);
    if (row === undefined) return null;
    const { messages, deliveries, matched, corrected, skipped } = countsOf(row);
    return { order: orderOf(row), counts: { messages, deliveries, matched, corrected, skipped } };
  };
}

export function prepareCorrectionRecords(
  database: DatabaseSync,
): (request: { readonly actId: number } & Page) => readonly CorrectionRecord[] {
  const page = pageOf(
    database,
    `SELECT c.*, d.state FROM correction c
     JOIN delivery d ON d.message_id = c.message_id AND d.endpoint_id = c.endpoint_id WHERE c.act_id = ?`,
    'c.id',
  );
  return ({ actId, ...bounds }) => page([actId], bounds).map(recordOf);
}

export function preparePreviewCorrection(
  database: DatabaseSync,
): (request: PreviewRequest) => PreviewSlice {
  const walk = prepareWalk(database);
  return ({ appId, order, afterId, limit, examples: most }) => {
    const examples: CorrectionExample[] = [];
    const bounds = { beforeId: Number.MAX_SAFE_INTEGER, messages: limit, deliveries: limit };
    const walked = walk({ appId, order, afterId, ...bounds }, (found) => {
      if (examples.length >= most) return;
      const { messageId, endpointId, eventType, state, corrected } = found;
      const changes = corrected.changes.map(keptOf);
      examples.push({ messageId, endpointId, eventType, state, changes });
    });
    return { ...walked, examples };
  };
}

type StoredCounts = CorrectionCounts & {
  /** Deliveries that had ended: as many are spaced by the act's rate so far. */
  readonly reopened: number;
};

const nothing: StoredCounts = {
  messages: 0,
  deliveries: 0,
  matched: 0,
  corrected: 0,
  skipped: {},
  reopened: 0,
};

function orderOf(row: Row): CorrectionOrder {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by startCorrection from a CorrectionOrder
  const order = JSON.parse(text(row, 'filter')) as CorrectionOrder;
  return { ...order, states: order.states.filter((state) => correctableStates.includes(state)) };
}

function countsOf(row: Row): StoredCounts {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written here from StoredCounts
  return JSON.parse(text(row, 'counts')) as StoredCounts;
}

function recordOf(row: Row): CorrectionRecord {
  const changes = textOrNull(row, 'changes');
  return {
    id: integer(row, 'id'),
    actId: integer(row, 'act_id'),
    messageId: integer(row, 'message_id'),
    endpointId: integer(row, 'endpoint_id'),
    nth: integer(row, 'nth'),
    at: integer(row, 'at'),
    beforeHash: text(row, 'before_hash'),
    afterHash: text(row, 'after_hash'),
    webhookNth: integerOrNull(row, 'webhook_nth'),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written here from FieldChanges
    changes: changes === null ? null : (JSON.parse(changes) as readonly FieldChange[]),
    state: stateOf(row),
  };
}
