import { fault, HoldfastError, type ErrorCode } from '../../core/index.ts';

/** SQLite's primary result codes (sqlite.org/rescode.html) that are not our bugs, and what they mean here. */
const byResultCode = new Map<number, ErrorCode>([
  [5, 'ledger_unavailable'], // BUSY
  [8, 'ledger_unavailable'], // READONLY
  [10, 'ledger_unavailable'], // IOERR
  [11, 'ledger_corrupt'],
  [13, 'ledger_full'],
  [14, 'ledger_not_openable'], // CANTOPEN
  [26, 'ledger_corrupt'], // NOTADB
]);

/** A fault for what disk and file can do to us; anything else comes back as it was. */
export function faultOf(thrown: unknown): unknown {
  if (thrown instanceof HoldfastError || !(thrown instanceof Error)) return thrown;
  if (!('errcode' in thrown) || typeof thrown.errcode !== 'number') return thrown;
  const code = byResultCode.get(thrown.errcode & 0xff);
  if (code === undefined) return thrown;
  return fault(code, { cause: thrown });
}
