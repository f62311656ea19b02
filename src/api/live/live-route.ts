import { Type } from 'typebox';
import type { FastifyInstance } from 'fastify';
import { fault } from '../../core/index.ts';
import type { Authenticate, Principal } from '../auth.ts';
import type { Admission } from '../admission.ts';
import { createCheck } from '../check.ts';
import type { ApiParts } from '../parts.ts';
import { findApplication } from '../resolve.ts';
import type { Operation } from '../route.ts';
import { openEventStream } from './event-stream.ts';
import { LiveEvents } from './live-shapes.ts';
import { createLiveFeed, liveTopics, type LiveTopic } from './live-feed.ts';

/** Whoever watches is asked again so often whether they may: a token may be revoked, a session end. */
const ASK_AGAIN_MS = 5_000;
/** A browser that lost the connection waits so long, in milliseconds. */
const RETRY = 'retry: 3000\n\n';

const LiveQuery = Type.Object({
  topics: Type.Optional(Type.String({ maxLength: 100 })),
  app_id: Type.Optional(Type.String({ maxLength: 256 })),
});

/** It answers as long as anybody listens, which no route does: it stands in the document beside them. */
export const liveOperation: Operation = {
  method: 'GET',
  path: '/api/v1/live',
  operationId: 'v1.live.get',
  summary:
    'Watch, as server-sent events: figures each second, attempt as outcomes are stored (of more than 50 a second skipped says how many), and alert, incident and change with the id of what to look at again. With topics=figures,attempts,alerts,incidents,changes some of them; with app_id attempts of one application. A token for one application watches its attempts.',
  access: 'portal',
  query: LiveQuery,
  answers: { 200: LiveEvents },
  streams: 'text/event-stream',
};

export function serveLive(
  server: FastifyInstance,
  parts: ApiParts,
  admission: Admission,
  authenticate: Authenticate,
): void {
  const { clock } = parts;
  const feed = createLiveFeed(parts);
  const checkQuery = createCheck(LiveQuery, 'query');
  // Before the server waits for its connections to end: these would not.
  server.addHook('preClose', (done) => {
    feed.stop();
    done();
  });
  server.get('/api/v1/live', { onRequest: admission(liveOperation) }, async (request, reply) => {
    const { principal } = request;
    if (principal === null) throw fault('authentication_failed');
    const query = checkQuery(request.query);
    const topics = topicsOf(query.topics, principal);
    const wanted = query.app_id ?? null;
    const application = wanted === null ? null : await findApplication(parts, principal, wanted);
    const appId = application?.id ?? principal.appId;

    let leave = (): void => {};
    let cancel = (): void => {};
    const stream = openEventStream(() => {
      leave();
      cancel();
    });
    const askAgain = (): void => {
      cancel = clock.after(ASK_AGAIN_MS, () => {
        void Promise.resolve()
          .then(() => authenticate(request.headers))
          .then(askAgain, () => stream.end());
      });
    };
    leave = feed.watch({
      topics,
      appId,
      isOwner: principal.appId !== null,
      write: (events) => stream.write(events),
      end: () => stream.end(),
    });
    stream.write(RETRY);
    askAgain();
    return reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('x-accel-buffering', 'no') // nginx would wait for a page full of events
      .send(stream.body);
  });
}

/** Throws `validation` for what is no topic, and `insufficient_access` for what an application's token does not reach. */
function topicsOf(given: string | undefined, { appId }: Principal): ReadonlySet<LiveTopic> {
  if (given === undefined) return new Set(appId === null ? liveTopics : ['attempts']);
  const names = given.split(',');
  const topics = liveTopics.filter((topic) => names.includes(topic));
  const unknown = names.find((name) => !liveTopics.some((topic) => topic === name));
  if (unknown !== undefined) {
    throw fault('validation', {
      field: 'topics',
      detail: `"${unknown}" is no topic; there are ${liveTopics.join(', ')}.`,
    });
  }
  if (appId !== null && topics.some((topic) => topic !== 'attempts')) {
    throw fault('insufficient_access', {
      detail: 'A token for one application watches its attempts alone: topics=attempts.',
    });
  }
  return new Set(topics);
}
