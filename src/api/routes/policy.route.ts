import type { Static } from 'typebox';
import { checkedTerms, type Policy, type PolicyTerms } from '../../change/index.ts';
import { createPathCheck } from '../check.ts';
import { pageFrom, pageJson } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { patched } from '../patch.ts';
import {
  PolicyIn,
  PolicyName,
  PolicyOut,
  PolicyUpdate,
  PolicyVersionOut,
} from '../policy-shapes.ts';
import { policyVersionView, policyView } from '../policy-view.ts';
import { findPolicy } from '../resolve.ts';
import { route } from '../route.ts';
import { listOf, OrderedPageQuery } from '../page-shapes.ts';

type Given = Static<typeof PolicyUpdate>;

/** Versions that are shown. */
const MOST_VERSIONS = 100;
const checkName = createPathCheck('policy_name', PolicyName);

/** What a body says, with what it leaves out at nothing. Throws `policy_invalid`, `validation`. */
export function termsOf(body: Omit<Given, 'description'>, { engine }: ApiParts): PolicyTerms {
  return checkedTerms(engine.policyBase, {
    retry: body.retry ?? null,
    lane: body.lane ?? null,
    throttleRate: body.throttleRate ?? null,
    retentionDays: body.retentionDays ?? null,
  });
}

export const createPolicy = route({
  method: 'POST',
  path: '/api/v1/policy',
  operationId: 'v1.policy.create',
  summary: 'Create a policy: retries, lane, rate and retention under a name that others refer to.',
  access: 'organization',
  body: PolicyIn,
  answers: { 201: PolicyOut },
  async handle({ body, by }, parts) {
    const { name, description = '', ...given } = body;
    const draft = { name, description, ...termsOf(given, parts) };
    const created = await parts.configuration.policies.create(draft, by());
    return { status: 201, value: policyView(created, parts.idText) };
  },
});

export const listPolicies = route({
  method: 'GET',
  path: '/api/v1/policy',
  operationId: 'v1.policy.list',
  summary: 'List policies by name.',
  access: 'organization',
  query: OrderedPageQuery,
  answers: { 200: listOf(PolicyOut) },
  async handle({ query }, { configuration, idText }) {
    const page = pageFrom(query, query.order === 'descending', (iterator) => iterator);
    const { limit, descending, after: afterUid } = page;
    const policies = await configuration.policies.list({ limit, descending, afterUid });
    const write = (row: Policy): string => JSON.stringify(policyView(row, idText));
    return { status: 200, json: pageJson(policies, page, ({ name }) => name, write) };
  },
});

export const getPolicy = route({
  method: 'GET',
  path: '/api/v1/policy/{policy_name}',
  operationId: 'v1.policy.get',
  summary: 'Get a policy by its name.',
  access: 'organization',
  answers: { 200: PolicyOut },
  async handle({ path }, parts) {
    return { status: 200, value: policyView(findPolicy(parts, path('policy_name')), parts.idText) };
  },
});

export const putPolicy = route({
  method: 'PUT',
  path: '/api/v1/policy/{policy_name}',
  operationId: 'v1.policy.update',
  summary: 'Replace a policy, which takes effect at once; one that is not there yet is created.',
  access: 'organization',
  body: PolicyUpdate,
  answers: { 200: PolicyOut, 201: PolicyOut },
  async handle({ path, body, by }, parts) {
    const { policies } = parts.configuration;
    const { description = '', ...given } = body;
    const name = path('policy_name');
    const known = policies.byName(name);
    const draft = { description, ...termsOf(given, parts) };
    if (known !== null) {
      const updated = await policies.update(known, (now) => ({ ...now, ...draft }), by());
      return { status: 200, value: policyView(updated, parts.idText) };
    }
    checkName(name);
    const created = await policies.create({ name, ...draft }, by());
    return { status: 201, value: policyView(created, parts.idText) };
  },
});

export const patchPolicy = route({
  method: 'PATCH',
  path: '/api/v1/policy/{policy_name}',
  operationId: 'v1.policy.patch',
  summary: 'Change the given fields of a policy, which takes effect at once.',
  access: 'organization',
  body: PolicyUpdate,
  answers: { 200: PolicyOut },
  async handle({ path, body, by }, parts) {
    const patch = (known: Policy): Policy => ({
      ...known,
      description: patched(body.description, known.description),
      ...checkedTerms(parts.engine.policyBase, {
        retry: patched(body.retry, known.retry),
        lane: patched(body.lane, known.lane),
        throttleRate: patched(body.throttleRate, known.throttleRate),
        retentionDays: patched(body.retentionDays, known.retentionDays),
      }),
    });
    const known = findPolicy(parts, path('policy_name'));
    const updated = await parts.configuration.policies.update(known, patch, by());
    return { status: 200, value: policyView(updated, parts.idText) };
  },
});

export const deletePolicy = route({
  method: 'DELETE',
  path: '/api/v1/policy/{policy_name}',
  operationId: 'v1.policy.delete',
  summary: 'Delete a policy that nothing refers to.',
  access: 'organization',
  answers: { 204: null },
  async handle({ path, by }, parts) {
    const { id } = findPolicy(parts, path('policy_name'));
    await parts.configuration.policies.remove(id, by());
    return { status: 204 };
  },
});

export const listPolicyVersions = route({
  method: 'GET',
  path: '/api/v1/policy/{policy_name}/version',
  operationId: 'v1.policy.list-versions',
  summary: 'List the versions of a policy, the newest first, as the list of changes has them.',
  access: 'organization',
  answers: { 200: listOf(PolicyVersionOut) },
  async handle({ path }, parts) {
    const { ledger, idText } = parts;
    const { id } = findPolicy(parts, path('policy_name'));
    const page = { limit: MOST_VERSIONS, descending: true };
    const changes = await ledger.changes({ subjectId: id, ...page });
    const data = changes.flatMap((change) => policyVersionView(change, id, idText));
    const value = {
      data,
      done: changes.length < MOST_VERSIONS,
      iterator: null,
      prevIterator: null,
    };
    return { status: 200, value };
  },
});
