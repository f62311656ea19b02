import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import type { Cleanup } from './service-scope.ts';
import { until } from './service-until.ts';

export type Received = {
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type Answer = (
  response: ServerResponse,
  received: Received,
  request: IncomingMessage,
) => void | Promise<void>;

export type Receiver = {
  /** http://127.0.0.1:port */
  readonly origin: string;
  readonly received: Received[];
  /** Connections that were made. */
  readonly connections: () => number;
  answer: Answer;
  /** Resolves once so many requests were received. */
  readonly until: (count: number) => Promise<readonly Received[]>;
  readonly close: () => Promise<void>;
};

/** A real HTTP server on loopback that keeps what it got. It answers 200 unless told otherwise. */
export async function startReceiver(
  context: Cleanup,
  answer: Answer = (response) => void response.end('thanks'),
): Promise<Receiver> {
  const received: Received[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', method = '', headers } = request;
      const got = { path: url, method, headers, body: Buffer.concat(chunks) };
      received.push(got);
      void receiver.answer(response, got, request);
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    origin: `http://127.0.0.1:${port}`,
    received,
    connections: () => connections,
    answer,
    until: (count) =>
      until(() => received.length >= count && received, `${count} requests at ${port}`),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return receiver;
}

/** A TCP server that does with each connection, once a request has come, what no HTTP server would. */
export async function startTcpReceiver(
  context: Cleanup,
  onRequest: (socket: Socket) => void,
): Promise<{ readonly origin: string; readonly sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createTcpServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {}); // the other side may reset it
    socket.once('data', () => onRequest(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, sockets };
}
