import { once } from 'node:events';
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../core/index.ts';
import { standardHeaders } from '../signature/index.ts';
import type { Issued } from './certificates.ts';

/** One request as a receiver sees it. */
export type Request = {
  readonly at: number;
  readonly id: string;
  /** From 1: how often the message was here, this time included. */
  readonly nth: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
  /** Requests that are being answered, this one included. */
  readonly underWay: number;
};

/** What a receiver does with a request. null: it is taken, and never answered; reset: its connection is. */
export type Answer =
  | {
      readonly status: number;
      /** Waits so long, on the drill's clock. */
      readonly afterMs?: number;
      /** Closes the connection afterwards, so that the next request makes a new one. */
      readonly isLast?: boolean;
    }
  | null
  | 'reset';

export type Taken = {
  readonly at: number;
  readonly id: string;
  /** null: never answered. */
  readonly status: number | null;
  readonly answeredAfterMs: number;
};

export type Receiver = {
  readonly url: string;
  readonly address: string;
  readonly host: string;
  /** Every request, in the order in which they came. */
  readonly taken: readonly Taken[];
  /** Messages that were answered 2xx, and how often. */
  readonly acknowledged: ReadonlyMap<string, number>;
  /** When it was told last to do otherwise than before; null: never. */
  readonly toldAt: number | null;
  /** How it answers from now on. */
  behave(behaviour: (request: Request) => Answer): void;
  /** Shows another certificate to some of those who connect from now on. */
  present(choose: () => Issued): void;
  /** Closes every connection, so that the next request makes a new one. */
  disconnect(): void;
  /** Takes no more connections, as a process that ran out of them. */
  refuse(): Promise<void>;
  /** Takes connections again, at the same address. */
  accept(): Promise<void>;
  close(): Promise<void>;
};

export type ReceiverOptions = {
  readonly clock: Clock;
  /** A loopback address: each is a machine of its own to whoever delivers. */
  readonly address?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** With one it speaks TLS. */
  readonly certificate?: Issued;
};

const LONGEST_BODY_BYTES = 1_048_576;
const well = (): Answer => ({ status: 204 });

/** A real HTTP or HTTPS server on a loopback address. It listens once this resolves. */
export async function openReceiver({
  clock,
  address = '127.0.0.1',
  port = 0,
  certificate,
}: ReceiverOptions): Promise<Receiver> {
  const taken: Taken[] = [];
  const seen = new Map<string, number>();
  const acknowledged = new Map<string, number>();
  let behaviour: (request: Request) => Answer = well;
  let underWay = 0;
  let toldAt: number | null = null;

  function answer(incoming: IncomingMessage, response: ServerResponse, body: string): void {
    const id = headerOf(incoming, standardHeaders.id);
    const nth = (seen.get(id) ?? 0) + 1;
    seen.set(id, nth);
    underWay += 1;
    response.once('close', () => (underWay -= 1));
    const received = { at: clock.now(), id, nth, headers: incoming.headers, body, underWay };
    const given = behaviour(received);
    const said = given === 'reset' ? null : given;
    taken.push({
      at: received.at,
      id,
      status: said?.status ?? null,
      answeredAfterMs: said?.afterMs ?? 0,
    });
    if (given === 'reset') incoming.socket.resetAndDestroy();
    if (said === null) return;
    const { status, afterMs = 0, isLast = false } = said;
    const end = (): void => {
      if (status >= 200 && status < 300) acknowledged.set(id, (acknowledged.get(id) ?? 0) + 1);
      response.writeHead(status, isLast ? { connection: 'close' } : {}).end();
    };
    if (afterMs === 0) end();
    else response.once('close', clock.after(afterMs, end));
  }

  function take(incoming: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    let bytes = 0;
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > LONGEST_BODY_BYTES) incoming.destroy();
      else chunks.push(chunk);
    });
    incoming.on('end', () => answer(incoming, response, Buffer.concat(chunks).toString('utf8')));
  }

  let choose = (): Issued | undefined => certificate;
  const secure =
    certificate === undefined
      ? undefined
      : createHttps({ key: certificate.key, cert: certificate.cert }, take);
  const server = secure ?? createHttp(take);
  // A caller that does not trust the certificate goes away; that is its right.
  secure?.on('tlsClientError', () => {});
  server.on('clientError', (_error, socket) => socket.destroy());
  // Before Node's own listener, which takes the certificate.
  secure?.prependListener('connection', () => {
    const next = choose();
    if (next !== undefined) secure.setSecureContext({ key: next.key, cert: next.cert });
  });
  const listen = async (wanted: number): Promise<void> => {
    server.listen(wanted, address);
    await once(server, 'listening');
  };
  await listen(port);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on a port has one
  const { port: own } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server.close(), 'close');
    server.closeAllConnections();
    await closed;
  };
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://${address}:${own}/webhook`,
    address,
    host: `${address}:${own}`,
    taken,
    acknowledged,
    get toldAt() {
      return toldAt;
    },
    behave(given) {
      behaviour = given;
      toldAt = clock.now();
    },
    present(given) {
      choose = given;
      toldAt = clock.now();
    },
    disconnect: () => server.closeAllConnections(),
    refuse: close,
    accept: () => listen(own),
    close,
  };
}

function headerOf({ headers }: IncomingMessage, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}
