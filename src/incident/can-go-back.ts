import { isRevertible } from '../change/index.ts';
import type { Change } from '../ledger/index.ts';

/** Nothing fails by these; and with one of them that admins alone take back, all would be refused. */
const nobodysCause: ReadonlySet<string> = new Set([
  'notifier',
  'route',
  'incident_rule',
  'token',
  'objective',
  'maintenance',
]);

/** To go back before they were there is to delete them, with what waits for them: no mitigation does that. */
const neverDeleted: ReadonlySet<string> = new Set(['application', 'endpoint', 'event_type']);

/** A change that stands, that may be a cause, and that a mitigation may take back. */
export function canGoBack(change: Change): boolean {
  return (
    change.revertedBy === null &&
    change.reverts.length === 0 &&
    isRevertible(change) &&
    change.items.every(
      ({ kind, verb }) =>
        !nobodysCause.has(kind) && !(verb === 'created' && neverDeleted.has(kind)),
    )
  );
}
