import assert from 'node:assert/strict';
import { pathNames, type Operation, type Wrong } from './operation.ts';
import { callOperation, createSample, namesOf, portalToken, type Sample } from './sample.ts';
import { isRecord } from './shape.ts';
import type { Answer, World } from './world.ts';

type Run = (world: World) => Promise<void>;

/** Larger than a message may be, and what stands around it. */
const TOO_LARGE = 'x'.repeat(1_300_000);

/** What follows from an operation's row alone: who may call, by which names, and what is refused. */
export function tableChecks(operation: Operation): Readonly<Record<string, Run>> {
  const { token, refusals, wrong = [] } = operation;
  return {
    ...(token === 'none' ? {} : tokenChecks(operation)),
    ...nameChecks(operation),
    ...(refusals.includes(404) ? unknownChecks(operation) : {}),
    ...Object.fromEntries(
      wrong.map((one) => [`refuses ${wrongText(one)}`, wrongCheck(operation, one)]),
    ),
    ...(refusals.includes(413) ? { 'refuses a body that is too large': tooLarge(operation) } : {}),
  };
}

function tokenChecks(operation: Operation): Readonly<Record<string, Run>> {
  const refusesToken =
    (token: string | null): Run =>
    async (world) => {
      const names = namesOf(await sampleOf(world), 'id');
      const answer = await callOperation(world, operation, names, { token });
      assertRefused(answer, 401);
    };
  return {
    'refuses a request without a token': refusesToken(null),
    'refuses a wrong token': refusesToken('hf_nobody'),
    ...(operation.token === 'organization'
      ? { "refuses an application's token": refusesPortal(operation) }
      : { "takes an application's token": takesPortal(operation) }),
    ...(operation.token === 'own'
      ? { "hides what is another application's": hidesForeign(operation) }
      : {}),
  };
}

function refusesPortal(operation: Operation): Run {
  return async (world) => {
    const sample = await sampleOf(world);
    const token = await portalToken(world, sample.application.id);
    assertRefused(await callOperation(world, operation, namesOf(sample, 'id'), { token }), 403);
  };
}

function takesPortal(operation: Operation): Run {
  return async (world) => {
    const sample = await createSample(world);
    const token = await portalToken(world, sample.application.id);
    assertAnswered(
      await callOperation(world, operation, namesOf(sample, 'uid'), { token }),
      operation,
    );
  };
}

function hidesForeign(operation: Operation): Run {
  return async (world) => {
    const { id } = await world.application();
    const token = await portalToken(world, id);
    const names = namesOf(await sampleOf(world), 'id');
    assertRefused(await callOperation(world, operation, names, { token }), 404);
  };
}

/** Every name in a path may be an id, or what the user named it. */
function nameChecks(operation: Operation): Readonly<Record<string, Run>> {
  const takes =
    (by: 'id' | 'uid'): Run =>
    async (world) => {
      const names = namesOf(await createSample(world), by);
      // Scripts name a content type also where they send nothing.
      const headers = by === 'id' ? { 'content-type': 'application/json' } : {};
      assertAnswered(await callOperation(world, operation, names, { headers }), operation);
    };
  const names = pathNames(operation);
  if (!names.some((name) => ['app_id', 'endpoint_id', 'msg_id'].includes(name))) return {};
  return { 'takes ids in its path': takes('id'), 'takes uids in its path': takes('uid') };
}

function unknownChecks(operation: Operation): Readonly<Record<string, Run>> {
  const names = pathNames(operation);
  const asked = operation.isUpsert === true ? names.slice(0, -1) : names;
  return Object.fromEntries(
    asked.map((name): readonly [string, Run] => [
      `refuses an unknown ${name}`,
      async (world) => {
        const known = namesOf(await sampleOf(world), 'id');
        assertRefused(await callOperation(world, operation, { ...known, [name]: 'unknown' }), 404);
        // An id of the right form that nothing has.
        const last = known[name]?.at(-1) === '0' ? '1' : '0';
        const similar = `${known[name]?.slice(0, -1)}${last}`;
        assertRefused(await callOperation(world, operation, { ...known, [name]: similar }), 404);
      },
    ]),
  );
}

function wrongText({ body, query, field }: Wrong): string {
  if (query !== undefined) return query;
  const value = body?.[Object.keys(body)[0] ?? ''];
  return value === undefined ? `a body without ${field}` : JSON.stringify(body).slice(0, 60);
}

function wrongCheck(operation: Operation, { body, query, field }: Wrong): Run {
  return async (world) => {
    const answer = await callOperation(world, operation, namesOf(await sampleOf(world), 'id'), {
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body: { ...operation.body, ...body } }),
    });
    assertRefused(answer, 422);
    const place = query === undefined ? 'body' : 'query';
    assert.ok(answer.text.includes(`"loc":["${place}","${field}`), `${answer.text} names ${field}`);
  };
}

function tooLarge(operation: Operation): Run {
  return async (world) => {
    const names = namesOf(await sampleOf(world), 'id');
    const body = { ...operation.body, padding: TOO_LARGE };
    assertRefused(await callOperation(world, operation, names, { body }), 413);
  };
}

function assertRefused({ status, value, text }: Answer, expected: number): void {
  assert.equal(status, expected, `the status of ${text}`);
  assert.ok(isRecord(value), 'a refusal has a body');
}

function assertAnswered({ status, text }: Answer, { answers }: Operation): void {
  const expected = Object.keys(answers);
  assert.ok(
    expected.includes(String(status)),
    `${status} ${text}, and not ${expected.join(' or ')}`,
  );
}

/** One for all that leaves it as it is. */
const samples = new WeakMap<World, Promise<Sample>>();
function sampleOf(world: World): Promise<Sample> {
  const known = samples.get(world) ?? createSample(world);
  samples.set(world, known);
  return known;
}
