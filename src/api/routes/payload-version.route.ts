import { fault } from '../../core/index.ts';
import { memberText } from '../../intake/index.ts';
import { latestVersion } from '../../contract/index.ts';
import {
  noContract,
  parseConversion,
  schemaOf,
  type EventType,
  type StoredConversion,
} from '../../change/index.ts';
import { conversionJson } from '../contract-view.ts';
import { tryConversion, withConversion } from '../conversion-trial.ts';
import {
  ConversionIn,
  ConversionOut,
  PayloadVersionsIn,
  PayloadVersionsOut,
} from '../payload-version-shapes.ts';
import {
  assertVersionName,
  checkedPayloadVersions,
  payloadVersionsView,
} from '../payload-versions.ts';
import type { ApiParts } from '../parts.ts';
import { findEndpoint, findEventType } from '../resolve.ts';
import { route } from '../route.ts';

const ENDPOINT_PATH = '/api/v1/app/{app_id}/endpoint/{endpoint_id}/payload-version';
const CONVERSION_PATH = '/api/v1/event-type/{event_type_name}/conversion/{version}';

export const getPayloadVersions = route({
  method: 'GET',
  path: ENDPOINT_PATH,
  operationId: 'v1.endpoint.get-payload-versions',
  summary: 'Show which versions of event types the payloads of an endpoint are made for.',
  access: 'portal',
  answers: { 200: PayloadVersionsOut },
  async handle({ path, application }, parts) {
    const { payloadVersions } = await findEndpoint(parts, await application(), path('endpoint_id'));
    return { status: 200, value: await payloadVersionsView(payloadVersions, parts) };
  },
});

export const putPayloadVersions = route({
  method: 'PUT',
  path: ENDPOINT_PATH,
  operationId: 'v1.endpoint.set-payload-versions',
  summary:
    'Pin an endpoint to versions of event types: its payloads are made for them. All pins are replaced.',
  access: 'portal',
  body: PayloadVersionsIn,
  answers: { 200: PayloadVersionsOut },
  async handle({ path, body, application, by }, parts) {
    const known = await findEndpoint(parts, await application(), path('endpoint_id'));
    const payloadVersions = await checkedPayloadVersions(body.payloadVersions, parts);
    const { endpoints } = parts.configuration;
    await endpoints.update(known, (now) => ({ ...now, payloadVersions }), by());
    return { status: 200, value: await payloadVersionsView(payloadVersions, parts) };
  },
});

function findConversion({ contract }: EventType, version: string): StoredConversion {
  const conversions = contract?.conversions ?? {};
  const found = Object.hasOwn(conversions, version) ? conversions[version] : undefined;
  if (found !== undefined) return found;
  throw fault('not_found', {
    field: 'version',
    detail: `There is no conversion to version "${version}".`,
  });
}

export const getConversion = route({
  method: 'GET',
  path: CONVERSION_PATH,
  operationId: 'v1.contract.get-conversion',
  summary:
    "Show how an older version's payload is made, and whether that does for examples of the version in force.",
  access: 'organization',
  answers: { 200: ConversionOut },
  async handle({ path }, parts) {
    const version = path('version');
    const eventType = await findEventType(parts, path('event_type_name'));
    const conversion = findConversion(eventType, version);
    return { status: 200, json: conversionJson(eventType, version, conversion, parts) };
  },
});

export const putConversion = route({
  method: 'PUT',
  path: CONVERSION_PATH,
  operationId: 'v1.contract.put-conversion',
  summary:
    "Declare how an older version's payload is made from one of the version in force; examples of that version are tried first.",
  access: 'organization',
  body: ConversionIn,
  answers: { 200: ConversionOut },
  async handle({ path, bodyText, by }, parts) {
    const version = path('version');
    // As it was written: a patch may put in a number that JavaScript cannot hold.
    const declaration = memberText(bodyText, 'corrections') ?? '';
    const known = await findEventType(parts, path('event_type_name'));
    const stored = await parts.configuration.eventTypes.update(
      known,
      (now) => withDeclared(now, version, declaration, parts),
      by(),
    );
    const conversion = findConversion(stored, version);
    return { status: 200, json: conversionJson(stored, version, conversion, parts) };
  },
});

/** Throws `validation`, `not_found`. */
function withDeclared(
  now: EventType,
  version: string,
  declaration: string,
  { settings }: ApiParts,
): EventType {
  const { schemas } = now;
  if (schemaOf(schemas, version) === undefined) {
    throw fault('not_found', { field: 'version', detail: `There is no version "${version}".` });
  }
  assertVersionName(version, 'version');
  if (version === latestVersion(schemas)) {
    throw fault('validation', {
      field: 'version',
      detail: `Version ${version} is in force: payloads come in it, and need no conversion.`,
    });
  }
  parseConversion(declaration);
  const next = withConversion(now, version, declaration);
  const { failures } = tryConversion(next, version, settings.payloadLimitBytes);
  if (failures.length > 0) {
    throw fault('validation', {
      field: 'corrections',
      detail: `An example of the version in force shows that this does not do: ${failures.slice(0, 3).join(' ')} Where such payloads are never sent, give the schema "examples" that are.`,
    });
  }
  return next;
}

export const deleteConversion = route({
  method: 'DELETE',
  path: CONVERSION_PATH,
  operationId: 'v1.contract.delete-conversion',
  summary:
    'Take a conversion back; endpoints that are pinned to its version get payloads that follow it as they are, and no others.',
  access: 'organization',
  answers: { 204: null },
  async handle({ path, by }, parts) {
    const version = path('version');
    const known = await findEventType(parts, path('event_type_name'));
    findConversion(known, version);
    const without = (now: EventType): EventType => {
      const contract = now.contract ?? noContract;
      const rest = Object.entries(contract.conversions).filter(([name]) => name !== version);
      return { ...now, contract: { ...contract, conversions: Object.fromEntries(rest) } };
    };
    await parts.configuration.eventTypes.update(known, without, by());
    return { status: 204 };
  },
});
