import { get as httpGet, type IncomingMessage } from 'node:http';
import type { Cleanup } from './service-scope.ts';
import type { TestService } from './service.ts';
import { until } from './service-until.ts';

export type LiveEvent = { readonly event: string; readonly data: ReturnType<typeof JSON.parse> };

export type LiveReader = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** All that came so far. */
  readonly events: readonly LiveEvent[];
  readonly text: () => string;
  readonly response: IncomingMessage;
  hasEnded: () => boolean;
  /** Waits for an event of that name that the test likes. */
  next(event: string, likes?: (data: LiveEvent['data']) => boolean): Promise<LiveEvent['data']>;
  close(): void;
};

/** Watches over a connection of its own, until the test ends. */
export function watchLive(
  context: Cleanup,
  service: Pick<TestService, 'url' | 'token'>,
  query = '',
  headers: Readonly<Record<string, string>> = { authorization: `Bearer ${service.token}` },
): Promise<LiveReader> {
  return new Promise((resolve, reject) => {
    const request = httpGet(
      `${service.url}/api/v1/live${query}`,
      { headers, agent: false },
      (response) => {
        const events: LiveEvent[] = [];
        let text = '';
        let rest = '';
        let isEnded = false;
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
          const blocks = (rest + chunk).split('\n\n');
          rest = blocks.pop() ?? '';
          for (const block of blocks) {
            const [, event, data] = /^event: (.+)\ndata: (.+)$/.exec(block) ?? [];
            if (event !== undefined && data !== undefined) {
              events.push({ event, data: JSON.parse(data) });
            }
          }
        });
        response.on('close', () => (isEnded = true));
        response.on('error', () => (isEnded = true));
        context.after(() => request.destroy());
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          events,
          response,
          text: () => text,
          hasEnded: () => isEnded,
          next: async (wanted, likes = () => true) => {
            const found = await until(
              () => events.find(({ event, data }) => event === wanted && likes(data)),
              `an event ${wanted} among ${events.map(({ event }) => event).join(', ')}`,
            );
            return found.data;
          },
          close: () => request.destroy(),
        });
      },
    );
    request.on('error', reject);
  });
}
