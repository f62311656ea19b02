import { fault } from '../../core/index.ts';
import {
  compareVersions,
  contractBounds,
  createConversion,
  noContract,
  parseConversion,
  schemaOf,
  type Consumer,
  type Contract,
  type EventType,
} from '../../change/index.ts';
import {
  consumerSchema,
  createPayloadCheck,
  latestVersion,
  versionsOf,
} from '../../contract/index.ts';
import {
  CompatibilityOut,
  CompatibilityQuery,
  ConsumerIn,
  ConsumerOut,
  ContractCheckIn,
  ContractCheckOut,
  ContractIn,
  ContractOut,
  ContractPatch,
} from '../contract-shapes.ts';
import { tryConversion, withConversion } from '../conversion-trial.ts';
import { memberText } from '../../intake/index.ts';
import { compatibilityView, consumerView, contractView, versionsView } from '../contract-view.ts';
import type { ChangeBy } from '../../ledger/index.ts';
import { assertNotDeeper } from '../nesting.ts';
import type { ApiParts } from '../parts.ts';
import { patched } from '../patch.ts';
import { findEventType } from '../resolve.ts';
import { route } from '../route.ts';

/** What JSON.stringify and whoever reads it by recursion bear. */
const DEEPEST = 100;
/** Of what a consumer registers, as JSON. */
const LARGEST_CONSUMER_BYTES = 32_768;

async function update(
  parts: ApiParts,
  name: string,
  by: ChangeBy,
  change: (contract: Contract) => Contract,
): Promise<EventType> {
  const withChange = (now: EventType): EventType => ({
    ...now,
    contract: change(now.contract ?? noContract),
  });
  return parts.configuration.eventTypes.update(await findEventType(parts, name), withChange, by);
}

function findConsumer({ contract }: EventType, name: string): Consumer {
  const consumers = contract?.consumers ?? {};
  const found = Object.hasOwn(consumers, name) ? consumers[name] : undefined;
  if (found !== undefined) return found;
  throw fault('not_found', {
    field: 'consumer_name',
    detail: `No consumer "${name}" is registered there.`,
  });
}

export const getContract = route({
  method: 'GET',
  path: '/api/v1/event-type/{event_type_name}/contract',
  operationId: 'v1.contract.get',
  summary:
    "Show an event type's contract: its mode, its versions, the latest change, who relies on what, and violations.",
  access: 'organization',
  answers: { 200: ContractOut },
  async handle({ path }, parts) {
    return {
      status: 200,
      value: contractView(await findEventType(parts, path('event_type_name')), parts),
    };
  },
});

export const putContract = route({
  method: 'PUT',
  path: '/api/v1/event-type/{event_type_name}/contract',
  operationId: 'v1.contract.put',
  summary: 'Set the mode of a contract (off, warn, reject) and the compatibility it asks for.',
  access: 'organization',
  body: ContractIn,
  answers: { 200: ContractOut },
  async handle({ path, body: { mode, compatibility }, by }, parts) {
    const stored = await update(parts, path('event_type_name'), by(), (contract) => ({
      ...contract,
      mode,
      compatibility: compatibility ?? noContract.compatibility,
    }));
    return { status: 200, value: contractView(stored, parts) };
  },
});

export const patchContract = route({
  method: 'PATCH',
  path: '/api/v1/event-type/{event_type_name}/contract',
  operationId: 'v1.contract.patch',
  summary: 'Change the given fields of a contract.',
  access: 'organization',
  body: ContractPatch,
  answers: { 200: ContractOut },
  async handle({ path, body, by }, parts) {
    const stored = await update(parts, path('event_type_name'), by(), (contract) => ({
      ...contract,
      mode: patched(body.mode, contract.mode),
      compatibility: patched(body.compatibility, contract.compatibility),
    }));
    return { status: 200, value: contractView(stored, parts) };
  },
});

