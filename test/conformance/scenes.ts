import { endsAs } from './delivered.ts';
import { soon } from './soon.ts';
import type { Named, NamedEndpoint, World } from './world.ts';

/** A message to an endpoint that fails all attempts, and one that it takes. */
export async function ended(world: World): Promise<{
  readonly app: Named;
  readonly to: NamedEndpoint;
  readonly failed: string;
  readonly delivered: string;
}> {
  const { svix, application, endpoint, receiver } = world;
  const app = await application();
  const to = await endpoint(app.id);
  receiver.answerWith(to.path, 500);
  const failed = await svix.message.create(app.id, {
    eventType: 'invoice.paid',
    payload: {},
    tags: ['bad'],
  });
  await endsAs(world, app.id, failed.id, 'fail');
  receiver.answerWith(to.path, 200);
  const given = { eventType: 'invoice.refunded', payload: { n: 1 }, channels: ['gold'] };
  const delivered = await svix.message.create(app.id, given);
  await endsAs(world, app.id, delivered.id, 'success');
  return { app, to, failed: failed.id, delivered: delivered.id };
}

/** A message whose next attempt is not due for a minute. */
export async function waiting(world: World): Promise<{
  readonly appId: string;
  readonly to: NamedEndpoint;
  readonly messageId: string;
}> {
  const { svix, application, endpoint, receiver } = world;
  const { id: appId } = await application();
  const to = await endpoint(appId);
  receiver.answerWith(to.path, 503, { 'retry-after': '60' });
  const { id: messageId } = await svix.message.create(appId, {
    eventType: 'invoice.paid',
    payload: {},
  });
  await soon(async () => {
    const { data } = await svix.messageAttempt.listAttemptedDestinations(appId, messageId);
    return data[0]?.nextAttempt;
  }, 'a next attempt to be due');
  return { appId, to, messageId };
}
