import type { StoredAlert } from '../../ledger/index.ts';
import type { Alert } from './alert.ts';

/** An alert as the ledger keeps it. */
export function storedOf(alert: Alert): StoredAlert {
  const { id, key, resolvedAt, state } = alert;
  return { id, key, endedAt: state === 'resolved' ? resolvedAt : null, doc: JSON.stringify(alert) };
}

/** Documents are written by `storedOf` and by nobody else. */
export function alertOf({ doc }: Pick<StoredAlert, 'doc'>): Alert {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return JSON.parse(doc) as Alert;
}
