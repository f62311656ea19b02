import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import {
  createConfiguration,
  type Application,
  type Configuration,
  type Endpoint,
} from '../../src/change/index.ts';
import { createIdSource, createIdText, HoldfastError, seededRandom } from '../../src/core/index.ts';
import { openMemoryLedger, type Change, type Ledger } from '../../src/ledger/index.ts';
import { START } from '../support/ledger-scene.ts';
import { somebody } from '../support/somebody.ts';

/** A real ledger in memory, and a clock that moves with each look. */
async function open(): Promise<{ configuration: Configuration; ledger: Ledger }> {
  let now = START;
  const clock = { now: () => (now += 1), after: () => () => {} };
  const ledger = openMemoryLedger({ clock, random: seededRandom(1) });
  const configuration = createConfiguration({
    ledger,
    ids: createIdSource(clock),
    idText: createIdText(ledger.mark),
    clock,
    settings: { operationalApplication: 'nobody', payloadRetentionDays: 90 },
  });
  return { configuration, ledger };
}

async function scene(context: TestContext): ReturnType<typeof open> {
  const opened = await open();
  context.after(() => opened.ledger.close());
  return opened;
}

const applicationDraft = {
  uid: null,
  name: 'Acme',
  metadata: {},
  throttleRate: null,
  policy: null,
  signatureHeaders: 'standard',
} as const;

const endpointDraft = (appId: number) => ({
  appId,
  uid: null,
  url: 'https://one.example/',
  description: '',
  disabled: false,
  disabledReason: null,
  eventTypes: null,
  channels: null,
  metadata: {},
  throttleRate: null,
  policy: null,
  lane: null,
  pausedAt: null,
  pausedReason: null,
  alternateUrl: null,
  isAlternateInUse: false,
  handCircuit: null,
  payloadVersions: null,
  sealedHeaders: null,
  secrets: [{ sealed: 'a', expiresAt: null }],
});

async function newest({ configuration }: { configuration: Configuration }): Promise<Change> {
  const [change] = await configuration.changes.list({ limit: 1, descending: true });
  assert.ok(change);
  return change;
}

test('a change tells who made it, why, and what was there before and after', async (context) => {
  const { configuration } = await scene(context);
  const by = { actor: 'ops', via: 'cli', reason: 'noisy' } as const;
  const application = await configuration.applications.create(applicationDraft, by);
  await configuration.applications.update(application, (known) => ({ ...known, name: 'New' }), by);
  const { actor, via, reason, items } = await newest({ configuration });
  assert.deepEqual([actor, via, reason], ['ops', 'cli', 'noisy']);
  const [item] = items;
  assert.deepEqual(
    [item?.kind, item?.verb, item?.appId],
    ['application', 'updated', application.id],
  );
  assert.equal(JSON.parse(item?.before ?? '').name, 'Acme');
  assert.equal(JSON.parse(item?.after ?? '').name, 'New');
});

test('an update that changes nothing is no change', async (context) => {
  const { configuration } = await scene(context);
  const application = await configuration.applications.create(applicationDraft, somebody);
  const same = await configuration.applications.update(application, (known) => known, somebody);
  assert.deepEqual(same, application);
  assert.equal((await configuration.changes.list({ limit: 9, descending: true })).length, 1);
});

test('two updates at once of what both have read lose neither', async (context) => {
  const { configuration } = await scene(context);
  const known = await configuration.applications.create(applicationDraft, somebody);
  await Promise.all(
    Array.from({ length: 10 }, (_, nth) =>
      configuration.applications.update(
        known,
        (now) => ({ ...now, metadata: { ...now.metadata, [`key${nth}`]: 'set' } }),
        somebody,
      ),
    ),
  );
  const stored = await configuration.applications.byId(known.id);
  assert.equal(Object.keys(stored?.metadata ?? {}).length, 10);
});

test('what a later change altered stands in the way until somebody chooses', async (context) => {
  const { configuration } = await scene(context);
  const { applications, changes } = configuration;
  const first = await applications.create(applicationDraft, somebody);
  const second = await applications.update(
    first,
    (now) => ({ ...now, name: 'B', uid: 'b' }),
    somebody,
  );
  const middle = await newest({ configuration });
  await applications.update(second, (now) => ({ ...now, name: 'C' }), somebody);
  const which = { ids: [middle.id] };
  const { conflicts, changeId } = await changes.preview(which, 'refuse');
  assert.deepEqual(
    conflicts.map(({ path, now, before }) => [path, now, before]),
    [[['name'], 'C', 'Acme']],
  );
  assert.equal(changeId, null);
  await assert.rejects(changes.revert(which, 'refuse', somebody), { code: 'change_conflict' });
  await changes.revert(which, 'keep', somebody);
  const kept = await applications.byId(first.id);
  assert.deepEqual([kept?.name, kept?.uid], ['C', null]);
  const [revert] = await changes.list({ limit: 1, descending: true });
  assert.deepEqual(revert?.reverts, [middle.id]);
  assert.equal((await changes.byId(middle.id))?.revertedBy, revert?.id);
  await changes.revert({ ids: [revert?.id ?? 0] }, 'refuse', somebody);
  await changes.revert(which, 'overwrite', somebody);
  assert.equal((await applications.byId(first.id))?.name, 'Acme');
});

