import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiParts } from './parts.ts';

/**
 * One line a request: who it was for, what came of it, how long it took. The route's pattern and not its URL, no
 * query, no headers, no body: what a customer sends is not ours to keep in a log.
 */
export function accessLog({
  log,
  settings,
}: Pick<ApiParts, 'log' | 'settings'>): (
  request: FastifyRequest,
  reply: FastifyReply,
  done: () => void,
) => void {
  return (request, reply, done) => {
    if (settings.accessLog === 'all' || reply.statusCode >= 400) write(request, reply);
    done();
  };

  function write(request: FastifyRequest, reply: FastifyReply): void {
    const { method, routeOptions, ip, id } = request;
    const fields = {
      requestId: id,
      method,
      route: routeOptions.url ?? 'none',
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 100) / 100,
      ip,
    };
    if (reply.statusCode >= 500) log.error(fields, 'request failed');
    else log.info(fields, 'request');
  }
}