export const getCompatibility = route({
  method: 'GET',
  path: '/api/v1/event-type/{event_type_name}/contract/compatibility',
  operationId: 'v1.contract.compatibility',
  summary:
    'Compare two versions of a schema; by default the version in force with the one before it.',
  access: 'organization',
  query: CompatibilityQuery,
  answers: { 200: CompatibilityOut },
  async handle({ path, query }, parts) {
    const eventType = await findEventType(parts, path('event_type_name'));
    const versions = versionsOf(eventType.schemas);
    const known = (version: string | undefined, field: string): string => {
      if (version !== undefined && versions.includes(version)) return version;
      throw fault('not_found', {
        field,
        detail:
          version === undefined
            ? 'There are no two versions to compare. Name them with from and to.'
            : `There is no version "${version}" of this event type's schema.`,
      });
    };
    const to = known(query.to ?? versions.at(-1), 'to');
    const from = known(query.from ?? versions[versions.indexOf(to) - 1], 'from');
    return { status: 200, value: versionsView(eventType, from, to) };
  },
});

export const checkContract = route({
  method: 'POST',
  path: '/api/v1/event-type/{event_type_name}/contract/check',
  operationId: 'v1.contract.check',
  summary:
    'Try a schema or a payload, and store nothing: what would differ, whom it would break, what the payload does wrong.',
  access: 'organization',
  body: ContractCheckIn,
  answers: { 200: ContractCheckOut },
  async handle({ path, body, bodyText }, parts) {
    const { schema, payload, against, conversion } = body;
    if (schema === undefined && payload === undefined && conversion === undefined) {
      const detail = 'Give a schema, a payload, a conversion, or several of them.';
      throw fault('validation', { field: 'schema', detail });
    }
    assertNotDeeper(schema, DEEPEST, 'schema');
    assertNotDeeper(payload, DEEPEST, 'payload');
    const eventType = await findEventType(parts, path('event_type_name'));
    const { schemas, contract } = eventType;
    const rules = contract ?? noContract;
    const version = against ?? latestVersion(schemas);
    const known = version === undefined ? undefined : schemaOf(schemas, version);
    if (against !== undefined && known === undefined) {
      throw fault('not_found', { field: 'against', detail: `There is no version "${against}".` });
    }
    const check =
      schema === undefined
        ? known === undefined
          ? undefined
          : createPayloadCheck(known, `schemas.${version}`)
        : createPayloadCheck(schema, 'schema');
    const change =
      schema === undefined || version === undefined || known === undefined
        ? null
        : compareVersions(rules, { version, schema: known }, { version: 'given', schema });
    const isBreaking =
      change !== null &&
      rules.compatibility !== 'none' &&
      (change.breaking.length > 0 || change.consumers.length > 0);
    const outcome =
      !isBreaking || rules.mode === 'off'
        ? 'stored'
        : rules.mode === 'warn'
          ? 'stored_with_warning'
          : 'refused';
    const value = {
      compatibility: change === null ? null : compatibilityView(change, rules.compatibility),
      outcome: schema === undefined ? null : outcome,
      problems: payload === undefined ? null : (check?.problems(JSON.stringify(payload)) ?? []),
      conversion:
        conversion === undefined
          ? null
          : checkConversion(eventType, conversion.version, schema, bodyText, parts),
    };
    return { status: 200, value };
  },
});

/** What making payloads for a version would come to. Throws `not_found`, `validation`. */
function checkConversion(
  known: EventType,
  version: string,
  schema: unknown,
  bodyText: string,
  { settings }: ApiParts,
): object {
  if (schemaOf(known.schemas, version) === undefined) {
    const detail = `There is no version "${version}".`;
    throw fault('not_found', { field: 'conversion.version', detail });
  }
  const declaration = memberText(memberText(bodyText, 'conversion') ?? '{}', 'corrections');
  if (declaration !== undefined) parseConversion(declaration, 'conversion.corrections');
  const eventType = declaration === undefined ? known : withConversion(known, version, declaration);
  const maxBytes = settings.payloadLimitBytes;
  const payload = memberText(bodyText, 'payload');
  const inForce = schema === undefined ? undefined : null;
  const made =
    payload === undefined
      ? null
      : createConversion(eventType, version, { maxBytes, inForce })(payload);
  const converted: unknown = made?.kind === 'converted' ? JSON.parse(made.text) : null;
  return {
    version,
    ...tryConversion(eventType, version, maxBytes, schema),
    payload: converted,
    failure: made?.kind === 'failed' ? made.detail : null,
  };
}

