import {
  breakingOf,
  compareSchemas,
  consumerSchema,
  createPayloadCheck,
  latestVersion,
  unmetBy,
  versionsOf,
  type CompatibilityRequired,
  type Comparison,
  type Difference,
  type Reliance,
} from '../contract/index.ts';
import { fault } from '../core/index.ts';

/**
 * What an event type's schemas are good for: whether payloads must follow the version in force, what a new version
 * must be to the one before it, and who relies on what. Kept in the event type's own document.
 */
export type Contract = {
  readonly mode: ContractMode;
  readonly compatibility: CompatibilityRequired;
  /** By their names. */
  readonly consumers: Readonly<Record<string, Consumer>>;
  /** What makes an older version's payload from one of the version in force, by that older version. */
  readonly conversions: Readonly<Record<string, StoredConversion>>;
  /** Breaking versions that were stored all the same, the newest first. */
  readonly breaks: readonly StoredBreak[];
};

/** off: payloads are not looked at · warn: accepted, and counted · reject: refused. */
export const contractModes = ['off', 'warn', 'reject'] as const;
export type ContractMode = (typeof contractModes)[number];

/** Somebody who reads the payloads: a team, or an endpoint by its id. */
export type Consumer = {
  readonly description: string;
  readonly relies: readonly Reliance[];
  /** A part of a JSON Schema beside that, or instead of it; null: none. */
  readonly schema: unknown;
  readonly updatedAt: number;
};

/** Declared corrections (src/correction) that apply one after the other. */
export type StoredConversion = {
  /** A JSON list of them, as it was written. */
  readonly declaration: string;
  /** The version that was in force when it was declared. */
  readonly from: string;
};

export type StoredBreak = {
  readonly version: string;
  readonly against: string;
  readonly at: number;
  readonly actor: string;
  /** Somebody said that it may break; otherwise the mode was warn. */
  readonly isAllowed: boolean;
  readonly differences: readonly Difference[];
  /** Names of the consumers that it breaks. */
  readonly consumers: readonly string[];
};

export const noContract: Contract = {
  mode: 'off',
  compatibility: 'backward',
  consumers: {},
  conversions: {},
  breaks: [],
};

export const contractBounds = {
  consumers: 50,
  /** Things that one consumer relies on. */
  relies: 100,
  breaks: 20,
  /** Differences that are kept of a break. */
  differences: 20,
} as const;

type Schemas = Readonly<Record<string, unknown>> | null;
/** What a new version is to the one before it. */
export type VersionChange = {
  readonly version: string;
  readonly against: string;
  readonly comparison: Comparison;
  /** Those differences that the required compatibility does not bear. */
  readonly breaking: readonly Difference[];
  readonly consumers: readonly BrokenConsumer[];
};
export type BrokenConsumer = {
  readonly name: string;
  readonly differences: readonly Difference[];
};

/** Compares two schemas for an event type: what differs, what of it breaks, and whom. */
export function compareVersions(
  contract: Contract,
  from: { readonly version: string; readonly schema: unknown },
  to: { readonly version: string; readonly schema: unknown },
): VersionChange {
  const comparison = compareSchemas(from.schema, to.schema);
  return {
    version: to.version,
    against: from.version,
    comparison,
    breaking: breakingOf(comparison, contract.compatibility),
    consumers: brokenConsumers(contract, from.schema, to.schema),
  };
}

function brokenConsumers(
  { consumers }: Contract,
  from: unknown,
  to: unknown,
): readonly BrokenConsumer[] {
  return Object.entries(consumers)
    .map(([name, consumer]) => ({
      name,
      differences: unmetBy(to, consumerSchema(consumer), from),
    }))
    .filter(({ differences }) => differences.length > 0);
}

/** What a consumer relies on and the version in force does not promise. */
export function unmetOf(schemas: Schemas, consumer: Consumer): readonly Difference[] {
  const version = latestVersion(schemas);
  if (version === undefined || schemas === null) return [];
  return unmetBy(schemas[version], consumerSchema(consumer));
}

export type SchemasWritten = {
  readonly actor: string;
  readonly at: number;
  /** The writer knows that it breaks. */
  readonly allowBreaking: boolean;
};

/**
 * The contract after its event type's schemas are replaced. Every schema that is new must compile; with a mode,
 * what breaks is written down, or refused where the mode is reject and nobody allowed it.
 * Throws `validation`.
 */
