import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Accepting = { readonly url: string; close(): void };

/**
 * The server that a team would write in front of a queue: it reads the same POST as Holdfast, and answers 202 once the
 * queue has confirmed the job. It knows no tokens, no applications and no schema, which is work that Holdfast does.
 */
export function acceptMessages(add: (body: string) => Promise<unknown>): Promise<Accepting> {
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      const answer = (status: number, body: object): void => {
        const bytes = JSON.stringify(body);
        const headers = { 'content-type': 'application/json', 'content-length': bytes.length };
        response.writeHead(status, headers).end(bytes);
      };
      try {
        const { payload } = JSON.parse(text) as { readonly payload: object };
        // As text, since PostgreSQL's jsonb would put the keys in another order and change the signed bytes.
        add(JSON.stringify(payload)).then(
          () => answer(202, { accepted: true }),
          (thrown: unknown) => answer(500, { error: String(thrown) }),
        );
      } catch (thrown) {
        answer(400, { error: String(thrown) });
      }
    });
  });
  server.keepAliveTimeout = 300_000;
  server.requestTimeout = 0;
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      // A TCP server that listens has an AddressInfo.
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      resolve({ url, close: () => server.close() });
    });
  });
}
