import { signatureHeaderNames, type SignatureHeaderNames } from '../../change/index.ts';
import {
  boolean,
  fieldsOf,
  identifier,
  identifierOrNull,
  integerOrNull,
  isAbsent,
  text,
  textsByName,
  textsOrNull,
  wrong,
  type Fields,
} from './fields.ts';

/** What the import copies, in the form that both servers answer. Throws `source_invalid`, as fields.ts does. */
export type EventTypeRecord = {
  readonly name: string;
  readonly description: string;
  readonly archived: boolean;
  readonly deprecated: boolean;
  readonly featureFlag: string | null;
  readonly schemas: Fields | null;
};

export type ApplicationRecord = {
  readonly id: string;
  readonly uid: string | null;
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly throttleRate: number | null;
  /** Holdfast's own; null where the source is a Svix server. */
  readonly signatureHeaders: SignatureHeaderNames | null;
};

export type EndpointRecord = {
  readonly id: string;
  readonly uid: string | null;
  readonly url: string;
  readonly description: string;
  readonly disabled: boolean;
  readonly eventTypes: readonly string[] | null;
  readonly channels: readonly string[] | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly throttleRate: number | null;
};

export type HeadersRecord = {
  readonly headers: Readonly<Record<string, string>>;
  /** Names of headers whose values are not told. */
  readonly sensitive: readonly string[];
};

/** Deeper schemas are no schemas, and would exhaust the stack of whoever writes them as JSON. */
const DEEPEST_SCHEMA = 100;
/** No request could carry more. */
const MOST_HEADERS = 1000;

export function readEventType(value: unknown): EventTypeRecord {
  const fields = fieldsOf(value);
  return {
    name: identifier(fields, 'name'),
    description: text(fields, 'description'),
    archived: boolean(fields, 'archived'),
    deprecated: boolean(fields, 'deprecated'),
    featureFlag: featureFlagOf(fields),
    schemas: schemasOf(fields),
  };
}

export function readApplication(value: unknown): ApplicationRecord {
  const fields = fieldsOf(value);
  return {
    id: identifier(fields, 'id'),
    uid: identifierOrNull(fields, 'uid'),
    name: text(fields, 'name'),
    metadata: textsByName(fields, 'metadata'),
    throttleRate: throttleRateOf(fields),
    signatureHeaders:
      signatureHeaderNames.find((names) => names === fields['signatureHeaders']) ?? null,
  };
}

export function readEndpoint(value: unknown): EndpointRecord {
  const fields = fieldsOf(value);
  return {
    id: identifier(fields, 'id'),
    uid: identifierOrNull(fields, 'uid'),
    url: text(fields, 'url'),
    description: isAbsent(fields, 'description') ? '' : text(fields, 'description'),
    disabled: boolean(fields, 'disabled'),
    // Taken for absent, a filter by its old name would send the endpoint every message.
    eventTypes: textsOrNull(fields, 'eventTypes') ?? textsOrNull(fields, 'filterTypes'),
    channels: textsOrNull(fields, 'channels'),
    metadata: textsByName(fields, 'metadata'),
    throttleRate: throttleRateOf(fields),
  };
}

export function readHeaders(value: unknown): HeadersRecord {
  const fields = fieldsOf(value);
  const headers = textsByName(fields, 'headers');
  const sensitive = textsOrNull(fields, 'sensitive') ?? [];
  if (Object.keys(headers).length + sensitive.length > MOST_HEADERS) {
    throw wrong('headers', `holds more than ${MOST_HEADERS} headers`);
  }
  return { headers, sensitive };
}

export function readSecret(value: unknown): string {
  return text(fieldsOf(value), 'key');
}

/** Servers before Svix 1.90 called it rateLimit. */
function throttleRateOf(fields: Fields): number | null {
  return integerOrNull(fields, 'throttleRate') ?? integerOrNull(fields, 'rateLimit');
}

/** Svix's cloud has several; Holdfast, like the server, has one. */
function featureFlagOf(fields: Fields): string | null {
  if (!isAbsent(fields, 'featureFlag')) return text(fields, 'featureFlag');
  const flags = textsOrNull(fields, 'featureFlags') ?? [];
  // Dropping one would show the event type to portals that should not see it.
  if (flags.length > 1) throw wrong('featureFlags', 'names more than one flag');
  return flags[0] ?? null;
}

function schemasOf(fields: Fields): Fields | null {
  if (isAbsent(fields, 'schemas')) return null;
  const schemas = fieldsOf(fields['schemas'], 'schemas');
  if (isDeeperThan(DEEPEST_SCHEMA, schemas)) {
    throw wrong('schemas', `is nested deeper than ${DEEPEST_SCHEMA}`);
  }
  return schemas;
}

/** Level by level: what is nested too deep would overflow a recursion. */
function isDeeperThan(depth: number, value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let left = depth; left > 0 && level.length > 0; left -= 1) {
    level = level.flatMap((each): readonly unknown[] =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    );
  }
  return level.length > 0;
}
