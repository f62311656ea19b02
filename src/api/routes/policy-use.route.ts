import { layersOf, policySourcesOf, type Endpoint } from '../../change/index.ts';
import type { ApiParts } from '../parts.ts';
import type { PolicyUser } from '../../ledger/index.ts';
import {
  ApplicationPolicyOut,
  EndpointPolicyOut,
  PolicyRefIn,
  PolicyUsersOut,
} from '../policy-shapes.ts';
import { assertPolicyThere, findEndpoint, findPolicy } from '../resolve.ts';
import { route } from '../route.ts';

function isMissing(name: string | null, { configuration }: ApiParts): boolean {
  return name !== null && configuration.policies.byName(name) === null;
}

function endpointView(endpoint: Endpoint, parts: ApiParts): object {
  const { engine, configuration } = parts;
  const policies = configuration.policies.policiesOf(endpoint);
  const { retry, lane, throttleRate, retentionDays } = engine.policyOf(endpoint);
  return {
    policy: endpoint.policy,
    isMissing: isMissing(endpoint.policy, parts),
    applicationPolicy: policies.application?.name ?? null,
    inForce: { retry, lane, throttleRate, retentionDays },
    sources: policySourcesOf(engine.policyBase, layersOf(endpoint, policies)),
  };
}

/** Who is told of by name, of each kind. */
const MOST_USERS = 250;

async function userView(
  { kind, id, appId: ofAppId }: PolicyUser,
  { configuration, idText }: ApiParts,
): Promise<object> {
  const appId = kind === 'application' ? id : ofAppId;
  const appName = (await configuration.applications.byId(appId))?.name ?? '';
  const endpoint = kind === 'endpoint' ? await configuration.endpoints.byId(id) : null;
  return {
    kind,
    appId: idText.format('application', appId),
    endpointId: kind === 'endpoint' ? idText.format('endpoint', id) : null,
    name: endpoint === null ? appName : endpoint.description || endpoint.url,
    appName,
  };
}

export const listPolicyUsers = route({
  method: 'GET',
  path: '/api/v1/policy/{policy_name}/user',
  operationId: 'v1.policy.list-users',
  summary: 'List the applications and endpoints that stand under a policy, up to 250 of each.',
  access: 'organization',
  answers: { 200: PolicyUsersOut },
  async handle({ path }, parts) {
    const { name: policy } = findPolicy(parts, path('policy_name'));
    const query = { policy, limit: MOST_USERS + 1 };
    const [applications, endpoints] = await Promise.all([
      parts.ledger.policyUsers({ kind: 'application', ...query }),
      parts.ledger.policyUsers({ kind: 'endpoint', ...query }),
    ]);
    const shown = [...applications.slice(0, MOST_USERS), ...endpoints.slice(0, MOST_USERS)];
    const data = await Promise.all(shown.map((user) => userView(user, parts)));
    const isWhole = shown.length === applications.length + endpoints.length;
    return { status: 200, value: { data, isWhole } };
  },
});

export const getApplicationPolicy = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/policy',
  operationId: 'v1.application.get-policy',
  summary: 'Which policy the endpoints of an application stand under.',
  access: 'portal',
  answers: { 200: ApplicationPolicyOut },
  async handle({ application }, parts) {
    const { policy } = await application();
    return { status: 200, value: { policy, isMissing: isMissing(policy, parts) } };
  },
});

export const putApplicationPolicy = route({
  method: 'PUT',
  path: '/api/v1/app/{app_id}/policy',
  operationId: 'v1.application.set-policy',
  summary: 'Put the endpoints of an application under a policy, at once; null under none.',
  access: 'organization',
  body: PolicyRefIn,
  answers: { 200: ApplicationPolicyOut },
  async handle({ body: { policy }, application, by }, parts) {
    assertPolicyThere(policy, parts);
    const { applications } = parts.configuration;
    await applications.update(await application(), (known) => ({ ...known, policy }), by());
    return { status: 200, value: { policy, isMissing: isMissing(policy, parts) } };
  },
});

export const getEndpointPolicy = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/policy',
  operationId: 'v1.endpoint.get-policy',
  summary: 'Show what is in force for an endpoint, and where each value comes from.',
  access: 'portal',
  answers: { 200: EndpointPolicyOut },
  async handle({ path, application }, parts) {
    const endpoint = await findEndpoint(parts, await application(), path('endpoint_id'));
    return { status: 200, value: endpointView(endpoint, parts) };
  },
});

export const putEndpointPolicy = route({
  method: 'PUT',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/policy',
  operationId: 'v1.endpoint.set-policy',
  summary: "Put an endpoint under a policy, at once; null under its application's alone.",
  access: 'organization',
  body: PolicyRefIn,
  answers: { 200: EndpointPolicyOut },
  async handle({ path, body: { policy }, application, by }, parts) {
    const known = await findEndpoint(parts, await application(), path('endpoint_id'));
    assertPolicyThere(policy, parts);
    const { endpoints } = parts.configuration;
    const updated = await endpoints.update(known, (now) => ({ ...now, policy }), by());
    return { status: 200, value: endpointView(updated, parts) };
  },
});
