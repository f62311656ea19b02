import { once } from 'node:events';
import { Agent, request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';

export type HostileRequest = {
  readonly method: string;
  /** Goes onto the wire as it is: percent signs, dots and all. */
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array | undefined;
};

export type HostileAnswer = {
  readonly status: number;
  readonly type: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
  readonly tookMs: number;
  /** What this process, and so the service, computed meanwhile: the same however busy the machine is. */
  readonly cpuMs: number;
};

export type Caller = {
  send(request: HostileRequest): Promise<HostileAnswer>;
  close(): void;
};

const PATIENCE_MS = 20_000;

/** A client that sends what a better one would refuse to send, over connections that are kept. */
export function createCaller(url: string): Caller {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(url);
  return {
    send: ({ method, path, headers = {}, body }) =>
      new Promise((resolve, reject) => {
        const startedAt = performance.now();
        const cpuBefore = process.cpuUsage();
        const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
        const sent = httpRequest(
          {
            agent,
            hostname,
            port,
            method,
            path,
            headers: { ...length, ...headers },
            timeout: PATIENCE_MS,
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () => {
              const { user, system } = process.cpuUsage(cpuBefore);
              resolve({
                status: response.statusCode ?? 0,
                type: response.headers['content-type'],
                headers: response.headers,
                text: Buffer.concat(chunks).toString('utf8'),
                tookMs: performance.now() - startedAt,
                cpuMs: (user + system) / 1000,
              });
            });
          },
        );
        sent.on('timeout', () =>
          sent.destroy(new Error(`${method} ${path}: no answer in ${PATIENCE_MS} ms`)),
        );
        sent.on('error', reject);
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}

export type RawAnswer = { readonly status: number; readonly head: string; readonly body: string };

/**
 * Bytes on a connection of their own, and what comes back until the server closes it or has answered.
 * @param isEnding whether the client says that no more will come.
 */
export async function sendBytes(
  url: string,
  bytes: string | Uint8Array,
  isEnding = false,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error(`no answer in ${PATIENCE_MS} ms`)));
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
    if (isWhole(text)) socket.destroy();
  });
  // A server that refuses early may reset what is still being written.
  socket.on('error', (error) => {
    if (text === '') text = error.message;
  });
  if (isEnding) socket.end(bytes);
  else socket.write(bytes);
  await once(socket, 'close');
  const split = text.indexOf('\r\n\r\n');
  const head = split < 0 ? text : text.slice(0, split);
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
    head,
    body: split < 0 ? '' : text.slice(split + 4),
  };
}

function isWhole(text: string): boolean {
  const split = text.indexOf('\r\n\r\n');
  const length = /^content-length: (\d+)/im.exec(text)?.[1];
  return (
    split >= 0 && length !== undefined && Buffer.byteLength(text.slice(split + 4)) >= Number(length)
  );
}
