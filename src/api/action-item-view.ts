import type { IdText } from '../core/index.ts';
import { isOverdue, isVerified, type ActionItem, type Verification } from '../review/index.ts';
import { momentText } from './moment.ts';

export function actionItemView(item: ActionItem, now: number, idText: IdText): object {
  const { id, incidentId, dueAt, at, closedAt, remindedAt, verification, results, ...rest } = item;
  return {
    ...rest,
    id: idText.format('action_item', id),
    incidentId: idText.format('incident', incidentId),
    dueAt: orNull(dueAt),
    isOverdue: isOverdue(item, now),
    isVerified: isVerified(item),
    at: momentText(at),
    closedAt: orNull(closedAt),
    verification: verification === null ? null : verificationView(verification, idText),
    results: results.map((result) => ({ ...result, at: momentText(result.at) })),
    remindedAt: orNull(remindedAt),
  };
}

function verificationView(verification: Verification, idText: IdText): object {
  return verification.kind === 'canary'
    ? { kind: 'canary', endpointId: idText.format('endpoint', verification.endpointId) }
    : verification;
}

function orNull(at: number | null): string | null {
  return at === null ? null : momentText(at);
}
