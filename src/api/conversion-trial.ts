import { createConversion, noContract, schemaOf, type EventType } from '../change/index.ts';
import { createPayloadCheck, latestVersion } from '../contract/index.ts';
import { exampleOf } from './schema-example.ts';

/** Examples that a schema gives which are tried, at most. */
const MOST_EXAMPLES = 20;

export type ConversionTrial = {
  /** Payloads that were tried. 0: the version in force gives no example that follows it. */
  readonly examples: number;
  /** What went wrong, a sentence each, none twice. */
  readonly failures: readonly string[];
};

/**
 * Makes a version's payload from examples of the version in force: those that its schema gives, or one made from it.
 * Only examples that follow the version in force themselves are tried, so each failure is one that a message can meet.
 *
 * @param given a schema that is looked at as the version in force.
 */
export function tryConversion(
  eventType: Pick<EventType, 'schemas' | 'contract'>,
  version: string,
  maxBytes: number,
  given?: unknown,
): ConversionTrial {
  const { schemas } = eventType;
  const latest = latestVersion(schemas);
  const schema = given ?? (latest === undefined ? undefined : schemaOf(schemas, latest));
  const examples = examplesOf(schema);
  const inForce = given === undefined ? latest : null;
  const convert = createConversion(eventType, version, { maxBytes, inForce });
  const failures = new Set<string>();
  for (const example of examples) {
    const converted = convert(example);
    if (converted.kind === 'failed') failures.add(converted.detail);
  }
  return { examples: examples.length, failures: [...failures] };
}

/** The event type with a conversion declared. */
export function withConversion<Known extends Pick<EventType, 'schemas' | 'contract'>>(
  known: Known,
  version: string,
  declaration: string,
): Known {
  const contract = known.contract ?? noContract;
  const from = latestVersion(known.schemas) ?? version;
  const conversions = { ...contract.conversions, [version]: { declaration, from } };
  return { ...known, contract: { ...contract, conversions } };
}

function examplesOf(schema: unknown): readonly string[] {
  if (schema === undefined) return [];
  const given: unknown =
    typeof schema === 'object' && schema !== null && 'examples' in schema ? schema.examples : [];
  const examples: readonly unknown[] =
    Array.isArray(given) && given.length > 0 ? given : [exampleOf({ 1: schema })];
  const check = createPayloadCheck(schema, 'schema');
  return examples
    .slice(0, MOST_EXAMPLES)
    .filter((each) => typeof each === 'object' && each !== null && !Array.isArray(each))
    .map((each) => JSON.stringify(each))
    .filter((text) => check.problems(text).length === 0);
}
