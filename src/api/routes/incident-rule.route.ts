import type { Static } from 'typebox';
import { fault, type IdText } from '../../core/index.ts';
import { checkIncidentRule, type Draft, type IncidentRule } from '../../change/index.ts';
import type { ChangeBy } from '../../ledger/index.ts';
import { MOST_RULES } from '../../incident/index.ts';
import { createPathCheck } from '../check.ts';
import {
  IncidentRuleIn,
  IncidentRuleOut,
  IncidentRuleUpdate,
  ruleName,
} from '../incident-rule-shapes.ts';
import { matchOf } from '../route-match.ts';
import { momentText } from '../moment.ts';
import { pageFrom, pageJson } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { route } from '../route.ts';
import { listOf, OrderedPageQuery } from '../page-shapes.ts';

const PATH = '/api/v1/incident-rule/{rule_name}';
const POSITION = 100;
const checkName = createPathCheck('rule_name', ruleName);

async function find({ configuration }: ApiParts, name: string): Promise<IncidentRule> {
  const found = await configuration.incidentRules.byName(name);
  if (found !== null) return found;
  throw fault('not_found', {
    field: 'rule_name',
    detail: `No rule of incidents is named "${name}".`,
  });
}

/** Throws `validation` naming the field. */
function draftOf(body: Static<typeof IncidentRuleUpdate>): Omit<Draft<IncidentRule>, 'name'> {
  const draft = {
    description: body.description ?? '',
    position: body.position ?? POSITION,
    match: matchOf(body.match),
    opens: body.opens ?? true,
    mitigations: body.mitigations ?? [],
  };
  checkIncidentRule(draft);
  return draft;
}

async function create(
  draft: Draft<IncidentRule>,
  by: ChangeBy,
  { configuration: { incidentRules } }: ApiParts,
): Promise<IncidentRule> {
  const all = await incidentRules.list({ limit: MOST_RULES, descending: false });
  if (all.length < MOST_RULES) return incidentRules.create(draft, by);
  throw fault('validation', {
    field: 'name',
    detail: `There are ${MOST_RULES} rules already, which is the most.`,
  });
}

function ruleView(rule: IncidentRule, idText: IdText): object {
  const { id, name, description, position, match, opens, mitigations } = rule;
  return {
    id: idText.format('incidentRule', id),
    name,
    description,
    position,
    match,
    opens,
    mitigations,
    createdAt: momentText(rule.createdAt),
    updatedAt: momentText(rule.updatedAt),
  };
}

export const createIncidentRule = route({
  method: 'POST',
  path: '/api/v1/incident-rule',
  operationId: 'v1.incident-rule.create',
  summary:
    'Create a rule: which alerts open an incident, and what is done about them by itself at once.',
  access: 'admin',
  body: IncidentRuleIn,
  answers: { 201: IncidentRuleOut },
  async handle({ body, by }, parts) {
    const { name, ...given } = body;
    const created = await create({ name, ...draftOf(given) }, by(), parts);
    return { status: 201, value: ruleView(created, parts.idText) };
  },
});

export const listIncidentRules = route({
  method: 'GET',
  path: '/api/v1/incident-rule',
  operationId: 'v1.incident-rule.list',
  summary: 'List rules of incidents by name.',
  access: 'admin',
  query: OrderedPageQuery,
  answers: { 200: listOf(IncidentRuleOut) },
  async handle({ query }, { configuration, idText }) {
    const page = pageFrom(query, query.order === 'descending', (iterator) => iterator);
    const { limit, descending, after: afterUid } = page;
    const rows = await configuration.incidentRules.list({ limit, descending, afterUid });
    const write = (row: IncidentRule): string => JSON.stringify(ruleView(row, idText));
    return { status: 200, json: pageJson(rows, page, ({ name }) => name, write) };
  },
});

export const getIncidentRule = route({
  method: 'GET',
  path: PATH,
  operationId: 'v1.incident-rule.get',
  summary: 'Get a rule of incidents by its name.',
  access: 'admin',
  answers: { 200: IncidentRuleOut },
  async handle({ path }, parts) {
    return { status: 200, value: ruleView(await find(parts, path('rule_name')), parts.idText) };
  },
});

export const putIncidentRule = route({
  method: 'PUT',
  path: PATH,
  operationId: 'v1.incident-rule.update',
  summary: 'Replace a rule of incidents; one that is not there yet is created.',
  access: 'admin',
  body: IncidentRuleUpdate,
  answers: { 200: IncidentRuleOut, 201: IncidentRuleOut },
  async handle({ path, body, by }, parts) {
    const { configuration, idText } = parts;
    const name = path('rule_name');
    const draft = draftOf(body);
    const known = await configuration.incidentRules.byName(name);
    if (known !== null) {
      const updated = await configuration.incidentRules.update(
        known,
        (now) => ({ ...now, ...draft }),
        by(),
      );
      return { status: 200, value: ruleView(updated, idText) };
    }
    checkName(name);
    const created = await create({ name, ...draft }, by(), parts);
    return { status: 201, value: ruleView(created, idText) };
  },
});

export const deleteIncidentRule = route({
  method: 'DELETE',
  path: PATH,
  operationId: 'v1.incident-rule.delete',
  summary: 'Delete a rule of incidents.',
  access: 'admin',
  answers: { 204: null },
  async handle({ path, by }, parts) {
    const { id } = await find(parts, path('rule_name'));
    await parts.configuration.incidentRules.remove(id, by());
    return { status: 204 };
  },
});
