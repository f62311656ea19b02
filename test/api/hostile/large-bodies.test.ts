import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { routes } from '../../../src/api/index.ts';
import { assertAnswer, assertPrompt } from '../../support/hostile-answer.ts';
import {
  exampleBody,
  fillPath,
  firstSpelling,
  headersFor,
  schemaOf,
} from '../../support/hostile-example.ts';
import { startHostileReceiver, type HostileReceiver } from '../../support/hostile-receiver.ts';
import { createCaller, type Caller } from '../../support/hostile-request.ts';
import { createScene, type Scene } from '../../support/hostile-scene.ts';
import { startHostileService, type HostileService } from '../../support/hostile-service.ts';

const list = (count: number, item: (index: number) => string): string =>
  `[${Array.from({ length: count }, (_, index) => item(index)).join(',')}]`;

/** Values of some hundred thousand bytes, which nothing but a payload may have. */
const always: Readonly<Record<string, string>> = {
  'a list of equal texts': list(40_000, () => '""'),
  'an object of many members': `{${Array.from({ length: 40_000 }, (_, index) => `"k${index}":"v"`).join(',')}}`,
};

/** Each field gets one of these in turn. */
const inTurn: Readonly<Record<string, string>> = {
  'a list of different texts': list(40_000, (index) => `"i${index}"`),
  'a list of equal objects': list(40_000, () => '{"a":1}'),
  'a list of lists': list(200, () => list(200, () => '1')),
  'an object of the same member': `{${Array.from({ length: 40_000 }, () => '"k":1').join(',')}}`,
  'a text of combining marks': `"e${'\u0301'.repeat(200_000)}"`,
  'a text of what an expression might stumble over': `"${'a-'.repeat(150_000)}!"`,
  'lists in lists': `${'['.repeat(150_000)}${']'.repeat(150_000)}`,
  'objects in objects': `${'{"a":'.repeat(80_000)}1${'}'.repeat(80_000)}`,
};

/** Fields whose schema has refused everything, with it: the same one refuses it in the same time wherever it stands. */
const refused = new Set<string>();

function inTurnFor(field: string, index: number): readonly [string, string] {
  const all = Object.entries(inTurn);
  return all[(field.length + index) % all.length] ?? ['nothing', 'null'];
}

let service: HostileService;
let receiver: HostileReceiver;
let caller: Caller;
let scene: Scene;

before(async () => {
  receiver = await startHostileReceiver();
  service = await startHostileService();
  caller = createCaller(service.url);
  scene = await createScene(service, receiver, 'large');
});

after(async () => {
  caller.close();
  await service.stop();
  await receiver.close();
});

// One request must not keep the others waiting. 150,000 equal event types once took minutes.
describe('a large value in any field is answered as fast as a small one', () => {
  for (const route of routes.filter(({ body }) => body !== undefined)) {
    const fields = Object.entries(schemaOf(route.body)?.properties ?? {});
    test(`${route.method} ${route.path}`, async () => {
      for (const [index, [field, schema]] of fields.entries()) {
        const kind = `${field} ${JSON.stringify(schema)}`;
        if (refused.has(kind)) continue;
        let isRefused = true;
        for (const [name, value] of [...Object.entries(always), inTurnFor(field, index)]) {
          const rest = JSON.stringify({
            ...JSON.parse(exampleBody(route, scene) ?? '{}'),
            [field]: 0,
          });
          const body = rest.replace(
            `${JSON.stringify(field)}:0`,
            () => `${JSON.stringify(field)}:${value}`,
          );
          const answer = await caller.send({
            method: route.method,
            path: fillPath(route, firstSpelling(scene)),
            headers: headersFor(service.token, body),
            body,
          });
          assertAnswer(route, answer);
          assertPrompt(answer, `${name} as ${field}`);
          isRefused &&= answer.status === 422;
        }
        if (isRefused) refused.add(kind);
      }
      assert.deepEqual(service.faults, []);
    });
  }
});

describe('a large body in place of a list of messages is answered as fast as a small one', () => {
  const bodies = { ...always, ...inTurn, 'a thousand lines of nothing': '{}\n'.repeat(1000) };
  for (const route of routes.filter(({ accepts }) => accepts !== undefined)) {
    for (const [name, body] of Object.entries(bodies)) {
      test(`${route.method} ${route.path}: ${name}`, async () => {
        for (const type of ['application/json', route.accepts]) {
          const answer = await caller.send({
            method: route.method,
            path: fillPath(route, firstSpelling(scene)),
            headers: { ...headersFor(service.token, undefined), 'content-type': type },
            body,
          });
          assertAnswer(route, answer);
          assertPrompt(answer, type);
        }
        assert.deepEqual(service.faults, []);
      });
    }
  }
});
