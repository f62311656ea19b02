import assert from 'node:assert/strict';
import type { Checks } from '../checks.ts';
import { answers, type World } from '../world.ts';

async function answersNothing(world: World, method: string, path: string): Promise<void> {
  const { status, text } = await world.call({ method, path, token: null });
  assert.deepEqual([status, text], [204, '']);
}

export const healthChecks = {
  'v1.health.get': {
    'answers 204 to the client': async (world) => {
      await answers(world, 204, world.svix.health.get());
    },
    'answers 204 without a token, to GET and to HEAD': async (world) => {
      await answersNothing(world, 'GET', '/api/v1/health');
      await answersNothing(world, 'HEAD', '/api/v1/health');
    },
  },
  'health ping': {
    'answers 204 without a token': (world) => answersNothing(world, 'GET', '/api/v1/health/ping'),
  },
  'health ping, head': {
    'answers 204 without a token': (world) => answersNothing(world, 'HEAD', '/api/v1/health/ping'),
  },
} satisfies Checks;
