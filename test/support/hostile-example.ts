import type { routes } from '../../src/api/index.ts';
import { pauseExample, unusedType } from './hostile-pause.ts';
import type { Scene } from './hostile-scene.ts';
import { STAGED_OBJECTIVE } from './hostile-service.ts';

export type Route = (typeof routes)[number];

/** A JSON Schema as the routes have them. */
export type Schema = {
  readonly type?: string;
  readonly const?: string | number | boolean;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly uniqueItems?: boolean;
  readonly pattern?: string;
  readonly format?: string;
};

/** The schema of a route's query or body as plain data; undefined where it takes none. */
export function schemaOf(schema: Route['query']): Schema | undefined {
  return schema === undefined ? undefined : JSON.parse(JSON.stringify(schema));
}

/** Every kind of id that a path names, and the spellings under which a scene's row is found. */
export const placeKinds: Readonly<Record<string, (scene: Scene) => readonly string[]>> = {
  app_id: ({ applicationId, applicationUid }) => [applicationId, applicationUid],
  endpoint_id: ({ endpointId, endpointUid }) => [endpointId, endpointUid],
  msg_id: ({ messageId, eventId }) => [messageId, eventId],
  attempt_id: ({ attemptId }) => [attemptId],
  act_id: ({ actId }) => [actId],
  correction_id: ({ correctionId }) => [correctionId],
  event_type_name: ({ eventType }) => [eventType],
  consumer_name: () => ['billing'],
  version: () => ['1'],
  token_id: ({ tokenId }) => [tokenId],
  change_id: ({ changeId }) => [changeId],
  finding: () => ['1'],
  policy_name: ({ policy }) => [policy],
  objective_name: ({ objective }) => [objective],
  alert_id: ({ alertId }) => [alertId],
  incident_id: ({ incidentId }) => [incidentId],
  mitigation_id: ({ mitigationId }) => [mitigationId],
  hypothesis_id: ({ hypothesisId }) => [hypothesisId],
  rule_name: ({ rule }) => [rule],
  pause_id: ({ pauseId }) => [pauseId],
  item_id: ({ itemId }) => [itemId],
  comment: () => ['1'],
  maintenance_id: ({ maintenanceId }) => [maintenanceId],
  notifier_name: ({ notifier }) => [notifier],
  route_name: ({ route }) => [route],
};

/** Places of a path that name rows of one application; the others are everybody's. */
export const ownedPlaces = [
  'app_id',
  'endpoint_id',
  'msg_id',
  'attempt_id',
  'act_id',
  'correction_id',
];

/** Fields of queries and bodies that lead to a row, with the values that lead to a scene's. */
export const fieldKinds: Readonly<Record<string, (scene: Scene) => readonly string[]>> = {
  appId: ({ applicationId, applicationUid }) => [applicationId, applicationUid],
  appIds: ({ applicationId, applicationUid }) => [applicationId, applicationUid],
  endpointIds: ({ applicationUid, endpointId, endpointUid }) => [
    endpointId,
    `${applicationUid}/${endpointUid}`,
  ],
  app_id: ({ applicationId, applicationUid }) => [applicationId, applicationUid],
  changeIds: ({ changeId }) => [changeId],
  changeId: ({ changeId }) => [changeId],
  into: ({ otherIncidentId }) => [otherIncidentId],
  incidentId: ({ incidentId }) => [incidentId],
  copiedFrom: ({ otherIncidentId }) => [otherIncidentId],
  endpoint_id: ({ endpointId, endpointUid }) => [endpointId, endpointUid],
  endpointId: ({ endpointId, endpointUid }) => [endpointId, endpointUid],
  channel: ({ mark }) => [`${mark}-channel`],
  tag: ({ mark }) => [`${mark}-tag`],
  event_types: ({ eventType }) => [eventType],
  iterator: ({ endpointId, messageId, attemptId, actId }) =>
    [endpointId, messageId, attemptId, actId].flatMap((id) => [id, `-${id}`]),
};

/**
 * Fields that look like names of rows: names which the caller gives to its own, a choice between two words, and what a
 * link of evidence says, which is stored as it is and leads nowhere.
 */
export const ownNames = ['uid', 'eventId', 'webhookId', 'id'];

export function placesOf({ path }: Pick<Route, 'path'>): readonly string[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => name);
}

/** The path with each place filled; the spelling that comes first unless told otherwise. */
export function fillPath(route: Pick<Route, 'path'>, spellings: (place: string) => string): string {
  return route.path.replaceAll(/\{(\w+)\}/g, (_whole, place: string) => spellings(place));
}

export function firstSpelling(scene: Scene): (place: string) => string {
  return (place) => placeKinds[place]?.(scene)[0] ?? `no-kind-${place}`;
}

