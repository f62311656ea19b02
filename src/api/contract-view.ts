import {
  compareVersions,
  noContract,
  schemaOf,
  unmetOf,
  type Consumer,
  type EventType,
  type StoredBreak,
  type StoredConversion,
  type VersionChange,
} from '../change/index.ts';
import { latestVersion, versionsOf, type CompatibilityRequired } from '../contract/index.ts';
import type { SeenViolation } from '../intake/index.ts';
import { tryConversion } from './conversion-trial.ts';
import type { ApiParts } from './parts.ts';
import { momentText } from './moment.ts';

export function contractView(
  eventType: EventType,
  { contracts, idText }: Pick<ApiParts, 'contracts' | 'idText'>,
): object {
  const { name, schemas } = eventType;
  const contract = eventType.contract ?? noContract;
  const versions = versionsOf(schemas);
  const [before, now] = [versions.at(-2), versions.at(-1)];
  const seen = contracts.seen(name);
  const view = ({ at, mode, version, appId, messageId, problems }: SeenViolation): object => ({
    at: momentText(at),
    mode,
    version,
    appId: appId === null ? null : idText.format('application', appId),
    msgId: messageId === null ? null : idText.format('message', messageId),
    problems,
  });
  return {
    eventType: name,
    mode: contract.mode,
    compatibility: contract.compatibility,
    version: now ?? null,
    versions,
    latestChange:
      before === undefined || now === undefined ? null : versionsView(eventType, before, now),
    consumers: Object.entries(contract.consumers).map(([consumer, one]) =>
      consumerView(eventType, consumer, one),
    ),
    breaks: contract.breaks.map(breakView),
    conversions: Object.entries(contract.conversions).map(([version, { from }]) => ({
      version,
      from,
      isStale: from !== now,
    })),
    violations: { warned: seen.warn, rejected: seen.reject, examples: seen.examples.map(view) },
  };
}

/** Compares two versions that the event type has. */
export function versionsView({ schemas, contract }: EventType, from: string, to: string): object {
  const rules = contract ?? noContract;
  const change = compareVersions(
    rules,
    { version: from, schema: schemaOf(schemas, from) },
    { version: to, schema: schemaOf(schemas, to) },
  );
  return compatibilityView(change, rules.compatibility);
}

export function compatibilityView(
  { version, against, comparison, breaking, consumers }: VersionChange,
  required: CompatibilityRequired,
): object {
  const { isBackward, isForward, differences } = comparison;
  return {
    from: against,
    to: version,
    isBackward,
    isForward,
    isFull: isBackward && isForward,
    required,
    isCompatible: breaking.length === 0,
    differences,
    consumers,
  };
}

export function consumerView({ schemas }: EventType, name: string, consumer: Consumer): object {
  const { description, relies, schema, updatedAt } = consumer;
  const unmet = unmetOf(schemas, consumer);
  return { name, description, relies, schema, updatedAt: momentText(updatedAt), unmet };
}

/** The declaration goes out as it came in. */
export function conversionJson(
  eventType: EventType,
  version: string,
  { declaration, from }: StoredConversion,
  { settings }: Pick<ApiParts, 'settings'>,
): string {
  const isStale = from !== latestVersion(eventType.schemas);
  const trial = tryConversion(eventType, version, settings.payloadLimitBytes);
  const rest = JSON.stringify({ version, from, isStale, ...trial });
  return `${rest.slice(0, -1)},"corrections":${declaration}}`;
}

function breakView(one: StoredBreak): object {
  return { ...one, at: momentText(one.at) };
}
