import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { TestScope } from '../support/service-scope.ts';
import { startTestService, type TestService } from '../support/service.ts';

const scope = new TestScope();
let service: TestService;

before(async () => {
  service = await startTestService(scope);
});
after(() => scope.end());

const guide = readFileSync(
  fileURLToPath(new URL('../../docs/guide/changes.md', import.meta.url)),
  'utf8',
);
/** The shell script of each YAML block of the guide: what is indented below the `|` of its step. */
const scripts = Array.from(guide.matchAll(/```yaml\n([\s\S]*?)```/g), ([, yaml = '']) => {
  const [, script = ''] = /(?:run:|-) \|\n([\s\S]*)$/.exec(yaml) ?? [];
  const width = script.search(/\S/);
  return script
    .split('\n')
    .map((line) => line.slice(width))
    .join('\n');
});

const sha = 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3';
/** What the two set by themselves. */
const environments = [
  {
    GITHUB_SHA: sha,
    GITHUB_ACTOR: 'dependabot[bot]',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/billing',
    GITHUB_RUN_ID: '17',
  },
  {
    CI_COMMIT_SHA: sha,
    GITLAB_USER_LOGIN: 'ada.l',
    CI_PIPELINE_URL: 'https://gitlab.com/acme/billing/-/pipelines/17',
  },
] as const;
const expected = [
  ['dependabot[bot]', 'https://github.com/acme/billing/actions/runs/17'],
  ['ada.l', 'https://gitlab.com/acme/billing/-/pipelines/17'],
];

async function run(
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: unknown; readonly output: string }> {
  const path = process.env['PATH'] ?? '';
  const child = spawn('sh', ['-e', '-c', script], { env: { PATH: path, ...env } });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.end();
  const [code] = await once(child, 'close');
  return { code, output };
}

test('the guide has a step for each of the two, and the service takes what it sends', async () => {
  assert.equal(scripts.length, environments.length);
  for (const [nth, environment] of environments.entries()) {
    const HOLDFAST = { HOLDFAST_URL: service.url, HOLDFAST_TOKEN: service.token };
    const { code, output } = await run(scripts[nth] ?? '', { ...environment, ...HOLDFAST });
    assert.equal(code, 0, output);
    const { json } = await service.call('GET', '/api/v1/change?kind=deploy&limit=1');
    const [{ actor, items }] = json.data;
    const [{ subject, fields }] = items;
    const facts = new Map<string, unknown>();
    for (const { field, after: value } of fields) facts.set(field, value);
    assert.deepEqual([actor, facts.get('link')], expected[nth]);
    assert.deepEqual(
      [subject, facts.get('version'), facts.get('ref'), facts.get('environment')],
      ['billing', sha, sha, 'production'],
    );
  }
});

test('a step fails where the service refuses, and says why', async () => {
  const environment = { HOLDFAST_URL: service.url, HOLDFAST_TOKEN: 'wrong', ...environments[0] };
  const { code, output } = await run(scripts[0] ?? '', environment);
  assert.notEqual(code, 0);
  assert.match(output, /authentication_failed/);
});