/** Names of the fields of a schema, those of nested objects too. */
export function fieldsOf(schema: Schema | undefined): readonly string[] {
  if (schema === undefined) return [];
  const nested = [
    ...(schema.anyOf ?? []),
    ...Object.values(schema.properties ?? {}),
    ...(schema.items === undefined ? [] : [schema.items]),
  ];
  return [...Object.keys(schema.properties ?? {}), ...nested.flatMap(fieldsOf)];
}

let examples = 0;

/** Values that a schema alone does not tell. */
const namedExamples: Readonly<Record<string, (scene: Scene) => unknown>> = {
  url: ({ mark }) => `http://127.0.0.1:9/example?of=${mark}`,
  eventType: ({ eventType }) => eventType,
  since: () => '2025-06-01T00:00:00Z',
  until: () => '2030-06-01T00:00:00Z',
  name: () => {
    examples += 1;
    return `example.${examples}`;
  },
  scope: () => 'read',
  policy: ({ policy }) => policy,
  corrections: () => [{ operations: [{ op: 'add', path: '/old', value: 1 }] }],
  target: () => 0.99,
  owner: () => 'platform',
  into: ({ otherIncidentId }) => otherIncidentId,
  correction: () => ({ operations: [{ path: 'text', multiply: '2' }] }),
};

/** A small value that a schema accepts: required members only. */
function exampleOf(schema: Schema, scene: Scene, name = ''): unknown {
  const named = namedExamples[name];
  if (named !== undefined) return named(scene);
  if (schema.const !== undefined) return schema.const;
  const [first] = schema.anyOf ?? [];
  if (first !== undefined) return exampleOf(first, scene, name);
  switch (schema.type) {
    case 'object': {
      const members = (schema.required ?? []).map((member) => [
        member,
        exampleOf(schema.properties?.[member] ?? {}, scene, member),
      ]);
      return Object.fromEntries(members);
    }
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () =>
        exampleOf(schema.items ?? {}, scene),
      );
    case 'string':
      return 'x'.repeat(Math.max(1, schema.minLength ?? 1));
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return {};
  }
}

/** Each kind of notifier needs settings of its own. */
const notifierExample = ({ notifierSecret }: Scene): object => ({
  kind: 'webhook',
  settings: { url: 'http://127.0.0.1:9/' },
  secret: notifierSecret,
});

const OPENSLO = JSON.stringify({
  apiVersion: 'openslo/v1',
  kind: 'SLO',
  metadata: {
    name: 'example',
    annotations: { 'holdfast/indicator': 'first_attempt', 'holdfast/owner': 'platform' },
  },
  spec: {
    timeWindow: [{ duration: '30d', isRolling: true }],
    budgetingMethod: 'Occurrences',
    objectives: [{ target: 0.99 }],
  },
});

/** Bodies of routes whose schema tells too little of them. */
const bodies: Readonly<Record<string, (scene: Scene) => unknown>> = {
  'v1.canary.start': () => ({ passTrace: true }),
  'v1.change.preview-revert': ({ changeId }) => ({ changeIds: [changeId] }),
  'v1.change.revert': ({ changeId }) => ({ changeIds: [changeId], onConflict: 'keep' }),
  // A hypothesis is told by an objective that there is.
  'v1.incident.hypothesis': () => ({
    cause: 'a change',
    metric: STAGED_OBJECTIVE,
    refutedBy: 'its absence',
  }),
  'v1.incident.judge-hypothesis': () => ({ state: 'refuted', verdict: 'It was not there.' }),
  'v1.incident.mitigate': (scene) => pauseExample(scene),
  'v1.incident.marker': () => ({ marker: 'mitigated', note: 'the alerts are quiet' }),
  'v1.incident.open': ({ mark }) => ({ title: `${mark} incident` }),
  'v1.postmortem.comment': () => ({ text: 'Since when?' }),
  'v1.maintenance.create': ({ mark }) => ({
    until: new Date(Date.now() + 3_600_000).toISOString(),
    owners: [mark],
  }),
  'v1.pause.begin': ({ applicationId: appId }) => ({
    appId,
    eventType: unusedType(),
    reason: 'a test',
  }),
  'v1.notifier.create': (scene) => ({
    name: namedExamples['name']?.(scene),
    ...notifierExample(scene),
  }),
  'v1.notifier.update': notifierExample,
  'v1.objective.read-openslo': () => ({ yaml: OPENSLO }),
  'v1.message.create-batch': ({ eventType }) => [{ eventType, payload: { a: 1 } }],
};

/** A body that a route accepts, as text; undefined where it takes none. */
export function exampleBody(route: Route, scene: Scene): string | undefined {
  const schema = schemaOf(route.body);
  const own = bodies[route.operationId];
  if (own !== undefined) return JSON.stringify(own(scene));
  return schema === undefined ? undefined : JSON.stringify(exampleOf(schema, scene));
}

export function headersFor(token: string | null, body: string | undefined): Record<string, string> {
  return {
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
}
