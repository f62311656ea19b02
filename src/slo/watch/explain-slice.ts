import type { Configuration, Draft, Objective } from '../../change/index.ts';
import type { IdText } from '../../core/index.ts';
import type { Ledger, SliRow } from '../../ledger/index.ts';
import { HOUR_MS, MINUTE_MS } from '../detect/bin.ts';
import { Explain, type Explanation } from '../detect/explain.ts';
import { judgeOf, sourceOf } from '../indicator.ts';
import { readRows } from '../read-slots.ts';
import type { Scope } from '../scope.ts';

export type ExplainParts = {
  readonly ledger: Pick<Ledger, 'sli'>;
  readonly configuration: Pick<Configuration, 'endpoints'>;
  readonly idText: IdText;
  readonly deliveryDeadlineMs: number;
};

const MOST_EXPLANATIONS = 5;
/** Rows of so long are read. */
const EXPLAINED_MS = HOUR_MS;

/** What the bad outcomes of the last hour have in common. A second where 10,000 endpoints fail. */
export async function explainSlice(
  objective: Draft<Objective>,
  scope: Scope,
  now: number,
  { ledger, configuration, idText, deliveryDeadlineMs }: ExplainParts,
): Promise<readonly Explanation[]> {
  const judge = judgeOf(objective, deliveryDeadlineMs);
  const deadlineMs = objective.deadlineMs ?? 0;
  const sums = new Map<string, { row: SliRow; total: number; bad: number }>();
  const fromAt = Math.floor((now - EXPLAINED_MS) / MINUTE_MS) * MINUTE_MS;
  const of = sourceOf(objective);
  const span = { unit: 'minute', fromAt, beforeAt: now + 1, of } as const;
  await readRows(ledger, scope, span, ['app', 'endpoint', 'event_type'], (row) => {
    const { good, bad } = judge(row, row.at + MINUTE_MS + deadlineMs > now);
    const key = `${row.appId} ${row.endpointId} ${row.eventType}`;
    const known = sums.get(key);
    if (known === undefined) sums.set(key, { row, total: good + bad, bad });
    else {
      known.total += good + bad;
      known.bad += bad;
    }
  });
  const hosts = new Map<number, string>();
  for (const appId of new Set(Array.from(sums.values(), ({ row }) => row.appId))) {
    const endpoints = appId === null ? [] : await configuration.endpoints.of(appId);
    for (const { id, url } of endpoints) hosts.set(id, new URL(url).host);
  }
  const table = new Explain();
  for (const { row, total, bad } of sums.values()) {
    if (total === 0) continue;
    const { appId, endpointId, eventType } = row;
    const host = endpointId === null ? undefined : hosts.get(endpointId);
    table.add({
      total,
      bad,
      values: {
        ...(appId === null ? {} : { application: idText.format('application', appId) }),
        ...(endpointId === null ? {} : { endpoint: idText.format('endpoint', endpointId) }),
        ...(eventType === null ? {} : { 'event type': eventType }),
        ...(host === undefined ? {} : { host }),
      },
    });
  }
  return table.rank().slice(0, MOST_EXPLANATIONS);
}

export function sayExplanation(explanation: Explanation): string {
  const { dimension, value, bad, total, otherBad, otherTotal, liftAtLeast } = explanation;
  return `${dimension} ${value}: ${bad} of ${total} failed, elsewhere ${otherBad} of ${otherTotal}; at least ${liftAtLeast.toFixed(1)} times as often.`;
}
