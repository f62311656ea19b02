import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Deliveries to this path fail, those to any other arrive. */
export const FAILING_PATH = '/fails';

export type HostileReceiver = { readonly origin: string; close(): Promise<void> };

export async function startHostileReceiver(): Promise<HostileReceiver> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.statusCode = (request.url ?? '').startsWith(FAILING_PATH) ? 500 : 200;
      response.end('answered');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
