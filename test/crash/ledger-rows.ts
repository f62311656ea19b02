import { DatabaseSync } from 'node:sqlite';
import { createIdText } from '../../src/core/index.ts';
import { deliveryStates, ledgerPath, readLedgerFile } from '../../src/ledger/index.ts';
import type { InFlight, LedgerRecords } from './records.ts';

type Row = Readonly<Record<string, unknown>>;

const IN_FLIGHT = deliveryStates.indexOf('in_flight');

/** What the file says right after a kill, read beside nobody. Text ids, as receivers know them. */
export function readInFlight(dataDir: string): readonly InFlight[] {
  return withRows(dataDir, (rows, { messageId, endpoint }) =>
    rows(`SELECT message_id, endpoint_id, attempt_id FROM delivery WHERE state = ${IN_FLIGHT}`).map(
      (row) => ({
        messageId: messageId(row),
        endpoint: endpoint(row),
        attemptId: Number(row['attempt_id']),
      }),
    ),
  );
}

/** Deliveries that are neither delivered nor dead nor cancelled. */
export function countOpen(dataDir: string): number {
  return withRows(dataDir, (rows) =>
    Number(rows('SELECT count(*) AS n FROM delivery WHERE state < 2')[0]?.['n']),
  );
}

/** After the last, graceful stop: the raw rows, and what the product's own audit says of the file. */
export function readLedger(dataDir: string): LedgerRecords {
  const reading = readLedgerFile(dataDir);
  const { unaccounted } = reading.audit({ now: Date.now(), nameAtMost: 10 });
  const sli = reading.sli({ nameAtMost: 10 });
  const fileFaults = reading.fileFaults();
  reading.close();
  return withRows(dataDir, (rows, { messageId, endpoint }) => ({
    unaccounted,
    sliMinutes: sli.rows,
    sliDiffering: sli.differing,
    fileFaults,
    healed: Number(rows("SELECT count(*) AS n FROM act WHERE kind = 'heal'")[0]?.['n']),
    deliveries: rows(
      `SELECT message_id, endpoint_id, state, attempts,
         (SELECT count(*) FROM attempt a
          WHERE a.message_id = d.message_id AND a.endpoint_id = d.endpoint_id
            AND a.outcome NOT IN ('delivered', 'server_error', 'interrupted')) AS unanswered
       FROM delivery d`,
    ).map((row) => ({
      messageId: messageId(row),
      endpoint: endpoint(row),
      state: deliveryStates[Number(row['state'])] ?? 'unknown',
      attempts: Number(row['attempts']),
      unanswered: Number(row['unanswered']),
    })),
  }));
}

type Names = {
  readonly messageId: (row: Row) => string;
  readonly endpoint: (row: Row) => string;
};

function withRows<Result>(
  dataDir: string,
  read: (rows: (sql: string) => readonly Row[], names: Names) => Result,
): Result {
  const database = new DatabaseSync(ledgerPath(dataDir), { readOnly: true });
  try {
    const rows = (sql: string): readonly Row[] => database.prepare(sql).all();
    const idText = createIdText(String(rows('SELECT mark FROM ledger')[0]?.['mark']));
    return read(rows, {
      messageId: (row) => idText.format('message', Number(row['message_id'])),
      endpoint: (row) => idText.format('endpoint', Number(row['endpoint_id'])),
    });
  } finally {
    database.close();
  }
}
