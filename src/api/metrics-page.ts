import type { FastifyInstance } from 'fastify';
import { fault } from '../core/index.ts';
import type { Authenticate } from './auth.ts';
import type { ApiParts } from './parts.ts';

/** GET /metrics in Prometheus' text format: for tokens that see all applications, or for anyone by a setting. */
export function serveMetrics(
  server: FastifyInstance,
  { metrics, settings }: Pick<ApiParts, 'metrics' | 'settings'>,
  authenticate: Authenticate,
): void {
  server.get('/metrics', async (request, reply) => {
    if (settings.metricsAccess !== 'public') {
      const { appId } = await authenticate(request.headers);
      if (appId !== null) {
        throw fault('insufficient_access', {
          detail: 'A token for one application does not reach this.',
        });
      }
    }
    return reply.header('content-type', metrics.contentType).send(await metrics.text());
  });
}
