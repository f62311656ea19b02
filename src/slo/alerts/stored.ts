import type { NewStoredAlert, StoredAlert } from '../../ledger/index.ts';
import { objectiveOf, type Alert } from './alert.ts';

/** An alert as the ledger keeps it. */
export function storedAlertOf(alert: Alert): NewStoredAlert {
  const { id, key, resolvedAt, state, severity, kind, owner, silencedUntil } = alert;
  return {
    id,
    key,
    endedAt: state === 'resolved' ? resolvedAt : null,
    state,
    severity,
    kind,
    owner,
    objective: objectiveOf(key),
    silencedUntil,
    appIds: alert.appIds ?? [],
    doc: JSON.stringify(alert),
  };
}

/** Documents are written by `storedAlertOf` and by nobody else. */
export function alertOf({ doc }: Pick<StoredAlert, 'doc'>): Alert {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return JSON.parse(doc) as Alert;
}
