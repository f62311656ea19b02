import { fault, type HoldfastError } from '../core/index.ts';
import { isJsonObject, member, type JsonObject } from './json.ts';
import { compilePattern, PatternRefused } from './linear-pattern.ts';
import { createReferences, type References } from './references.ts';
import { isSchema, subschemasOf } from './subschemas.ts';

/** What a schema may cost us, however it was meant. */
const schemaBounds = {
  /** Of its text as JSON. */
  bytes: 262_144,
  /** Schemas in it, itself included. */
  schemas: 5000,
  /** Schemas within schemas. */
  depth: 100,
  references: 500,
  patterns: 200,
} as const;

export type Dialect = 'draft-07' | '2020-12';

export type Inspected = {
  readonly root: JsonObject | boolean;
  readonly dialect: Dialect;
  readonly references: References;
  /** Keywords that begin with "x-": annotations. */
  readonly ownKeywords: readonly string[];
  readonly formats: readonly string[];
};

/**
 * Looks a schema over before anything compiles or compares it: within bounds, closed in itself, and without a loop
 * of references that never gets on in the payload.
 * @param field what the schema is called in the request.
 * Throws `validation`.
 */
export function inspectSchema(root: unknown, field: string): Inspected {
  const refuse = (detail: string): HoldfastError =>
    fault('validation', { field, detail: `The schema "${field}" ${detail}.` });
  if (!isSchema(root)) throw refuse('is neither an object nor a boolean');
  if (Buffer.byteLength(JSON.stringify(root)) > schemaBounds.bytes) {
    throw refuse(`is larger than ${schemaBounds.bytes} bytes`);
  }
  const references = createReferences(root);
  const visit = new Visit(refuse, references);
  visit.schema(root, '', 0);
  visit.assertNoLoop();
  return {
    root,
    dialect: dialectOf(root, refuse),
    references,
    ownKeywords: [...visit.ownKeywords],
    formats: [...visit.formats],
  };
}

function dialectOf(root: JsonObject | boolean, refuse: (detail: string) => HoldfastError): Dialect {
  const named = isJsonObject(root) ? member(root, '$schema') : undefined;
  if (named === undefined) return '2020-12';
  if (typeof named === 'string') {
    if (/^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/.test(named)) return '2020-12';
    if (/^https?:\/\/json-schema\.org\/draft-07\/schema#?$/.test(named)) return 'draft-07';
  }
  throw refuse('names a "$schema" other than draft 2020-12 or draft-07');
}

/** Keywords that Ajv or a later reader would understand in a way that bounds do not hold for. */
const refusedKeywords: ReadonlyMap<string, string> = new Map([
  ['$dynamicRef', 'use $ref, with the schema under $defs'],
  ['$recursiveRef', 'use $ref, with the schema under $defs'],
  ['$async', 'it is no keyword of JSON Schema'],
]);

class Visit {
  readonly ownKeywords = new Set<string>();
  readonly formats = new Set<string>();
  readonly #refuse: (detail: string) => HoldfastError;
  readonly #references: References;
  /** Every schema that was found, with those that apply at the same place of the payload. */
  readonly #same = new Map<JsonObject, readonly JsonObject[]>();
  readonly #targets = new Set<JsonObject>();
  #schemas = 0;
  #refs = 0;
  #patterns = 0;

  constructor(refuse: (detail: string) => HoldfastError, references: References) {
    this.#refuse = refuse;
    this.#references = references;
  }

  schema(schema: unknown, pointer: string, depth: number): void {
    this.#schemas += 1;
    if (this.#schemas > schemaBounds.schemas) {
      throw this.#refuse(`has more than ${schemaBounds.schemas} schemas in it`);
    }
    if (depth > schemaBounds.depth) {
      throw this.#refuse(`is nested more than ${schemaBounds.depth} schemas deep`);
    }
    if (!isJsonObject(schema)) return;
    this.#keywords(schema, pointer);
    const below = subschemasOf(schema);
    const target = this.#target(schema, pointer);
    if (isJsonObject(target)) this.#targets.add(target);
    const same = below.filter(({ reach }) => reach === 'same').map((one) => one.schema);
    this.#same.set(schema, [...same, target].filter(isJsonObject));
    for (const one of below) this.schema(one.schema, pointer + one.pointer, depth + 1);
  }

  #keywords(schema: JsonObject, pointer: string): void {
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword.startsWith('x-')) this.ownKeywords.add(keyword);
      const refused = refusedKeywords.get(keyword);
      if (refused !== undefined) {
        throw this.#refuse(`has "${keyword}" at "${pointer}": ${refused}`);
      }
      if (keyword === '$id' && pointer !== '') {
        throw this.#refuse(`has an "$id" at "${pointer}": only its root may have one`);
      }
      if (keyword === 'format' && typeof value === 'string') this.formats.add(value);
      if (keyword === 'x-unit' && (typeof value !== 'string' || value.trim() === '')) {
        throw this.#refuse(`has an "x-unit" at "${pointer}" that is no text`);
      }
      if (keyword === 'pattern' && typeof value === 'string') this.#pattern(value, pointer);
      if (keyword === 'patternProperties' && isJsonObject(value)) {
        for (const pattern of Object.keys(value)) this.#pattern(pattern, pointer);
      }
    }
  }

  #pattern(pattern: string, pointer: string): void {
    this.#patterns += 1;
    if (this.#patterns > schemaBounds.patterns) {
      throw this.#refuse(`has more than ${schemaBounds.patterns} patterns`);
    }
    try {
      compilePattern(pattern);
    } catch (thrown) {
      if (!(thrown instanceof PatternRefused)) throw thrown;
      throw this.#refuse(`has a pattern at "${pointer}" that ${thrown.message}`);
    }
  }

  #target(schema: JsonObject, pointer: string): unknown {
    const ref = member(schema, '$ref');
    if (ref === undefined) return undefined;
    this.#refs += 1;
    if (this.#refs > schemaBounds.references) {
      throw this.#refuse(`has more than ${schemaBounds.references} references`);
    }
    const shown = JSON.stringify(ref).slice(0, 200);
    if (typeof ref !== 'string' || !ref.startsWith('#')) {
      throw this.#refuse(
        `refers to ${shown} at "${pointer}": only "#" and what follows it in this schema can be referred to`,
      );
    }
    const target = this.#references(ref);
    if (target === undefined) {
      throw this.#refuse(`refers to ${shown} at "${pointer}", where there is no schema`);
    }
    return target;
  }

  /** A schema that leads to itself at the same place of the payload would never end. */
  assertNoLoop(): void {
    for (const target of this.#targets) {
      // A value among examples looks like a schema, and was not looked over as one.
      if (!this.#same.has(target)) throw this.#refuse('refers to what is no schema of it');
    }
    const done = new Set<JsonObject>();
    for (const start of this.#same.keys()) {
      const under = new Set<JsonObject>();
      const path: { readonly schema: JsonObject; readonly rest: JsonObject[] }[] = [];
      const enter = (schema: JsonObject): void => {
        if (done.has(schema)) return;
        if (under.has(schema)) throw this.#refuse('refers to itself without end');
        under.add(schema);
        path.push({ schema, rest: [...(this.#same.get(schema) ?? [])] });
      };
      enter(start);
      for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
        const next = last.rest.pop();
        if (next !== undefined) {
          enter(next);
          continue;
        }
        under.delete(last.schema);
        done.add(last.schema);
        path.pop();
      }
    }
  }
}
