import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Issued } from './certificates.ts';
import type { Cleanup } from './service-scope.ts';

export type TlsReceiver = {
  readonly port: number;
  /** Shows another certificate to whoever connects from now on. */
  readonly renew: (issued: Issued) => void;
  /** Closes every connection, so that the next request makes a new one. */
  readonly disconnect: () => void;
  /** How many handshakes resumed an earlier session, and how many did not. */
  readonly handshakes: { full: number; resumed: number };
};

/** A real HTTPS server on loopback that answers 200. */
export async function startTlsReceiver(context: Cleanup, issued: Issued): Promise<TlsReceiver> {
  const handshakes = { full: 0, resumed: 0 };
  const server = createServer({ key: issued.key, cert: issued.cert }, (request, response) => {
    request.resume().on('end', () => response.end('thanks'));
  });
  server.on('secureConnection', (socket) => {
    handshakes[socket.isSessionReused() ? 'resumed' : 'full'] += 1;
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    renew: ({ key, cert }) => server.setSecureContext({ key, cert }),
    disconnect: () => server.closeAllConnections(),
    handshakes,
  };
}
