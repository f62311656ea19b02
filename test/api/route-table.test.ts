import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { routes } from '../../src/api/index.ts';
import { TestScope } from '../support/service-scope.ts';
import { countRows, startTestService, type TestService } from '../support/service.ts';

const scope = new TestScope();
let service: TestService;

before(async () => {
  service = await startTestService(scope);
});
after(() => scope.end());

/** Something in each place: a stranger must not even learn whether it is there. */
const pathOf = (path: string): string => path.replaceAll(/\{\w+\}/g, 'something');

for (const { method, path, access } of routes) {
  const isPublic = access === 'public';
  test(`${method} ${path} ${isPublic ? 'asks nobody for' : 'refuses a missing and a wrong'} token`, async () => {
    const rows = countRows(service.dataDir);
    const body = method === 'GET' || method === 'DELETE' ? undefined : {};
    for (const token of [null, 'hf_of_somebody_else_altogether', '']) {
      const { status, json } = await service.call(method, pathOf(path), body, { token });
      if (isPublic) assert.notEqual(status, 401);
      else {
        assert.equal(status, 401);
        assert.equal(json.code, 'authentication_failed');
        assert.equal(json.field, 'authorization');
      }
    }
    assert.deepEqual(countRows(service.dataDir), rows);
  });
}

test('only what a probe or a reader of the API needs is public', () => {
  const open = routes.filter(({ access }) => access === 'public').map(({ path }) => path);
  assert.ok(open.length > 0);
  for (const path of open) assert.match(path, /^\/api\/v1\/health(\/|$)/);
});

test('no two routes are the same, or have the same name', () => {
  const names = routes.map(({ operationId }) => operationId);
  const places = routes.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
  assert.equal(new Set(names).size, routes.length);
  assert.equal(new Set(places).size, routes.length);
});
