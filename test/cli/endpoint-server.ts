import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Undo } from './processes.ts';

export type EndpointServer = {
  readonly url: string;
  /** Answered from now on. */
  status: number;
  /** webhook-ids in the order they came. */
  readonly ids: string[];
};

/** A customer's server that answers what the test tells it to. */
export async function startEndpoint(context: Undo, status = 200): Promise<EndpointServer> {
  const ids: string[] = [];
  const endpoint = { url: '', status, ids };
  const server = createServer((request, response) => {
    ids.push(String(request.headers['webhook-id']));
    request.resume();
    response.writeHead(endpoint.status).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  endpoint.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return endpoint;
}
