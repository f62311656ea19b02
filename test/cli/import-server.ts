import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Undo } from './processes.ts';

/** Resolves to its address, http://127.0.0.1:port. */
export async function serve(context: Undo, answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** All of a list. */
export const page = (data: readonly unknown[]): object => ({ data, done: true, iterator: null });
/** Of every endpoint for which a table has no other. */
export const usualSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** A source that answers from a table, whatever the query; what is not in it does not exist. */
export function table(answers: Readonly<Record<string, unknown>>): RequestListener {
  return (request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '').replace('/api/v1', '');
    const isSecret = path.endsWith('/secret');
    const isHeaders = path.endsWith('/headers');
    const usual = isSecret
      ? { key: usualSecret }
      : isHeaders
        ? { headers: {}, sensitive: [] }
        : undefined;
    const answer = answers[path] ?? usual;
    if (typeof answer === 'number') response.writeHead(answer).end('{}');
    else response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer));
  };
}