test('an application that was deleted comes back with its endpoints', async (context) => {
  const { configuration } = await scene(context);
  const { applications, endpoints, changes } = configuration;
  const application = await applications.create({ ...applicationDraft, uid: 'acme' }, somebody);
  const made = await endpoints.create(endpointDraft(application.id), somebody);
  await applications.remove(application.id, somebody);
  assert.equal(await endpoints.byId(made.id), null);
  const deletion = await newest({ configuration });
  assert.equal(deletion.items.length, 2);
  await changes.revert({ ids: [deletion.id] }, 'refuse', somebody);
  assert.deepEqual(plain(await endpoints.byId(made.id)), plain(made));
  assert.deepEqual(plain(await applications.byUid('acme')), plain(application));
});

test('an application does not go with an endpoint that was made in it since', async (context) => {
  const { configuration } = await scene(context);
  const { applications, endpoints, changes } = configuration;
  const application = await applications.create(applicationDraft, somebody);
  const creation = await newest({ configuration });
  await endpoints.create(endpointDraft(application.id), somebody);
  const which = { ids: [creation.id] };
  assert.equal((await changes.preview(which, 'refuse')).conflicts.length, 1);
  await assert.rejects(changes.revert(which, 'refuse', somebody), { code: 'change_conflict' });
  await changes.revert(which, 'keep', somebody);
  assert.ok(await applications.byId(application.id));
  await changes.revert(which, 'overwrite', somebody);
  assert.equal(await applications.byId(application.id), null);
});

test('a uid that another has by now is refused, and nothing is half taken back', async (context) => {
  const { configuration } = await scene(context);
  const { applications, changes } = configuration;
  const first = await applications.create({ ...applicationDraft, uid: 'a' }, somebody);
  await applications.update(first, (now) => ({ ...now, uid: 'b', name: 'B' }), somebody);
  const { id } = await newest({ configuration });
  await applications.create({ ...applicationDraft, uid: 'a' }, somebody);
  await assert.rejects(changes.revert({ ids: [id] }, 'refuse', somebody), { code: 'conflict' });
  assert.equal((await applications.byId(first.id))?.name, 'B');
});

test('uids that two have swapped go back at once', async (context) => {
  const { configuration } = await scene(context);
  const { applications, changes } = configuration;
  const one = await applications.create({ ...applicationDraft, uid: 'a' }, somebody);
  const two = await applications.create({ ...applicationDraft, uid: 'b' }, somebody);
  const from = (await newest({ configuration })).id;
  const uid = (to: string | null) => (known: Application) => ({ ...known, uid: to });
  await applications.update(one, uid(null), somebody);
  await applications.update(two, uid('a'), somebody);
  await applications.update((await applications.byId(one.id)) ?? one, uid('b'), somebody);
  const made = await changes.list({ fromId: from + 1, limit: 9, descending: true });
  await changes.revert({ ids: made.map(({ id }) => id) }, 'refuse', somebody);
  assert.equal((await applications.byUid('a'))?.id, one.id);
  assert.equal((await applications.byUid('b'))?.id, two.id);
});

test('what is for admins alone does not go back by another way', async (context) => {
  const { configuration } = await scene(context);
  const { changes, routes } = configuration;
  const draft = {
    name: 'night',
    description: '',
    position: 0,
    match: { owners: [], severities: [], kinds: [], hours: null },
    notifiers: ['chat'],
    continue: false,
    escalation: [],
    quietHours: null,
  };
  const route = await routes.create(draft, somebody);
  await routes.update(route, (now) => ({ ...now, notifiers: ['mail'] }), somebody);
  const { id } = await newest({ configuration });
  await assert.rejects(changes.revert({ ids: [id] }, 'refuse', somebody), {
    code: 'insufficient_access',
  });
  const sinceAt = START - 60_000;
  assert.deepEqual((await changes.preview({ sinceAt }, 'refuse')).changes, []);
  await changes.revert({ ids: [id], isAdmin: true }, 'refuse', somebody);
  assert.deepEqual((await routes.byName('night'))?.notifiers, ['chat']);
});

test('tokens have no way back', async (context) => {
  const { configuration } = await scene(context);
  const draft = { name: 'ci', hash: 'h', scope: 'read', isRevoked: false } as const;
  const token = await configuration.tokens.create(draft, somebody);
  await configuration.tokens.update(token, (now) => ({ ...now, isRevoked: true }), somebody);
  const { id } = await newest({ configuration });
  const which = { ids: [id], isAdmin: true };
  await assert.rejects(configuration.changes.revert(which, 'overwrite', somebody), {
    code: 'not_revertible',
  });
  const sinceAt = START - 60_000;
  const { changes } = await configuration.changes.preview({ sinceAt }, 'refuse');
  assert.deepEqual(changes, []);
});