export const putConsumer = route({
  method: 'PUT',
  path: '/api/v1/event-type/{event_type_name}/consumer/{consumer_name}',
  operationId: 'v1.contract.put-consumer',
  summary:
    'Register what a consumer (a team, or an endpoint by its id) relies on, so that a breaking change can name it.',
  access: 'organization',
  body: ConsumerIn,
  answers: { 200: ConsumerOut },
  async handle({ path, body, by }, parts) {
    const name = path('consumer_name');
    if (!/^[a-zA-Z0-9\-_.]{1,64}$/.test(name)) {
      throw fault('validation', {
        field: 'consumer_name',
        detail: 'The name of a consumer has 1 to 64 letters, digits, hyphens, dots or underscores.',
      });
    }
    const consumer = consumerOf(body, parts.clock.now());
    const stored = await update(parts, path('event_type_name'), by(), (contract) => {
      const consumers = { ...contract.consumers, [name]: consumer };
      if (Object.keys(consumers).length > contractBounds.consumers) {
        throw fault('validation', {
          field: 'consumer_name',
          detail: `An event type has at most ${contractBounds.consumers} consumers.`,
        });
      }
      return { ...contract, consumers };
    });
    return { status: 200, value: consumerView(stored, name, consumer) };
  },
});

type ConsumerGiven = Pick<Consumer, 'relies'> & Partial<Pick<Consumer, 'description' | 'schema'>>;

/** Throws `validation`. */
function consumerOf(
  { description = '', relies, schema = null }: ConsumerGiven,
  updatedAt: number,
): Consumer {
  if (relies.length === 0 && schema === null) {
    throw fault('validation', {
      field: 'relies',
      detail: 'Say what the consumer relies on: a list of paths, or a schema.',
    });
  }
  assertNotDeeper(relies, DEEPEST, 'relies');
  assertNotDeeper(schema, DEEPEST, 'schema');
  if (Buffer.byteLength(JSON.stringify([relies, schema])) > LARGEST_CONSUMER_BYTES) {
    throw fault('validation', {
      field: 'relies',
      detail: `What a consumer relies on is larger than ${LARGEST_CONSUMER_BYTES} bytes.`,
    });
  }
  if (schema !== null) createPayloadCheck(schema, 'schema');
  const consumer = { description, relies, schema, updatedAt };
  createPayloadCheck(consumerSchema(consumer), 'relies');
  return consumer;
}

export const getConsumer = route({
  method: 'GET',
  path: '/api/v1/event-type/{event_type_name}/consumer/{consumer_name}',
  operationId: 'v1.contract.get-consumer',
  summary: 'Show what a consumer relies on, and what of it the version in force does not promise.',
  access: 'organization',
  answers: { 200: ConsumerOut },
  async handle({ path }, parts) {
    const eventType = await findEventType(parts, path('event_type_name'));
    const name = path('consumer_name');
    return { status: 200, value: consumerView(eventType, name, findConsumer(eventType, name)) };
  },
});

export const deleteConsumer = route({
  method: 'DELETE',
  path: '/api/v1/event-type/{event_type_name}/consumer/{consumer_name}',
  operationId: 'v1.contract.delete-consumer',
  summary: 'Take back what a consumer relies on.',
  access: 'organization',
  answers: { 204: null },
  async handle({ path, by }, parts) {
    const name = path('consumer_name');
    const known = await findEventType(parts, path('event_type_name'));
    findConsumer(known, name);
    await update(parts, known.name, by(), (contract) => {
      const consumers = Object.entries(contract.consumers).filter(([one]) => one !== name);
      return { ...contract, consumers: Object.fromEntries(consumers) };
    });
    return { status: 204 };
  },
});