export function withSchemas(
  contract: Contract | null,
  before: Schemas,
  after: Schemas,
  { actor, at, allowBreaking }: SchemasWritten,
): Contract | null {
  const versions = versionsOf(after);
  const written = versions.filter(
    (version) => !isSame(schemaOf(before, version), schemaOf(after, version)),
  );
  for (const version of written) createPayloadCheck(after?.[version], `schemas.${version}`);
  assertConversionsStay(contract, after);
  if (contract === null || contract.mode === 'off' || after === null) return contract;
  const breaks: StoredBreak[] = [];
  for (const [from, to] of stepsOf(before, after, written)) {
    const change = compareVersions(contract, from, to);
    if (contract.compatibility === 'none' || !isBreaking(change)) continue;
    if (contract.mode === 'reject' && !allowBreaking) throw refusal(change, contract);
    breaks.unshift({
      version: change.version,
      against: change.against,
      at,
      actor,
      isAllowed: allowBreaking,
      differences: change.breaking.slice(0, contractBounds.differences),
      consumers: change.consumers.map(({ name }) => name),
    });
  }
  if (breaks.length === 0) return contract;
  return { ...contract, breaks: [...breaks, ...contract.breaks].slice(0, contractBounds.breaks) };
}

/** What replacing the schemas would break, by the contract in force, in sentences; nothing is refused here. */
export function breaksOf(
  contract: Contract | null,
  before: Schemas,
  after: Schemas,
): readonly string[] {
  if (contract === null || contract.mode === 'off' || contract.compatibility === 'none') return [];
  if (after === null) return [];
  const written = versionsOf(after).filter(
    (version) => !isSame(schemaOf(before, version), schemaOf(after, version)),
  );
  return stepsOf(before, after, written)
    .map(([from, to]) => compareVersions(contract, from, to))
    .filter(isBreaking)
    .map((change) => describeBreak(change, contract));
}

/** Endpoints may be pinned to a version that has a conversion. Throws `validation`. */
function assertConversionsStay(contract: Contract | null, after: Schemas): void {
  const lost = Object.keys(contract?.conversions ?? {}).find(
    (version) => schemaOf(after, version) === undefined,
  );
  if (lost === undefined) return;
  throw fault('validation', {
    field: `schemas.${lost}`,
    detail: `Version ${lost} has a conversion, so endpoints may be pinned to it. Take its conversion back first.`,
  });
}

/** Whoever registered says what they need, whichever direction is required of versions. */
function isBreaking({ breaking, consumers }: VersionChange): boolean {
  return breaking.length > 0 || consumers.length > 0;
}

type Version = { readonly version: string; readonly schema: unknown };

/** Each version that was written with what it follows; and the one in force, where it became so by a deletion. */
function stepsOf(
  before: Schemas,
  after: Readonly<Record<string, unknown>>,
  written: readonly string[],
): readonly (readonly [Version, Version])[] {
  const versions = versionsOf(after);
  const steps = written.flatMap((version): (readonly [Version, Version])[] => {
    const to = { version, schema: after[version] };
    if (before !== null && Object.hasOwn(before, version)) {
      return [[{ version, schema: before[version] }, to]];
    }
    const previous = versions[versions.indexOf(version) - 1];
    return previous === undefined ? [] : [[{ version: previous, schema: after[previous] }, to]];
  });
  const [last, now] = [latestVersion(before), versions.at(-1)];
  if (before === null || last === undefined || now === undefined) return steps;
  if (last === now || written.includes(now)) return steps;
  return [
    ...steps,
    [
      { version: last, schema: before[last] },
      { version: now, schema: after[now] },
    ],
  ];
}

/** The schema of a version; undefined where there is none. */
export function schemaOf(schemas: Schemas, version: string): unknown {
  return schemas !== null && Object.hasOwn(schemas, version) ? schemas[version] : undefined;
}

function isSame(one: unknown, other: unknown): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

/** Differences that a refusal names; the check route names all. */
const MOST_NAMED = 10;

function refusal(change: VersionChange, contract: Contract): Error {
  const broken = describeBreak(change, contract);
  const detail = `${broken} Give allow_breaking=true to store it all the same.`;
  return fault('validation', { field: `schemas.${change.version}`, detail });
}

function describeBreak(
  { version, against, breaking, consumers }: VersionChange,
  contract: Contract,
): string {
  const all = breaking.length > 0 ? breaking : consumers.flatMap(({ differences }) => differences);
  const named = all.slice(0, MOST_NAMED).map(({ sentence }) => sentence);
  const more = all.length - named.length;
  const names = consumers.map(({ name }) => name);
  const parts = [
    breaking.length > 0
      ? `Version ${version} is not ${contract.compatibility} compatible with version ${against}:`
      : `Version ${version} breaks consumers of version ${against}:`,
    ...named,
    ...(more > 0 ? [`And ${more} more.`] : []),
    ...(names.length > 0 ? [`It breaks ${names.join(', ')}.`] : []),
  ];
  return parts.join(' ');
}
