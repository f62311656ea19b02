import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openApiDocument } from '../../src/api/index.ts';
import { TestScope } from '../support/service-scope.ts';
import { startTestService, type TestService } from '../support/service.ts';

const scope = new TestScope();
let service: TestService;

before(async () => {
  service = await startTestService(scope);
});
after(() => scope.end());

type Json = Readonly<Record<string, unknown>>;

/** Every schema of the document that has a pattern, with where it stands. */
function patternsIn(value: unknown, at = ''): readonly (readonly [string, Json])[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.entries(value).flatMap(([name, each]) => patternsIn(each, `${at}/${name}`));
  const isOne = 'pattern' in value && typeof value.pattern === 'string';
  return isOne ? [[at, { ...value }], ...found] : found;
}

const SENTENCE = /^(?:Takes|Begins|Is) [^\\^$[\]]{10,}, such as ".+"\.$/;

test('every pattern of the document says in a sentence what is allowed, with an example that is', () => {
  const patterns = patternsIn(openApiDocument('1.0.0'));
  assert.ok(patterns.length > 50, String(patterns.length));
  for (const [at, { pattern, description, examples }] of patterns) {
    assert.match(String(description), SENTENCE, at);
    assert.ok(Array.isArray(examples) && examples.length > 0, at);
    for (const example of examples) {
      assert.match(String(example), new RegExp(String(pattern), 'u'), at);
      assert.ok(String(description).includes(`"${example}"`), at);
    }
  }
});

const NAME = 'takes letters, digits, "-", "_" and "." only';

test('what a pattern refuses is refused in words, in the body, in a list, in a union and in the path', async () => {
  const refusals = [
    ['POST', '/event-type', { name: 'invoice paid', description: '' }, '"name"', NAME],
    ['PUT', '/event-type/invoice%20paid', { description: '' }, '"event_type_name"', NAME],
    ['POST', '/app', { name: 'Acme', uid: 'app_acme' }, '"uid"', 'does not begin with "app_"'],
    ['PUT', '/route/all', { notifiers: ['on call'] }, '"notifiers.0"', NAME],
    ['PUT', '/notifier/on%20call', { kind: 'slack', secret: 'https://x' }, 'notifier_name', NAME],
    ['PUT', '/policy/very%20patient', {}, '"policy_name"', NAME],
    ['PUT', '/incident-rule/the%20first', {}, '"rule_name"', NAME],
    ['POST', '/change/deploy', { service: 'a\nb', version: '1' }, '"service"', 'takes one line'],
  ] as const;
  for (const [method, path, body, field, sentence] of refusals) {
    const { status, json, text } = await service.call(method, `/api/v1${path}`, body);
    assert.equal(status, 422, `${path}: ${text}`);
    const said: string = json.detail[0].msg;
    assert.ok(said.includes(field) && said.includes(sentence), said);
    assert.match(said, /, such as ".+"\.$/);
    assert.doesNotMatch(text, /pattern|\^\[/);
  }
});
