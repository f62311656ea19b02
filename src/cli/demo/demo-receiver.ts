import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Random } from '../../core/index.ts';
import { standardHeaders } from '../../signature/index.ts';
import type { VerifySignature } from './development-packages.ts';

/** A receiver of the demo. It verifies every request and remembers what it acknowledged. */
export type DemoReceiver = {
  readonly name: string;
  readonly url: string;
  /** The secret is known only once the endpoint is made, and that needs the URL. */
  useVerifier(verify: VerifySignature): void;
  open(): Promise<void>;
  close(): Promise<void>;
  /** Messages answered with 2xx, each with the digests of the bodies it came with. */
  readonly acknowledged: ReadonlyMap<string, ReadonlySet<string>>;
  signatureFailures(): number;
};

type Options = {
  readonly name: string;
  readonly port: number;
  /** This part of the requests is answered 500. */
  readonly failShare: number;
  readonly random: Random;
};

const LONGEST_BODY_BYTES = 1_048_576;

export function digestOf(payload: string | Buffer): string {
  return createHash('sha256').update(payload).digest('hex');
}

export function createDemoReceiver({ name, port, failShare, random }: Options): DemoReceiver {
  const acknowledged = new Map<string, Set<string>>();
  let failures = 0;
  let verify: VerifySignature = () => {
    throw new Error('a request came before the secret was known');
  };
  const server = createServer((request, response) => {
    readBody(request, (body) => take(request, response, body));
  });

  function take(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const id = headersOf(request)[standardHeaders.id] ?? '';
    try {
      verify(body, headersOf(request));
    } catch {
      failures += 1;
      response.writeHead(400).end();
      return;
    }
    if (random.next() < failShare) {
      response.writeHead(500).end();
      return;
    }
    const digests = acknowledged.get(id) ?? new Set();
    acknowledged.set(id, digests.add(digestOf(body)));
    response.writeHead(204).end();
  }

  return {
    name,
    url: `http://127.0.0.1:${port}/webhook`,
    useVerifier(given) {
      verify = given;
    },
    async open() {
      await listening(server, port);
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server.close(), 'close');
      server.closeAllConnections();
      await closed;
    },
    acknowledged,
    signatureFailures: () => failures,
  };
}

/**
 * Ports that are free now. They lie below those that systems give to outgoing connections (32768 and up on Linux,
 * 49152 elsewhere): such a connection could otherwise take the port of a receiver that is down, and even meet itself.
 */
export async function freePorts(count: number, random: Random): Promise<readonly number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = LOWEST_PORT + Math.floor(random.next() * PORTS);
    if (await isFree(port)) found.add(port);
  }
  return [...found];
}

const LOWEST_PORT = 20_000;
const PORTS = 12_000;

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await listening(server, port);
  } catch {
    return false;
  }
  await once(server.close(), 'close');
  return true;
}

async function listening(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

function readBody(request: IncomingMessage, use: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > LONGEST_BODY_BYTES) request.destroy();
    else chunks.push(chunk);
  });
  request.on('end', () => use(Buffer.concat(chunks)));
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}