/** All that is configured, without moments and revisions. */
function plain(item: object | null): unknown {
  if (item === null) return null;
  return Object.fromEntries(
    Object.entries(item).filter(([name]) => name !== 'updatedAt' && name !== 'revision'),
  );
}

async function allOf({ applications, endpoints }: Configuration): Promise<unknown> {
  const page = { limit: 1000, descending: false };
  const found = await applications.list(page);
  const owned = await Promise.all(found.map(({ id }) => endpoints.list(id, page)));
  return [...found, ...owned.flat()].map(plain);
}

type Step =
  | { readonly do: 'create application' | 'delete application' | 'delete endpoint' }
  | { readonly do: 'create endpoint' }
  | { readonly do: 'application'; readonly to: Partial<Application> }
  | { readonly do: 'endpoint'; readonly to: Partial<Endpoint> };

const small = fc.constantFrom('a', 'b', 'c');
const named = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'constructor', '__proto__', 'toJSON'),
  small,
  { maxKeys: 3 },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom<Step>(
    { do: 'create application' },
    { do: 'delete application' },
    { do: 'create endpoint' },
    { do: 'delete endpoint' },
  ),
  fc
    .record(
      {
        name: small,
        metadata: named,
        throttleRate: fc.constantFrom(null, 1, 2),
        signatureHeaders: fc.constantFrom('standard', 'svix', 'both'),
      },
      { requiredKeys: [] },
    )
    .map((to) => ({ do: 'application', to }) as const),
  fc
    .record(
      {
        description: small,
        metadata: named,
        lane: fc.constantFrom(null, { concurrency: 1 }, { concurrency: 2, ordered: true }),
        secrets: fc.constantFrom(
          [{ sealed: 'a', expiresAt: null }],
          [{ sealed: 'b', expiresAt: 1 }],
        ),
      },
      { requiredKeys: [] },
    )
    .map((to) => ({ do: 'endpoint', to }) as const),
);

async function take(
  { applications, endpoints }: Configuration,
  each: Step,
  pick: number,
): Promise<void> {
  const page = { limit: 1000, descending: false };
  const apps = await applications.list(page);
  const app = apps[pick % Math.max(1, apps.length)];
  const owned = app === undefined ? [] : await endpoints.list(app.id, page);
  const endpoint = owned[pick % Math.max(1, owned.length)];
  if (each.do === 'create application') await applications.create(applicationDraft, somebody);
  else if (app === undefined) return;
  else if (each.do === 'delete application') await applications.remove(app.id, somebody);
  else if (each.do === 'create endpoint') await endpoints.create(endpointDraft(app.id), somebody);
  else if (each.do === 'application') {
    await applications.update(app, (known) => ({ ...known, ...each.to }), somebody);
  } else if (endpoint === undefined) return;
  else if (each.do === 'delete endpoint') await endpoints.remove(endpoint.id, somebody);
  else if (each.do === 'endpoint') {
    await endpoints.update(endpoint, (known) => ({ ...known, ...each.to }), somebody);
  }
}

test('taking back any list of changes, in any order that is allowed, restores everything', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(step, fc.nat(20)), { maxLength: 4 }),
      fc.array(fc.tuple(step, fc.nat(20)), { minLength: 1, maxLength: 12 }),
      fc.infiniteStream(fc.nat(1000)),
      async (first, then, draws) => {
        const { configuration, ledger } = await open();
        try {
          const { changes } = configuration;
          for (const [each, pick] of first) await take(configuration, each, pick);
          const before = await allOf(configuration);
          const known = await changes.list({ limit: 1, descending: true });
          for (const [each, pick] of then) await take(configuration, each, pick);
          const fromId = (known[0]?.id ?? 0) + 1;
          const made = await changes.list({ fromId, limit: 100, descending: true });
          // Some of them at a time, whichever are allowed; the newest alone always is, where the others stand.
          let standing = made.map(({ id }) => id);
          while (standing.length > 0) {
            const draw = draws.next().value ?? 0;
            const drawn = standing.filter((_, place) => (draw >> (place % 8)) % 2 === 1);
            const tried = [drawn, ...standing.map((id) => [id]), standing];
            const taken = await firstAllowed(configuration, tried);
            standing = standing.filter((id) => !taken.includes(id));
          }
          assert.deepEqual(await allOf(configuration), before);
        } finally {
          await ledger.close();
        }
      },
    ),
    { numRuns: 400 },
  );
});

async function firstAllowed(
  { changes }: Configuration,
  choices: readonly (readonly number[])[],
): Promise<readonly number[]> {
  for (const ids of choices.filter(({ length }) => length > 0)) {
    try {
      await changes.revert({ ids }, 'refuse', somebody);
      return ids;
    } catch (thrown) {
      if (!(thrown instanceof HoldfastError)) throw thrown;
      assert.equal(thrown.code, 'change_conflict');
    }
  }
  throw new assert.AssertionError({ message: 'none of the changes can be taken back' });
}
