import { pathNames, type Operation } from './operation.ts';
import type { Answer, NamedEndpoint, Named, World } from './world.ts';
import { soon } from './soon.ts';

/** One of everything, for a call that any operation takes. */
export type Sample = {
  readonly application: Named;
  readonly endpoint: NamedEndpoint;
  readonly eventType: string;
  readonly message: Named;
  /** Delivered already. */
  readonly attemptId: string;
};

export async function createSample(world: World): Promise<Sample> {
  const { svix, application, endpoint, unique } = world;
  const eventType = unique('sample.type');
  await svix.eventType.create({ name: eventType, description: 'A sample.' });
  const app = await application();
  const to = await endpoint(app.id);
  const eventId = unique('event-id');
  const { id } = await svix.message.create(app.id, { eventType, eventId, payload: { sample: 1 } });
  const attemptId = await soon(async () => {
    const { data } = await svix.messageAttempt.listByMsg(app.id, id);
    return data[0]?.id;
  }, 'the sample to be delivered');
  return { application: app, endpoint: to, eventType, message: { id, uid: eventId }, attemptId };
}

export type Names = Readonly<Record<string, string>>;

/** What the names in a path stand for, by id, or by what the user named it. */
export function namesOf(sample: Sample, by: 'id' | 'uid'): Names {
  return {
    app_id: sample.application[by],
    endpoint_id: sample.endpoint[by],
    msg_id: sample.message[by],
    attempt_id: sample.attemptId,
    event_type_name: sample.eventType,
  };
}

/** Calls an operation by fetch, with the body that its row says is right. */
export function callOperation(
  world: World,
  operation: Operation,
  names: Names,
  more: {
    readonly token?: string | null;
    readonly query?: string;
    readonly body?: Readonly<Record<string, unknown>>;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<Answer> {
  const path = pathNames(operation).reduce(
    (path, name) => path.replace(`{${name}}`, names[name] ?? ''),
    operation.path,
  );
  const { query, token, headers, body = operation.body } = more;
  return world.call({
    method: operation.methods[0] ?? 'GET',
    path: query === undefined ? path : `${path}?${query}`,
    body,
    ...(headers === undefined ? {} : { headers }),
    ...(token === undefined ? {} : { token }),
  });
}

/** A token for one application alone. */
export async function portalToken({ svix }: World, appId: string): Promise<string> {
  const { token } = await svix.authentication.appPortalAccess(appId);
  return token;
}
