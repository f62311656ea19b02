import assert from 'node:assert/strict';
import type { Checks } from '../checks.ts';
import { portalToken } from '../sample.ts';
import { answers, refuses } from '../world.ts';
import { soon } from '../soon.ts';

export const authenticationChecks = {
  'v1.authentication.app-portal-access': {
    'gives a link and a token for that application alone': async (world) => {
      const { svix, as, application } = world;
      const [{ id, uid }, other] = [await application(), await application()];
      const access = await answers(world, 200, svix.authentication.appPortalAccess(uid));
      const portal = as(access.token);
      assert.equal((await portal.application.get(id)).uid, uid);
      await refuses(404, portal.application.get(other.id));
      await refuses(403, portal.application.list());
    },
    'brings an application along': async ({ svix, unique }) => {
      const uid = unique('app');
      await svix.authentication.appPortalAccess(uid, { application: { name: 'Brought', uid } });
      assert.equal((await svix.application.get(uid)).name, 'Brought');
    },
    'refuses an application with another uid than the path': async ({ svix, unique }) => {
      const application = { name: 'Brought', uid: unique('app') };
      await refuses(422, svix.authentication.appPortalAccess(unique('app'), { application }));
    },
    'shows event types behind a flag only to tokens that carry it': async (world) => {
      const { svix, as, application, call, unique } = world;
      const { id } = await application();
      const [name, featureFlag] = [unique('type'), unique('flag')];
      const body = { name, description: '', featureFlag };
      assert.equal((await call({ method: 'POST', path: '/api/v1/event-type', body })).status, 201);
      const without = as(await portalToken(world, id));
      const featureFlags = [featureFlag];
      const { token } = await svix.authentication.appPortalAccess(id, { featureFlags });
      const found = async (client: typeof svix) => {
        const { data } = await client.eventType.list({ iterator: name.slice(0, -1), limit: 250 });
        return data.some((eventType) => eventType.name === name);
      };
      assert.deepEqual(
        [await found(svix), await found(as(token)), await found(without)],
        [true, true, false],
      );
      assert.equal((await as(token).eventType.get(name)).name, name);
      await refuses(404, without.eventType.get(name));
    },
    'ends with its application': async (world) => {
      const { svix, application, call } = world;
      const { id } = await application();
      const token = await portalToken(world, id);
      await svix.application.delete(id);
      const { status } = await call({ method: 'GET', path: `/api/v1/app/${id}`, token });
      // Of the token or of the application: neither is there any more.
      assert.ok(status === 401 || status === 404, `it was answered ${status}`);
    },
  },

  logout_api_v1_auth_logout__post: {
    'ends the token': async (world) => {
      const { as, application, call } = world;
      const { id } = await application();
      const token = await portalToken(world, id);
      await as(token).application.get(id);
      await answers(world, 204, as(token).authentication.logout());
      await soon(async () => {
        const { status } = await call({ method: 'GET', path: `/api/v1/app/${id}`, token });
        return status === 401;
      }, 'the token to be refused');
    },
    'takes the slash at the end that older clients send': async ({ call }) => {
      const { status } = await call({ method: 'POST', path: '/api/v1/auth/logout/' });
      assert.equal(status, 204);
    },
    "leaves the service's own token alone": async (world) => {
      await answers(world, 204, world.svix.authentication.logout());
      await world.svix.application.list({ limit: 1 });
    },
  },
} satisfies Checks;
