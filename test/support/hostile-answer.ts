import assert from 'node:assert/strict';
import { errorTable, isErrorCode } from '../../src/core/index.ts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Route } from './hostile-example.ts';
import type { HostileAnswer } from './hostile-request.ts';

const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: false });
const validators = new Map<object, ReturnType<typeof ajv.compile>>();

/** What no answer may hold: names of our parts, places in our code. */
const INSIDES =
  /FST_|sqlite|SQLITE|node_modules|file:\/\/|\.ts:\d|at Object\.|TypeError|RangeError|SyntaxError/;

/** Codes of 422 and others for which something in the request is to blame, and must be named. */
const BLAMING = new Set([401, 413, 415, 422]);

/** Every answer is one that the route declares, or a refusal that says what to do. */
export function assertAnswer(route: Route | undefined, answer: HostileAnswer): void {
  const { status, text, type } = answer;
  if (status >= 400) {
    assertRefusal(answer);
    return;
  }
  assert.ok(status >= 200 && status < 300, `an answer of ${status}`);
  if (route === undefined) return;
  const schema = route.answers[status];
  assert.notEqual(
    schema,
    undefined,
    `an answer of ${status} is not declared: ${text.slice(0, 300)}`,
  );
  if (schema === null || schema === undefined) {
    assert.equal(text, '', `${status} has a body`);
    return;
  }
  if (route.alsoAnswers !== undefined && type === `${route.alsoAnswers}; charset=utf-8`) return;
  assert.equal(type, 'application/json; charset=utf-8');
  const validate = validators.get(schema) ?? ajv.compile(JSON.parse(JSON.stringify(schema)));
  validators.set(schema, validate);
  assert.ok(
    validate(JSON.parse(text)),
    `not as declared: ${ajv.errorsText(validate.errors)} ${text.slice(0, 500)}`,
  );
}

function assertRefusal({ status, text, type, headers }: HostileAnswer): void {
  assert.equal(type, 'application/json; charset=utf-8', `${status} ${text.slice(0, 300)}`);
  const body = JSON.parse(text);
  const { code, detail, field } = body;
  assert.ok(isErrorCode(code), `the code ${String(code)} is in no table: ${text.slice(0, 300)}`);
  assert.equal(status, errorTable[code][0], `${code} is not a ${status}`);
  assert.ok(status < 500 || status === 503, `${status}: ${text}`);
  if (status === 503 || status === 429) assert.ok(headers['retry-after'], 'no retry-after');
  // Svix's form of 422: where, what, which kind.
  const sentences: readonly unknown[] = Array.isArray(detail)
    ? detail.map(({ msg }) => msg)
    : [detail];
  assert.ok(sentences.length > 0);
  for (const sentence of sentences) {
    assert.ok(
      typeof sentence === 'string' && /^[A-Z0-9"[].*[.]$/s.test(sentence),
      `no sentence: ${text.slice(0, 300)}`,
    );
    assert.ok(!INSIDES.test(sentence), `tells of our insides: ${sentence}`);
  }
  if (BLAMING.has(status)) {
    assert.ok(typeof field === 'string' && field !== '', `no field: ${text.slice(0, 300)}`);
  }
  assert.ok(text.length < 16_384, `a refusal of ${text.length} characters`);
}

/** A machine under load makes the wait longer, which the caller's patience bounds, and never the work. */
const MOST_WORK_MS = 2000;

export function assertPrompt({ tookMs, cpuMs }: HostileAnswer, what = 'it'): void {
  const said = `${what} took ${Math.round(tookMs)} ms, ${Math.round(cpuMs)} ms of them work`;
  assert.ok(cpuMs < MOST_WORK_MS, said);
}
