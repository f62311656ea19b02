import type { Configuration } from '../change/index.ts';
import type { Clock, IdText } from '../core/index.ts';
import { findSuspects, timelineRowOf, type Incident, type TimelineRow } from '../incident/index.ts';
import type { Change, Ledger } from '../ledger/index.ts';
import type { ActionItem } from './action-item.ts';
import { factsByName, factsOf, type FactsInput, type SuspectedChange } from './facts.ts';
import { listsOf } from './lists.ts';
import type { ReferenceValues } from './references.ts';
import { actionItemOf } from './stored.ts';

export type FactsParts = {
  readonly ledger: Pick<
    Ledger,
    'timeline' | 'timelineLength' | 'actionItems' | 'changes' | 'changesOf' | 'sli' | 'policyUsers'
  >;
  readonly configuration: Pick<Configuration, 'endpoints' | 'applications'>;
  readonly clock: Clock;
  readonly idText: IdText;
};

/** Rows of a timeline that are read; kinds of which there may be thousands come last in what people look for. */
const MOST_ROWS = 1000;
const MOST_SUSPECTS = 10;
const MOST_ITEMS = 200;

/** What is known of an incident now. */
export async function readFactsInput(incident: Incident, parts: FactsParts): Promise<FactsInput> {
  const { ledger, idText } = parts;
  const incidentId = incident.id;
  const [rows, { rows: timelineRows }, items, suspects] = await Promise.all([
    ledger.timeline({ incidentId, limit: MOST_ROWS, descending: false }),
    ledger.timelineLength(incidentId),
    ledger.actionItems({ incidentId, limit: MOST_ITEMS }),
    readSuspects(incident, parts),
  ]);
  return {
    incident,
    timeline: rows.map((row): TimelineRow => timelineRowOf(row)),
    timelineRows,
    suspects,
    actionItems: items.map((item): ActionItem => actionItemOf(item)),
    idText,
  };
}

/** What references of its postmortem stand for now. */
export function valuesOf(input: FactsInput): ReferenceValues {
  return { facts: factsByName(factsOf(input)), lists: listsOf(input) };
}

async function readSuspects(
  incident: Incident,
  parts: FactsParts,
): Promise<readonly SuspectedChange[]> {
  const suspects = (await findSuspects(incident, parts)).slice(0, MOST_SUSPECTS);
  const changes = await parts.ledger.changesOf({ ids: suspects.map(({ changeId }) => changeId) });
  const byId = new Map(changes.map((change) => [change.id, change]));
  return suspects.flatMap(({ changeId, at, score }) => {
    const change = byId.get(changeId);
    return change === undefined ? [] : [{ changeId, at, score, text: sayChange(change) }];
  });
}

/** Its first item and its reason; never a value of a field. */
function sayChange({ items, reason }: Change): string {
  const [first] = items;
  const more = items.length > 1 ? ` and ${items.length - 1} more` : '';
  const what =
    first === undefined
      ? 'a change'
      : // A token is known by its hash, which nobody needs.
        `${first.verb} ${first.kind.replaceAll('_', ' ')} ${first.kind === 'token' ? '' : first.subject}`.trim();
  return `${what}${more}${reason === '' ? '' : ` ("${reason}")`}`;
}
