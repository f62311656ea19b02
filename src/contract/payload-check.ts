import type { ErrorObject } from 'ajv';
import { inspectSchema } from './inspect-schema.ts';
import { isJsonObject, member, pointerPart, pointerParts, shownValue } from './json.ts';
import { Meter, StepsSpent } from './meter.ts';
import { compileInspected, type Compiled } from './schema-compiler.ts';

/** Something in a payload that its contract does not allow. */
export type Problem = {
  /** JSON pointer into the payload; "" is the payload itself. */
  readonly path: string;
  /** The field as errors name it: "payload.amount", "payload.items.0". */
  readonly field: string;
  /** The rest of a sentence that begins with the field: "must be integer". */
  readonly rule: string;
};

/** A schema version, ready to check payloads. */
export type PayloadCheck = {
  /** The first problems of a payload, given as JSON text, at most MOST_PROBLEMS; none: it conforms. */
  problems(payload: string): readonly Problem[];
};

const MOST_PROBLEMS = 5;
/** Only of smaller payloads are all problems collected: each is an object, and a large payload may have millions. */
const LARGEST_COLLECTED = 65_536;
/** A step takes a microsecond at most: a payload of 1 MiB is checked within seconds, whatever its schema. */
const LEAST_STEPS = 100_000;
const STEPS_A_CHARACTER = 10;
/** Characters of a name or path that a problem repeats. */
const LONGEST_NAME = 200;

/**
 * Compiles a schema (draft 2020-12, or 07 where it says so).
 * @param field what the schema is called in the request, for its refusal.
 * Throws `validation` for one that does not compile or is out of bounds.
 */
export function createPayloadCheck(schema: unknown, field: string): PayloadCheck {
  const inspected = inspectSchema(schema, field);
  const meter = new Meter();
  const first = compileInspected(inspected, field, meter, false);
  let all: Compiled | undefined;
  const run = (compiled: Compiled, payload: string): readonly Problem[] => {
    meter.fill(LEAST_STEPS + payload.length * STEPS_A_CHARACTER);
    try {
      const value: unknown = JSON.parse(payload);
      return problemsOf(compiled(value), value);
    } catch (thrown) {
      if (thrown instanceof StepsSpent) return [whole('takes more steps to check than it may')];
      // A stack that is full: JSON.parse goes deeper than any checker does.
      if (thrown instanceof RangeError) return [whole('is nested too deeply to be checked')];
      throw thrown;
    }
  };
  return {
    problems(payload) {
      const found = run(first, payload);
      if (found.length === 0 || payload.length > LARGEST_COLLECTED) return found;
      all ??= compileInspected(inspected, field, meter, true);
      const collected = run(all, payload);
      return collected.length === 0 ? found : collected;
    },
  };
}

/** "payload" and the parts of a JSON pointer, as errors name fields. */
export function fieldOf(path: string): string {
  return ['payload', ...pointerParts(path)].join('.').slice(0, LONGEST_NAME);
}

function whole(rule: string): Problem {
  return { path: '', field: 'payload', rule };
}

/** Without repetitions; what a choice says as a whole comes after what its branches say. */
function problemsOf(errors: readonly ErrorObject[], payload: unknown): readonly Problem[] {
  const problems = new Map<string, Problem>();
  for (const error of errors) {
    if (problems.size === MOST_PROBLEMS) break;
    const path = pathOf(error).slice(0, LONGEST_NAME);
    const problem = { path, field: fieldOf(path), rule: ruleOf(error, payload) };
    problems.set(`${path} ${problem.rule}`, problem);
  }
  return [...problems.values()];
}

/** A member that lacks, or that should not be there, is the place itself. */
function pathOf({ keyword, instancePath, params }: ErrorObject): string {
  const name = nameIn(keyword, params);
  return name === undefined ? instancePath : `${instancePath}/${pointerPart(name)}`;
}

const namedBy: Readonly<Record<string, string>> = {
  required: 'missingProperty',
  dependencies: 'missingProperty',
  dependentRequired: 'missingProperty',
  additionalProperties: 'additionalProperty',
  unevaluatedProperties: 'unevaluatedProperty',
};

function nameIn(keyword: string, params: unknown): string | undefined {
  const place = member(namedBy, keyword);
  if (typeof place !== 'string' || !isJsonObject(params)) return undefined;
  const name = member(params, place);
  return typeof name === 'string' ? name : undefined;
}

function ruleOf({ keyword, params, message, instancePath }: ErrorObject, payload: unknown): string {
  if (keyword === 'required') return 'is missing';
  if (nameIn(keyword, params) !== undefined) {
    return keyword.endsWith('Properties') ? 'is not known to the contract' : 'is missing';
  }
  if (keyword === 'false schema') return 'is not known to the contract';
  const rule = message ?? 'is not valid';
  const given = `, not ${shownValue(valueAt(payload, instancePath))}`;
  if (keyword === 'type' || keyword === 'enum') return rule + given;
  return rule.slice(0, LONGEST_NAME);
}

function valueAt(payload: unknown, pointer: string): unknown {
  let value = payload;
  for (const part of pointerParts(pointer)) {
    if (Array.isArray(value)) value = value[Number(part)];
    else value = isJsonObject(value) ? member(value, part) : undefined;
  }
  return value;
}
