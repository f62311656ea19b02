import type { Configuration } from '../change/index.ts';
import type { Clock, IdText } from '../core/index.ts';
import { findSuspects, timelineRowOf, type Incident, type TimelineRow } from '../incident/index.ts';
import type { Change, Ledger } from '../ledger/index.ts';
import type { ActionItem } from './action-item.ts';
import { factsByName } from './fact.ts';
import { factsOf, type FactsInput, type SuspectedChange } from './facts.ts';
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
  const [rows, { rows: timelineRows }, items, suspects, sliceNames] = await Promise.all([
    ledger.timeline({ incidentId, limit: MOST_ROWS, descending: false }),
    ledger.timelineLength(incidentId),
    ledger.actionItems({ incidentId, limit: MOST_ITEMS }),
    readSuspects(incident, parts),
    readSliceNames(incident.slice, parts),
  ]);
  return {
    incident,
    timeline: rows.map((row): TimelineRow => timelineRowOf(row)),
    timelineRows,
    suspects,
    actionItems: items.map((item): ActionItem => actionItemOf(item)),
    sliceNames,
    idText,
  };
}

/** What references of its postmortem stand for now. */
export function valuesOf(input: FactsInput): ReferenceValues {
  return { facts: factsByName(factsOf(input)), lists: listsOf(input) };
}

/** Of each kind; the ids are all in the record. */
const MOST_NAMED = 20;

/** The narrowest that the slice says: endpoints, else event types, else applications, by how people call them. */
async function readSliceNames(
  { appIds, endpointIds, eventTypes }: Incident['slice'],
  { configuration: { applications, endpoints } }: FactsParts,
): Promise<readonly string[]> {
  const callApp = async (id: number): Promise<string> => {
    const application = await applications.byId(id);
    return application === null ? '' : (application.uid ?? application.name);
  };
  const named = await Promise.all(
    endpointIds.length > 0
      ? endpointIds.slice(0, MOST_NAMED).map(async (id) => {
          const endpoint = await endpoints.byId(id);
          if (endpoint === null) return '';
          return `endpoint ${await callApp(endpoint.appId)}/${endpoint.uid ?? endpoint.url}`;
        })
      : eventTypes.length > 0
        ? eventTypes.slice(0, MOST_NAMED).map((type) => Promise.resolve(`event type ${type}`))
        : appIds.slice(0, MOST_NAMED).map(async (id) => {
            const name = await callApp(id);
            return name === '' ? '' : `application ${name}`;
          }),
  );
  return named.filter((name) => name !== '');
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
      : // A token is known by its hash and a canary by its endpoint's number, which nobody needs.
        `${first.verb} ${first.kind.replaceAll('_', ' ')} ${first.kind === 'token' || first.kind === 'canary' ? '' : first.subject}`.trim();
  return `${what}${more}${reason === '' ? '' : ` ("${reason}")`}`;
}
